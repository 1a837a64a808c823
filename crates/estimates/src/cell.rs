//! One number of a table, or why there is none.

use std::fmt;

use crate::Number;

/// A quality letter printed beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// Use with caution.
    E,
}

/// Why a number is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// `x`: to protect the people who answered, directly or because a neighbour must be protected.
    Confidential,
    /// `F`: too unreliable to be published.
    Unreliable,
}

/// A number with its interval, all rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The estimate.
    pub value: Number,
    /// The lower end of its interval.
    pub low: Number,
    /// The upper end.
    pub high: Number,
    /// Its quality letter, if it needs one.
    pub letter: Option<Letter>,
}

/// What a table says in one place; a withheld cell carries no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A publishable number.
    Shown(Shown),
    /// No number, and why.
    Withheld(Why),
}

impl Cell {
    /// The number, if it may be seen.
    pub fn shown(&self) -> Option<&Shown> {
        match self {
            Cell::Shown(shown) => Some(shown),
            Cell::Withheld(_) => None,
        }
    }

    /// Why there is no number, if there is none.
    pub fn withheld(&self) -> Option<Why> {
        match self {
            Cell::Shown(_) => None,
            Cell::Withheld(why) => Some(*why),
        }
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Letter::E => to.write_str("E"),
        }
    }
}

impl fmt::Display for Why {
    /// The symbol of a table: `x` or `F`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Why::Confidential => "x",
            Why::Unreliable => "F",
        })
    }
}
