//! S088: a year or a day that is asked for without saying in which calendar.
//!
//! Whoever grew up with another calendar may answer in it, and a year seven or eight behind cannot be told from a true
//! one.

use notation::Finding;

use super::Check;
use super::english::Source;
use crate::Language;
use crate::po::Entry;

/// What each language calls the Gregorian calendar; any of the words will do, and the first is proposed.
///
/// These words are recalled and were not looked up: native readers have yet to settle them, for Tigrinya above all.
const WORDS: &[(&str, &[&str])] = &[
    ("am", &["እ.ኤ.አ", "እኤአ"]),
    ("fa", &["میلادی"]),
    ("fa-AF", &["میلادی"]),
    ("ps", &["میلادي"]),
    ("ti", &["እ.ኤ.አ", "ብኤውሮጳዊ"]),
];

/// The words of a language whose readers have another calendar beside this one.
pub(super) fn words(language: &Language) -> Option<&'static [&'static str]> {
    WORDS.iter().find(|(tag, _)| *tag == language.tag()).map(|(_, words)| *words)
}

/// The finding, if neither the question nor its hint has one of the words.
pub(super) fn unnamed(check: &Check<'_>, source: &Source, entry: &Entry<'_>) -> Option<Finding> {
    let words = check.calendar.filter(|_| source.dated)?;
    let hint = check.po.get(&format!("{}:hint", source.path));
    let texts = entry.msgstrs.iter().chain(hint.iter().flat_map(|hint| &hint.msgstrs));
    let named = |text: &str| words.iter().any(|word| same_letters(text).contains(&same_letters(word)));
    if texts.into_iter().any(|text| named(&text.text)) {
        return None;
    }
    let name = check.language.english_name();
    let says = format!("this {name} does not say which calendar is meant");
    let finding = Finding::warning("S088", check.po.place(entry.msgctxt.as_ref()?), says);
    // The word stands between isolates, since it may run the other way than the sentence around it.
    Some(finding.remedy(format!(
        "some may answer in another one: name the Gregorian year, \u{2068}{}\u{2069}",
        words[0]
    )))
}

/// The same text with the two ways of writing the last letter of the Persian and the Pashto word made one.
fn same_letters(text: &str) -> String {
    text.replace('\u{64a}', "\u{6cc}")
}
