//! Totals without people.

use std::collections::BTreeMap;

use survey::Language;

use crate::{Event, Mode, State};

/// What happened, and where responses stand, by language and mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often something happened; [`Event::Saved`] counts each response's first page.
    pub events: BTreeMap<(Event, Language, Mode), u64>,
    /// How many responses stand where now, withdrawn ones included.
    pub states: BTreeMap<(State, Language, Mode), u64>,
}

impl Tally {
    /// How often something happened, over every language and mode.
    pub fn happened(&self, event: Event) -> u64 {
        self.events.iter().filter(|((each, ..), _)| *each == event).map(|(_, count)| count).sum()
    }

    /// How many responses stand here now, over every language and mode.
    pub fn standing(&self, state: State) -> u64 {
        self.states.iter().filter(|((each, ..), _)| *each == state).map(|(_, count)| count).sum()
    }
}
