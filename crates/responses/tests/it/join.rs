//! The join attack: who takes every file, at the end and from three backups, joins nobody.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use responses::{Draw, EntryKind, Invitations, ResponseId};
use rusqlite::Connection;

use crate::{
    apart::{Places, places},
    people::*,
};

const ARRIVALS: usize = 200;

/// After so many arrivals somebody copies the whole folder, and makes a backup.
const CUTS: [usize; 3] = [50, 100, 150];

/// Two hundred people, one after the other: each uses a code, answers, and enters the draw.
struct Arrived {
    places: Places,
    ids: Vec<ResponseId>,
    codes: Vec<String>,
    entries: Vec<Vec<u8>>,
    /// The folder as it was at each cut, and what a backup held then.
    copies: tempfile::TempDir,
}

/// They come once for every test here.
fn arrived() -> &'static Arrived {
    static ARRIVED: OnceLock<Arrived> = OnceLock::new();
    ARRIVED.get_or_init(arrive)
}

fn arrive() -> Arrived {
    let (places, copies) = (places(), tempfile::tempdir().unwrap());
    let folder = places.folder.path();
    let (invitations, draw) = (
        Invitations::open(folder, places.store.keys()).unwrap(),
        Draw::open(folder, places.store.keys()).unwrap(),
    );
    let codes = invitations.issue(SURVEY, "mailing", ARRIVALS).unwrap();
    let (mut ids, mut contacts) = (Vec::new(), Vec::new());
    for (person, code) in codes.iter().enumerate() {
        let id = begin(&places.store, person as u64);
        assert!(invitations.spend(SURVEY, code, &nonce(person as u64)).unwrap());
        places.store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
        places.store.record(finish_job(id, vec![one("housing", "rent")])).unwrap();
        contacts.push(format!("person{person}@example.org"));
        draw.enter(SURVEY, EntryKind::Draw, &contacts[person], &places.key).unwrap();
        ids.push(id);
        if CUTS.contains(&(person + 1)) {
            let cut = copies.path().join(format!("cut-{person}"));
            fs::create_dir(&cut).unwrap();
            files(folder).iter().for_each(|file| {
                fs::copy(file, cut.join(file.file_name().unwrap())).unwrap();
            });
            let mut lines = Vec::new();
            places.store.dump(&mut lines).unwrap();
            fs::write(cut.join("backup"), lines).unwrap();
        }
    }
    let entries = entry_ids(&places, &contacts);
    Arrived { places, ids, codes, entries, copies }
}

/// Every file in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = all.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

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

fn column(file: &Path, query: &str) -> Vec<Vec<u8>> {
    let connection = Connection::open(file).unwrap();
    let mut statement = connection.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The orders in which keys stand in a file, by their first and by their last occurrence; those that do not stand there
/// are left out.
fn orders_in(bytes: &[u8], keys: &[Vec<u8>]) -> [Vec<usize>; 2] {
    let arrivals: BTreeMap<&[u8], usize> =
        keys.iter().enumerate().map(|(arrival, key)| (key.as_slice(), arrival)).collect();
    let seen = bytes.windows(keys[0].len()).enumerate();
    let seen = seen.filter_map(|(at, window)| Some((*arrivals.get(window)?, at)));
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last = BTreeMap::new();
    for (arrival, at) in seen {
        first.entry(arrival).or_insert(at);
        last.insert(arrival, at);
    }
    [first, last].map(|places| {
        let mut order: Vec<(usize, usize)> = places.into_iter().map(|(arrival, at)| (at, arrival)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, arrival)| arrival).collect()
    })
}

/// The orders that the files of a folder suggest for keys: where they stand in each file, from either end, as bytes
/// and as text; and how a database gives its rows.
fn traces(folder: &Path, keys: &[Vec<u8>], rows: (&str, &str)) -> Vec<Vec<usize>> {
    let hexed = |key: &Vec<u8>| key.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let hexed: Vec<Vec<u8>> = keys.iter().map(hexed).collect();
    let mut traces = Vec::new();
    for bytes in files(folder).iter().map(|file| fs::read(file).unwrap()) {
        traces.extend(orders_in(&bytes, keys));
        traces.extend(orders_in(&bytes, &hexed));
    }
    if folder.join(rows.0).exists() {
        let rows = column(&folder.join(rows.0), rows.1).into_iter();
        traces.push(rows.filter_map(|key| keys.iter().position(|known| *known == key)).collect());
    }
    traces.retain(|trace| trace.len() >= CUTS[0] / 2);
    traces
}

/// What an attacker holds who took everything: for each store, every trace of order at the end, at each cut, and of what
/// came between two cuts.
struct Loot {
    responses: Vec<Vec<Vec<usize>>>,
    invitations: Vec<Vec<Vec<usize>>>,
    entries: Vec<Vec<Vec<usize>>>,
}

/// The places an attacker looks at: the folder at the end, and as it was at each cut.
fn moments(arrived: &Arrived) -> Vec<PathBuf> {
    let cuts = CUTS.map(|after| arrived.copies.path().join(format!("cut-{}", after - 1)));
    std::iter::once(arrived.places.folder.path().to_owned()).chain(cuts).collect()
}

fn loot(arrived: &Arrived) -> Loot {
    let keys = arrived.places.store.keys();
    let key = |code: &String| keys.mac("invitation", &[SURVEY.as_bytes(), code.as_bytes()]).to_vec();
    let responses: Vec<Vec<u8>> = arrived.ids.iter().map(|id| id.0.to_vec()).collect();
    let codes: Vec<Vec<u8>> = arrived.codes.iter().map(key).collect();
    let at_each = |keys: &[Vec<u8>], rows: (&str, &str)| {
        moments(arrived).iter().map(|moment| traces(moment, keys, rows)).collect::<Vec<_>>()
    };
    Loot {
        responses: at_each(&responses, ("answers.db", "SELECT id FROM response")),
        // The codes nobody used stand among the others: who has the files knows which are used.
        invitations: at_each(
            &codes,
            ("invitations.db", "SELECT code_key FROM invitation WHERE state = 'used'"),
        ),
        entries: at_each(&arrived.entries, ("draw.db", "SELECT id FROM entry")),
    }
}

