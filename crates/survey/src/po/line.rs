//! One line of a PO file: what it is, and the quoted text on it.

use std::{borrow::Cow, ops::Range};

/// What stands on a line.
pub(super) enum Line<'t> {
    /// Nothing.
    Blank,
    /// A comment of some kind, without its sign.
    Comment(Remark, &'t str),
    /// A text in quotes, after a keyword or continuing the one above.
    Said {
        /// What the text is of; `None` continues the line above.
        field: Option<Field>,
        /// Behind `#|` or `#~|`.
        previous: bool,
        /// Behind `#~`.
        obsolete: bool,
        /// The line from the quotation mark on.
        rest: &'t str,
    },
    /// None of these.
    Unreadable,
}

/// The kinds of comment.
#[derive(Clone, Copy)]
pub(super) enum Remark {
    Translator,
    Extracted,
    Reference,
    Flags,
}

/// What a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Context,
    Id,
    Plural,
    Translation(usize),
}

/// A text taken out of its quotes.
pub(super) struct Quoted<'t> {
    /// The text, escapes resolved.
    pub(super) text: Cow<'t, str>,
    /// How many bytes it took, quotation marks included.
    pub(super) length: usize,
    /// What is wrong with it: where in the line's rest, what, and the remedy.
    pub(super) trouble: Option<Trouble>,
}

/// What is wrong with a quoted text.
pub(super) struct Trouble {
    pub(super) at: Range<usize>,
    pub(super) says: String,
    pub(super) remedy: &'static str,
}

/// Say what stands on a line.
pub(super) fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    let Some(behind) = text.strip_prefix('#') else { return said(text, false, false) };
    match behind.as_bytes().first() {
        Some(b'.') => Line::Comment(Remark::Extracted, behind[1..].trim()),
        Some(b':') => Line::Comment(Remark::Reference, behind[1..].trim()),
        Some(b',') => Line::Comment(Remark::Flags, behind[1..].trim()),
        Some(b'|') => said(behind[1..].trim(), true, false),
        Some(b'~') => match behind[1..].strip_prefix('|') {
            Some(behind) => said(behind.trim(), true, true),
            None => said(behind[1..].trim(), false, true),
        },
        // One space belongs to the sign; any more are the translator's.
        _ => Line::Comment(Remark::Translator, behind.strip_prefix(' ').unwrap_or(behind)),
    }
}

/// How the texts of nearly every entry begin.
const PLAIN: [(&str, Field); 3] =
    [("msgid \"", Field::Id), ("msgstr \"", Field::Translation(0)), ("msgctxt \"", Field::Context)];

fn said(text: &str, previous: bool, obsolete: bool) -> Line<'_> {
    if let Some((begins, field)) = PLAIN.iter().find(|(begins, _)| text.starts_with(begins)) {
        return Line::Said { field: Some(*field), previous, obsolete, rest: &text[begins.len() - 1..] };
    }
    if text.starts_with('"') {
        return Line::Said { field: None, previous, obsolete, rest: text };
    }
    let end = text.find(|each: char| each.is_whitespace() || each == '"').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    match field(word) {
        Some(field) => Line::Said { field: Some(field), previous, obsolete, rest: rest.trim_start() },
        None => Line::Unreadable,
    }
}

fn field(word: &str) -> Option<Field> {
    Some(match word {
        "msgctxt" => Field::Context,
        "msgid" => Field::Id,
        "msgid_plural" => Field::Plural,
        "msgstr" => Field::Translation(0),
        _ => {
            let form = word.strip_prefix("msgstr[")?.strip_suffix(']')?;
            Field::Translation(form.parse().ok()?)
        }
    })
}

/// Take a text out of its quotes; what is wrong with it is said, and as much as can be is read.
pub(super) fn quoted(rest: &str) -> Quoted<'_> {
    let Some(inside) = rest.strip_prefix('"') else {
        let remedy = "put the text between two `\"`";
        let trouble = Trouble { at: 0..rest.len(), says: "here a text in quotes is missing".into(), remedy };
        return Quoted { text: Cow::Borrowed(""), length: rest.len(), trouble: Some(trouble) };
    };
    match inside.strip_suffix('"') {
        Some(plain) if is_plain(plain) => {
            Quoted { text: Cow::Borrowed(plain), length: rest.len(), trouble: None }
        }
        _ => escaped(rest, inside),
    }
}

/// Whether a text holds nothing that stands for something else.
fn is_plain(text: &str) -> bool {
    // Every byte is looked at, since a loop without a way out is the one that takes many of them at a time.
    !text.bytes().fold(false, |odd, byte| odd | (byte == b'"') | (byte == b'\\'))
}

/// Take a text letter by letter out of its quotes, of which the first is gone.
fn escaped<'t>(rest: &str, inside: &str) -> Quoted<'t> {
    let mut text = String::new();
    let mut trouble = None;
    let mut each = inside.char_indices();
    while let Some((at, character)) = each.next() {
        match character {
            '"' => return closed(rest, text, at + 2, trouble),
            '\\' => match each.next() {
                Some((_, escaped)) => match escape(escaped) {
                    Some(meant) => text.push(meant),
                    None => {
                        text.extend(['\\', escaped]);
                        trouble = trouble.or(Some(unknown_escape(at + 1, escaped)));
                    }
                },
                None => text.push('\\'),
            },
            _ => text.push(character),
        }
    }
    let says = "this text is never closed".to_owned();
    let trouble = Trouble { at: 0..rest.len(), says, remedy: "close it with a `\"` on the same line" };
    Quoted { text: Cow::Owned(text), length: rest.len(), trouble: Some(trouble) }
}

fn closed<'t>(rest: &str, text: String, length: usize, trouble: Option<Trouble>) -> Quoted<'t> {
    let after = rest[length..].trim();
    let left_over = || Trouble {
        at: rest.len() - rest[length..].trim_start().len()..rest.len(),
        says: "nothing may stand after the closing `\"`".to_owned(),
        remedy: "inside a text, a quotation mark is written `\\\"`",
    };
    let trouble = trouble.or_else(|| (!after.is_empty()).then(left_over));
    Quoted { text: Cow::Owned(text), length, trouble }
}

fn escape(letter: char) -> Option<char> {
    Some(match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '\\' | '"' => letter,
        _ => return None,
    })
}

fn unknown_escape(at: usize, letter: char) -> Trouble {
    Trouble {
        at: at..at + 1 + letter.len_utf8(),
        says: format!("`\\{letter}` means nothing in a PO file"),
        remedy: "a backslash is written `\\\\`, a quotation mark `\\\"`, a new line `\\n`",
    }
}
