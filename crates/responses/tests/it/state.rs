//! The life of a response against the table of its arrows.

use std::collections::BTreeSet;

use proptest::prelude::*;
use responses::{Event, Mode, State, TRANSITIONS};

#[test]
fn codes_come_back() {
    assert!(State::ALL.iter().all(|state| State::of_code(state.code()) == Some(*state)));
    assert!(Event::ALL.iter().all(|event| Event::of_code(event.code()) == Some(*event)));
    assert!(Mode::ALL.iter().all(|mode| Mode::of_code(mode.code()) == Some(*mode)));
    assert_eq!(State::of_code("gone"), None);
}

#[test]
fn no_state_has_two_arrows_for_one_event() {
    let from: BTreeSet<_> = TRANSITIONS.iter().map(|(from, event, _)| (*from, *event)).collect();
    assert_eq!(from.len(), TRANSITIONS.len());
}

#[test]
fn every_state_can_be_reached_and_taken_back() {
    for state in State::ALL {
        assert!(TRANSITIONS.iter().any(|arrow| arrow.2 == Some(state)), "{state} is reached");
        let taken_back = state.after(Event::Withdrawn);
        assert_eq!(taken_back.is_some(), state != State::Withdrawn, "{state} is taken back");
    }
}

proptest! {
    /// Whatever happens in whatever order: what was taken back stays so, what counts was submitted, and only a
    /// response without a page disappears.
    #[test]
    fn a_life_keeps_its_promises(events in proptest::collection::vec(proptest::sample::select(&Event::ALL[..]), 0..40)) {
        let mut state = State::Begun;
        let mut submitted = false;
        let mut seen_a_page = false;
        for event in events {
            let Some(next) = state.after(event) else {
                let arrow = TRANSITIONS.iter().find(|arrow| (arrow.0, arrow.1) == (Some(state), event));
                prop_assert!(arrow.is_none_or(|arrow| arrow.2.is_none()));
                continue;
            };
            prop_assert!(state != State::Withdrawn, "{state} became {next}");
            prop_assert!(next != State::Begun, "{state} began again");
            submitted |= matches!(event, Event::Finished | Event::Queued);
            seen_a_page |= event == Event::Saved;
            if matches!(next, State::Finished | State::Quarantined | State::Excluded) {
                prop_assert!(submitted && seen_a_page);
            }
            state = next;
        }
    }
}
