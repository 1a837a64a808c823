//! The developers' own chores: `cargo xtask test` installs what the tests need and runs everything.

mod need;
mod step;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask test            install what is missing, then format, lints, docs, all tests, browser journeys
cargo xtask test --quick    the same without the browser, and without installing anything
cargo xtask crashes         a thousand cuts of power under load, and a thousand on disks that lose, tear, are full
cargo xtask load            pages and durable saves per second of the built program, and its memory
cargo xtask scale           every table of a thousand and of a million responses from a file, and the memory
cargo xtask bench           every bench, one after another";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["test"] => test(true),
        ["test", "--quick"] => test(false),
        ["crashes"] => step::run_with(
            "crashes",
            "cargo",
            &[
                "test",
                "-j2",
                "-p",
                "responses",
                "--test",
                "it",
                "--",
                "--nocapture",
                "crash::what",
                "disk::a_disk_that_loses",
                "disk::a_full",
            ],
            &[("SOUNDINGS_CRASHES", "1000")],
        ),
        ["load"] => built("load"),
        ["scale"] => built("scale"),
        ["bench"] => step::run("benches", "cargo", &["bench", "--workspace"]),
        _ => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Build the program as it is deployed, and measure it.
fn built(bench: &str) -> Result<()> {
    step::run("program", "cargo", &["build", "-j2", "--release", "-p", "cli"])?;
    step::run(bench, "cargo", &["bench", "-j2", "-p", "soundings-tests", "--bench", bench])
}

/// Everything, in the order that fails soonest.
fn test(with_browser: bool) -> Result<()> {
    let workspace = ["--workspace", "--all-targets"];
    step::run("format", "cargo", &["fmt", "--all", "--check"])?;
    step::run("lints", "cargo", &[&["clippy", "-j2"], &workspace[..], &["--", "-D", "warnings"]].concat())?;
    if with_browser {
        need::browser()?;
        need::postgres()?;
        need::nginx()?;
    }
    // The journeys start the built program, so it must be there and fresh.
    step::run("program", "cargo", &["build", "-j2", "-p", "cli"])?;
    step::run_with(
        "docs",
        "cargo",
        &["doc", "--workspace", "--no-deps"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    let tests = ["test", "-j2", "--workspace", "--lib", "--bins", "--tests", "--examples"];
    // Where things may be installed, a test that finds no PostgreSQL or no nginx has failed.
    let insist = [("SOUNDINGS_NEED_POSTGRES", "1"), ("SOUNDINGS_NEED_NGINX", "1")];
    let insist = if with_browser { &insist[..] } else { &[] };
    let passed = step::count_with("tests", "cargo", &tests, insist)?;
    let documented = step::count("doc tests", "cargo", &["test", "--workspace", "--doc"])?;
    let browsed = if with_browser { step::count("browser", "node", &need::browser_tests()?)? } else { 0 };
    if passed == 0 {
        bail!("no test ran");
    }
    println!("{passed} tests, {documented} doc tests, {browsed} browser journeys");
    println!("{} passed, 0 failed", passed + documented + browsed);
    Ok(())
}
