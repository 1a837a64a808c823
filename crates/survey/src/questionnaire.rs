//! The questionnaire as a whole: its settings, pages and ends.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{Condition, EndId, FormId, Language, Missing, PageId, Question, QuestionId, Words};

/// A questionnaire that was read and found whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// Its name: the folder's and the file's.
    pub name: String,
    /// What people read above every page.
    pub title: Words,
    /// Wave and edition.
    pub version: Version,
    /// The author's language.
    pub source: Language,
    /// Every language it is offered in, the source first, then in picker order.
    pub languages: Vec<Offered>,
    /// Who asks.
    pub host: Words,
    /// Who may answer.
    pub eligible: Option<Words>,
    /// Whom to reach.
    pub contact: Words,
    /// Where to complain.
    pub ethics: Option<Words>,
    /// The first and last day answers are taken.
    pub field: Option<(Date, Date)>,
    /// The last day an answer can be taken back.
    pub withdraw: Option<Date>,
    /// Prize, odds and how to enter without answering; absent when there is no draw.
    pub draw: Option<Words>,
    /// Counts below this are never shown.
    pub suppress: u32,
    /// The words of the missing answers people may choose.
    pub missing: BTreeMap<Missing, Words>,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The last pages.
    pub ends: Vec<End>,
    /// The population tables that stand beside the survey, by path.
    pub margins: BTreeMap<String, Margin>,
    /// Parts of it that are offered by themselves; the whole is the form `full`, which is not among them.
    pub forms: Vec<Form>,
    /// Words a partnership fills in, by name; they stand in the other words already.
    pub sets: BTreeMap<String, Words>,
    /// Lists taken over from other surveys of the same folder, translations included.
    pub uses: Vec<Use>,
    /// Languages that are complete before any version opens.
    pub official: Vec<Language>,
    /// Per cent of its questions another language may show in the source language.
    pub fallback: u8,
}

/// A subset of the questions, in the survey's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its name.
    pub id: FormId,
    /// What people who choose among forms read.
    pub title: Words,
    /// The questions it names; see [`Survey::keeps`] for those it has besides.
    pub keeps: BTreeSet<QuestionId>,
    /// Languages in which only this form is offered.
    pub languages: Vec<Offered>,
}

/// Lists of another survey, as `use newcomer-needs services`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The other survey.
    pub survey: String,
    /// The lists taken over from it.
    pub lists: Vec<String>,
}

/// A wave and its edition, as `2027.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The wave, usually a year.
    pub wave: u16,
    /// The edition of that wave, from 1.
    pub edition: u16,
}

impl Version {
    /// The version written so, as `2027.1`.
    pub fn of_label(label: &str) -> Option<Version> {
        let (wave, edition) = label.split_once('.')?;
        let edition = edition.parse().ok().filter(|each| *each > 0)?;
        Some(Version { wave: wave.parse().ok()?, edition })
    }

    /// The next edition of the same wave.
    #[must_use]
    pub fn next(self) -> Version {
        Version { edition: self.edition.saturating_add(1), ..self }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}.{}", self.wave, self.edition)
    }
}

/// A language on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Which.
    pub language: Language,
    /// Not yet read by a native speaker: said to the visitor, and wherever its words are shown.
    pub draft: bool,
}

/// A titled part of the questionnaire; how many questions share a screen is the server's affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its name.
    pub id: PageId,
    /// Its title.
    pub title: Words,
    /// Shown only if it holds.
    pub when: Option<Condition>,
    /// A warning before a hard part, which can then be skipped with one press.
    pub sensitive: Option<Words>,
    /// Support lines, shown after the part, taken or skipped.
    pub support: Option<Words>,
    /// Its questions in order.
    pub questions: Vec<Question>,
}

/// A last page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// `done` follows the last question; the others are reached by `[end NAME]`.
    pub id: EndId,
    /// Its title.
    pub title: Words,
    /// What it says.
    pub says: Option<Words>,
    /// Where to turn for support.
    pub support: Option<Words>,
}

/// A population table: how many people stand behind each code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// As the survey names it, `halifax-2021/status`.
    pub path: String,
    /// Codes in the order of the table; `None` where the source does not cover the code.
    pub counts: Vec<(String, Option<u64>)>,
    /// The comment lines at its head: source, day and universe, printed in every report.
    pub source: Vec<String>,
}

impl Survey {
    /// Every question with its page, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    }

    /// The question of this name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.id.as_str() == id)
    }

    /// The page a question stands on.
    pub fn page_of(&self, id: &QuestionId) -> Option<&Page> {
        self.questions().find(|(_, question)| question.id == *id).map(|(page, _)| page)
    }

    /// The page of this name.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id.as_str() == id)
    }

    /// The last page of this name.
    pub fn end(&self, id: &str) -> Option<&End> {
        self.ends.iter().find(|end| end.id.as_str() == id)
    }

    /// The language on offer under this tag.
    pub fn language(&self, tag: &str) -> Option<&Offered> {
        self.languages.iter().find(|offered| offered.language.tag() == tag)
    }

    /// The consent question, which the reader has made sure of.
    ///
    /// # Panics
    /// If the survey was built by hand without one.
    pub fn consent(&self) -> &Question {
        self.questions()
            .map(|(_, question)| question)
            .find(|question| matches!(question.kind, crate::Kind::Consent { .. }))
            .expect("a survey is only read when it asks for consent")
    }

    /// Whether the words of a path belong to a list of another survey, and are translated there.
    pub(crate) fn takes_over(&self, path: &str) -> bool {
        let list = path.strip_prefix("list.").and_then(|rest| rest.split('.').next());
        list.is_some_and(|list| self.uses.iter().any(|used| used.lists.iter().any(|each| each == list)))
    }

    /// The language all of a question can be shown in, the missing answers it allows included: `wanted`, or else
    /// the source.
    pub fn language_of<'l>(&'l self, question: &Question, wanted: &'l Language) -> &'l Language {
        let mut allowed = question.allow.iter().filter_map(|missing| self.missing.get(missing));
        let speaks = question.speaks(wanted) && allowed.all(|words| words.speaks(wanted));
        if *wanted == self.source || speaks { wanted } else { &self.source }
    }
}
