//! The power goes: every acknowledged write is there, none twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use responses::{Event, Job, Receipt, ResponseId, Store};

use crate::people::*;

/// The folder a child writes to; only the parent sets it.
const FOLDER: &str = "SOUNDINGS_CRASH_FOLDER";

const CALLERS: u64 = 8;
const PAGES: u64 = 6;

/// What one caller does, step by step: the same in the child and when it is played again.
fn page(id: ResponseId, person: u64, at: u64) -> Job {
    let given = vec![one("housing", &format!("choice_{at}")), words("story", &format!("{person} at {at}"))];
    sent(id, &format!("page-{at}"), person, 1, 0, given)
}

/// Begin person after person, telling the parent of every receipt.
fn live(store: &Store, caller: u64) {
    for person in (caller..).step_by(CALLERS as usize) {
        let Receipt::Begun(id) = insist(store, || begin_job(person, english())) else {
            panic!("no response")
        };
        tell(&format!("begun {person} {id}"));
        for at in 0..PAGES {
            insist(store, || page(id, person, at));
            tell(&format!("page {person} {at}"));
        }
        insist(store, || finish_job(id, vec![words("story", &format!("{person} done"))]));
        tell(&format!("finished {person}"));
    }
}

/// Send the same until it is taken, as a person does who is told that nothing was saved.
fn insist(store: &Store, job: impl Fn() -> Job) -> Receipt {
    loop {
        match store.record(job()) {
            Ok(receipt) => return receipt,
            Err(_) => thread::sleep(Duration::from_millis(3)),
        }
    }
}

/// One line in one write, so that a kill cuts between lines or the parent sees half of the last.
fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("ack {line};\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Not a test of its own: the process that is killed.
#[test]
#[ignore = "played by the crash test in a process of its own"]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let store = Store::open(Path::new(&folder)).unwrap();
    publish(&store);
    thread::scope(|scope| {
        for caller in 0..CALLERS {
            let store = &store;
            scope.spawn(move || live(store, caller));
        }
    });
}

/// What starts the child over a folder.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "crash::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stderr(Stdio::null());
    command
}

/// The receipts a child tells, one after the other.
pub(crate) fn receipts(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.filter_map(|line| receipt(&line))
}

/// The receipt on a line: the runner's own words may stand before it.
pub(crate) fn receipt(line: &str) -> Option<String> {
    line.split_once("ack ")?.1.strip_suffix(';').map(str::to_owned)
}

/// Everything the child was told the disk has, killed after so many receipts and a little longer.
fn acknowledged(folder: &Path, receipts: usize, longer: Duration) -> Vec<String> {
    let mut child = command(folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = self::receipts(&mut child);
    let mut all: Vec<String> = said.by_ref().take(receipts).collect();
    thread::sleep(longer);
    child.kill().unwrap();
    child.wait().unwrap();
    all.extend(said);
    assert!(all.len() >= receipts, "the child died by itself after {} receipts", all.len());
    all
}

/// The people that were begun, and the steps of each that were acknowledged.
pub(crate) fn by_person(receipts: &[String]) -> BTreeMap<u64, BTreeSet<String>> {
    let mut people: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    for receipt in receipts {
        let mut words = receipt.split(' ');
        let (what, person) = (words.next().unwrap(), words.next().unwrap().parse().unwrap());
        let step = words.next().map_or(what.to_owned(), |step| format!("{what} {step}"));
        people.entry(person).or_default().insert(step);
    }
    people
}

/// Send everything again: what was acknowledged is there and is not done twice.
pub(crate) fn play_again(store: &Store, people: &BTreeMap<u64, BTreeSet<String>>) {
    for (person, steps) in people {
        let id = begin(store, *person);
        let step = steps.iter().find_map(|step| step.strip_prefix("begun ")).expect("begun comes first");
        assert_eq!(step, id.to_string(), "person {person} has one response");
        let finished = steps.contains("finished");
        for at in (0..PAGES).filter(|at| steps.contains(&format!("page {at}"))) {
            let again = store.record(page(id, *person, at)).unwrap();
            assert_eq!(again, Receipt::Saved { revision: 1, repeated: true }, "person {person}, page {at}");
        }
        if finished {
            let again = store.record(finish_job(id, vec![])).unwrap();
            assert_eq!(again, Receipt::Finished { repeated: true }, "person {person}");
            let story = standing(store, &id, "story");
            assert_eq!(story, format!(r#"{{"words":"{person} done"}}"#));
        }
    }
}

#[test]
fn what_was_acknowledged_is_there_once() {
    let crashes = crashes();
    let (mut pages, mut people_in_all) = (0, 0);
    for round in 0..crashes {
        let folder = tempfile::tempdir().unwrap();
        // Another moment each time, in an order that comes back.
        let longer = Duration::from_micros(1 + round * 7_919 % 35_000);
        let receipts = acknowledged(folder.path(), 40 + (97 * round % 389) as usize, longer);
        pages += receipts.iter().filter(|receipt| receipt.starts_with("page")).count();
        let people = by_person(&receipts);
        let store = Store::open(folder.path()).unwrap();
        let before = store.tally(SURVEY).unwrap();
        play_again(&store, &people);
        assert_eq!(store.tally(SURVEY).unwrap(), before, "playing it again changed nothing");
        let begun = before.happened(Event::Begun);
        people_in_all += people.len();
        let known = people.len() as u64;
        assert!((known..=known + CALLERS).contains(&begun), "{begun} begun, {known} acknowledged");
        assert_eq!(store.responses(SURVEY).unwrap().len() as u64, begun);
    }
    println!("{crashes} crashes, {people_in_all} people, {pages} acknowledged pages: 0 lost, 0 stored twice");
}

/// How often the power is cut: a few times, or as often as a longer run wants (`cargo xtask crashes`).
pub(crate) fn crashes() -> u64 {
    std::env::var("SOUNDINGS_CRASHES").ok().and_then(|often| often.parse().ok()).unwrap_or(5)
}
