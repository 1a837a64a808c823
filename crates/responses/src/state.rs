//! The life of a response: its states, what happens to it, and every arrow there is.

use std::fmt;

/// How a response came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// On the person's own device.
    OwnDevice,
    /// Answered by a synthetic respondent: it stays marked so for ever.
    Rehearsal,
}

/// Where a response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Consent given, no page recorded.
    Begun,
    /// At least one page acknowledged.
    Saved,
    /// Unfinished when its time ran out.
    Partial,
    /// Submitted, or kept by a reviewer.
    Finished,
    /// Submitted, and waiting for a person's eyes.
    Quarantined,
    /// A reviewer decided that it does not count.
    Excluded,
    /// Taken back: the answers are erased, a bare row remains.
    Withdrawn,
}

/// What happens to a response, or to someone who declines to give one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// Consent was refused: only a total remains.
    Declined,
    /// Consent was given.
    Begun,
    /// A page was recorded.
    Saved,
    /// It was submitted with few signals or none.
    Finished,
    /// It was submitted with many signals.
    Queued,
    /// It stood idle for a day without a page.
    Abandoned,
    /// An answer showed that it cannot count: it is erased, and only a total remains.
    ScreenedOut,
    /// Its time ran out.
    Expired,
    /// A reviewer wants another look.
    Recalled,
    /// A reviewer let it count.
    Kept,
    /// A reviewer decided that it does not count.
    Excluded,
    /// The person took it back.
    Withdrawn,
}

/// Every arrow between states; `None` is a response that is not there. All else is refused.
pub const TRANSITIONS: &[(Option<State>, Event, Option<State>)] = &[
    (None, Event::Declined, None),
    (None, Event::Begun, Some(State::Begun)),
    (Some(State::Begun), Event::Saved, Some(State::Saved)),
    (Some(State::Begun), Event::Abandoned, None),
    (Some(State::Begun), Event::ScreenedOut, None),
    (Some(State::Saved), Event::ScreenedOut, None),
    (Some(State::Saved), Event::Saved, Some(State::Saved)),
    (Some(State::Saved), Event::Finished, Some(State::Finished)),
    (Some(State::Saved), Event::Queued, Some(State::Quarantined)),
    (Some(State::Saved), Event::Expired, Some(State::Partial)),
    (Some(State::Finished), Event::Recalled, Some(State::Quarantined)),
    (Some(State::Quarantined), Event::Kept, Some(State::Finished)),
    (Some(State::Quarantined), Event::Excluded, Some(State::Excluded)),
    (Some(State::Begun), Event::Withdrawn, Some(State::Withdrawn)),
    (Some(State::Saved), Event::Withdrawn, Some(State::Withdrawn)),
    (Some(State::Partial), Event::Withdrawn, Some(State::Withdrawn)),
    (Some(State::Finished), Event::Withdrawn, Some(State::Withdrawn)),
    (Some(State::Quarantined), Event::Withdrawn, Some(State::Withdrawn)),
    (Some(State::Excluded), Event::Withdrawn, Some(State::Withdrawn)),
];

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 2] = [Mode::OwnDevice, Mode::Rehearsal];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Mode::OwnDevice => "self",
            Mode::Rehearsal => "rehearsal",
        }
    }

    /// The mode of a code.
    pub fn of_code(code: &str) -> Option<Mode> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

impl State {
    /// Every state.
    pub const ALL: [State; 7] = [
        State::Begun,
        State::Saved,
        State::Partial,
        State::Finished,
        State::Quarantined,
        State::Excluded,
        State::Withdrawn,
    ];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            State::Begun => "begun",
            State::Saved => "saved",
            State::Partial => "partial",
            State::Finished => "finished",
            State::Quarantined => "quarantined",
            State::Excluded => "excluded",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state of a code.
    pub fn of_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Where an event leads from here, or `None` if it cannot happen now.
    pub fn after(self, event: Event) -> Option<State> {
        TRANSITIONS.iter().find(|arrow| arrow.0 == Some(self) && arrow.1 == event)?.2
    }
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 12] = [
        Event::Declined,
        Event::Begun,
        Event::Saved,
        Event::Finished,
        Event::Queued,
        Event::Abandoned,
        Event::ScreenedOut,
        Event::Expired,
        Event::Recalled,
        Event::Kept,
        Event::Excluded,
        Event::Withdrawn,
    ];

    /// The code that totals are kept under.
    pub fn code(self) -> &'static str {
        match self {
            Event::Declined => "declined",
            Event::Begun => "begun",
            Event::Saved => "saved",
            Event::Finished => "finished",
            Event::Queued => "queued",
            Event::Abandoned => "abandoned",
            Event::ScreenedOut => "screened_out",
            Event::Expired => "expired",
            Event::Recalled => "recalled",
            Event::Kept => "kept",
            Event::Excluded => "excluded",
            Event::Withdrawn => "withdrawn",
        }
    }

    /// The event of a code.
    pub fn of_code(code: &str) -> Option<Event> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

impl fmt::Display for State {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

impl fmt::Display for Event {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}
