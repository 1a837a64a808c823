//! What a translation must keep as it is: the inserts, and the direction of its letters.

use std::collections::BTreeSet;

/// Whether a control among the letters reverses what people read.
pub(super) fn turns_around(text: &str) -> bool {
    text.contains(|each| matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// What stands in braces, braces included; a brace behind `\` is a brace and nothing more.
pub(super) fn inserts(text: &str) -> BTreeSet<&str> {
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
