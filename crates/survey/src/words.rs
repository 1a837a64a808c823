//! What people read: one path, the source words, and the translations that still fit them.

use std::collections::BTreeMap;

use crate::Language;

/// A text of the survey in every language it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where it stands: `needs`, `needs.housing`, `needs:hint`, `list.ease5.1`.
    pub path: String,
    /// The words in the survey's source language.
    pub source: String,
    /// Translations made for exactly these source words; a missing or stale one is not here.
    pub translations: BTreeMap<Language, String>,
}

/// A text in one language: the language it really is in, which may be the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken<'w> {
    /// The text.
    pub text: &'w str,
    /// The language of this text; `None` means the survey's source language.
    pub language: Option<&'w Language>,
}

impl Words {
    /// Words without translations yet.
    pub fn new(path: impl Into<String>, source: impl Into<String>) -> Words {
        Words { path: path.into(), source: source.into(), translations: BTreeMap::new() }
    }

    /// The words in `language`, or in the source language where no fitting translation stands.
    pub fn in_language(&self, language: &Language) -> Spoken<'_> {
        match self.translations.get_key_value(language) {
            Some((language, text)) => Spoken { text, language: Some(language) },
            None => Spoken { text: &self.source, language: None },
        }
    }

    /// Just the text in `language`, or in the source language.
    pub fn text(&self, language: &Language) -> &str {
        self.in_language(language).text
    }

    /// Whether a translation into `language` that fits the source words exists.
    pub fn speaks(&self, language: &Language) -> bool {
        self.translations.contains_key(language)
    }
}
