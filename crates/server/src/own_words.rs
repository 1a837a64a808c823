//! The program's own words, in every language it speaks.

use std::collections::BTreeMap;

use survey::{Language, po, translation::disguise};

use crate::Error;

/// Tag and file of every language the server speaks itself.
const FILES: &[(&str, &str, &str)] = &[
    ("en", "text/en.po", include_str!("../text/en.po")),
    ("fr", "text/fr.po", include_str!("../text/fr.po")),
    ("ar", "text/ar.po", include_str!("../text/ar.po")),
];

/// The words of the server by language and path.
pub(crate) struct OwnWords {
    by_language: BTreeMap<Language, BTreeMap<String, String>>,
    english: Language,
}

impl OwnWords {
    /// Read every language.
    pub(crate) fn read() -> Result<OwnWords, Error> {
        let mut by_language = BTreeMap::new();
        for (tag, file, text) in FILES {
            let (po, findings) = po::read(file, text);
            if let Some(finding) = findings.first() {
                return Err(Error::Words { file, says: finding.says.clone() });
            }
            let words =
                po.live().filter_map(|entry| Some((entry.path()?.to_owned(), entry.text()?.to_owned())));
            if let Some(language) = Language::of_tag(tag) {
                by_language.insert(language, words.collect());
            }
        }
        Ok(OwnWords { by_language, english: Language::english() })
    }

    /// Speak a language nobody speaks, so that a test finds what is written into the program.
    pub(crate) fn speak_pseudo(&mut self, language: &Language) {
        let Some(english) = self.by_language.get(&self.english) else { return };
        let disguised = english.iter().map(|(path, words)| (path.clone(), disguise(words, language)));
        let disguised = disguised.collect();
        self.by_language.insert(language.clone(), disguised);
    }

    /// The words of this path in `wanted`, or in English, with the language they are in.
    ///
    /// # Panics
    /// If the path stands in no file, which a test rules out for every path in the program.
    pub(crate) fn get<'o>(&'o self, path: &str, wanted: &'o Language) -> (&'o str, &'o Language) {
        let spoken =
            |language: &'o Language| Some((self.by_language.get(language)?.get(path)?.as_str(), language));
        spoken(wanted)
            .or_else(|| spoken(&self.english))
            .unwrap_or_else(|| panic!("`{path}` stands in text/en.po, which a test makes sure of"))
    }
}

#[cfg(test)]
mod tests;
