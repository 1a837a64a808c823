//! A disk that forgets what was not synced, tears what it writes, is full or deaf: under SQLite, and under the promise.

mod diary;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use responses::{Event, Store};

use crate::{
    crash::{by_person, crashes, play_again},
    people::{SURVEY, publish},
};
use diary::{Disk, Line};

/// The shim that keeps the diary, compiled anew.
fn shim(into: &Path) -> PathBuf {
    let (source, built) =
        (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/disk/disk.c"), into.join("disk.so"));
    let compiler =
        Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).arg(&built).arg(source).status();
    assert!(
        compiler.is_ok_and(|status| status.success()),
        "the C compiler that builds SQLite builds the shim"
    );
    built
}

/// A folder with a store in it, and another life of it that is played on a disk with a diary: so many lines of
/// receipts, with these whims of the disk one after the other.
struct Played {
    /// As it was before.
    start: tempfile::TempDir,
    diary: Vec<Line>,
}

fn play(receipts: usize, whims: &[&str]) -> Played {
    let (start, life) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    publish(&Store::open(start.path()).unwrap());
    let folder = life.path().join("data");
    copy(start.path(), &folder);
    let (diary, whim) = (life.path().join("diary"), life.path().join("whim"));
    let mut child = crate::crash::command(&folder)
        .env("LD_PRELOAD", shim(life.path()))
        .env("DISK_FOLDER", &folder)
        .env("DISK_DIARY", &diary)
        .env("DISK_WHIM", &whim)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let each = receipts / (whims.len() + 1);
    let mut said = crate::crash::receipts(&mut child);
    assert_eq!(said.by_ref().take(each).count(), each, "the child died by itself");
    for mood in whims {
        fs::write(&whim, mood).unwrap();
        thread::sleep(Duration::from_millis(60));
        fs::remove_file(&whim).unwrap();
        assert_eq!(said.by_ref().take(each).count(), each, "the child recovers by itself after `{mood}`");
    }
    child.kill().unwrap();
    said.for_each(drop);
    child.wait().unwrap();
    Played { start, diary: diary::read(&diary) }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Cut the power at so many lines of the diary, and look each time what is there of what was acknowledged.
///
/// Returns how many acknowledged pages were looked for in all.
fn cut(played: &Played, times: u64, chance: u64) -> usize {
    let mut pages = 0;
    for time in 0..times {
        let until = (played.diary.len() as u64 * (2 * time + 1) / (2 * times)) as usize;
        let mut disk = Disk::of_folder(played.start.path(), chance * 1_000 + time);
        let folder = tempfile::tempdir().unwrap();
        copy(&played.start.path().join("keys"), &folder.path().join("keys"));
        played.diary[..until].iter().for_each(|line| disk.play(line));
        disk.lose_power(folder.path());
        pages += look(folder.path(), &acknowledged(&played.diary[..until]));
    }
    pages
}

fn acknowledged(lines: &[Line]) -> Vec<String> {
    let said = lines.iter().filter_map(|line| match line {
        Line::Said { text } => Some(text.as_str()),
        _ => None,
    });
    let whole: String = said.collect();
    whole.lines().filter_map(crate::crash::receipt).collect()
}

/// The store opens clean, and everything acknowledged is in it once.
fn look(folder: &Path, receipts: &[String]) -> usize {
    let people = by_person(receipts);
    let store = Store::open(folder).unwrap();
    let before = store.tally(SURVEY).unwrap();
    play_again(&store, &people);
    assert_eq!(store.tally(SURVEY).unwrap(), before, "playing it again changed nothing");
    let known = people.len() as u64;
    let begun = before.happened(Event::Begun);
    assert!((known..=known + 8).contains(&begun), "{begun} begun, {known} acknowledged");
    store.close().unwrap();
    receipts.iter().filter(|receipt| receipt.starts_with("page")).count()
}

#[test]
fn a_disk_that_loses_and_tears_what_was_not_synced_loses_nothing_acknowledged() {
    let (lives, cuts) = (1 + crashes() / 20, 20);
    let pages: usize = (0..lives).map(|life| cut(&play(240, &[]), cuts, life)).sum();
    println!(
        "{} cuts with lost and torn writes, {pages} acknowledged pages: 0 lost, 0 stored twice",
        lives * cuts
    );
}

#[test]
fn a_full_disk_and_syncs_that_fail_lose_nothing_acknowledged() {
    let (lives, cuts) = (1 + crashes() / 20, 20);
    let whims = ["full", "deaf", "full", "deaf"];
    let pages = (0..lives).map(|life| {
        let played = play(240, &whims);
        let is_there = |what: fn(&Line) -> bool| played.diary.iter().any(what);
        assert!(
            is_there(|line| matches!(line, Line::NoRoom))
                && is_there(|line| matches!(line, Line::Deaf { .. }))
        );
        cut(&played, cuts, 7_000 + life)
    });
    let pages: usize = pages.sum();
    println!(
        "{} cuts around full and deaf disks, {pages} acknowledged pages: 0 lost, 0 stored twice",
        lives * cuts
    );
}

/// The shim is no decoration: a disk that says it has synced what it has not loses what was acknowledged.
#[test]
fn a_disk_that_lies_about_its_syncs_is_found() {
    let mut played = play(120, &[]);
    played.diary.retain(|line| !matches!(line, Line::Synced { .. }));
    // Whatever waits is lost in a third of the cuts.
    let lost = std::panic::catch_unwind(|| cut(&played, 12, 3));
    assert!(lost.is_err(), "twelve cuts on a disk that never synced lost nothing");
}
