//! The suite over SQLite, and what is promised of its files.

use std::{collections::BTreeSet, fs, path::Path};

use responses::{Error, Job, ResponseId, Store};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{
    conformance::{Place, conformance},
    people::*,
};

/// A folder that goes with the test.
pub(crate) struct Folder(TempDir);

impl Place for Folder {
    fn open(&self) -> Store {
        Store::open(self.0.path()).unwrap()
    }

    fn whereabouts(&self) -> (std::path::PathBuf, Option<String>) {
        (self.0.path().to_owned(), None)
    }
}

fn folder() -> Folder {
    Folder(tempfile::tempdir().unwrap())
}

mod suite {
    super::conformance!(crate::sqlite::folder());
}

/// Every byte of the folder's files, the write-ahead log included.
fn bytes(folder: &Path) -> Vec<u8> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
}

/// What every planted sentence begins with.
const PLANTED: &str = "the planted sentence of ";

fn sentence(person: u64, place: &str) -> String {
    format!("{PLANTED}{person:05} {place}")
}

/// What stands in the database of somebody's answers, as it stands there: codes, and hidden words and drafts.
fn standing_bytes(folder: &Path, id: &ResponseId) -> Vec<Vec<u8>> {
    let database = Connection::open(folder.join("answers.db")).unwrap();
    let mut all = Vec::new();
    for query in [
        "SELECT CAST(value AS BLOB) FROM answer WHERE response = ?1 AND question = 'pathway' AND value IS NOT NULL",
        "SELECT sealed FROM words WHERE response = ?1",
        "SELECT CAST(draft AS BLOB) FROM page WHERE response = ?1 AND draft IS NOT NULL",
    ] {
        let mut statement = database.prepare(query).unwrap();
        all.extend(statement.query_map([&id.0], |row| row.get(0)).unwrap().map(Result::unwrap));
    }
    all
}

/// How many of these texts of bytes stand anywhere in the files.
fn found(folder: &Path, texts: &[Vec<u8>]) -> usize {
    let bytes = bytes(folder);
    // Each begins with thirteen bytes of its own: ciphertexts by chance, codes by person.
    let starts: BTreeSet<&[u8]> = texts.iter().map(|text| &text[..13]).collect();
    let there: BTreeSet<&[u8]> = bytes.windows(13).filter(|window| starts.contains(window)).collect();
    there.len()
}

/// Someone plants sentences in a box, a story, a draft, and in what replaces them; everything that ever stood for them.
fn plant(folder: &Path, store: &Store, person: u64) -> (ResponseId, Vec<Vec<u8>>) {
    let id = begin(store, person);
    let mut other = one("pathway", &format!("{person:05}_code"));
    other.specified.insert("other".into(), sentence(person, "boxed"));
    let story = sentence(person, "story") + &"and much more ".repeat((person as usize * 7) % 90);
    let mut job = page_job(id, vec![other, words("story", &story)]);
    if let Job::Page { draft, .. } = &mut job {
        *draft = Some(sentence(person, "draft"));
    }
    store.record(job).unwrap();
    let mut stood = standing_bytes(folder, &id);
    let later = vec![words("story", &sentence(person, "later"))];
    store.record(sent(id, "needs", 1, 2, 0, later)).unwrap();
    stood.extend(standing_bytes(folder, &id));
    if person.is_multiple_of(3) {
        store.record(finish_job(id, vec![words("story", &sentence(person, "final"))])).unwrap();
        stood.extend(standing_bytes(folder, &id));
    }
    (id, stood)
}

#[test]
fn what_was_taken_back_is_in_no_file() {
    let folder = folder();
    let store = folder.open();
    publish(&store);
    let people: Vec<_> = (0..120).map(|person| plant(folder.0.path(), &store, person)).collect();
    let stood = |people: &[&(ResponseId, Vec<Vec<u8>>)]| -> Vec<Vec<u8>> {
        people.iter().flat_map(|(_, stood)| stood.clone()).collect()
    };
    let (kept, taken): (Vec<_>, Vec<_>) = people.iter().enumerate().partition(|(person, _)| person % 4 == 1);
    let kept: Vec<_> = kept.into_iter().map(|(_, person)| person).collect();
    let taken: Vec<_> = taken.into_iter().map(|(_, person)| person).collect();
    let (of_kept, of_taken) = (stood(&kept), stood(&taken));
    let before = found(folder.0.path(), &of_taken);
    assert!(before > 200, "{before} can be found at all");
    for (id, _) in &taken {
        store.record(withdraw_job(*id)).unwrap();
    }
    assert_eq!(found(folder.0.path(), &of_taken), 0);
    assert!(found(folder.0.path(), &of_kept) >= kept.len(), "what was not taken back is kept");
    let last = kept.iter().filter(|(id, _)| standing(&store, id, "story").contains(PLANTED));
    assert_eq!(last.count(), kept.len());
}

#[test]
fn nobodys_words_are_readable_in_a_file_even_before_she_sends_them() {
    let folder = folder();
    let store = folder.open();
    publish(&store);
    for person in 0..30 {
        plant(folder.0.path(), &store, person);
    }
    let bytes = bytes(folder.0.path());
    assert!(!bytes.windows(PLANTED.len()).any(|window| window == PLANTED.as_bytes()));
    let all = store.responses(SURVEY).unwrap();
    let words = all.iter().filter_map(|each| each.answers.get(&"story".into()));
    assert_eq!(words.filter(|words| words.to_json().contains(PLANTED)).count(), 30, "and they all come back");
}

