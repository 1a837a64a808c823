//! The words and signs of a condition.

use notation::{Finding, Piece};

use crate::read::Written;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name, a code or a word of the language.
    Word,
    /// Digits, with or without a point.
    Number,
    /// A comparison: `=` `!=` `<` `<=` `>` `>=`.
    Comparison,
    /// A day or a month, as `2026-05-31` or `2026-05`.
    Date,
    /// Any other sign.
    Sign,
}

/// A word or sign with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) sort: Sort,
    pub(super) piece: Piece<'t>,
}

/// Signs of other systems, with what is written here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("==", "="),
    ("<>", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("&", "and"),
];
/// Longer signs first.
const SIGNS: &[&str] = &["!=", "<=", ">=", "..", "=", "<", ">", "(", ")", ",", ".", "+", "-", "*", "/"];
const QUOTES: [char; 11] = ['\'', '"', '`', '‘', '’', '‚', '“', '”', '„', '«', '»'];

/// The tokens of a condition, or the first sign that has no meaning.
pub(super) fn tokens<'t>(written: &Written<'t>) -> Result<Vec<Token<'t>>, Box<Finding>> {
    let mut tokens = Vec::new();
    for piece in &written.pieces {
        let mut rest = *piece;
        while let Some(next) = rest.trimmed() {
            let sort = sort(next, written)?;
            let (token, after) = next.split_at(sort.1);
            tokens.push(Token { sort: sort.0, piece: token });
            rest = after;
        }
    }
    Ok(tokens)
}

/// What begins here, and how long it is.
fn sort(next: Piece<'_>, written: &Written<'_>) -> Result<(Sort, usize), Box<Finding>> {
    let text = next.text;
    let elsewhere = ELSEWHERE.iter().find(|(sign, _)| text.starts_with(sign));
    if let Some((sign, here)) = elsewhere {
        let at = written.place_of(next.split_at(sign.len()).0);
        let mut finding = Finding::error("S033", at, format!("`{sign}` has no meaning here"));
        finding.fix = Some((*here).to_owned());
        return Err(Box::new(finding.remedy(format!("write `{here}`"))));
    }
    if text.starts_with(|each: char| each.is_ascii_digit()) {
        return Ok(date(text).unwrap_or_else(|| number(text)));
    }
    if text.starts_with(is_letter) {
        return Ok((Sort::Word, word(text)));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| text.starts_with(*sign)) {
        let comparison = matches!(*sign, "=" | "!=" | "<" | "<=" | ">" | ">=");
        return Ok((if comparison { Sort::Comparison } else { Sort::Sign }, sign.len()));
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let at = written.place_of(next.split_at(first).0);
    Err(Box::new(if text.starts_with(QUOTES) {
        Finding::error("S036", at, "quotes are not used here").remedy("write the code bare")
    } else if text.starts_with('$') {
        Finding::error("S033", at, "`$` has no meaning here").remedy("write the name of the question bare")
    } else {
        let says = format!("`{}` has no meaning here", &text[..first]);
        Finding::error("S033", at, says).remedy("conditions are made of names, codes, numbers and words")
    }))
}

fn is_letter(each: char) -> bool {
    each.is_alphabetic() || each == '_'
}

/// Hyphens within a word belong to it, so that a slip in a name is found as one word.
fn word(text: &str) -> usize {
    let mut length = 0;
    for (byte, each) in text.char_indices() {
        let inside = each == '-' && text[byte + 1..].starts_with(is_letter);
        if !(is_letter(each) || each.is_alphanumeric() || inside) {
            break;
        }
        length = byte + each.len_utf8();
    }
    length
}

/// A month or a day, year first.
fn date(text: &str) -> Option<(Sort, usize)> {
    let fits = |length: usize| {
        let part = text.get(..length)?;
        let digits = |(byte, each): (usize, u8)| {
            if matches!(byte, 4 | 7) { each == b'-' } else { each.is_ascii_digit() }
        };
        let ends = !text[length..].starts_with(|each: char| is_letter(each) || each.is_ascii_digit());
        (ends && part.bytes().enumerate().all(digits)).then_some((Sort::Date, length))
    };
    fits(10).or_else(|| fits(7))
}

/// A number; digits that letters follow, as `18plus`, are a word.
fn number(text: &str) -> (Sort, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let after = &text[whole..];
    if after.starts_with(is_letter) {
        return (Sort::Word, word(text));
    }
    let decimals = after.strip_prefix('.').map_or(0, digits);
    (Sort::Number, if decimals > 0 { whole + 1 + decimals } else { whole })
}
