//! The two ends of a response.

use responses::{Event, Receipt, ResponseId, State, Store};
use survey::{Answer, Missing};

use super::Place;
use crate::people::*;

fn saved(place: &impl Place) -> (Store, ResponseId) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    let given = vec![one("housing", "rent"), one("landlord", "fair"), words("story", "a long one")];
    store.record(page_job(id, given)).unwrap();
    (store, id)
}

fn settled() -> Vec<responses::Recorded> {
    vec![
        one("consent", "agree"),
        one("housing", "own"),
        said("landlord", Answer::Missing(Missing::NotAsked)),
        one("region", "urban"),
    ]
}

pub(crate) fn finishing_settles(place: &impl Place) {
    let (store, id) = saved(place);
    let done = store.record(finish_job(id, settled())).unwrap();
    assert_eq!(done, Receipt::Finished { repeated: false });
    let held = store.held(&id).unwrap().unwrap();
    assert_eq!(held.state, State::Finished);
    let expected = settled().into_iter().map(|each| (each.question, each.answer)).collect();
    assert_eq!(held.answers.given, expected);
    assert_eq!(held.drafts["needs"].pairs, None);
}

pub(crate) fn finishing_twice_changes_nothing(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(finish_job(id, settled())).unwrap();
    let before = store.held(&id).unwrap();
    let again = store.record(finish_job(id, vec![one("housing", "tent")])).unwrap();
    assert_eq!(again, Receipt::Finished { repeated: true });
    assert_eq!(store.held(&id).unwrap(), before);
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Finished), 1);
}

pub(crate) fn finishing_needs_a_page(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    let refused = message(store.record(finish_job(id, settled())));
    assert_eq!(refused, "a response that is `begun` cannot be `finished`");
    assert_eq!(store.held(&id).unwrap().unwrap().answers.given.len(), 1);
}

pub(crate) fn nothing_is_recorded_after_the_end(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(finish_job(id, settled())).unwrap();
    let before = store.held(&id).unwrap();
    let edit = sent(id, "needs", 8, 2, 1, vec![one("housing", "tent")]);
    assert_eq!(message(store.record(edit)), "a response that is `finished` cannot be `saved`");
    let older = sent(id, "needs", 9, 3, 0, vec![one("housing", "tent")]);
    assert_eq!(message(store.record(older)), "a response that is `finished` cannot be `saved`");
    let retry = page_job(id, vec![one("housing", "rent")]);
    assert_eq!(store.record(retry).unwrap(), Receipt::Saved { revision: 1, repeated: true });
    assert_eq!(store.held(&id).unwrap(), before);
}

pub(crate) fn screening_out_leaves_a_total(place: &impl Place) {
    let (store, id) = saved(place);
    let number = store.number(&id);
    for repeated in [false, true] {
        assert_eq!(store.record(screen_out_job(id)).unwrap(), Receipt::ScreenedOut { repeated });
    }
    assert_eq!((store.held(&id).unwrap(), store.find(&number).unwrap()), (None, None));
    assert!(store.responses(SURVEY).unwrap().is_empty());
    let tally = store.tally(SURVEY).unwrap();
    assert_eq!((tally.happened(Event::ScreenedOut), tally.happened(Event::Withdrawn)), (1, 0));
}

pub(crate) fn what_was_submitted_is_not_screened_out(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(finish_job(id, settled())).unwrap();
    let refused = message(store.record(screen_out_job(id)));
    assert_eq!(refused, "a response that is `finished` cannot be `screened_out`");
    assert!(store.held(&id).unwrap().is_some());
}

pub(crate) fn withdrawing_erases(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(finish_job(id, settled())).unwrap();
    assert_eq!(store.record(withdraw_job(id)).unwrap(), Receipt::Withdrawn { repeated: false });
    let held = store.held(&id).unwrap().unwrap();
    assert_eq!(held.state, State::Withdrawn);
    assert!(held.answers.given.is_empty() && held.answers.specified.is_empty() && held.drafts.is_empty());
}

pub(crate) fn withdrawing_twice_says_so(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(withdraw_job(id)).unwrap();
    assert_eq!(store.record(withdraw_job(id)).unwrap(), Receipt::Withdrawn { repeated: true });
    assert_eq!(store.tally(SURVEY).unwrap().happened(Event::Withdrawn), 1);
    assert_eq!(message(store.record(withdraw_job(ResponseId([9; 16])))), "there is no such response");
}

pub(crate) fn withdrawing_what_only_began(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = begin(&store, 1);
    assert_eq!(store.record(withdraw_job(id)).unwrap(), Receipt::Withdrawn { repeated: false });
}

pub(crate) fn withdrawn_stays_withdrawn(place: &impl Place) {
    let (store, id) = saved(place);
    store.record(withdraw_job(id)).unwrap();
    let retry = page_job(id, vec![one("housing", "rent")]);
    assert_eq!(message(store.record(retry)), "a response that is `withdrawn` cannot be `saved`");
    let finish = store.record(finish_job(id, settled()));
    assert_eq!(message(finish), "a response that is `withdrawn` cannot be `finished`");
    assert_eq!(begin(&store, 1), id);
    assert_eq!(store.held(&id).unwrap().unwrap().state, State::Withdrawn);
    assert!(store.held(&id).unwrap().unwrap().answers.given.is_empty());
}