#[test]
fn what_was_sealed_is_readable_in_no_file() {
    let key = age::x25519::Identity::generate().to_public().to_string();
    for hourly in [true, false] {
        let folder = folder();
        let store = folder.open();
        store.seal_words(responses::StudyKey::read(&key).unwrap());
        publish(&store);
        let mut stood = Vec::new();
        for person in (0..30).filter(|person| person % 3 != 0) {
            let (id, planted) = plant(folder.0.path(), &store, person);
            // Codes stay; what the secret of the folder opens must not.
            stood.extend(planted.into_iter().filter(|text| !text.ends_with(b"_code\"}")));
            store.record(finish_job(id, vec![words("story", &sentence(person, "final"))])).unwrap();
        }
        // Half way, too: its time runs out.
        let left = begin(&store, 99);
        store.record(page_job(left, vec![words("story", &sentence(99, "story"))])).unwrap();
        stood.extend(standing_bytes(folder.0.path(), &left));
        let later = (0..40).fold(today(), |day, _| day.tomorrow().unwrap());
        assert!(found(folder.0.path(), &stood) > 0, "they can be found at all");
        store.record(Job::Expire { survey: SURVEY.to_owned(), today: later }).unwrap();
        if !hourly {
            store.close().unwrap();
        }
        assert_eq!(found(folder.0.path(), &stood), 0, "hourly: {hourly}");
    }
}

const SCHEMA_1: &str = include_str!("../../migrations/sqlite/0001_answers.sql");

#[test]
fn what_was_stored_before_there_were_forms_answers_the_whole() {
    let folder = folder();
    folder.open().close().unwrap();
    let database = folder.0.path().join("answers.db");
    fs::remove_file(&database).unwrap();
    let old = Connection::open(&database).unwrap();
    old.execute_batch(SCHEMA_1).unwrap();
    old.execute_batch("PRAGMA application_id = 0x536e6473; PRAGMA user_version = 1;").unwrap();
    old.execute(
        "INSERT INTO version VALUES (?1, ?2, '2027.1', ?3, '2027-03-09')",
        (version().0, SURVEY, COMPILED),
    )
    .unwrap();
    old.execute(
        "INSERT INTO response VALUES (?1, ?2, 'saved', 'self', 'ar', '2027-03-09', NULL, ?3, ?4)",
        ([7; 16], version().0, [1; 32], [2; 32]),
    )
    .unwrap();
    old.close().unwrap();
    let message = Store::open_to_read(folder.0.path()).err().unwrap().to_string();
    assert!(message.ends_with("has the older schema 1 instead of 4; serve it once with this program"));
    let store = folder.open();
    let held = store.held(&ResponseId([7; 16])).unwrap().unwrap();
    assert_eq!((held.form.as_str(), held.language), ("full", arabic()));
    let short = begin_form(&store, 1, "short");
    assert_eq!(store.held(&short).unwrap().unwrap().form.as_str(), "short");
    store.close().unwrap();
    let forms = folder.open().responses(SURVEY).unwrap().into_iter().map(|each| each.form.to_string());
    assert_eq!(forms.collect::<BTreeSet<_>>(), ["full", "short"].map(str::to_owned).into());
}

#[test]
fn the_database_of_another_program_is_refused() {
    let folder = folder();
    folder.open().close().unwrap();
    let database = folder.0.path().join("answers.db");
    Connection::open(&database).unwrap().pragma_update(None, "application_id", 7).unwrap();
    assert!(matches!(Store::open(folder.0.path()), Err(Error::OtherProgram { .. })));
    fs::write(&database, b"this is no database at all, and it is long enough to be looked at").unwrap();
    assert!(matches!(Store::open(folder.0.path()), Err(Error::Database { .. })));
}

#[test]
fn an_interrupted_first_start_is_taken_up() {
    let folder = folder();
    folder.open().close().unwrap();
    fs::write(folder.0.path().join("answers.db"), b"").unwrap();
    publish(&folder.open());
}

#[test]
fn reading_needs_no_writer_and_writes_nothing() {
    let folder = folder();
    let store = folder.open();
    publish(&store);
    let id = begin(&store, 1);
    store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
    let number = store.number(&id);
    let files = ["answers.db", "answers.db-wal"].map(|name| folder.0.path().join(name));
    let before = files.each_ref().map(|file| fs::read(file).unwrap());
    let reader = Store::open_to_read(folder.0.path()).unwrap();
    for each in [&store, &reader] {
        assert_eq!(standing(each, &id, "housing"), "rent");
        assert!(each.find(&number).unwrap().is_some());
        assert_eq!(each.responses(SURVEY).unwrap().len(), 1);
        assert!(!each.tally(SURVEY).unwrap().events.is_empty());
        assert!(each.published(&version()).unwrap().is_some());
    }
    assert!(files.each_ref().map(|file| fs::read(file).unwrap()) == before);
    assert_eq!(message(reader.record(decline_job(1))), "the store was opened to read only");
    let nowhere = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open_to_read(nowhere.path()), Err(Error::NoStore { .. })));
    assert_eq!(fs::read_dir(nowhere.path()).unwrap().count(), 0);
}

#[test]
fn the_numbers_are_not_in_the_files() {
    let folder = folder();
    let store = folder.open();
    publish(&store);
    let number = store.number(&begin(&store, 1)).to_string();
    store.close().unwrap();
    let bytes = bytes(folder.0.path());
    for written in [number.replace(' ', ""), number] {
        assert!(!bytes.windows(written.len()).any(|window| window == written.as_bytes()));
    }
}

#[test]
fn every_table_is_strict_and_ordered_by_its_own_key() {
    let folder = folder();
    let store = folder.open();
    publish(&store);
    let reader = Connection::open(folder.0.path().join("answers.db")).unwrap();
    let journal: String = reader.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(journal, "wal");
    let plain: i64 = reader
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
               AND NOT (strict AND wr)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(plain, 0);
}
