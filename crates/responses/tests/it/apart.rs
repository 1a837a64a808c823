//! Invitations and the draw: each code once, each contact once, and nothing in any file that joins them to a response.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use age::secrecy::ExposeSecret;
use responses::{
    Draw, EntryKind, Error, InvitationState, Invitations, ResponseId, Store, StudyKey, StudySecret,
};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{
    people::*,
    postgres::cluster::{Cluster, cluster},
};

struct Places {
    folder: TempDir,
    store: Store,
    key: StudyKey,
    secret: StudySecret,
}

fn places() -> Places {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    publish(&store);
    let identity = age::x25519::Identity::generate();
    let key = StudyKey::read(&identity.to_public().to_string()).unwrap();
    let secret = StudySecret::read(identity.to_string().expose_secret()).unwrap();
    Places { folder, store, key, secret }
}

impl Places {
    /// The invitations in a file and, where there is one, in a database.
    fn invitations(&self) -> Vec<Invitations> {
        let file = Invitations::open(self.folder.path(), self.store.keys()).unwrap();
        let database = cluster().map(Cluster::database);
        let database = database.map(|url| Invitations::connect(&url, self.store.keys()).unwrap());
        std::iter::once(file).chain(database).collect()
    }

    fn draws(&self) -> Vec<Draw> {
        let file = Draw::open(self.folder.path(), self.store.keys()).unwrap();
        let database = cluster().map(Cluster::database);
        let database = database.map(|url| Draw::connect(&url, self.store.keys()).unwrap());
        std::iter::once(file).chain(database).collect()
    }
}

#[test]
fn a_code_is_used_once_and_only_its_hash_is_kept() {
    let places = places();
    for invitations in places.invitations() {
        let codes = invitations.issue(SURVEY, "mailing", 3).unwrap();
        assert_eq!(invitations.state(SURVEY, &codes[0]).unwrap(), InvitationState::Unused);
        assert_eq!(
            invitations.state(SURVEY, &codes[0]).unwrap(),
            InvitationState::Unused,
            "looking uses nothing"
        );
        assert!(invitations.spend(SURVEY, &codes[0].to_uppercase(), &[1; 16]).unwrap());
        assert!(
            invitations.spend(SURVEY, &codes[0], &[1; 16]).unwrap(),
            "the same copy of the page, sent again"
        );
        assert!(!invitations.spend(SURVEY, &codes[0], &[2; 16]).unwrap());
        assert_eq!(invitations.state(SURVEY, &codes[0]).unwrap(), InvitationState::Used);
        assert_eq!(invitations.revoke(SURVEY, "mailing").unwrap(), 2);
        assert_eq!(invitations.state(SURVEY, &codes[1]).unwrap(), InvitationState::Revoked);
        assert!(!invitations.spend(SURVEY, &codes[1], &[1; 16]).unwrap());
        for unknown in ["", "abcdefghjk", "another survey's", &codes[0][..9]] {
            assert_eq!(invitations.state(SURVEY, unknown).unwrap(), InvitationState::Unknown, "{unknown}");
        }
        assert_eq!(invitations.state("other", &codes[0]).unwrap(), InvitationState::Unknown);
        let totals = invitations.totals(SURVEY).unwrap();
        let total = |state: &str, n| ("mailing".to_owned(), state.to_owned(), n);
        assert_eq!(totals, [total("revoked", 2), total("used", 1)]);
        let bytes = fs::read(places.folder.path().join("invitations.db")).unwrap();
        assert!(codes.iter().all(|code| !bytes.windows(code.len()).any(|window| window == code.as_bytes())));
    }
}

#[test]
fn two_at_once_with_one_code_are_one() {
    let places = places();
    for invitations in places.invitations() {
        let code = invitations.issue(SURVEY, "mailing", 1).unwrap().remove(0);
        let spent: usize = std::thread::scope(|scope| {
            let spend = |copy| usize::from(invitations.spend(SURVEY, &code, &[copy; 16]).unwrap());
            let tries: Vec<_> = (0..8).map(|copy| scope.spawn(move || spend(copy))).collect();
            tries.into_iter().map(|each| each.join().unwrap()).sum()
        });
        assert_eq!(spent, 1);
    }
}

