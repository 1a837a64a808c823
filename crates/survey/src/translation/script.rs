//! Which script a language is written in, and whether a text could be in it.

use std::ops::RangeInclusive;

use crate::Language;

/// The letters of a script, by ranges of code points.
pub(super) struct Script {
    pub(super) name: &'static str,
    languages: &'static [&'static str],
    letters: &'static [RangeInclusive<char>],
}

/// Serbian is not here: it is written in two scripts.
const SCRIPTS: &[Script] = &[
    Script {
        name: "Arabic",
        languages: &["ar", "ckb", "fa", "fa-AF", "ps", "ur"],
        letters: &[
            '\u{620}'..='\u{6ff}',
            '\u{750}'..='\u{77f}',
            '\u{8a0}'..='\u{8ff}',
            '\u{fb50}'..='\u{fefc}',
        ],
    },
    Script {
        name: "Ethiopic",
        languages: &["am", "ti"],
        letters: &['\u{1200}'..='\u{139f}', '\u{2d80}'..='\u{2ddf}', '\u{ab00}'..='\u{ab2f}'],
    },
    Script { name: "Devanagari", languages: &["hi"], letters: &['\u{900}'..='\u{97f}'] },
    Script {
        name: "Korean",
        languages: &["ko"],
        letters: &['\u{1100}'..='\u{11ff}', '\u{3130}'..='\u{318f}', '\u{ac00}'..='\u{d7a3}'],
    },
    Script { name: "Gurmukhi", languages: &["pa"], letters: &['\u{a00}'..='\u{a7f}'] },
    Script { name: "Cyrillic", languages: &["uk"], letters: &['\u{400}'..='\u{52f}'] },
    Script {
        name: "Chinese",
        languages: &["zh-Hans", "zh-Hant"],
        letters: &['\u{3400}'..='\u{4dbf}', '\u{4e00}'..='\u{9fff}', '\u{20000}'..='\u{323af}'],
    },
    Script {
        name: "Latin",
        languages: &["de", "en", "es", "fil", "fr", "ht", "pt", "so", "sw", "tr", "vi"],
        letters: &['A'..='Z', 'a'..='z', '\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}'],
    },
];

/// The script a language is written in, where it is written in one.
pub(super) fn of(language: &Language) -> Option<&'static Script> {
    SCRIPTS.iter().find(|script| script.languages.contains(&language.tag()))
}

impl Script {
    /// Whether a text has letters and none of them is of this script.
    pub(super) fn is_absent(&self, text: &str) -> bool {
        let has = |letter: char| self.letters.iter().any(|range| range.contains(&letter));
        // The first word settles it for nearly every text, where it is a plain one.
        let first = text.split(char::is_whitespace).next().unwrap_or(text);
        if first.chars().any(has) && !first.contains(['{', '@', ':', '.']) {
            return false;
        }
        let mut letters = spoken_words(text).flat_map(str::chars);
        !letters.clone().any(has) && letters.any(char::is_alphabetic)
    }
}

/// Whether a text that two languages share is more than a name: several words, or one that is not capitalised.
pub(super) fn is_a_phrase(text: &str) -> bool {
    let mut words = spoken_words(text).filter(|word| word.chars().any(char::is_alphabetic));
    match (words.next(), words.next()) {
        (Some(_), Some(_)) => true,
        (Some(word), None) => !word.chars().find(|each| each.is_alphabetic()).is_some_and(char::is_uppercase),
        _ => false,
    }
}

/// The first word of a comment, without the punctuation behind it.
pub(super) fn first_word(comment: &str) -> &str {
    comment.split(|each: char| !each.is_alphanumeric()).next().unwrap_or("")
}

/// The words of a text that somebody would translate: no addresses, no inserts.
pub(super) fn spoken_words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut inside = false;
    let outside = text.split_inclusive(['{', '}']).filter(move |part| {
        let spoken = !inside;
        inside = part.ends_with('{') || (inside && !part.ends_with('}'));
        spoken
    });
    outside
        .flat_map(str::split_whitespace)
        .filter(|word| !word.contains('@') && !word.contains("://") && !word.starts_with("www."))
}
