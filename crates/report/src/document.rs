//! A finished report in one language: only words and figures; nothing is computed after this.

use survey::Language;

use crate::figure::{DataTable, Figure};

/// One report in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its language.
    pub language: Language,
    /// Every language the report comes in, with its name in itself.
    pub languages: Vec<Language>,
    /// Its title.
    pub title: String,
    /// Survey, wave, base: one line under the title.
    pub about: String,
    /// What must be known before reading: made-up answers, draft words.
    pub notices: Vec<String>,
    /// Numbers at the head of the page.
    pub numbers: Vec<BigNumber>,
    /// Sections in order.
    pub sections: Vec<Part>,
    /// What the page itself says.
    pub words: PageWords,
}

/// A titled part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its id on the page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In order.
    pub blocks: Vec<Block>,
}

/// What a part is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph of Markdown.
    Prose(String),
    /// A figure.
    Figure(Box<Figure>),
    /// Terms and what they say.
    Facts(Vec<(String, String)>),
    /// A table by itself.
    Table(DataTable),
    /// Lines from a source, in its own language.
    Source {
        /// The language of the lines.
        language: Language,
        /// The lines.
        lines: Vec<String>,
    },
}

/// A number to be seen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigNumber {
    /// The number, or nothing where it is withheld.
    pub value: Option<String>,
    /// What it counts, or why it is withheld.
    pub label: String,
    /// Its range.
    pub range: String,
}

/// The words of the page around the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWords {
    /// The link over the head of the page.
    pub skip: String,
    /// Names the list of sections.
    pub contents: String,
    /// Names the list of languages.
    pub languages: String,
    /// Opens the table of a figure.
    pub table: String,
    /// `Figure {n}`.
    pub figure: String,
    /// The last line.
    pub made: String,
}
