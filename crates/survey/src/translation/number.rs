//! S089: numbers of the source that a translation lost.

use notation::Finding;

use super::english::Said;
use super::{Check, script};
use crate::accept::folded;
use crate::po::Entry;

/// The numbers in a text, by their digits alone: `2016`, and `123456` of `12,345.6`.
pub(super) fn numbers(text: &str) -> Vec<String> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words = script::spoken_words(text);
    words.flat_map(|word| runs(word, |each| matches!(each, '.' | ','))).collect()
}

/// The first number that a translation says in no digits.
pub(super) fn lost(check: &Check<'_>, said: &Said, entry: &Entry<'_>) -> Option<Finding> {
    entry.msgstrs.iter().enumerate().find_map(|(form, text)| {
        let (wording, _) = said.wording(form, check.plurals.as_ref());
        let number = wording.numbers.iter().find(|number| !has(&text.text, number))?;
        let says = format!("the {} says {number}, this does not", check.source.english_name());
        let finding = Finding::warning("S089", check.po.place(text), says);
        Some(finding.remedy("restore the number, in the digits people who read this use"))
    })
}

/// Whether a text says a number, in the digits of any script and however its thousands are parted.
fn has(text: &str, number: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let stands_alone = |(at, _): (usize, &str)| {
        !is_digit(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_digit(bytes.get(at + number.len()))
    };
    // Nearly every translation has the same digits as the source.
    text.match_indices(number).any(stands_alone)
        || runs(text, |_| false).any(|run| run == number)
        || runs(text, parts_thousands).any(|run| run == number)
}

fn parts_thousands(each: char) -> bool {
    matches!(each, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{66b}' | '\u{66c}')
}

/// Every run of digits, folded to ASCII; a single sign that `joins` between two digits is passed over.
fn runs(text: &str, joins: impl Fn(char) -> bool) -> impl Iterator<Item = String> {
    let mut rest = text.chars().map(folded).peekable();
    std::iter::from_fn(move || {
        let mut run = String::from(rest.find(char::is_ascii_digit)?);
        loop {
            if let Some(digit) = rest.next_if(char::is_ascii_digit) {
                run.push(digit);
                continue;
            }
            let mut ahead = rest.clone();
            let goes_on =
                ahead.next().is_some_and(&joins) && ahead.next().is_some_and(|each| each.is_ascii_digit());
            if !goes_on {
                return Some(run);
            }
            rest.next();
        }
    })
}
