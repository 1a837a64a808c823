//! The queue, the writer and the replies.

use std::sync::mpsc::{Receiver, Sender, channel};

use responses::{Error, Event, Job, Receipt, ResponseId, Store};

use super::Place;
use crate::people::*;

/// Keep every writer busy until the senders are dropped.
fn hold_all(place: &impl Place, store: &Store) -> Vec<Sender<()>> {
    (0..place.writers()).map(|_| hold(store)).collect()
}

/// Keep one writer busy until the sender is dropped or used.
fn hold(store: &Store) -> Sender<()> {
    let (release, held) = channel::<()>();
    let (entered, inside) = channel();
    store.submit(decline_job(0), move |_| {
        entered.send(()).unwrap();
        let _ = held.recv();
    });
    inside.recv().unwrap();
    release
}

fn submit_all(store: &Store, jobs: Vec<Job>) -> Receiver<(usize, Result<Receipt, Error>)> {
    let (send, receive) = channel();
    for (at, job) in jobs.into_iter().enumerate() {
        let send = send.clone();
        store.submit(job, move |receipt| send.send((at, receipt)).unwrap());
    }
    receive
}

pub(crate) fn one_bad_job_fails_alone(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let release = hold(&store);
    let jobs = (1..=60).map(|of| match of % 10 {
        0 => page_job(ResponseId([9; 16]), vec![one("housing", "rent")]),
        _ => begin_job(of, english()),
    });
    let receipts = submit_all(&store, jobs.collect());
    drop(release);
    for (at, receipt) in receipts {
        assert_eq!(receipt.is_err(), (at + 1) % 10 == 0, "job {at}: {receipt:?}");
    }
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Begun), 54);
}

pub(crate) fn a_full_queue_says_so(place: &impl Place) {
    let store = place.open();
    let release = hold_all(place, &store);
    let receipts = submit_all(&store, (1..=4_100).map(decline_job).collect());
    drop(release);
    let (taken, refused): (Vec<_>, Vec<_>) = receipts.into_iter().partition(|(_, receipt)| receipt.is_ok());
    assert_eq!((taken.len(), refused.len()), (4_096, 4));
    assert!(refused.iter().all(|(_, receipt)| matches!(receipt, Err(Error::Busy))));
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Declined), 4_097);
}

pub(crate) fn closing_writes_what_waits(place: &impl Place) {
    let store = place.open();
    let release = hold(&store);
    let receipts = submit_all(&store, (1..=700).map(decline_job).collect());
    drop(release);
    store.close().unwrap();
    assert!(receipts.iter().all(|(_, receipt)| receipt.is_ok()));
    assert_eq!(place.open().tally(SURVEY).unwrap().happened(Event::Declined), 701);
}

pub(crate) fn a_closed_store_refuses(place: &impl Place) {
    let store = place.open();
    let other = store.clone();
    store.close().unwrap();
    assert_eq!(message(other.record(decline_job(1))), "the store is closed");
    other.close().unwrap();
}

pub(crate) fn a_reply_may_panic(place: &impl Place) {
    let store = place.open();
    store.submit(decline_job(1), |_| std::panic::resume_unwind(Box::new("a reply that panics")));
    assert_eq!(store.record(decline_job(2)).unwrap(), Receipt::Declined);
}

pub(crate) fn a_reply_may_drop_the_store(place: &impl Place) {
    let store = place.open();
    let (send, receive) = channel();
    let last = store.clone();
    let release = hold(&store);
    store.submit(decline_job(1), move |receipt| {
        drop(last);
        send.send(receipt).unwrap();
    });
    drop(store);
    drop(release);
    assert!(receive.recv().unwrap().is_ok());
}
