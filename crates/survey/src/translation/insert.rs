//! What a translation must keep as it is: the inserts, and the direction of its letters.

use std::collections::BTreeSet;

/// Which insert the translation lost or added, with what to do.
pub(super) fn insert_changed(english: &str, translation: &str) -> Option<String> {
    let (wanted, written) = (inserts(english), inserts(translation));
    if let Some(lost) = wanted.difference(&written).next() {
        return Some(format!("`{lost}` is missing: write it, letter for letter, where it should stand"));
    }
    let added = written.difference(&wanted).next()?;
    Some(format!("`{added}` does not stand in the English: take it out"))
}

/// Whether a control among the letters reverses what people read.
pub(super) fn turns_around(text: &str) -> bool {
    text.contains(|each| matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// What stands in braces, braces included; a brace behind `\` is a brace and nothing more.
fn inserts(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut opened = None;
    let mut escaped = false;
    for (at, each) in text.char_indices() {
        match each {
            '{' if !escaped => opened = Some(at),
            '}' => found.extend(opened.take().map(|start| &text[start..=at])),
            _ => {}
        }
        escaped = each == '\\' && !escaped;
    }
    found
}
