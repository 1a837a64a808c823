//! Which numbers, years and days are taken.

use super::{Class, Compared};
use crate::{Kind, Question, Until};

/// How a range moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moved {
    Wider,
    Narrower,
}

impl Compared<'_> {
    pub(super) fn range(&mut self, old: &Question, new: &Question) {
        let moved = match (&old.kind, &new.kind) {
            (
                Kind::Number { low, high, decimals, .. },
                Kind::Number { low: new_low, high: new_high, decimals: finer, .. },
            ) => [rises(*new_low, *low), rises(*high, *new_high), rises(*decimals, *finer)],
            (Kind::Year { first, last }, Kind::Year { first: new_first, last: new_last }) => {
                let end = |last: &Option<i16>| last.unwrap_or(i16::MAX);
                [rises(*new_first, *first), rises(end(last), end(new_last)), None]
            }
            (Kind::Date { first, last, .. }, Kind::Date { first: new_first, last: new_last, .. }) => {
                [rises(*new_first, *first), ends(*last, *new_last), None]
            }
            _ => return,
        };
        if moved.contains(&Some(Moved::Narrower)) {
            let remedy = "take what was taken before as well, or begin a new wave";
            self.breaks(new.id.as_str(), "some answers that were taken are no longer", remedy);
        } else if moved.contains(&Some(Moved::Wider)) {
            self.say(Class::Note, new.id.as_str(), "more answers are taken");
        }
    }
}

/// Wider where the second is the greater of the two.
fn rises<T: PartialOrd>(one: T, other: T) -> Option<Moved> {
    match one.partial_cmp(&other)? {
        std::cmp::Ordering::Less => Some(Moved::Wider),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Moved::Narrower),
    }
}

/// An end that moves with the day cannot be compared with one that stands.
fn ends(old: Option<Until>, new: Option<Until>) -> Option<Moved> {
    match (old, new) {
        (old, new) if old == new => None,
        (_, None) => Some(Moved::Wider),
        (Some(Until::Day(old)), Some(Until::Day(new))) => rises(old, new),
        _ => Some(Moved::Narrower),
    }
}
