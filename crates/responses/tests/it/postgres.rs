//! The suite over PostgreSQL, and what is promised where several processes share one.

pub(crate) mod cluster;

use std::{path::Path, thread};

use responses::{Error, Event, Receipt, Store};
use tempfile::TempDir;

use crate::{
    conformance::{Place, conformance},
    people::*,
};
use cluster::{Cluster, cluster};

/// A database that goes with the tests, and the folder with its secret.
pub(crate) struct Database {
    url: Option<String>,
    folder: TempDir,
}

impl Place for Database {
    fn open(&self) -> Store {
        Store::connect(self.url.as_ref().unwrap(), self.folder.path()).unwrap()
    }

    fn whereabouts(&self) -> (std::path::PathBuf, Option<String>) {
        (self.folder.path().to_owned(), self.url.clone())
    }

    fn writers(&self) -> usize {
        16
    }

    fn is_there(&self) -> bool {
        self.url.is_some()
    }
}

fn database() -> Database {
    Database { url: cluster().map(Cluster::database), folder: tempfile::tempdir().unwrap() }
}

mod suite {
    super::conformance!(crate::postgres::database());
}

/// A connection of the tests' own.
fn connect(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).unwrap()
}

/// The same store from another process.
fn other_node(database: &Database) -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    copy_secret(database.folder.path(), folder.path());
    (Store::connect(database.url.as_ref().unwrap(), folder.path()).unwrap(), folder)
}

fn copy_secret(from: &Path, to: &Path) {
    std::fs::create_dir(to.join("keys")).unwrap();
    std::fs::copy(from.join("keys/secret"), to.join("keys/secret")).unwrap();
}

#[test]
fn two_nodes_are_one_store() {
    let database = database();
    if !database.is_there() {
        return;
    }
    let one = database.open();
    publish(&one);
    let (other, _folder) = other_node(&database);
    let id = begin(&one, 1);
    assert_eq!(begin(&other, 1), id, "the same first page sent to another node begins nothing new");
    assert_eq!(other.number(&id), one.number(&id));
    let page = page_job(id, vec![one_answer("rent")]);
    assert_eq!(one.record(page.clone()).unwrap(), Receipt::Saved { revision: 1, repeated: false });
    assert_eq!(other.record(page).unwrap(), Receipt::Saved { revision: 1, repeated: true });
    let stale = sent(id, "needs", 2, 2, 0, vec![one_answer("own")]);
    assert_eq!(other.record(stale).unwrap(), Receipt::Stale { revision: 1 });
    other.record(withdraw_job(id)).unwrap();
    let late = sent(id, "needs", 3, 3, 1, vec![one_answer("own")]);
    assert!(message(one.record(late)).contains("withdrawn"));
}

fn one_answer(code: &str) -> responses::Recorded {
    one("housing", code)
}

#[test]
fn a_crowd_at_one_row_loses_nothing_and_doubles_nothing() {
    let database = database();
    if !database.is_there() {
        return;
    }
    let store = database.open();
    publish(&store);
    let (other, _folder) = other_node(&database);
    let nodes = [&store, &other];
    // Eight taps on each of twenty first pages, over two nodes at once.
    let ids: Vec<_> = thread::scope(|scope| {
        let tap = |tap: u64| {
            let node = nodes[tap as usize % 2];
            scope.spawn(move || (0..20).map(|person| begin(node, person)).collect::<Vec<_>>())
        };
        let taps: Vec<_> = (0..8).map(tap).collect();
        taps.into_iter().map(|tap| tap.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|each| *each == ids[0]), "every tap of one page found the same response");
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Begun), 20);
    // Sixteen windows send the same page from revision 0: one is written, the others are told.
    let outcomes: Vec<_> = thread::scope(|scope| {
        let send = |window: u64| {
            let (node, id) = (nodes[window as usize % 2], ids[0][0]);
            let job = sent(id, "needs", window, window as u8, 0, vec![one_answer("rent")]);
            scope.spawn(move || node.record(job).unwrap())
        };
        let sent: Vec<_> = (0..16).map(send).collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    let written = outcomes.iter().filter(|receipt| matches!(receipt, Receipt::Saved { .. })).count();
    assert_eq!(written, 1, "{outcomes:?}");
}

#[test]
fn another_secret_is_refused() {
    let database = database();
    let Some(url) = &database.url else { return };
    drop(database.open());
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(matches!(Store::connect(url, elsewhere.path()), Err(Error::KeyMissing { .. })));
    let strange = tempfile::tempdir().unwrap();
    drop(Store::open(strange.path()).unwrap());
    assert!(matches!(Store::connect(url, strange.path()), Err(Error::OtherSecret)));
}

#[test]
fn a_database_that_may_forget_is_refused() {
    let Some(forgetful) = cluster::with("-c fsync=off") else { return };
    let folder = tempfile::tempdir().unwrap();
    let refused = Store::connect(&forgetful.database(), folder.path());
    assert!(matches!(refused, Err(Error::Forgetful { setting: "fsync" })));
}

#[test]
fn reading_changes_nothing_and_needs_the_tables() {
    let database = database();
    let Some(url) = &database.url else { return };
    let nothing = Store::connect_to_read(url, database.folder.path());
    assert!(matches!(nothing, Err(Error::NoStore { .. })));
    let store = database.open();
    publish(&store);
    let id = begin(&store, 1);
    let reader = Store::connect_to_read(url, database.folder.path()).unwrap();
    assert!(reader.held(&id).unwrap().is_some());
    assert_eq!(message(reader.record(decline_job(1))), "the store was opened to read only");
    connect(url).batch_execute("UPDATE schema_version SET n = 99").unwrap();
    let newer = Store::connect(url, database.folder.path()).err().unwrap().to_string();
    assert!(newer.contains("schema 99, newer than schema"), "{newer}");
}

#[test]
fn an_address_with_a_mistake_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::connect("postgres://user:secret@host:port/name", folder.path()).err().unwrap();
    assert!(matches!(error, Error::Address) && !format!("{error:?} {error}").contains("secret@"));
}

#[test]
fn a_backup_of_files_comes_back_into_a_database() {
    let database = database();
    let Some(url) = &database.url else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = Store::open(folder.path()).unwrap();
    publish(&files);
    files.record(page_job(begin(&files, 1), vec![one_answer("rent"), words("story", "ça va")])).unwrap();
    let (mut lines, none) = (Vec::new(), std::collections::BTreeSet::new());
    files.dump(&mut lines).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let (back, _) = Store::restore(empty.path(), Some(url), &mut &lines[..], &none, today()).unwrap();
    assert_eq!(back.responses(SURVEY).unwrap(), files.responses(SURVEY).unwrap());
    assert_eq!(begin(&back, 1), begin(&files, 1));
}

#[test]
fn answers_invitations_and_the_draw_never_share_a_database() {
    let Some(cluster) = cluster::cluster() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (answers, apart) = (cluster.database(), cluster.database());
    let store = Store::connect(&answers, folder.path()).unwrap();
    let keys = store.keys();
    assert!(matches!(
        responses::Invitations::connect(&answers, keys),
        Err(Error::Together { table: "response" })
    ));
    assert!(matches!(responses::Draw::connect(&answers, keys), Err(Error::Together { table: "response" })));
    responses::Invitations::connect(&apart, keys).unwrap();
    assert!(matches!(responses::Draw::connect(&apart, keys), Err(Error::Together { table: "invitation" })));
    let other = tempfile::tempdir().unwrap();
    assert!(matches!(Store::connect(&apart, other.path()), Err(Error::Together { .. })));
}
