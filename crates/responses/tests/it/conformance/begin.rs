//! Before the first page.

use responses::{Event, Job, Mode, Number, Receipt, State, Store};
use survey::{Date, Fingerprint, FormId};

use super::Place;
use crate::people::*;

pub(crate) fn publishing_twice_keeps_one(place: &impl Place) {
    let store = place.open();
    let first = publish(&store);
    let later = Date::constant(2028, 1, 1);
    assert_eq!(store.publish(SURVEY, "2027.1", first, COMPILED, later).unwrap(), first);
    let published = store.published(&first).unwrap().unwrap();
    assert_eq!(published.published_on, today());
    assert_eq!((published.survey.as_str(), published.label.as_str()), (SURVEY, "2027.1"));
    assert_eq!(published.compiled, COMPILED);
    assert_eq!(store.published(&Fingerprint::of("another")).unwrap(), None);
}

pub(crate) fn another_definition_is_refused(place: &impl Place) {
    let refused = place.open().publish(SURVEY, "2027.1", version(), "{}", today());
    let message = refused.unwrap_err().to_string();
    assert_eq!(message, format!("the compiled survey is not the one of fingerprint `{}`", version()));
}

pub(crate) fn an_unpublished_version_is_refused(place: &impl Place) {
    let store = place.open();
    let expected = format!("version `{}` of `newcomer-needs` was never published here", version());
    assert_eq!(message(store.record(begin_job(1, english()))), expected);
    store.publish("another-survey", "2027.1", version(), COMPILED, today()).unwrap();
    assert_eq!(message(store.record(begin_job(1, english()))), expected);
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Begun), 0);
}

pub(crate) fn two_taps_make_one_response(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let first = begin(&store, 1);
    assert_eq!(begin(&store, 1), first);
    assert_ne!(begin(&store, 2), first);
    let tally = store.tally(SURVEY).unwrap();
    assert_eq!((tally.happened(Event::Begun), tally.standing(State::Begun)), (2, 2));
}

pub(crate) fn declining_counts_once(place: &impl Place) {
    let store = place.open();
    for of in [1, 1, 2] {
        assert_eq!(store.record(decline_job(of)).unwrap(), Receipt::Declined);
    }
    let tally = store.tally(SURVEY).unwrap();
    assert_eq!(tally.events, [((Event::Declined, arabic(), Mode::OwnDevice), 2)].into());
    assert!(tally.states.is_empty());
    assert!(store.responses(SURVEY).unwrap().is_empty());
}

pub(crate) fn consent_is_the_first_answer(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let Ok(Receipt::Begun(id)) = store.record(begin_job(1, arabic())) else { panic!("it begins") };
    let held = store.held(&id).unwrap().unwrap();
    assert_eq!((held.state, held.mode, held.language), (State::Begun, Mode::Rehearsal, arabic()));
    assert_eq!(held.version, version());
    assert_eq!(standing(&store, &id, "consent"), "agree");
    assert!(held.drafts.is_empty());
}

pub(crate) fn a_response_keeps_its_form(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let whole = begin(&store, 1);
    let short = begin_form(&store, 2, "short");
    store.record(page_job(short, vec![one("housing", "rent")])).unwrap();
    let of = |store: &Store, id| store.held(&id).unwrap().unwrap().form;
    assert_eq!((of(&store, whole), of(&store, short)), (FormId::full(), "short".into()));
    store.close().unwrap();
    let store = place.open();
    assert_eq!(of(&store, short), "short".into());
    let forms = store.responses(SURVEY).unwrap().into_iter().map(|each| (each.form, each.pages));
    assert!(forms.collect::<Vec<_>>().contains(&("short".into(), 1)));
}

pub(crate) fn the_form_can_change_until_a_page_is_sent(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    let of = |id| store.held(&id).unwrap().unwrap().form;
    assert_eq!(begin_form(&store, 1, "short"), id);
    assert_eq!(of(id), "short".into());
    store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
    assert_eq!(begin(&store, 1), id);
    assert_eq!(of(id), "short".into(), "answers stand under the form they were asked in");
}

pub(crate) fn the_number_finds_the_response(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let (first, second) = (begin(&store, 1), begin(&store, 2));
    let number = store.number(&first);
    assert_ne!(number, store.number(&second));
    assert_eq!(Number::read(&number.to_string()), Ok(number));
    assert_eq!(store.find(&number).unwrap(), Some((first, State::Begun)));
    assert!(matches!(store.record(begin_job(3, english())), Ok(Receipt::Begun(_))));
    assert_eq!(store.find(&Number::read("000000000000").unwrap()).unwrap(), None);
    store.record(Job::Withdraw { response: first, today: today() }).unwrap();
    assert_eq!(store.find(&number).unwrap(), Some((first, State::Withdrawn)));
}
