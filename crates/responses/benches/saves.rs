//! Durable page saves per second, every save on the disk before its caller goes on; and the price of a withdrawal.
//!
//! A peer for comparison: ODK Central, 41 submissions per second of 250 questions on a host with 2 GB (its documentation).

#![expect(clippy::unwrap_used, reason = "a bench that cannot write has nothing to measure")]

use std::sync::atomic::{AtomicU64, Ordering};

use divan::{Bencher, counter::ItemsCount};
use responses::{Job, Mode, Receipt, Recorded, ResponseId, Store};
use survey::{Answer, Date, Fingerprint, Language};

#[path = "../tests/it/postgres/cluster.rs"]
mod cluster;

fn main() {
    divan::main();
}

const SURVEY: &str = "bench";
const EACH: u64 = 16;

fn today() -> Date {
    Date::constant(2026, 11, 22)
}

fn nonce(of: u64) -> [u8; 16] {
    u128::from(of).to_le_bytes()
}

fn begin(store: &Store, version: Fingerprint, of: u64) -> ResponseId {
    let begin = Job::Begin {
        survey: SURVEY.to_owned(),
        version,
        form: survey::FormId::full(),
        nonce: nonce(of),
        language: Language::english(),
        mode: Mode::Rehearsal,
        channel: None,
        answers: Vec::new(),
        today: today(),
    };
    match store.record(begin) {
        Ok(Receipt::Begun(id)) => id,
        other => panic!("expected a response, got {other:?}"),
    }
}

/// Ten answered questions on one page.
fn page(response: ResponseId, of: u64) -> Job {
    let given = (0..10).map(|question| Recorded {
        question: format!("question_{of}_{question}").as_str().into(),
        answer: Answer::One("choice".into()),
        specified: Default::default(),
    });
    Job::Page {
        response,
        page: format!("page-{of}"),
        nonce: nonce(of),
        body: [7; 32],
        seen: 0,
        given: given.collect(),
        draft: None,
        language: Language::english(),
        seconds: None,
        signals: Vec::new(),
        today: today(),
    }
}

#[divan::bench(args = [1, 16, 64], sample_count = 20)]
fn page_saves_by_callers(bencher: Bencher<'_, '_>, callers: u64) {
    let folder = tempfile::tempdir().unwrap();
    saves(bencher, callers, &Store::open(folder.path()).unwrap());
}

/// The same into a PostgreSQL on this machine, where it is installed.
#[divan::bench(args = [1, 16, 64], sample_count = 10)]
fn page_saves_on_postgres_by_callers(bencher: Bencher<'_, '_>, callers: u64) {
    let Some(cluster) = cluster::cluster() else { return };
    let folder = tempfile::tempdir().unwrap();
    saves(bencher, callers, &Store::connect(&cluster.database(), folder.path()).unwrap());
}

fn saves(bencher: Bencher<'_, '_>, callers: u64, store: &Store) {
    let version = store.publish(SURVEY, "2027.1", Fingerprint::of("{}"), "{}", today()).unwrap();
    let people: Vec<_> = (0..callers).map(|of| begin(store, version, of)).collect();
    let next = AtomicU64::new(0);
    bencher.counter(ItemsCount::new(callers * EACH)).bench_local(|| {
        std::thread::scope(|scope| {
            for person in &people {
                scope.spawn(|| {
                    for _ in 0..EACH {
                        store.record(page(*person, next.fetch_add(1, Ordering::Relaxed))).unwrap();
                    }
                });
            }
        });
    });
}

/// One withdrawal from a store of so many people with five pages of ten questions each.
#[divan::bench(args = [300, 3_000], sample_count = 10)]
fn withdrawal_among(bencher: Bencher<'_, '_>, people: u64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let version = store.publish(SURVEY, "2027.1", Fingerprint::of("{}"), "{}", today()).unwrap();
    let ids: Vec<_> = (0..people).map(|of| begin(&store, version, of)).collect();
    for id in &ids {
        (0..4).for_each(|of| store.submit(page(*id, of), |_| {}));
        store.record(page(*id, 4)).unwrap();
    }
    let next = AtomicU64::new(0);
    bencher.bench_local(|| {
        let response = ids[next.fetch_add(1, Ordering::Relaxed) as usize];
        store.record(Job::Withdraw { response, today: today() }).unwrap()
    });
}
