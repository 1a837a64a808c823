//! A report as its author wrote it, every name resolved.

use std::collections::BTreeMap;

use estimates::Query;
use notation::Place;
use survey::{ChoiceId, Language, QuestionId, RowId, Words};

use crate::{insert::Insert, test::Test};

/// A report that was read and found whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its name: the folder's and the file's.
    pub name: String,
    /// The survey it reports on.
    pub survey: String,
    /// Its title.
    pub title: Words,
    /// Whom it is about, as `newcomers aged 16 or over`.
    pub people: Words,
    /// The languages it is written in, the source first.
    pub languages: Vec<Language>,
    /// Languages whose words of the report are a draft.
    pub drafts: Vec<Language>,
    /// Words of the nets it names.
    pub nets: BTreeMap<String, Words>,
    /// Numbers at the head of the page, at most three.
    pub numbers: Vec<Measure>,
    /// In the order of the file.
    pub sections: Vec<Section>,
}

/// A titled part of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// In the order of the file.
    pub items: Vec<Item>,
}

/// What stands in a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Prose.
    Text(Text),
    /// A chart with its table, or a table alone.
    Figure(Box<FigureWish>),
    /// How the numbers were made, written by the program, and a note of the author's.
    Methods {
        /// The author's note.
        note: Option<Prose>,
    },
}

/// Prose, perhaps on a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Its name.
    pub name: String,
    /// Printed only if it holds.
    pub when: Option<Test>,
    /// The paragraphs.
    pub paragraphs: Vec<Prose>,
    /// Printed where the condition does not hold, or a number of the text is withheld.
    pub otherwise: Vec<Prose>,
}

/// One paragraph, title or note in every language: words and inserts.
#[derive(Clone, Debug, PartialEq)]
pub struct Prose {
    /// Where the source stands.
    pub at: Place,
    /// By language; the source is always there.
    pub spoken: BTreeMap<Language, Vec<Span>>,
}

/// A stretch of prose.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Words, as Markdown.
    Words(String),
    /// A number or name to be put in.
    Insert(Box<Insert>),
}

/// A figure the author wants.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureWish {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub at: Place,
    /// What to draw.
    pub kind: Kind,
    /// The message; else the label of the question.
    pub title: Option<Prose>,
    /// The author's note.
    pub note: Option<Prose>,
    /// At most so many rows.
    pub top: Option<usize>,
    /// The order of rows.
    pub order: Order,
    /// Printed only if it holds.
    pub when: Option<Test>,
}

/// The kinds of figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ranked QUESTION`.
    Ranked(QuestionId),
    /// `likert GRID|QUESTION`.
    Likert(QuestionId),
    /// `dumbbell QUESTION by GROUP (a, b)`.
    Dumbbell {
        /// The shares compared.
        question: QuestionId,
        /// The question of the groups.
        by: QuestionId,
        /// The two groups.
        pair: (ChoiceId, ChoiceId),
    },
    /// `profile QUESTION, ..`.
    Profile(Vec<QuestionId>),
    /// `table QUESTION [by GROUP]`.
    Table {
        /// The shares.
        question: QuestionId,
        /// A column for each group.
        by: Option<QuestionId>,
    },
}

/// The order of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By published size.
    Size,
    /// As in the questionnaire.
    Form,
}

/// A share: of a choice, or of one end of a scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// The question.
    pub question: QuestionId,
    /// The row of a grid.
    pub row: Option<RowId>,
    /// What is counted.
    pub of: Counted,
}

/// What a share counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// One choice.
    Choice(ChoiceId),
    /// One end of a scale, its choices added before rounding.
    Net {
        /// The name the report gives it.
        name: String,
        /// Which end.
        end: End,
    },
}

/// The ends of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The choices at the beginning of the list.
    Low,
    /// The choices at its end.
    High,
}

/// A share of everybody or of a group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// The share.
    pub share: Share,
    /// The group, as a choice of a question.
    pub group: Option<(QuestionId, ChoiceId)>,
}

impl Measure {
    /// The table this stands in.
    pub fn query(&self) -> Query {
        let by = self.group.as_ref().map(|(question, _)| question.clone());
        Query::Shares { question: self.share.question.clone(), by }
    }
}

impl Prose {
    /// The spans in `language`, or in the source language.
    pub fn spans(&self, language: &Language) -> &[Span] {
        let source = || self.spoken.get(&Language::english());
        self.spoken.get(language).or_else(source).map_or(&[], Vec::as_slice)
    }

    /// The inserts of the source.
    pub fn inserts(&self) -> impl Iterator<Item = &Insert> {
        self.spans(&Language::english()).iter().filter_map(|span| match span {
            Span::Insert(insert) => Some(&**insert),
            Span::Words(_) => None,
        })
    }
}

impl Kind {
    /// What the figure asks of the answers.
    pub fn queries(&self) -> Vec<Query> {
        let shares = |question: &QuestionId, by: Option<&QuestionId>| Query::Shares {
            question: question.clone(),
            by: by.cloned(),
        };
        match self {
            Kind::Ranked(question) | Kind::Likert(question) => vec![shares(question, None)],
            Kind::Dumbbell { question, by, .. } => vec![shares(question, Some(by))],
            Kind::Table { question, by } => vec![shares(question, by.as_ref())],
            Kind::Profile(questions) => {
                questions.iter().map(|question| Query::Profile { question: question.clone() }).collect()
            }
        }
    }
}

impl Report {
    /// Everything the report asks of the answers, at once: withholding must see the whole release.
    pub fn queries(&self) -> Vec<Query> {
        let mut queries: Vec<Query> = self.numbers.iter().map(Measure::query).collect();
        for item in self.sections.iter().flat_map(|section| &section.items) {
            match item {
                Item::Text(text) => queries.extend(text.when.iter().flat_map(Test::queries)),
                Item::Figure(figure) => {
                    queries.extend(figure.kind.queries());
                    queries.extend(figure.when.iter().flat_map(Test::queries));
                }
                Item::Methods { .. } => {}
            }
        }
        queries.extend(self.proses().flat_map(Prose::inserts).filter_map(Insert::query));
        queries.sort();
        queries.dedup();
        queries
    }

    /// Every paragraph, title and note with inserts.
    pub(crate) fn proses(&self) -> impl Iterator<Item = &Prose> {
        self.sections.iter().flat_map(|section| &section.items).flat_map(|item| -> Vec<&Prose> {
            match item {
                Item::Text(text) => text.paragraphs.iter().chain(&text.otherwise).collect(),
                Item::Figure(figure) => figure.title.iter().chain(&figure.note).collect(),
                Item::Methods { note } => note.iter().collect(),
            }
        })
    }
}
