//! What day it is, and what may be done on it.

use jiff::{Timestamp, tz, tz::TimeZone};
use survey::Date;

use crate::app::App;

/// What day it is.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's, in UTC.
    System,
    /// Always the same day.
    Fixed(Date),
}

impl Clock {
    /// The day it is.
    pub fn today(self) -> Date {
        self.day_in(TimeZone::UTC)
    }

    /// Seconds since 1970, to say how long a page was looked at; never written as they are.
    #[expect(clippy::disallowed_methods, reason = "the server is where the time comes from")]
    pub(crate) fn seconds(self) -> u32 {
        u32::try_from(Timestamp::now().as_second()).unwrap_or(u32::MAX)
    }

    /// The day where it ends last on Earth: nobody's last day is over before this one is.
    fn latest(self) -> Date {
        self.day_in(TimeZone::fixed(tz::offset(-12)))
    }

    #[expect(clippy::disallowed_methods, reason = "the server is where the day comes from")]
    fn day_in(self, zone: TimeZone) -> Date {
        match self {
            Clock::System => Timestamp::now().to_zoned(zone).date(),
            Clock::Fixed(day) => day,
        }
    }
}

/// Where the day stands among the days on which a survey asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Before the first day, which is this one: what is answered is a try-out.
    Before(Date),
    /// Open, or without dates.
    Open,
    /// After the last day, which was this one: nobody begins any more.
    Over(Date),
}

impl App {
    /// The day.
    pub(crate) fn today(&self) -> Date {
        self.clock.today()
    }

    /// Where the day stands; a demonstration and a preview ask nobody, and are open on every day.
    pub(crate) fn field(&self) -> Field {
        match self.survey.field {
            Some((first, _)) if !self.is_played() && self.clock.today() < first => Field::Before(first),
            Some((_, last)) if !self.is_played() && last < self.clock.latest() => Field::Over(last),
            _ => Field::Open,
        }
    }

    /// The last day to take answers back, once it is over.
    pub(crate) fn withdrawal_over(&self) -> Option<Date> {
        self.survey.withdraw.filter(|last| !self.is_played() && *last < self.clock.latest())
    }
}