#[test]
fn codes_of_the_first_schema_go_on_working() {
    let places = places();
    let file = places.folder.path().join("invitations.db");
    let code = Invitations::open(places.folder.path(), places.store.keys())
        .unwrap()
        .issue(SURVEY, "mailing", 1)
        .unwrap()
        .remove(0);
    let back = "ALTER TABLE invitation DROP COLUMN copy_key;";
    Connection::open(&file).unwrap().execute_batch(&format!("{back} PRAGMA user_version = 1")).unwrap();
    let again = Invitations::open(places.folder.path(), places.store.keys()).unwrap();
    assert!(
        again.spend(SURVEY, &code, &nonce(1)).unwrap() && !again.spend(SURVEY, &code, &nonce(2)).unwrap()
    );
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 3").unwrap();
    let newer = Invitations::open(places.folder.path(), places.store.keys());
    assert!(matches!(newer, Err(Error::Newer { found: 3, known: 2, .. })));

    let Some(url) = cluster().map(Cluster::database) else { return };
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute(include_str!("../../migrations/postgres/invitations_0001.sql")).unwrap();
    for _ in 0..2 {
        let again = Invitations::connect(&url, places.store.keys()).unwrap();
        let code = again.issue(SURVEY, "mailing", 1).unwrap().remove(0);
        assert!(
            again.spend(SURVEY, &code, &nonce(1)).unwrap() && !again.spend(SURVEY, &code, &nonce(2)).unwrap()
        );
    }
}

#[test]
fn a_contact_is_in_once_and_only_the_study_reads_it() {
    let places = places();
    for draw in places.draws() {
        let enter = |contact: &str| draw.enter(SURVEY, EntryKind::Draw, contact, &places.key).unwrap();
        enter("Amina@example.org");
        enter(" amina@EXAMPLE.org ");
        enter("902-555-0100");
        draw.enter(SURVEY, EntryKind::Contact, "Amina@example.org", &places.key).unwrap();
        let list = draw.list(SURVEY, EntryKind::Draw).unwrap();
        let opened = draw.opened(SURVEY, EntryKind::Draw, &places.secret).unwrap();
        assert_eq!((list.len(), opened.len()), (2, 2));
        assert!(opened.iter().any(|each| each.contact == "Amina@example.org"));
        assert_eq!(opened.iter().map(|each| each.hash.clone()).collect::<Vec<_>>(), list);
        let bytes = fs::read(places.folder.path().join("draw.db")).unwrap();
        for plain in [&b"mina"[..], b"902-555"] {
            assert!(!bytes.windows(plain.len()).any(|window| window.eq_ignore_ascii_case(plain)));
        }
        let other = age::x25519::Identity::generate();
        let other = StudySecret::read(other.to_string().expose_secret()).unwrap();
        assert!(draw.opened(SURVEY, EntryKind::Draw, &other).is_err());
        assert_eq!(draw.erase(SURVEY).unwrap(), 3);
        assert!(draw.list(SURVEY, EntryKind::Draw).unwrap().is_empty());
    }
}

#[test]
fn what_is_sealed_comes_back_whole() {
    let places = places();
    let text = "ሰላም ☃ \0 end";
    assert_eq!(places.secret.open(&places.key.seal(text).unwrap()).unwrap(), text);
}

const ARRIVALS: usize = 200;

/// What an attacker holds who took everything: for each kind of trace, the arrivals of each store in the order that
/// trace suggests.
struct Loot {
    responses: Vec<Vec<usize>>,
    invitations: Vec<Vec<usize>>,
    entries: Vec<Vec<usize>>,
}

