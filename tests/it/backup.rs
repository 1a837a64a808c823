//! A stranger runs it: answers come in, a backup is made meanwhile, the data folder burns, and every acknowledged answer
//! comes back but those that were taken back.

use std::{fs, path::Path};

use responses::{Job, State, Store};

use crate::{
    power_cut::{id, rehearse},
    program::{Serving, run},
};

const SURVEY: &str = "newcomer-needs";

fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {out}{error}");
    out.into_owned()
}

fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn a_burnt_folder_comes_back_without_what_was_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let (data, key, file) = (place("data"), text(&place("key")), text(&place("answers.age")));
    let server = Serving::start(&data, 0);
    assert!(rehearse(&server.url, "40", &place("journal")).wait().unwrap().success());
    let lock = done(&["keys", "new", "--out", &key]);
    let said = done(&["backup", "--data", &text(&data), "--for", lock.trim(), "--out", &file]);
    assert!(said.contains("opened again and compared"), "{said}");
    drop(server);

    // One more takes her answers back after the backup.
    let store = Store::open(&data).unwrap();
    store.remember_withdrawals(&place("data.withdrawn"));
    let visit = finished(&store, &place("journal"));
    let before = store.responses(SURVEY).unwrap();
    store.record(Job::Withdraw { response: visit, today: survey::Date::constant(2027, 2, 2) }).unwrap();
    let after = store.responses(SURVEY).unwrap();
    assert_eq!(after.len() + 1, before.len());
    store.close().unwrap();

    let sealed = fs::read(&file).unwrap();
    assert!(
        sealed.starts_with(b"age-encryption.org/v1") && !sealed.windows(8).any(|each| each == b"svc_need")
    );
    fs::remove_dir_all(&data).unwrap();
    let other = text(&place("other-key"));
    done(&["keys", "new", "--out", &other]);
    let into = text(&data);
    assert!(
        refused(&["restore", &file, "--key", &other, "--data", &into]).contains("this key does not open")
    );
    let restore = ["restore", &file, "--key", &key, "--data", &into];
    let nowhere = text(&place("nowhere"));
    let slip = refused(&[&restore[..], &["--withdrawals", &nowhere]].concat());
    assert!(slip.contains("there is no list of withdrawals in"), "{slip}");
    let said = done(&restore);
    assert!(said.contains("1 response taken back since, and erased again"), "{said}");
    assert!(refused(&restore).contains("restore into an empty place"));

    let store = Store::open_to_read(&data).unwrap();
    assert_eq!(store.responses(SURVEY).unwrap(), after);
    assert_eq!(store.held(&visit).unwrap().unwrap().state, State::Withdrawn);
    drop(store);
    // And it is served as before.
    Serving::start(&data, 0).stop();
}

/// Somebody who finished.
fn finished(store: &Store, journal: &Path) -> responses::ResponseId {
    let text = fs::read_to_string(journal).unwrap();
    let visits = text.lines().filter_map(|line| line.split(' ').next()).filter(|visit| *visit != "-");
    let is_finished = |id: &responses::ResponseId| {
        store.held(id).unwrap().is_some_and(|held| held.state == State::Finished)
    };
    visits.map(id).find(is_finished).unwrap()
}
