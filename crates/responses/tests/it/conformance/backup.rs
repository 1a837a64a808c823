//! A store out into lines and back.

use std::collections::BTreeSet;

use responses::{Error, Event, Restored, Store, read_withdrawals};
use tempfile::TempDir;

use super::Place;
use crate::people::*;

/// Three people: one finished, one half way, one who took her answers back.
fn filled(place: &impl Place) -> Store {
    let store = place.open();
    publish(&store);
    for person in 0..3 {
        let id = begin(&store, person);
        store
            .record(page_job(id, vec![one("housing", "rent"), words("story", "line\n\"quoted\" ☃")]))
            .unwrap();
        match person {
            0 => drop(store.record(finish_job(id, vec![words("story", "settled")])).unwrap()),
            1 => drop(store.record(withdraw_job(id)).unwrap()),
            _ => {}
        }
    }
    store
}

fn dumped(store: &Store) -> Vec<u8> {
    let mut lines = Vec::new();
    store.dump(&mut lines).unwrap();
    lines
}

fn restored(lines: &[u8], withdrawn: &BTreeSet<[u8; 32]>) -> Result<(Store, Restored, TempDir), Error> {
    let folder = tempfile::tempdir().unwrap();
    let (store, restored) = Store::restore(folder.path(), None, &mut &lines[..], withdrawn, today())?;
    Ok((store, restored, folder))
}

pub(crate) fn everything_comes_back(place: &impl Place) {
    let store = filled(place);
    let lines = dumped(&store);
    let (back, what, _folder) = restored(&lines, &BTreeSet::new()).unwrap();
    assert_eq!(
        (what.withdrawn, lines.iter().filter(|byte| **byte == b'\n').count() as u64),
        (0, what.rows + 2)
    );
    assert_eq!(back.responses(SURVEY).unwrap(), store.responses(SURVEY).unwrap());
    assert_eq!(back.tally(SURVEY).unwrap(), store.tally(SURVEY).unwrap());
    // The numbers lead to the same responses, and pages sent again are still repetitions.
    let id = begin(&store, 2);
    assert_eq!(back.find(&store.number(&id)).unwrap(), store.find(&store.number(&id)).unwrap());
    let again = back.record(page_job(id, vec![one("housing", "rent"), words("story", "line\n\"quoted\" ☃")]));
    assert_eq!(again.unwrap(), responses::Receipt::Saved { revision: 1, repeated: true });
    let mut sorted = [dumped(&store), dumped(&back)]
        .map(|lines| String::from_utf8(lines).unwrap().lines().map(str::to_owned).collect::<BTreeSet<_>>());
    assert_eq!(sorted[0].len(), sorted[1].len());
    assert!(std::mem::take(&mut sorted[0]) == sorted[1]);
}

pub(crate) fn what_was_taken_back_since_is_erased_again(place: &impl Place) {
    let store = filled(place);
    let list = tempfile::tempdir().unwrap();
    let list = list.path().join("withdrawn");
    store.remember_withdrawals(&list);
    let lines = dumped(&store);
    store.record(withdraw_job(begin(&store, 0))).unwrap();
    let withdrawn = read_withdrawals(&list).unwrap();
    assert_eq!(withdrawn.len(), 1);
    let (back, what, folder) = restored(&lines, &withdrawn).unwrap();
    assert_eq!(what.withdrawn, 1);
    assert_eq!(back.tally(SURVEY).unwrap().happened(Event::Withdrawn), 2);
    assert_eq!(back.responses(SURVEY).unwrap().len(), 1, "only the one half way is left");
    back.close().unwrap();
    let files = std::fs::read(folder.path().join("answers.db")).unwrap();
    assert!(!files.windows(7).any(|window| window == b"settled"), "her words are in no file");
}

pub(crate) fn a_broken_backup_is_refused(place: &impl Place) {
    let lines = dumped(&filled(place));
    let text = String::from_utf8(lines).unwrap();
    let whole: Vec<&str> = text.lines().collect();
    let without = |at: usize| [&whole[..at], &whole[at + 1..]].concat().join("\n");
    for (broken, says) in [
        (whole[..whole.len() - 1].join("\n"), "ends too soon"),
        (without(whole.len() - 2), "rows are missing"),
        (without(0), "first line"),
        (text.replace("\"t\":\"answer\"", "\"t\":\"other\""), "no row"),
        (String::new(), "ends too soon"),
    ] {
        let error = restored(broken.as_bytes(), &BTreeSet::new()).err().unwrap().to_string();
        assert!(error.contains(says), "{error}");
    }
}

pub(crate) fn answers_are_not_covered_by_a_backup(place: &impl Place) {
    let lines = dumped(&filled(place));
    let folder = tempfile::tempdir().unwrap();
    let none = BTreeSet::new();
    Store::restore(folder.path(), None, &mut &lines[..], &none, today()).unwrap();
    let again = Store::restore(folder.path(), None, &mut &lines[..], &none, today());
    assert!(matches!(again, Err(Error::NotEmpty)));
    let strange = tempfile::tempdir().unwrap();
    drop(Store::open(strange.path()).unwrap());
    let refused = Store::restore(strange.path(), None, &mut &lines[..], &none, today());
    assert!(matches!(refused, Err(Error::NotEmpty)), "another secret lies there");
}
