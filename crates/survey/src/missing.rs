//! The six ways an answer can be missing: built in, fixed, and told apart for ever.

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// Routing passed the question by; the person is outside its base.
    NotAsked,
    /// The form or version answered does not hold the question.
    NotInForm,
    /// Seen and left empty.
    NoAnswer,
    /// The person said they would rather not answer.
    PreferNot,
    /// The person said they do not know.
    DontKnow,
    /// On paper, and not to be read.
    Unreadable,
}

impl Missing {
    /// All six, in the order of their labelled values.
    pub const ALL: [Missing; 6] = [
        Missing::NotAsked,
        Missing::NotInForm,
        Missing::NoAnswer,
        Missing::PreferNot,
        Missing::DontKnow,
        Missing::Unreadable,
    ];

    /// The code that files carry.
    pub fn code(self) -> &'static str {
        match self {
            Missing::NotAsked => "not_asked",
            Missing::NotInForm => "not_in_form",
            Missing::NoAnswer => "no_answer",
            Missing::PreferNot => "prefer_not",
            Missing::DontKnow => "dont_know",
            Missing::Unreadable => "unreadable",
        }
    }

    /// The value in labelled exports, -901 to -906.
    pub fn value(self) -> i32 {
        -901 - Self::ALL.iter().position(|each| *each == self).map_or(0, |place| place as i32)
    }

    /// The missing answer of this code.
    pub fn of_code(code: &str) -> Option<Missing> {
        Self::ALL.into_iter().find(|missing| missing.code() == code)
    }

    /// Whether a person may choose it, where the question allows it.
    pub fn can_be_said(self) -> bool {
        matches!(self, Missing::PreferNot | Missing::DontKnow)
    }
}
