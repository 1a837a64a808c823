//! What is noticed: scored with its reasons, compared with others, decided by a person.

use responses::{
    Band, Error, Event, Evidence, Job, Outcome, Receipt, ResponseId, Rule, Signal, State, Store, Verdict,
    Weights,
};

use super::Place;
use crate::people::*;

fn noticed(rule: Rule) -> Signal {
    Signal { rule, reason: format!("seen {rule}") }
}

fn evidence(rules: &[Rule]) -> Evidence {
    Evidence { signals: rules.iter().map(|rule| noticed(*rule)).collect(), ..Evidence::default() }
}

/// Somebody new sends a page that was looked at so long, and submits.
fn sends(store: &Store, of: u64, seconds: Option<u32>, evidence: Evidence) -> ResponseId {
    let id = begin(store, of);
    let mut page = page_job(id, vec![one("housing", "rent")]);
    if let Job::Page { seconds: band, .. } = &mut page {
        *band = seconds.map(Band::of_seconds);
    }
    store.record(page).unwrap();
    let job = finish_with(id, vec![one("housing", "rent")], evidence);
    assert_eq!(store.record(job).unwrap(), Receipt::Finished { repeated: false });
    id
}

fn state(store: &Store, id: &ResponseId) -> State {
    store.held(id).unwrap().unwrap().state
}

/// The rules that were met by a response in the list, with their weights.
fn rules(store: &Store, id: &ResponseId) -> Vec<(Rule, u32)> {
    let queue = store.queue(SURVEY).unwrap();
    let queued = queue.iter().find(|queued| queued.id == *id);
    queued
        .map(|queued| queued.signals.iter().map(|(signal, weight)| (signal.rule, *weight)).collect())
        .unwrap_or_default()
}

pub(crate) fn three_points_have_a_person_look(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let few = sends(&store, 1, None, evidence(&[Rule::Impossible]));
    let many = sends(&store, 2, None, evidence(&[Rule::Impossible, Rule::StraightLine]));
    assert_eq!((state(&store, &few), state(&store, &many)), (State::Finished, State::Quarantined));
    assert_eq!(rules(&store, &many), [(Rule::Impossible, 2), (Rule::StraightLine, 1)]);
    let again = finish_with(many, vec![], evidence(&[Rule::Trap]));
    assert_eq!(store.record(again).unwrap(), Receipt::Finished { repeated: true }, "nobody is told");
    assert_eq!(rules(&store, &many).len(), 2);
    let tally = store.tally(SURVEY).unwrap();
    assert_eq!((tally.happened(Event::Finished), tally.happened(Event::Queued)), (1, 1));

    // What was noticed on a page counts as the study weighs it.
    let id = begin(&store, 3);
    let mut page = page_job(id, vec![one("housing", "rent")]);
    if let Job::Page { signals, .. } = &mut page {
        signals.push(noticed(Rule::Trap));
    }
    store.record(page).unwrap();
    let weights = Weights::changed(&[(Rule::Trap, 0)]);
    store
        .record(finish_with(id, vec![], Evidence { weights, ..evidence(&[Rule::Impossible, Rule::Burst]) }))
        .unwrap();
    assert_eq!(rules(&store, &id), [(Rule::Burst, 1), (Rule::Impossible, 2), (Rule::Trap, 0)]);
}

pub(crate) fn the_same_twice_is_noticed_until_it_is_taken_back(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let same = |rules: &[Rule]| Evidence {
        marks: vec![(Rule::SameWords, [1; 32]), (Rule::SameAnswers, [2; 32]), (Rule::SameWords, [3; 32])],
        ..evidence(rules)
    };
    let first = sends(&store, 1, None, same(&[]));
    let second = sends(&store, 2, None, same(&[]));
    assert_eq!((state(&store, &first), state(&store, &second)), (State::Finished, State::Quarantined));
    assert_eq!(rules(&store, &second), [(Rule::SameAnswers, 2), (Rule::SameWords, 2)]);
    for id in [first, second] {
        store.record(withdraw_job(id)).unwrap();
    }
    let third = sends(&store, 3, None, same(&[]));
    assert_eq!(state(&store, &third), State::Finished, "nothing is left of those who took it back");
    // The same key under another rule is another thing.
    let other = Evidence { marks: vec![(Rule::SameAnswers, [1; 32])], ..evidence(&[Rule::Trap]) };
    assert_eq!(state(&store, &sends(&store, 4, None, other)), State::Finished);
}

