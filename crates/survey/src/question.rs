//! Questions and choices: what we ask.

use jiff::civil::Date;

use crate::{ChoiceId, Condition, EndId, Language, Missing, QuestionId, RowId, Value, Words};

/// One question of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its name: the data.
    pub id: QuestionId,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question; absent on `calc`.
    pub asks: Option<Words>,
    /// Smaller text below.
    pub hint: Option<Words>,
    /// A label for charts and tables.
    pub short: Option<Words>,
    /// Asked only if it holds.
    pub when: Option<Condition>,
    /// The missing answers offered here.
    pub allow: Vec<Missing>,
    /// Marked `sensitive`.
    pub sensitive: bool,
    /// What it is for.
    pub role: Option<Role>,
    /// The population table its codes are weighted to, as `halifax-2021/status`.
    pub margin: Option<String>,
    /// Counts below this are withheld, where stricter than the survey's promise.
    pub suppress: Option<u32>,
    /// The shared item this is, with the version of its wording.
    pub concept: Option<Concept>,
    /// An answer it objects to is refused.
    pub check: Option<Rule>,
    /// What this one objects to is pointed out once, and may be passed.
    pub warn: Option<Rule>,
    /// Whether each person sees the choices in an order of their own.
    pub shuffled: bool,
    /// Languages in which recordings of it exist.
    pub audio: Vec<Language>,
    /// Names it had in published versions.
    pub was: Vec<QuestionId>,
    /// Warnings and hints its author lets stand, with the reason: code and words.
    pub accepts: Vec<(String, String)>,
}

/// The kinds of question.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// The agreement to take part; always the first question.
    Consent {
        /// At least one goes on and one ends.
        choices: Vec<Choice>,
    },
    /// One of several choices.
    One {
        /// In the order of the file.
        choices: Vec<Choice>,
        /// Whether the order of the choices is a scale.
        ordered: bool,
    },
    /// Any number of choices.
    Many {
        /// In the order of the file.
        choices: Vec<Choice>,
        /// Only what was chosen in this question is offered.
        from: Option<QuestionId>,
        /// At most so many.
        most: Option<usize>,
    },
    /// The first few, in order.
    Rank {
        /// In the order of the file.
        choices: Vec<Choice>,
        /// Only what was chosen in this question is offered.
        from: Option<QuestionId>,
        /// How many places.
        top: usize,
    },
    /// One choice of the same scale for each row.
    Grid {
        /// The rows.
        rows: Vec<Row>,
        /// The scale, in its order.
        choices: Vec<Choice>,
        /// Which end of the scale is good, if either.
        best: Option<Best>,
    },
    /// A number within a range, inclusive.
    Number {
        /// The lowest taken.
        low: f64,
        /// The highest taken.
        high: f64,
        /// Digits after the point that are taken.
        decimals: u8,
        /// What the number counts.
        unit: Option<Words>,
    },
    /// A Gregorian year within a range, inclusive.
    Year {
        /// The first year offered.
        first: i16,
        /// The last year offered; `None` is the current year.
        last: Option<i16>,
    },
    /// The first three characters of a Canadian postal code (forward sortation area).
    Fsa,
    /// Words of the person's own.
    Text {
        /// At most so many characters.
        most: usize,
    },
    /// Something said, nothing asked.
    Note,
    /// Computed, never shown: the first row whose condition holds.
    Calc {
        /// Rows with their conditions.
        choices: Vec<Choice>,
    },
    /// Computed, never shown: a number.
    Computed {
        /// How it is computed.
        value: Value,
    },
    /// A language, by its tag: the survey's first, then every other we know, `other` last.
    Language {
        /// Tags as codes, endonyms as words.
        choices: Vec<Choice>,
    },
    /// A day or a month of the Gregorian calendar.
    Date {
        /// The first day taken.
        first: Option<Date>,
        /// The last day taken.
        last: Option<Until>,
        /// Whether the day is asked, or the month only; the answer is then its first day.
        to_day: bool,
    },
}

/// The last day of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// This day.
    Day(Date),
    /// The day it is answered.
    Now,
}

impl Until {
    /// The day it is on this day.
    pub fn on(self, today: Date) -> Date {
        match self {
            Until::Day(day) => day,
            Until::Now => today,
        }
    }
}

/// Something an answer must satisfy, or should.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Objects where it does not hold; not where it is unknown.
    pub holds: Condition,
    /// What the person is told then.
    pub words: Words,
}

/// A shared item, and the version of its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// As `belonging/community`.
    pub path: String,
    /// As in `belonging/community@2`.
    pub version: Option<u16>,
}

