//! What people read: one path, the source words, and the translations that still fit them.

use std::{borrow::Cow, collections::BTreeMap};

use crate::po::Plurals;
use crate::{Answer, Answers, Language, QuestionId};

/// A text of the survey in every language it has.
///
/// Words that a partnership fills in (`set`) stand in it already; what the answers fill in stands in braces and is listed
/// in `inserts`. Use [`Words::parts`] to say it to somebody, [`Words::unanswered`] where there are no answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where it stands: `needs`, `needs.housing`, `needs:hint`, `list.ease5.1`.
    pub path: String,
    /// The words in the survey's source language.
    pub source: String,
    /// Translations made for exactly these source words; a missing or stale one is not here. Of a plural text, its
    /// last form.
    pub translations: BTreeMap<Language, String>,
    /// What stands in braces and is filled in by answers, each once.
    pub inserts: Vec<Insert>,
    /// How it is said of different numbers, where it is.
    pub plural: Option<Plural>,
    /// The words with their `{set}` names still in braces, in every language, where there are any: what translators
    /// translate.
    pub written: Option<Box<Words>>,
}

/// A place in words that an answer fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insert {
    /// As it stands among the words, braces included: `{count(needs)}`.
    pub written: String,
    /// Whose answer.
    pub question: QuestionId,
    /// Whether how many were chosen is said, and not what.
    pub count: bool,
    /// Whether a number is said, so that the words around it may depend on it.
    pub number: bool,
}

/// A text that is said differently of one and of more, by its first number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plural {
    /// Which of the inserts is the number.
    pub pivot: usize,
    /// The source words for n = 1 (`?1`), where there are any.
    pub one: Option<String>,
    /// The forms of each language, in the order of its file, and the rule that chooses among them.
    pub forms: BTreeMap<Language, (Plurals, Vec<String>)>,
}

/// A text in one language: the language it really is in, which may be the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken<'w> {
    /// The text.
    pub text: &'w str,
    /// The language of this text; `None` means the survey's source language.
    pub language: Option<&'w Language>,
}

/// A piece of a text that is said to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'w> {
    /// Words as they stand.
    Text(&'w str),
    /// What an answer fills in.
    Insert(&'w Insert),
}

impl Words {
    /// Words without translations yet.
    pub fn new(path: impl Into<String>, source: impl Into<String>) -> Words {
        Words {
            path: path.into(),
            source: source.into(),
            translations: BTreeMap::new(),
            inserts: Vec::new(),
            plural: None,
            written: None,
        }
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

    /// The text in `language`, or in the source language, cut at its inserts; of a plural text, the form that the
    /// answers call for.
    pub fn parts<'w>(
        &'w self,
        language: &Language,
        answers: &Answers,
    ) -> (Vec<Part<'w>>, Option<&'w Language>) {
        let spoken = self.in_language(language);
        let text = self.form(language, answers).unwrap_or(spoken.text);
        (cut(text, &self.inserts), spoken.language)
    }

    /// The text with `…` in place of what answers fill in: for reports, tables and code books.
    pub fn unanswered(&self, language: &Language) -> Cow<'_, str> {
        let text = self.text(language);
        if self.inserts.is_empty() {
            return Cow::Borrowed(text);
        }
        let parts = cut(text, &self.inserts).into_iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Insert(_) => "…",
        });
        Cow::Owned(parts.collect())
    }

    /// The plural form for the number that the answers give.
    fn form(&self, language: &Language, answers: &Answers) -> Option<&str> {
        let plural = self.plural.as_ref()?;
        let number = self.inserts.get(plural.pivot)?.number(answers)?;
        match plural.forms.get(language) {
            // Fractions take the form of the whole number below them.
            Some((plurals, forms)) => forms.get(plurals.form(number.abs() as u64)).map(String::as_str),
            None if self.translations.contains_key(language) => None,
            None => plural.one.as_deref().filter(|_| number == 1.0),
        }
    }

    /// The source as translators read it, `{set}` words in braces: the `msgid` of its entry, for one where it differs.
    pub fn msgid(&self) -> &str {
        let written = self.as_written();
        let one = written.plural.as_ref().and_then(|plural| plural.one.as_deref());
        one.unwrap_or(&written.source)
    }

    /// The source of a plural text as translators read it: the `msgid_plural` of its entry.
    pub fn msgid_plural(&self) -> Option<&str> {
        self.plural.as_ref().map(|_| self.as_written().source.as_str())
    }

    /// The words with the names of sets still in braces.
    pub(crate) fn as_written(&self) -> &Words {
        self.written.as_deref().unwrap_or(self)
    }

    /// Whether a translation into `language` that fits the source words exists.
    pub fn speaks(&self, language: &Language) -> bool {
        self.translations.contains_key(language)
    }
}

impl Insert {
    /// The number it prints, if it prints one and there is an answer.
    pub fn number(&self, answers: &Answers) -> Option<f64> {
        let answer = answers.get(&self.question).filter(|answer| answer.missing().is_none())?;
        if self.count { Some(answer.codes().len() as f64) } else { Answer::number(answer) }
    }
}

/// A text cut at its inserts; braces that are none of them are words like any others.
fn cut<'w>(text: &'w str, inserts: &'w [Insert]) -> Vec<Part<'w>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((at, insert)) = next(rest, inserts) {
        if at > 0 {
            parts.push(Part::Text(&rest[..at]));
        }
        parts.push(Part::Insert(insert));
        rest = &rest[at + insert.written.len()..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

fn next<'w>(text: &str, inserts: &'w [Insert]) -> Option<(usize, &'w Insert)> {
    inserts
        .iter()
        .filter_map(|insert| Some((text.find(&insert.written)?, insert)))
        .min_by_key(|found| found.0)
}
