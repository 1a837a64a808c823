//! The built program on a coded file, process start included: every table of the newcomer survey from a thousand and from
//! a million responses, and the memory it takes. `cargo xtask scale` runs it.

use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

fn main() {
    // `cargo test --benches` only wants to know that it is built.
    if std::env::args().any(|each| each == "--test") {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (people, runs, goal) in [(1_000, 25, "50 ms"), (1_000_000, 3, "10 s and 2,000 MB")] {
        let file = folder.path().join(format!("{people}.csv"));
        write(&file, people);
        let megabytes = fs::metadata(&file).map_or(0, |file| file.len() / 1_000_000);
        for by in [None, Some("stay_kind")] {
            let mut took: Vec<(Duration, u64)> = (0..runs).map(|_| count(&file, by)).collect();
            took.sort_unstable();
            let (middle, memory) =
                (took[runs / 2].0, took.iter().map(|each| each.1).max().unwrap_or_default());
            let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
            println!(
                "{people} responses ({megabytes} MB), every table{by}: median {middle:.0?} of {runs}, {memory} MB at most \
                 (goal {goal})"
            );
        }
    }
}

/// One run of the program, and the most memory it had.
fn count(file: &Path, by: Option<&str>) -> (Duration, u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = Command::new(root.join("target/release/soundings"));
    command
        .arg("estimate")
        .arg(root.join("surveys/newcomer-needs"))
        .arg("--all")
        .arg("--responses")
        .arg(file);
    if let Some(by) = by {
        command.args(["--by", by]);
    }
    let begun = now();
    let mut running =
        command.stdout(Stdio::null()).spawn().expect("cargo build --release -p cli made the program");
    let mut most = 0;
    loop {
        most = most.max(memory(running.id()));
        if let Some(ended) = running.try_wait().expect("a child can be waited for") {
            assert!(ended.success(), "the program failed");
            return (begun.elapsed(), most);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The most memory a process had so far, in megabytes.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_000
}

#[expect(clippy::disallowed_methods, reason = "a bench measures with the clock")]
fn now() -> Instant {
    Instant::now()
}

/// People who each said what somebody in the sample said, drawn with replacement.
fn write(file: &Path, people: usize) {
    let sample = include_str!("../../crates/estimates/tests/r/responses.csv");
    let mut lines = sample.lines();
    let head = lines.next().expect("the sample has a head");
    let state = head.split(',').position(|name| name == "state").expect("the sample has states");
    let rows: Vec<&str> = lines
        .filter(|line| line.split(',').nth(state) == Some("finished"))
        .filter_map(|line| line.split_once(',').map(|(_, said)| said))
        .collect();
    let mut to = BufWriter::new(fs::File::create(file).expect("a file can be written"));
    writeln!(to, "{head}").expect("a file can be written");
    let mut seed = 1_u64;
    for person in 1..=people {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let said = rows[(seed >> 33) as usize % rows.len()];
        writeln!(to, "{person},{said}").expect("a file can be written");
    }
}