pub(crate) fn a_third_of_the_median_is_fast_once_thirty_are_known(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let read = |words: u32, rules: &[Rule]| Evidence { words, ..evidence(rules) };
    let doubtful = [Rule::Impossible];
    let early = sends(&store, 0, Some(2), read(100, &doubtful));
    // Thirty people look at a hundred words for about 35 seconds.
    for person in 1..30 {
        sends(&store, person, Some(40), read(100, &[]));
    }
    let fast = sends(&store, 40, Some(2), read(100, &doubtful));
    let brisk = sends(&store, 41, Some(10), read(80, &doubtful));
    let untimed = sends(&store, 42, None, read(100, &doubtful));
    assert_eq!(rules(&store, &fast), [(Rule::Fast, 1), (Rule::Impossible, 2)]);
    let finished = [early, brisk, untimed].map(|id| state(&store, &id));
    assert_eq!(
        finished,
        [State::Finished; 3],
        "before thirty, a little faster than a third, and nobody looked at a clock"
    );
}

pub(crate) fn a_person_decides_and_it_is_told_why(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let id = sends(&store, 1, None, evidence(&[Rule::SameWords, Rule::SameAnswers]));
    let decide = |outcome, reason: &str| {
        let verdict = Verdict {
            outcome,
            rule: "two signals".to_owned(),
            reason: reason.to_owned(),
            reviewer: "A. Reviewer".to_owned(),
            on_day: today(),
        };
        store.record(Job::Decide { response: id, verdict })
    };
    for (outcome, stands) in [(Outcome::Exclude, State::Excluded), (Outcome::Recall, State::Excluded)] {
        match decide(outcome, "an advertisement") {
            Ok(receipt) => assert_eq!(receipt, Receipt::Decided),
            Err(error) => assert!(matches!(error, Error::NotNow { .. }), "{error}"),
        }
        assert_eq!(state(&store, &id), stands);
    }
    let other = sends(&store, 2, None, evidence(&[Rule::SameWords, Rule::SameAnswers]));
    let keep = |outcome| Verdict {
        outcome,
        rule: "a class".to_owned(),
        reason: "forty wrote it together".to_owned(),
        reviewer: "B".to_owned(),
        on_day: today(),
    };
    for (outcome, stands) in [
        (Outcome::Keep, State::Finished),
        (Outcome::Recall, State::Quarantined),
        (Outcome::Keep, State::Finished),
    ] {
        store.record(Job::Decide { response: other, verdict: keep(outcome) }).unwrap();
        assert_eq!(state(&store, &other), stands);
    }
    let queue = store.queue(SURVEY).unwrap();
    let decided =
        |id| queue.iter().find(|queued| queued.id == id).unwrap().verdicts.iter().map(|each| each.outcome);
    assert!(decided(id).eq([Outcome::Exclude]));
    assert!(decided(other).eq([Outcome::Keep, Outcome::Recall, Outcome::Keep]));
    assert_eq!(store.responses(SURVEY).unwrap().len(), 2, "nothing is deleted");
}

pub(crate) fn a_revoked_channel_can_be_looked_through(place: &impl Place) {
    let store = place.open();
    publish(&store);
    let (survey, code) = (SURVEY.to_owned(), "abc234".to_owned());
    let (words, kind) = ("Poster".to_owned(), responses::ChannelKind::Poster);
    store.record(Job::OpenChannel { survey: survey.clone(), code: code.clone(), words, kind }).unwrap();
    let by = |of, channel: Option<&str>| {
        let mut job = begin_job(of, english());
        if let Job::Begin { channel: by, .. } = &mut job {
            *by = channel.map(str::to_owned);
        }
        let Receipt::Begun(id) = store.record(job).unwrap() else { panic!("no response") };
        store.record(page_job(id, vec![one("housing", "rent")])).unwrap();
        store.record(finish_job(id, vec![])).unwrap();
        id
    };
    let (ours, others) = (by(1, Some("abc234")), by(2, None));
    let recall = Job::RecallChannel { survey, code, today: today() };
    assert_eq!(store.record(recall.clone()).unwrap(), Receipt::Recalled { responses: 1 });
    assert_eq!(store.record(recall).unwrap(), Receipt::Recalled { responses: 0 });
    assert_eq!((state(&store, &ours), state(&store, &others)), (State::Quarantined, State::Finished));
    assert_eq!(rules(&store, &ours), [(Rule::RevokedChannel, 3)]);
}
