//! What of an entry is translated: one text, or one for each plural form of the language.

use crate::po::{Entry, Plurals, Po};

/// A text to translate, or one plural form of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form<'e> {
    /// Which plural form, from 0; `None` for a text without plural forms.
    pub number: Option<usize>,
    /// The English it is translated from.
    pub english: &'e str,
    /// The translation that stands there; empty where none is written.
    pub translation: &'e str,
    /// The numbers up to 200 that the form serves; empty for a text without plural forms, or where the file has no rule.
    pub serves: Vec<u64>,
}

/// The forms of an entry of this file.
pub fn forms<'e>(po: &Po<'_>, entry: &'e Entry<'_>) -> Vec<Form<'e>> {
    let rule = entry.msgid_plural.as_ref().and_then(|_| Plurals::read(po.header("Plural-Forms")?));
    let texts = entry.msgstrs.iter().enumerate();
    texts
        .map(|(number, text)| {
            let serves = rule.as_ref().map_or_else(Vec::new, |rule| rule.serves(number));
            Form {
                number: entry.msgid_plural.as_ref().map(|_| number),
                english: english(entry, number, &serves),
                translation: text.text.trim(),
                serves,
            }
        })
        .collect()
}

/// Only a form that serves 1 and nothing else can leave the number out as the English for one does.
fn english<'e>(entry: &'e Entry<'_>, number: usize, serves: &[u64]) -> &'e str {
    let of_one = match serves {
        [] => number == 0,
        _ => serves == [1],
    };
    match &entry.msgid_plural {
        Some(plural) if !of_one => &plural.text,
        _ => entry.english(),
    }
}
