//! Several servers on one PostgreSQL are one survey: one of them dies, the database itself loses its power, and nothing
//! that was acknowledged is lost or doubled.

use std::{fs, path::Path, thread, time::Duration};

use responses::Store;

#[path = "../../crates/responses/tests/it/postgres/cluster.rs"]
pub(crate) mod cluster;

use crate::{
    power_cut::{every_acknowledged_page_is_there, rehearse, the_same_answers_as_on_a_calm_day},
    program::Serving,
};

const PEOPLE: &str = "100";

#[test]
fn two_nodes_hold_one_rehearsal_and_one_dies_half_way() {
    let Some(cluster) = cluster::cluster() else { return };
    let (folder, url) = (tempfile::tempdir().unwrap(), cluster.database());
    let (one, other, journal) =
        (folder.path().join("one"), folder.path().join("other"), folder.path().join("journal"));
    let first = Serving::on_database(&one, &url);
    give_secret(&one, &other);
    let second = Serving::on_database(&other, &url);
    let mut people = rehearse(&format!("{},{}", first.url, second.url), PEOPLE, &journal);
    thread::sleep(Duration::from_millis(1500));
    assert!(people.try_wait().unwrap().is_none(), "everybody had answered before the cut");
    first.cut_power();
    assert!(people.wait().unwrap().success());
    second.stop();
    nothing_was_lost(&Store::connect(&url, &one).unwrap(), folder.path(), &journal);
}

#[test]
fn the_database_loses_its_power_three_times() {
    // A cluster of its own: nobody else's connections are cut.
    let Some(cluster) = cluster::with("") else { return };
    let (folder, url) = (tempfile::tempdir().unwrap(), cluster.database());
    let (data, journal) = (folder.path().join("data"), folder.path().join("journal"));
    let server = Serving::on_database(&data, &url);
    let mut people = rehearse(&server.url, PEOPLE, &journal);
    for cut in 0..3 {
        thread::sleep(Duration::from_millis(900));
        assert!(people.try_wait().unwrap().is_none(), "everybody had answered before cut {cut}");
        cluster.cut_power();
    }
    assert!(people.wait().unwrap().success());
    server.stop();
    nothing_was_lost(&Store::connect(&url, &data).unwrap(), folder.path(), &journal);
}

/// The secret every server on one database has a copy of.
pub(crate) fn give_secret(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("keys")).unwrap();
    fs::copy(from.join("keys/secret"), to.join("keys/secret")).unwrap();
}

/// Every acknowledged page is there, and the answers are those of a calm day on a store of files.
fn nothing_was_lost(store: &Store, folder: &Path, journal: &Path) {
    every_acknowledged_page_is_there(store, journal, 75);
    let calm = folder.join("calm");
    let quiet = Serving::start(&calm, 0);
    assert!(rehearse(&quiet.url, PEOPLE, &folder.join("calm-journal")).wait().unwrap().success());
    drop(quiet);
    the_same_answers_as_on_a_calm_day(store, &Store::open(&calm).unwrap());
}
