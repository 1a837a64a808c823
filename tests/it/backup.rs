//! A stranger runs it: answers come in, a backup is made meanwhile, the data folder burns, and every acknowledged answer
//! comes back but those that were taken back.

use std::{fs, path::Path};

use responses::{Job, State, Store};

use crate::{
    deploy::{Proxy, free_port},
    many_nodes::{cluster::cluster, give_secret},
    power_cut::{every_acknowledged_page_is_there, id, rehearse},
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

    let store = Store::open(&data).unwrap();
    let (visit, after) = one_takes_her_answers_back(store, &place("data.withdrawn"), &place("journal"));

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

/// From the page of the operators: two servers on one PostgreSQL behind the proxy of the example, a backup while they
/// run; then the database and both folders are gone, and it all comes back into a new database.
#[test]
fn a_stranger_with_two_servers_loses_the_database_and_has_it_back() {
    let (Some(cluster), true) = (cluster(), Proxy::is_there()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let (one, other, key, file) =
        (place("one"), place("other"), text(&place("key")), text(&place("answers.age")));
    let (url, front, ports) = (cluster.database(), free_port(), (free_port(), free_port()));
    let first = Serving::on_database_proxied(&one, &url, ports.0);
    give_secret(&one, &other);
    let second = Serving::on_database_proxied(&other, &url, ports.1);
    let proxy = Proxy::start(folder.path(), front, ports.0, ports.1);
    let front = format!("http://127.0.0.1:{front}");
    assert!(rehearse(&front, "40", &place("journal")).wait().unwrap().success());
    let lock = done(&["keys", "new", "--out", &key]);
    let at = ["--store", &url, "--data", &text(&one)];
    let said = done(&[&["backup", "--for", lock.trim(), "--out", &file][..], &at].concat());
    assert!(said.contains("opened again and compared"), "{said}");
    let store = Store::connect(&url, &one).unwrap();
    let (visit, after) = one_takes_her_answers_back(store, &place("one.withdrawn"), &place("journal"));
    first.stop();
    second.stop();

    for gone in [&one, &other] {
        fs::remove_dir_all(gone).unwrap();
    }
    let url = cluster.database();
    let said = done(&["restore", &file, "--key", &key, "--store", &url, "--data", &text(&one)]);
    assert!(said.contains("1 response taken back since, and erased again"), "{said}");
    give_secret(&one, &other);
    let first = Serving::on_database_proxied(&one, &url, ports.0);
    let second = Serving::on_database_proxied(&other, &url, ports.1);
    // Both serve the same again through the proxy, and more people come.
    assert!(rehearse(&front, "10", &place("more")).wait().unwrap().success());
    first.stop();
    second.stop();
    drop(proxy);
    let store = Store::connect(&url, &one).unwrap();
    let now = store.responses(SURVEY).unwrap();
    assert!(after.iter().all(|response| now.contains(response)) && now.len() > after.len());
    assert_eq!(store.held(&visit).unwrap().unwrap().state, State::Withdrawn);
    every_acknowledged_page_is_there(&store, &place("more"), 5);
}

/// One more takes her answers back after the backup: who it was, and what is left.
fn one_takes_her_answers_back(
    store: Store,
    list: &Path,
    journal: &Path,
) -> (responses::ResponseId, Vec<responses::Response>) {
    store.remember_withdrawals(list);
    let visit = finished(&store, journal);
    let before = store.responses(SURVEY).unwrap();
    store.record(Job::Withdraw { response: visit, today: survey::Date::constant(2027, 2, 2) }).unwrap();
    let after = store.responses(SURVEY).unwrap();
    assert_eq!(after.len() + 1, before.len());
    store.close().unwrap();
    (visit, after)
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
