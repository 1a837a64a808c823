//! After the last day to take answers back.

use responses::{Job, Receipt, Store};

use super::Place;
use crate::people::*;

pub(crate) fn numbers_lead_nowhere_and_answers_stay(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let ids: Vec<_> = (0..30).map(|person| begin(&store, person)).collect();
    for id in &ids {
        store
            .record(page_job(*id, vec![one("housing", "rent"), words("story", "We came by boat.")]))
            .unwrap();
        store
            .record(finish_job(*id, vec![one("housing", "rent"), words("story", "We came by boat.")]))
            .unwrap();
    }
    let numbers: Vec<_> = ids.iter().map(|id| store.number(id)).collect();
    let before = store.responses(SURVEY).unwrap();
    assert!(numbers.iter().all(|number| store.find(number).unwrap().is_some()));
    assert!(store.numbers_lead_somewhere().unwrap());
    store.close().unwrap();

    let (folder, url) = place.whereabouts();
    let done = Store::anonymize(&folder, url.as_deref()).unwrap();
    assert_eq!((done.responses, done.searched_for), (30, 61));
    assert!(done.files >= 1);

    let store = place.open();
    assert!(
        numbers.iter().all(|number| store.find(number).unwrap().is_none()),
        "an old number still opens one"
    );
    // Nor does a number that is made of an id with the new secret: nobody was ever given it.
    assert!(ids.iter().all(|id| store.find(&store.number(id)).unwrap().is_none()));
    assert!(!store.numbers_lead_somewhere().unwrap());
    assert_eq!(store.responses(SURVEY).unwrap(), before);
    let later = begin(&store, 99);
    assert!(store.find(&store.number(&later)).unwrap().is_some(), "the store goes on");
}

pub(crate) fn a_rewrite_changes_no_answer(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
    let before = store.responses(SURVEY).unwrap();
    assert_eq!(store.record(Job::Rewrite).unwrap(), Receipt::Rewritten);
    assert_eq!(store.responses(SURVEY).unwrap(), before);
    store.record(finish_job(id, vec![])).unwrap();
}
