//! From full precision to what is printed: rounded once, or not at all.

use crate::{Cell, Count, Number, Policy, Shown, Why, count::Share, letter};

/// A share as a cell of a table.
pub(crate) fn cell(share: &Share, withheld: Option<Why>, policy: &Policy) -> Cell {
    let estimate = match (withheld, &share.estimate) {
        (Some(why), _) => return Cell::Withheld(why),
        (None, None) => return Cell::Withheld(Why::Unreliable),
        (None, Some(estimate)) => estimate,
    };
    Cell::Shown(Shown {
        value: number(estimate.value, policy),
        low: number(estimate.low, policy),
        high: number(estimate.high, policy),
        letter: letter::grade(estimate).letter(),
    })
}

/// The share as answered, where the weighted one may be seen.
pub(crate) fn unweighted(share: &Share, withheld: Option<Why>, policy: &Policy) -> Option<Number> {
    (withheld.is_none() && share.base > 0).then(|| number(share.chose as f64 / share.base as f64, policy))
}

/// A share as a decimal: a percentage with the recipe's places has two more.
pub(crate) fn number(share: f64, policy: &Policy) -> Number {
    Number::round(share, policy.shares_places + 2)
}

/// How many of a group answered: of a base too small for any number about it, only that; of nobody, nobody.
pub(crate) fn base(people: usize, group: usize, withheld: Option<Why>, policy: &Policy) -> Count {
    match withheld {
        Some(_) => Count::Withheld,
        None if group > 0 && people < policy.base as usize => Count::Fewer(policy.base),
        None => count(people, policy),
    }
}

/// A count of people as it may be told.
pub(crate) fn count(people: usize, policy: &Policy) -> Count {
    Count::told(people, policy.cell, policy.counts_to)
}
