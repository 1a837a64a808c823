//! The twelve digits a person keeps, to come back to her answers or to take them back.

use std::fmt;

/// Eleven digits and a check digit, which only the person and nobody else holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Number(u64);

/// Why typed text is no number: a slip of the hand, not a wrong guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistyped {
    /// Something that is neither a digit nor a space or a hyphen.
    NotADigit(char),
    /// Not twelve digits.
    Length {
        /// How many digits there were.
        digits: usize,
    },
    /// The check digit does not fit: one digit is wrong, or two neighbours are swapped.
    Check,
}

/// The table of a quasigroup of order 10 that is totally anti-symmetric: it finds every single wrong digit and every
/// swap of neighbours.
///
/// # Source
/// H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004, page 111.
const CHECK: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The zeros of every script's decimal digits; nine more digits follow each.
#[rustfmt::skip]
const ZEROS: [char; 66] = [
    '\u{30}', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}',
    '\u{1810}', '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}',
    '\u{a620}', '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}', '\u{abf0}', '\u{ff10}', '\u{104a0}',
    '\u{10d30}', '\u{11066}', '\u{110f0}', '\u{11136}', '\u{111d0}', '\u{112f0}', '\u{11450}', '\u{114d0}',
    '\u{11650}', '\u{116c0}', '\u{11730}', '\u{118e0}', '\u{11950}', '\u{11c50}', '\u{11d50}', '\u{11da0}',
    '\u{16a60}', '\u{16ac0}', '\u{16b50}', '\u{1d7ce}', '\u{1d7d8}', '\u{1d7e2}', '\u{1d7ec}', '\u{1d7f6}',
    '\u{1e140}', '\u{1e2f0}', '\u{1e950}', '\u{1fbf0}',
];

/// Eleven digits are drawn, the twelfth follows from them.
const DRAWN: u64 = 100_000_000_000;

impl Number {
    /// The number whose first eleven digits come from `drawn`.
    pub(crate) fn of_drawn(drawn: u64) -> Number {
        let first = drawn % DRAWN;
        Number(first * 10 + u64::from(check(first, 11)))
    }

    /// Read what a person typed: digits of any script, with spaces and hyphens wherever she put them.
    ///
    /// # Errors
    /// [`Mistyped`] if it is not twelve digits whose last one checks the others.
    pub fn read(text: &str) -> Result<Number, Mistyped> {
        let mut digits = 0;
        let mut value: u64 = 0;
        for each in text.chars().filter(|each| !is_ornament(*each)) {
            let digit = digit(each).ok_or(Mistyped::NotADigit(each))?;
            digits += 1;
            value = value.saturating_mul(10).saturating_add(digit.into());
        }
        match digits {
            12 if check(value, 12) == 0 => Ok(Number(value)),
            12 => Err(Mistyped::Check),
            _ => Err(Mistyped::Length { digits }),
        }
    }

    /// The twelve digits without spaces, for hashing.
    pub(crate) fn digits(self) -> String {
        format!("{:012}", self.0)
    }
}

/// The running check over so many digits: 0 over a whole number, the digit to append over its first eleven.
fn check(value: u64, digits: u32) -> u8 {
    (0..digits).rev().fold(0, |running, place| {
        let digit = value / 10_u64.pow(place) % 10;
        CHECK[usize::from(running)][digit as usize]
    })
}

/// The value of a digit of any script.
pub(crate) fn digit(each: char) -> Option<u8> {
    let above = |zero: &char| (each as u32).checked_sub(*zero as u32).filter(|above| *above < 10);
    ZEROS.iter().find_map(above).and_then(|above| u8::try_from(above).ok())
}

/// Spaces, dashes, and the invisible marks that keyboards of right-to-left scripts and messages leave behind.
fn is_ornament(each: char) -> bool {
    each.is_whitespace()
        || matches!(each, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
        || matches!(each, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(each, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for Number {
    /// In three groups of four, as `1234 5678 9012`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(to, "{} {} {}", &digits[..4], &digits[4..8], &digits[8..])
    }
}

impl fmt::Debug for Number {
    /// Nothing of it: the number opens a person's answers and belongs in no log.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Number(..)")
    }
}
