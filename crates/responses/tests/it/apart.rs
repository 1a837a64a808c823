//! Invitations and the draw: each code once, each contact once, and nothing in any file that joins them to a response.

use std::fs;

use age::secrecy::ExposeSecret;
use responses::{Draw, EntryKind, Error, InvitationState, Invitations, Store, StudyKey, StudySecret};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{
    people::*,
    postgres::cluster::{Cluster, cluster},
};

pub(crate) struct Places {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
    pub(crate) key: StudyKey,
    secret: StudySecret,
}

/// A data folder and the key of its study.
pub(crate) fn places() -> Places {
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
        let opened = draw.opened(SURVEY, EntryKind::Draw, &places.secret, &list).unwrap();
        assert_eq!((list.len(), opened.len()), (2, 2));
        assert!(opened.iter().any(|each| each.contact.as_deref() == Some("Amina@example.org")));
        let one = draw.opened(SURVEY, EntryKind::Draw, &places.secret, &list[1..]).unwrap();
        assert_eq!(
            one.iter().map(|each| &each.hash).collect::<Vec<_>>(),
            [&list[1]],
            "nobody else's is opened"
        );
        assert_eq!(opened.iter().map(|each| each.hash.clone()).collect::<Vec<_>>(), list);
        let bytes = fs::read(places.folder.path().join("draw.db")).unwrap();
        for plain in [&b"mina"[..], b"902-555"] {
            assert!(!bytes.windows(plain.len()).any(|window| window.eq_ignore_ascii_case(plain)));
        }
        let other = age::x25519::Identity::generate();
        let other = StudySecret::read(other.to_string().expose_secret()).unwrap();
        let closed = draw.opened(SURVEY, EntryKind::Draw, &other, &list).unwrap();
        assert!(closed.len() == 2 && closed.iter().all(|each| each.contact.is_none()));
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
