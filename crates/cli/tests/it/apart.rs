use std::fs;

use responses::{Draw, EntryKind, Store, StudyKey};

use crate::{
    study::{said, soundings},
    translate::copy,
};

fn done(arguments: &[&str]) -> String {
    let (out, error, code) = said(&soundings(arguments));
    assert_eq!(code, Some(0), "{arguments:?}: {out}{error}");
    out
}

#[test]
fn codes_are_shown_once_and_counted() {
    let folder = copy("invite");
    let (path, data) =
        (folder.to_string_lossy().into_owned(), folder.join("data").to_string_lossy().into_owned());
    let invite =
        |more: &[&str]| done(&[&["invite", &path, "--data", &data, "--batch", "mailing"], more].concat());
    let codes = invite(&["--count", "12"]);
    assert_eq!(codes.lines().filter(|code| code.len() == 10).count(), 12);
    assert_eq!(invite(&[]).trim(), "12 unused   mailing");
    assert!(invite(&["--revoke"]).starts_with("12 unused codes"));
    assert_eq!(invite(&[]).trim(), "12 revoked  mailing");
}

#[test]
fn anybody_with_the_seed_and_the_list_draws_the_same_winners() {
    let folder = copy("draw");
    let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (path, data, key, seed) =
        (folder.to_string_lossy().into_owned(), place("data"), place("key"), place("seed"));
    let public = done(&["keys", "new", "--out", &key]);
    let committed = done(&["draw", "seed", "--out", &seed]);
    let store = Store::open(&folder.join("data")).unwrap();
    let draw = Draw::open(&folder.join("data"), store.keys()).unwrap();
    let public = StudyKey::read(&public).unwrap();
    for person in 0..9 {
        draw.enter("newcomer-needs", EntryKind::Draw, &format!("p{person}@example.org"), &public).unwrap();
    }
    let of = [path.as_str(), "--data", &data];
    let list = done(&[&["draw", "list"], &of[..]].concat());
    assert_eq!(list.lines().count(), 9);
    let winners = |more: &[&str]| {
        done(&[&["draw", "winners", "--seed", &seed, "--prizes", "3"], &of[..], more].concat())
    };
    let open = winners(&["--key", &key]);
    assert!(open.lines().count() == 3 && open.lines().all(|line| line.ends_with("@example.org")), "{open}");
    // Without the key the same entries win, and nobody is named.
    let closed = winners(&[]);
    let hashes = |text: &str| -> Vec<String> { text.lines().map(|line| line[..64].to_owned()).collect() };
    assert!(hashes(&closed) == hashes(&open) && !closed.contains('@'));
    assert!(hashes(&closed).iter().all(|hash| list.contains(hash)));
    // Somebody entered after the list was published: the list decides, and it is said. A number nobody knew changes all.
    let published = place("list");
    fs::write(&published, &list).unwrap();
    draw.enter("newcomer-needs", EntryKind::Draw, "late@example.org", &public).unwrap();
    let arguments = ["draw", "winners", "--seed", &seed, "--prizes", "3", "--list", &published];
    let (out, error, _) = said(&soundings(&[&arguments[..], &of[..]].concat()));
    assert!(hashes(&out) == hashes(&open) && error.contains("differ in 1 entry"), "{out}{error}");
    let with = winners(&["--list", &published, "--with", "6/49: 4 8 15 16 23 42"]);
    assert_ne!(hashes(&with), hashes(&open));
    assert!(committed.contains("SHA-256") && !committed.contains(fs::read_to_string(&seed).unwrap().trim()));
    assert!(done(&[&["draw", "erase"], &of[..]].concat()).starts_with("10 contacts erased"));
}
