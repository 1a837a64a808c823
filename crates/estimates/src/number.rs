//! Decimals that were rounded once: no hidden digit leaves this crate.

use std::fmt;

/// A decimal, `units` / 10^`places`: the share 0.614 rounded to whole per cent is `(61, 2)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The digits.
    pub units: i64,
    /// How many of them stand after the point.
    pub places: u8,
}

/// A count of people, as exactly as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u32),
    /// About so many.
    Rounded(u32),
    /// Fewer than so many.
    Fewer(u32),
    /// Not told, since it would give away how many others are.
    Withheld,
}

impl Number {
    /// Round once, halves away from zero.
    pub fn round(value: f64, places: u8) -> Number {
        let units = (value * 10_f64.powi(i32::from(places))).round();
        Number { units: units as i64, places }
    }

    /// The decimal as a float, for the length of a bar; it has no more digits than what is printed.
    pub fn value(self) -> f64 {
        self.units as f64 / 10_f64.powi(i32::from(self.places))
    }
}

impl fmt::Display for Number {
    /// With a point and all its places: `0.61`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:.*}", usize::from(self.places), self.value())
    }
}

impl Count {
    /// A count by the rules of a release: small ones are bounded, the others rounded to a multiple.
    pub fn told(people: usize, cell: u32, to: u32) -> Count {
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        match to.max(1) {
            _ if people > 0 && people < cell => Count::Fewer(cell),
            1 => Count::Exactly(people),
            to => Count::Rounded((people + to / 2) / to * to),
        }
    }

    /// The number itself: of `Fewer` the bound, of `Withheld` nothing.
    pub fn people(self) -> u32 {
        match self {
            Count::Exactly(people) | Count::Rounded(people) | Count::Fewer(people) => people,
            Count::Withheld => 0,
        }
    }
}