impl std::fmt::Display for Concept {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.version {
            Some(version) => write!(to, "{}@{version}", self.path),
            None => to.write_str(&self.path),
        }
    }
}

/// Which end of a scale is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Best {
    /// The first choice.
    First,
    /// The last choice.
    Last,
}

/// What a question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who they are: cross-tabulated, protected.
    Profile,
    /// Reported with intervals.
    Outcome,
    /// Area tables.
    Geography,
    /// Open text, cleared before print.
    Quote,
    /// A number that enters the weights.
    Weight,
    /// Stratum, cluster, venue, recruiter.
    Design,
}

/// One choice of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its code: what is stored.
    pub id: ChoiceId,
    /// What people read.
    pub words: Words,
    /// A label for charts.
    pub short: Option<Words>,
    /// Offered only if it holds.
    pub when: Option<Condition>,
    /// Opens a box for the person's own words.
    pub specify: bool,
    /// Excludes the others.
    pub only: bool,
    /// Stays at the end when the order is shuffled.
    pub last: bool,
    /// Choosing it ends the survey there.
    pub end: Option<EndId>,
    /// The code it had in published versions.
    pub was: Option<ChoiceId>,
}

/// One row of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its code.
    pub id: RowId,
    /// What people read.
    pub words: Words,
    /// A label for charts.
    pub short: Option<Words>,
    /// Offered only if it holds.
    pub when: Option<Condition>,
    /// The code it had in published versions.
    pub was: Option<RowId>,
}

impl Choice {
    /// A plain choice.
    pub fn new(id: ChoiceId, words: Words) -> Choice {
        Choice {
            id,
            words,
            short: None,
            when: None,
            specify: false,
            only: false,
            last: false,
            end: None,
            was: None,
        }
    }

    /// The chart label if there is one, else the words.
    pub fn label(&self) -> &Words {
        self.short.as_ref().unwrap_or(&self.words)
    }
}

impl Row {
    /// A plain row.
    pub fn new(id: RowId, words: Words) -> Row {
        Row { id, words, short: None, when: None, was: None }
    }

    /// The chart label if there is one, else the words.
    pub fn label(&self) -> &Words {
        self.short.as_ref().unwrap_or(&self.words)
    }
}

impl Question {
    /// The choices in the order of the file; empty for kinds without.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Consent { choices }
            | Kind::One { choices, .. }
            | Kind::Many { choices, .. }
            | Kind::Rank { choices, .. }
            | Kind::Grid { choices, .. }
            | Kind::Calc { choices }
            | Kind::Language { choices } => choices,
            _ => &[],
        }
    }

    /// The choices whose words are the survey's own: those of a `language` are the same in every language.
    pub fn worded_choices(&self) -> &[Choice] {
        if matches!(self.kind, Kind::Language { .. }) { &[] } else { self.choices() }
    }

    /// The choice of this code.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.id.as_str() == id)
    }

    /// The rows of a grid; empty for other kinds.
    pub fn rows(&self) -> &[Row] {
        match &self.kind {
            Kind::Grid { rows, .. } => rows,
            _ => &[],
        }
    }

    /// The question whose chosen answers are offered here.
    pub fn from(&self) -> Option<&QuestionId> {
        match &self.kind {
            Kind::Many { from, .. } | Kind::Rank { from, .. } => from.as_ref(),
            _ => None,
        }
    }

    /// Whether anybody is ever shown it.
    pub fn is_shown(&self) -> bool {
        !matches!(self.kind, Kind::Calc { .. } | Kind::Computed { .. })
    }

    /// Whether it can hold an answer at all.
    pub fn is_answered(&self) -> bool {
        !matches!(self.kind, Kind::Note)
    }

    /// Whether leaving it empty is refused: consent, and questions that may end the survey.
    pub fn is_needed(&self) -> bool {
        matches!(self.kind, Kind::Consent { .. }) || self.choices().iter().any(|choice| choice.end.is_some())
    }

    /// The chart label if there is one, else the question, else (a `calc`) nothing.
    pub fn label(&self) -> Option<&Words> {
        self.short.as_ref().or(self.asks.as_ref())
    }

    /// Whether all a visitor reads of it exists in `language`: if not, all of it is shown in the source
    /// language, since two languages in one question help nobody. A hint may be absent.
    pub fn speaks(&self, language: &Language) -> bool {
        let unit = match &self.kind {
            Kind::Number { unit, .. } => unit.as_ref(),
            _ => None,
        };
        self.asks
            .iter()
            .chain(unit)
            .chain(self.worded_choices().iter().map(|choice| &choice.words))
            .chain(self.rows().iter().map(|row| &row.words))
            .all(|words| words.speaks(language))
    }
}
