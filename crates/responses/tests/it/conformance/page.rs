//! Pages: once, twice, from two tabs.

use std::collections::{BTreeMap, BTreeSet};

use responses::{Job, Receipt, ResponseId, State, Store};
use survey::{Answer, Missing};

use super::Place;
use crate::people::*;

fn begun(place: &impl Place) -> (Store, ResponseId) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    (store, id)
}

fn housing(id: ResponseId, from: u64, bytes: u8, seen: u32, code: &str) -> Job {
    sent(id, "needs", from, bytes, seen, vec![one("housing", code)])
}

fn saved(revision: u32) -> Receipt {
    Receipt::Saved { revision, repeated: false }
}

pub(crate) fn a_page_is_there_at_once(place: &impl Place) {
    let (store, id) = begun(place);
    assert_eq!(store.record(housing(id, 7, 1, 0, "rent")).unwrap(), saved(1));
    assert_eq!(standing(&store, &id, "housing"), "rent");
    assert_eq!(standing(&store, &id, "consent"), "agree");
    assert_eq!(store.held(&id).unwrap().unwrap().state, State::Saved);
}

pub(crate) fn the_same_again_changes_nothing(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    let before = store.held(&id).unwrap();
    for _ in 0..2 {
        let again = store.record(housing(id, 7, 1, 0, "rent")).unwrap();
        assert_eq!(again, Receipt::Saved { revision: 1, repeated: true });
    }
    assert_eq!(store.held(&id).unwrap(), before);
}

pub(crate) fn going_back_is_an_ordinary_edit(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    assert_eq!(store.record(housing(id, 7, 2, 0, "own")).unwrap(), saved(2));
    assert_eq!(store.record(housing(id, 8, 3, 2, "shelter")).unwrap(), saved(3));
    assert_eq!(standing(&store, &id, "housing"), "shelter");
}

pub(crate) fn changing_her_mind_twice_is_kept(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    store.record(housing(id, 7, 2, 0, "own")).unwrap();
    assert_eq!(store.record(housing(id, 7, 1, 0, "rent")).unwrap(), saved(3));
    assert_eq!(standing(&store, &id, "housing"), "rent");
}

pub(crate) fn an_older_tab_is_told(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    let before = store.held(&id).unwrap();
    assert_eq!(store.record(housing(id, 8, 2, 0, "own")).unwrap(), Receipt::Stale { revision: 1 });
    assert_eq!(store.held(&id).unwrap(), before);
    assert_eq!(store.record(housing(id, 8, 2, 1, "own")).unwrap(), saved(2));
}

pub(crate) fn a_late_retry_after_another_tab_changes_nothing(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    store.record(housing(id, 8, 2, 1, "own")).unwrap();
    let late = store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    assert_eq!(late, Receipt::Saved { revision: 1, repeated: true });
    assert_eq!(standing(&store, &id, "housing"), "own");
}

