//! Cells and counts as a person reads them in a terminal.

use estimates::{Cell, Count};

/// A whole percentage with its letter, or why there is none.
pub(super) fn said(cell: &Cell) -> String {
    match cell {
        Cell::Shown(shown) => {
            let letter = shown.letter.map(|letter| letter.to_string()).unwrap_or_default();
            format!("{:.0}{letter}", shown.value.value() * 100.0)
        }
        Cell::Withheld(why) => why.to_string(),
    }
}

/// A count of people, as exactly as it may be told.
pub(super) fn people(count: Count) -> String {
    match count {
        Count::Exactly(n) => n.to_string(),
        // Fewer than a few would be bounded: this is nobody.
        Count::Rounded(0) => "0".to_owned(),
        Count::Rounded(n) => format!("~{n}"),
        Count::Fewer(n) => format!("<{n}"),
        Count::Withheld => "x".to_owned(),
    }
}