/// How many are joined rightly when the n-th of one trace is taken for the n-th of the other, either way round.
fn joined(one: &[usize], other: &[usize]) -> usize {
    let forth = one.iter().zip(other).filter(|(one, other)| one == other).count();
    let back = one.iter().rev().zip(other).filter(|(one, other)| one == other).count();
    forth.max(back)
}

/// The chance of `right` or more of `n` guesses, each right by one chance in `n`.
///
/// Exact binomial, the tail summed from the far end.
fn chance(right: usize, n: usize) -> f64 {
    let p = 1.0 / n as f64;
    let mut term = (1.0 - p).powi(n as i32);
    let mut below = 0.0;
    for k in 0..right {
        below += term;
        term *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    (1.0 - below).max(0.0)
}

/// The least chance of what any pair of traces joins, at the same moment, times the number of pairs that were tried
/// (Bonferroni), and what it joined.
fn luckiest(these: &[Vec<Vec<usize>>], those: &[Vec<Vec<usize>>]) -> (f64, usize) {
    let mut tried = 0;
    let mut least = (1.0, 0);
    for (one, other) in these.iter().zip(those).flat_map(|(these, those)| pairs(these, those)) {
        // Either way round, and from either end: each is a try of its own.
        tried += 2;
        let (right, n) = (joined(one, other), one.len().max(other.len()));
        let p = chance(right, n);
        if p < least.0 {
            least = (p, right);
        }
    }
    assert!(tried > 0, "there was nothing to attack");
    ((least.0 * f64::from(tried)).min(1.0), least.1)
}

fn pairs<'t>(
    these: &'t [Vec<usize>],
    those: &'t [Vec<usize>],
) -> impl Iterator<Item = (&'t [usize], &'t [usize])> {
    these.iter().flat_map(move |one| those.iter().map(move |other| (one.as_slice(), other.as_slice())))
}

/// What may come by chance alone once in a hundred.
const ALPHA: f64 = 0.01;

#[test]
fn whoever_takes_every_file_and_three_backups_joins_nobody() {
    let arrived = arrived();
    let loot = loot(arrived);
    let folder = arrived.places.folder.path();
    let begun = column(&folder.join("answers.db"), "SELECT begin_key FROM response");
    let copies = column(&folder.join("invitations.db"), "SELECT copy_key FROM invitation");
    assert!(
        copies.len() == ARRIVALS && copies.iter().all(|copy| !begun.contains(copy)),
        "a key in both stores"
    );
    for (what, (p, right)) in [
        ("responses to invitations", luckiest(&loot.responses, &loot.invitations)),
        ("responses to entries", luckiest(&loot.responses, &loot.entries)),
        ("invitations to entries", luckiest(&loot.invitations, &loot.entries)),
    ] {
        assert!(p > ALPHA, "{right} {what} were joined: by chance alone once in {:.0}", 1.0 / p);
    }
}

/// A backup holds answers alone: between two of them nothing of invitations or of the draw can be subtracted.
#[test]
fn a_backup_says_nothing_of_invitations_and_of_the_draw() {
    let arrived = arrived();
    let keys = arrived.places.store.keys();
    for moment in moments(arrived).iter().skip(1) {
        let backup = fs::read(moment.join("backup")).unwrap();
        let text = String::from_utf8_lossy(&backup);
        let hexed = |key: &[u8]| key.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        for (code, entry) in arrived.codes.iter().zip(&arrived.entries) {
            let key = keys.mac("invitation", &[SURVEY.as_bytes(), code.as_bytes()]);
            assert!(!text.contains(&hexed(&key)) && !text.contains(&hexed(entry)) && !text.contains(code));
        }
    }
}

/// The attack itself can find a leak: with a clock in the draw, and the answers' own log, everybody is found.
#[test]
fn a_clock_in_the_draw_would_join_them_and_the_attack_finds_it() {
    let arrived = arrived();
    let folder = tempfile::tempdir().unwrap();
    fs::copy(arrived.places.folder.path().join("draw.db"), folder.path().join("draw.db")).unwrap();
    let draw = Connection::open(folder.path().join("draw.db")).unwrap();
    draw.execute_batch("ALTER TABLE entry ADD COLUMN entered_at INTEGER").unwrap();
    for (minute, id) in arrived.entries.iter().enumerate() {
        draw.execute("UPDATE entry SET entered_at = ?1 WHERE id = ?2", (minute as i64, id)).unwrap();
    }
    let loot = loot(arrived);
    let by_clock =
        column(&folder.path().join("draw.db"), "SELECT id FROM entry ORDER BY entered_at").into_iter();
    let by_clock =
        by_clock.map(|id| arrived.entries.iter().position(|known| *known == id).unwrap()).collect();
    let (p, right) = luckiest(&loot.responses[..1], &[vec![by_clock]]);
    assert!(
        p < ALPHA && right > ARRIVALS / 4,
        "only {right} were joined by the clock: the attack is too weak to find anything"
    );
}

#[test]
fn chance_is_counted_by_hand() {
    // Two guesses at one in two: none 1/4, one 1/2, both 1/4.
    let near = |left: f64, right: f64| (left - right).abs() < 1e-12;
    assert!(near(chance(0, 2), 1.0) && near(chance(1, 2), 0.75) && near(chance(2, 2), 0.25));
}