pub(crate) fn a_blank_replaces_only_on_the_same_page(place: &impl Place) {
    let (store, id) = begun(place);
    let blank = || vec![said("housing", Answer::Missing(Missing::NoAnswer))];
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    assert_eq!(store.record(sent(id, "needs", 8, 2, 0, blank())).unwrap(), Receipt::Stale { revision: 1 });
    assert_eq!(standing(&store, &id, "housing"), "rent");
    assert_eq!(store.record(sent(id, "needs", 8, 2, 1, blank())).unwrap(), saved(2));
    assert_eq!(standing(&store, &id, "housing"), r#"{"missing":"no_answer"}"#);
}

pub(crate) fn every_shape_of_answer_comes_back(place: &impl Place) {
    let (store, id) = begun(place);
    let rows = BTreeMap::from([
        ("work".into(), Answer::One("hard".into())),
        ("school".into(), Answer::Missing(Missing::DontKnow)),
    ]);
    let shapes = [
        Answer::One("rent".into()),
        Answer::Many(BTreeSet::from(["b".into(), "a".into()])),
        Answer::Ranked(vec!["b".into(), "a".into()]),
        Answer::Rows(rows),
        Answer::Number(0.1 + 0.2),
        Answer::Number(1e300),
        Answer::Year(2021),
        Answer::Words("شكراً \u{202e}\n'; DROP TABLE answer; --".to_owned()),
        Answer::Words(String::new()),
        Answer::Area("B3H".to_owned()),
        Answer::Missing(Missing::PreferNot),
    ];
    let given = shapes.iter().enumerate().map(|(at, shape)| said(&format!("q{at}"), shape.clone())).collect();
    store.record(page_job(id, given)).unwrap();
    let answers = store.held(&id).unwrap().unwrap().answers;
    for (at, shape) in shapes.iter().enumerate() {
        assert_eq!(answers.get(&format!("q{at}").as_str().into()), Some(shape));
    }
    assert_eq!(answers.given.len(), shapes.len() + 1);
}

pub(crate) fn words_are_replaced_whole(place: &impl Place) {
    let (store, id) = begun(place);
    let mut other = one("pathway", "other");
    other.specified.insert("other".into(), "by sea".to_owned());
    store.record(sent(id, "needs", 7, 1, 0, vec![other, words("story", "long")])).unwrap();
    let answers = store.held(&id).unwrap().unwrap().answers;
    assert_eq!(answers.specified, [(("pathway".into(), "other".into()), "by sea".to_owned())].into());
    let later = vec![one("pathway", "student"), said("story", Answer::Missing(Missing::NoAnswer))];
    store.record(sent(id, "needs", 8, 2, 1, later)).unwrap();
    let answers = store.held(&id).unwrap().unwrap().answers;
    assert!(answers.specified.is_empty());
    assert_eq!(answers.get(&"story".into()), Some(&Answer::Missing(Missing::NoAnswer)));
}

pub(crate) fn drafts_come_back(place: &impl Place) {
    let (store, id) = begun(place);
    let mut job = housing(id, 7, 1, 0, "rent");
    if let Job::Page { draft, given, .. } = &mut job {
        *draft = Some(r#"[["year","20x1"]]"#.to_owned());
        given.clear();
    }
    store.record(job).unwrap();
    let drafts = store.held(&id).unwrap().unwrap().drafts;
    assert_eq!(drafts["needs"].revision, 1);
    assert_eq!(drafts["needs"].pairs.as_deref(), Some(r#"[["year","20x1"]]"#));
    store.record(housing(id, 8, 2, 1, "rent")).unwrap();
    assert_eq!(store.held(&id).unwrap().unwrap().drafts["needs"].pairs, None);
}

pub(crate) fn the_language_follows(place: &impl Place) {
    let (store, id) = begun(place);
    let mut job = housing(id, 7, 1, 0, "rent");
    if let Job::Page { language, .. } = &mut job {
        *language = arabic();
    }
    store.record(job).unwrap();
    assert_eq!(store.held(&id).unwrap().unwrap().language, arabic());
}

pub(crate) fn a_page_of_nobody_is_refused(place: &impl Place) {
    let (store, _) = begun(place);
    let nobody = ResponseId([9; 16]);
    assert_eq!(message(store.record(housing(nobody, 7, 1, 0, "rent"))), "there is no such response");
    assert_eq!(store.held(&nobody).unwrap(), None);
}

pub(crate) fn pages_have_their_own_revisions(place: &impl Place) {
    let (store, id) = begun(place);
    store.record(housing(id, 7, 1, 0, "rent")).unwrap();
    let other = sent(id, "about-you", 7, 1, 0, vec![one("age", "young")]);
    assert_eq!(store.record(other).unwrap(), saved(1));
    assert_eq!(store.record(sent(id, "last", 7, 1, 1, vec![])).unwrap(), Receipt::Stale { revision: 0 });
}