/// Two hundred people come one after the other: each uses a code, answers, and enters the draw.
fn arrive(places: &Places) -> (Vec<ResponseId>, Vec<String>, Vec<String>) {
    let (invitations, draw) = (
        Invitations::open(places.folder.path(), places.store.keys()).unwrap(),
        Draw::open(places.folder.path(), places.store.keys()).unwrap(),
    );
    let codes = invitations.issue(SURVEY, "mailing", ARRIVALS).unwrap();
    let (mut ids, mut contacts) = (Vec::new(), Vec::new());
    for (person, code) in codes.iter().enumerate() {
        let id = begin(&places.store, person as u64);
        assert!(invitations.spend(SURVEY, code, &nonce(person as u64)).unwrap());
        places.store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
        places.store.record(finish_job(id, vec![one("housing", "rent")])).unwrap();
        let contact = format!("person{person}@example.org");
        draw.enter(SURVEY, EntryKind::Draw, &contact, &places.key).unwrap();
        ids.push(id);
        contacts.push(contact);
        if [50, 100, 150].contains(&person) {
            let mut lines = Vec::new();
            places.store.dump(&mut lines).unwrap();
            fs::write(places.folder.path().join(format!("backup-{person}")), lines).unwrap();
        }
    }
    (ids, codes, contacts)
}

/// The order in which keys stand in a file, first or last occurrence; those that do not stand there are left out.
fn order_in(file: &Path, keys: &[Vec<u8>], last: bool) -> Vec<usize> {
    let Ok(bytes) = fs::read(file) else { return Vec::new() };
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for (arrival, key) in keys.iter().enumerate() {
        let mut windows = bytes.windows(key.len());
        let at = if last {
            windows.rposition(|window| window == key)
        } else {
            windows.position(|window| window == key)
        };
        places.extend(at.map(|at| (at, arrival)));
    }
    places.into_values().collect()
}

