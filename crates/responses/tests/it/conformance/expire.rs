//! What time ends.

use responses::{Event, Job, Receipt, State, Store};

use super::Place;
use crate::people::*;

fn after(store: &Store, days: u32) -> Receipt {
    let today = (0..days).fold(today(), |day, _| day.tomorrow().unwrap());
    store.record(Job::Expire { survey: SURVEY.to_owned(), today }).unwrap()
}

pub(crate) fn what_was_begun_and_left_is_erased_after_a_day(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    assert_eq!(after(&store, 1), Receipt::Expired { abandoned: 0, unfinished: 0 });
    assert!(store.held(&id).unwrap().is_some(), "she may have begun in the last minute of the day before");
    assert_eq!(after(&store, 2), Receipt::Expired { abandoned: 1, unfinished: 0 });
    assert_eq!(
        (store.held(&id).unwrap(), store.tally(SURVEY).unwrap().happened(Event::Abandoned)),
        (None, 1)
    );
    assert_eq!(after(&store, 2), Receipt::Expired { abandoned: 0, unfinished: 0 });
}

pub(crate) fn what_was_never_finished_is_kept_and_told_apart(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
    assert_eq!(after(&store, 30), Receipt::Expired { abandoned: 0, unfinished: 0 });
    assert_eq!(after(&store, 31), Receipt::Expired { abandoned: 0, unfinished: 1 });
    assert_eq!(store.held(&id).unwrap().unwrap().state, State::Partial);
    assert_eq!(standing(&store, &id, "housing"), "rent");
    let late = sent(id, "work", 2, 2, 0, vec![one("job", "none")]);
    assert!(message(store.record(late)).contains("partial"), "its time is over");
}

pub(crate) fn retries_are_known_for_two_days(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    let page = page_job(id, vec![one("housing", "rent")]);
    store.record(page.clone()).unwrap();
    store.record(finish_job(id, vec![one("housing", "rent")])).unwrap();
    after(&store, 2);
    assert_eq!(store.record(page.clone()).unwrap(), Receipt::Saved { revision: 1, repeated: true });
    after(&store, 3);
    assert!(message(store.record(page)).contains("finished"), "a later retry is told that all was sent");
}

pub(crate) fn a_canary_changes_nothing(place: &impl Place) {
    let store = place.open();
    publish(&store);
    begin(&store, 1);
    let before = (store.responses(SURVEY).unwrap(), store.tally(SURVEY).unwrap());
    assert_eq!(store.record(Job::Canary).unwrap(), Receipt::Alive);
    assert_eq!((store.responses(SURVEY).unwrap(), store.tally(SURVEY).unwrap()), before);
    store.close().unwrap();
    assert_eq!(place.open().responses(SURVEY).unwrap(), before.0);
}
