//! What is read back, later and by others.

use responses::{Event, Mode, State, Store};
use survey::Fingerprint;

use super::Place;
use crate::people::*;

/// Someone says two things and finishes.
fn finished(store: &Store, of: u64, housing: &str, story: &str) {
    let id = begin(store, of);
    let given = vec![one("housing", housing), words("story", story)];
    store.record(page_job(id, given.clone())).unwrap();
    store.record(finish_job(id, given)).unwrap();
}

pub(crate) fn reopening_keeps_everything(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    store.record(page_job(id, vec![one("housing", "rent"), words("story", "ነው")])).unwrap();
    let (held, number) = (store.held(&id).unwrap(), store.number(&id));
    let (responses, tally) = (store.responses(SURVEY).unwrap(), store.tally(SURVEY).unwrap());
    store.close().unwrap();
    let store = place.open();
    assert_eq!(store.held(&id).unwrap(), held);
    assert_eq!(store.number(&id), number);
    assert_eq!(store.find(&number).unwrap(), Some((id, State::Saved)));
    assert_eq!((store.responses(SURVEY).unwrap(), store.tally(SURVEY).unwrap()), (responses, tally));
    assert_eq!(begin(&store, 1), id);
}

pub(crate) fn order_tells_nothing_of_arrival(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let people = [("rent", "b"), ("own", "z"), ("rent", "a"), ("own", "z"), ("tent", "m")];
    for (of, (housing, story)) in (1..).zip(people) {
        finished(&store, of, housing, story);
    }
    let stories = |store: &Store| -> Vec<String> {
        let said = store.responses(SURVEY).unwrap();
        said.iter().map(|each| each.answers.given.values().map(|answer| answer.to_json()).collect()).collect()
    };
    let first = stories(&store);
    let mut sorted = first.clone();
    sorted.sort();
    assert_eq!(first, sorted);
    store.publish("again", "1.1", Fingerprint::of("again"), "again", today()).unwrap();
    assert_eq!(stories(&store), first);
    assert_eq!(first.len(), 5);
}

pub(crate) fn surveys_are_apart(place: &impl Place) {
    let store = place.open();
    publish(&store);
    finished(&store, 1, "rent", "a");
    assert_eq!(store.responses(SURVEY).unwrap().len(), 1);
    assert!(store.responses("another-survey").unwrap().is_empty());
    assert_eq!(store.tally("another-survey").unwrap(), Default::default());
}

pub(crate) fn totals_add_up(place: &impl Place) {
    let store = place.open();
    publish(&store);
    for of in 1..=4 {
        finished(&store, of, "rent", "a");
    }
    let id = begin(&store, 5);
    store.record(page_job(id, vec![])).unwrap();
    begin(&store, 6);
    store.record(decline_job(7)).unwrap();
    store.record(withdraw_job(begin(&store, 4))).unwrap();
    let tally = store.tally(SURVEY).unwrap();
    let events = [Event::Declined, Event::Begun, Event::Saved, Event::Finished, Event::Withdrawn];
    assert_eq!(events.map(|event| tally.happened(event)), [1, 6, 5, 4, 1]);
    let states = [State::Begun, State::Saved, State::Finished, State::Withdrawn];
    assert_eq!(states.map(|state| tally.standing(state)), [1, 1, 3, 1]);
    assert_eq!(tally.events[&(Event::Begun, english(), Mode::Rehearsal)], 6);
}

pub(crate) fn withdrawn_are_not_analysed(place: &impl Place) {
    let store = place.open();
    publish(&store);
    finished(&store, 1, "rent", "a");
    finished(&store, 2, "own", "b");
    store.record(withdraw_job(begin(&store, 1))).unwrap();
    let left = store.responses(SURVEY).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].answers.given["housing"], survey::Answer::One("own".into()));
    assert_eq!((left[0].state, left[0].mode, left[0].version), (State::Finished, Mode::Rehearsal, version()));
}

pub(crate) fn pages_are_counted(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    for page in ["one", "two", "three"] {
        store.record(sent(id, page, 1, 1, 0, vec![])).unwrap();
    }
    store.record(sent(id, "three", 1, 2, 0, vec![])).unwrap();
    begin(&store, 2);
    let mut pages: Vec<u32> = store.responses(SURVEY).unwrap().iter().map(|each| each.pages).collect();
    pages.sort_unstable();
    assert_eq!(pages, [0, 3]);
}