fn column(file: &Path, query: &str) -> Vec<Vec<u8>> {
    let connection = Connection::open(file).unwrap();
    let mut statement = connection.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every trace of order: places in the database, its journal and its log, from either end, and the order of its rows.
fn traces(folder: &Path, database: &str, keys: &[Vec<u8>], query: &str) -> Vec<Vec<usize>> {
    let file = |suffix: &str| -> PathBuf { folder.join(format!("{database}{suffix}")) };
    let mut traces = Vec::new();
    for suffix in ["", "-wal", "-journal"] {
        traces.extend([false, true].map(|last| order_in(&file(suffix), keys, last)));
    }
    let rows = column(&file(""), query).into_iter();
    traces.push(rows.filter_map(|key| keys.iter().position(|known| *known == key)).collect());
    traces.retain(|trace| trace.len() > ARRIVALS / 2);
    traces
}

fn loot(places: &Places, ids: &[ResponseId], codes: &[String], entry_ids: &[Vec<u8>]) -> Loot {
    let folder = places.folder.path();
    let key =
        |code: &String| places.store.keys().mac("invitation", &[SURVEY.as_bytes(), code.as_bytes()]).to_vec();
    let responses: Vec<Vec<u8>> = ids.iter().map(|id| id.0.to_vec()).collect();
    let mut of_answers = traces(folder, "answers.db", &responses, "SELECT id FROM response");
    let hexed: Vec<Vec<u8>> = ids.iter().map(|id| id.to_string().into_bytes()).collect();
    for backup in ["backup-50", "backup-100", "backup-150"] {
        of_answers.push(order_in(&folder.join(backup), &hexed, false));
    }
    let codes: Vec<Vec<u8>> = codes.iter().map(key).collect();
    Loot {
        responses: of_answers,
        invitations: traces(folder, "invitations.db", &codes, "SELECT code_key FROM invitation"),
        entries: traces(folder, "draw.db", entry_ids, "SELECT id FROM entry"),
    }
}

/// How many are joined rightly when the n-th of one trace is taken for the n-th of the other, either way round.
fn joined(one: &[usize], other: &[usize]) -> usize {
    let forth = one.iter().zip(other).filter(|(one, other)| one == other).count();
    let back = one.iter().rev().zip(other).filter(|(one, other)| one == other).count();
    forth.max(back)
}

/// The most that any pair of traces joins.
fn best(these: &[Vec<usize>], those: &[Vec<usize>]) -> usize {
    these.iter().flat_map(|one| those.iter().map(move |other| joined(one, other))).max().unwrap_or(0)
}

/// So many right guesses of 200 by chance, in the luckiest of some dozens of pairs of traces: the chance of eight or more
/// by one guess in 200 each is 1 in 100,000 (binomial), and that of all pairs together below 1 in 100.
const CHANCE: usize = 8;

/// The ids of the entries by arrival: the attacker of this test is told them, to see what she could have guessed.
fn entry_ids(places: &Places, contacts: &[String]) -> Vec<Vec<u8>> {
    let file = places.folder.path().join("draw.db");
    let by_key: BTreeMap<Vec<u8>, Vec<u8>> = column(&file, "SELECT contact_key FROM entry ORDER BY id")
        .into_iter()
        .zip(column(&file, "SELECT id FROM entry ORDER BY id"))
        .collect();
    let key = |contact: &String| {
        places.store.keys().mac("contact", &[SURVEY.as_bytes(), b"draw", contact.as_bytes()]).to_vec()
    };
    contacts.iter().map(|contact| by_key[&key(contact)].clone()).collect()
}

#[test]
fn whoever_takes_every_file_joins_nobody() {
    let places = places();
    let (ids, codes, contacts) = arrive(&places);
    let entries = entry_ids(&places, &contacts);
    let loot = loot(&places, &ids, &codes, &entries);
    assert!(!loot.responses.is_empty() && !loot.invitations.is_empty() && !loot.entries.is_empty());
    let folder = places.folder.path();
    let begun = column(&folder.join("answers.db"), "SELECT begin_key FROM response");
    let copies = column(&folder.join("invitations.db"), "SELECT copy_key FROM invitation");
    assert!(
        copies.len() == ARRIVALS && copies.iter().all(|copy| !begun.contains(copy)),
        "a key in both stores"
    );
    for (what, right) in [
        ("responses to invitations", best(&loot.responses, &loot.invitations)),
        ("responses to entries", best(&loot.responses, &loot.entries)),
        ("invitations to entries", best(&loot.invitations, &loot.entries)),
    ] {
        assert!(right < CHANCE, "{right} of {ARRIVALS} {what} were joined");
    }
}

/// The attack itself can find a leak: with a clock in the draw, and the answers' own log, everybody is found.
#[test]
fn a_clock_in_the_draw_would_join_them_and_the_attack_finds_it() {
    let places = places();
    let (ids, _, contacts) = arrive(&places);
    let entries = entry_ids(&places, &contacts);
    let draw = Connection::open(places.folder.path().join("draw.db")).unwrap();
    draw.execute_batch("ALTER TABLE entry ADD COLUMN entered_at INTEGER").unwrap();
    for (minute, id) in entries.iter().enumerate() {
        draw.execute("UPDATE entry SET entered_at = ?1 WHERE id = ?2", (minute as i64, id)).unwrap();
    }
    let responses: Vec<Vec<u8>> = ids.iter().map(|id| id.0.to_vec()).collect();
    let of_answers = traces(places.folder.path(), "answers.db", &responses, "SELECT id FROM response");
    let by_clock = column(&places.folder.path().join("draw.db"), "SELECT id FROM entry ORDER BY entered_at");
    let by_clock: Vec<usize> =
        by_clock.into_iter().map(|id| entries.iter().position(|known| *known == id).unwrap()).collect();
    let right = best(&of_answers, &[by_clock]);
    assert!(
        right > ARRIVALS / 4,
        "only {right} were joined by the clock: the attack is too weak to find anything"
    );
}
