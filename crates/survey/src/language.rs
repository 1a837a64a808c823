//! Languages: their tags, the direction of their script, and what their speakers call them.

use std::fmt;

/// Which way a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// A language we have data for, by its BCP 47 tag; languages are in the byte order of their tags.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(
    /// Its row of `KNOWN`.
    u8,
);

/// In byte order of the tags: tag, what its speakers call it, English name, direction of its script.
const KNOWN: &[(&str, &str, &str, Direction)] = &[
    ("am", "አማርኛ", "Amharic", Direction::Ltr),
    ("ar", "العربية", "Arabic", Direction::Rtl),
    ("ckb", "کوردیی ناوەندی", "Central Kurdish", Direction::Rtl),
    ("de", "Deutsch", "German", Direction::Ltr),
    ("en", "English", "English", Direction::Ltr),
    ("es", "Español", "Spanish", Direction::Ltr),
    ("fa", "فارسی", "Persian", Direction::Rtl),
    ("fa-AF", "دری", "Dari", Direction::Rtl),
    ("fil", "Filipino", "Filipino", Direction::Ltr),
    ("fr", "Français", "French", Direction::Ltr),
    ("hi", "हिन्दी", "Hindi", Direction::Ltr),
    ("ht", "Kreyòl ayisyen", "Haitian Creole", Direction::Ltr),
    ("ko", "한국어", "Korean", Direction::Ltr),
    ("pa", "ਪੰਜਾਬੀ", "Punjabi", Direction::Ltr),
    ("ps", "پښتو", "Pashto", Direction::Rtl),
    ("pt", "Português", "Portuguese", Direction::Ltr),
    ("so", "Soomaali", "Somali", Direction::Ltr),
    ("sr", "Српски", "Serbian", Direction::Ltr),
    ("sw", "Kiswahili", "Swahili", Direction::Ltr),
    ("ti", "ትግርኛ", "Tigrinya", Direction::Ltr),
    ("tr", "Türkçe", "Turkish", Direction::Ltr),
    ("uk", "Українська", "Ukrainian", Direction::Ltr),
    ("ur", "اردو", "Urdu", Direction::Rtl),
    ("vi", "Tiếng Việt", "Vietnamese", Direction::Ltr),
    ("zh-Hans", "简体中文", "Simplified Chinese", Direction::Ltr),
    ("zh-Hant", "繁體中文", "Traditional Chinese", Direction::Ltr),
];

/// Languages nobody speaks, which only tests use: no file may name them and no list offers them. Their rows come after
/// the known ones.
const PSEUDO: &[(&str, &str, &str, Direction)] = &[
    ("en-XA", "[Éñĝļîšĥ]", "Accented English", Direction::Ltr),
    ("ar-XB", "\u{202e}English\u{202c}", "Mirrored English", Direction::Rtl),
];

/// The row of English.
const ENGLISH: Language = Language(4);

impl Language {
    /// The language of this tag, if we have data for it.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let place = KNOWN.iter().chain(PSEUDO).position(|row| row.0 == tag)?;
        u8::try_from(place).ok().map(Language)
    }

    /// Whether it is one nobody speaks: see [`pseudo`](crate::translation::pseudo).
    pub fn is_pseudo(&self) -> bool {
        usize::from(self.0) >= KNOWN.len()
    }

    /// English, the language of the program's own messages.
    pub fn english() -> Language {
        ENGLISH
    }

    /// Every tag we have data for, in byte order.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|row| row.0)
    }

    /// Every language we have data for, in the order of what their speakers call them.
    pub fn all() -> Vec<Language> {
        let mut all: Vec<Language> = Language::tags().filter_map(Language::of_tag).collect();
        all.sort_by_key(|language| language.endonym().to_lowercase());
        all
    }

    /// The BCP 47 tag.
    pub fn tag(&self) -> &'static str {
        self.row().0
    }

    /// What its speakers call it, in its own script.
    pub fn endonym(&self) -> &'static str {
        self.row().1
    }

    /// Its English name.
    pub fn english_name(&self) -> &'static str {
        self.row().2
    }

    /// The direction of its script: from data, never guessed from a text.
    pub fn direction(&self) -> Direction {
        self.row().3
    }

    fn row(&self) -> &'static (&'static str, &'static str, &'static str, Direction) {
        let place = usize::from(self.0);
        KNOWN.get(place).unwrap_or_else(|| &PSEUDO[place - KNOWN.len()])
    }
}

impl fmt::Display for Language {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.tag())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Language({})", self.tag())
    }
}

#[cfg(test)]
mod tests;
