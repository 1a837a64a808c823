//! A figure before it is laid out: every word final, every number as published, nothing that is withheld.

use estimates::Number;

/// A figure with everything a reader sees or hears of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name in the report.
    pub id: String,
    /// Its number on the page.
    pub number: usize,
    /// The message.
    pub title: String,
    /// Measure, people, base.
    pub subtitle: String,
    /// What is spoken instead of the picture.
    pub alt: String,
    /// The picture; a table figure has none.
    pub chart: Option<Chart>,
    /// How to read it; letters, base, rounding, source.
    pub notes: Vec<String>,
    /// The same as a table; none where nothing may be shown.
    pub table: Option<DataTable>,
    /// The sentence in place of picture and table where nothing may be shown.
    pub instead: Option<String>,
}

/// The numbers of a figure as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTable {
    /// What it holds.
    pub caption: String,
    /// The heads of the columns; the first is of the row labels.
    pub heads: Vec<String>,
    /// Label and cells of each row.
    pub rows: Vec<DataRow>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataRow {
    /// The head of a group of rows stands alone.
    pub heading: bool,
    /// The label.
    pub label: String,
    /// The cells, as printed.
    pub cells: Vec<String>,
}

/// The pictures there are; each has its own file in `layout`.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Bars from the longest.
    Ranked(Ranked),
    /// Parts of a scale.
    Likert(Likert),
    /// Two groups on one line.
    Dumbbell(Dumbbell),
    /// Sample, weighted sample, population.
    Profile(Profile),
}

/// What stands at the ticks of an axis from 0 to 100 % by 20.
pub type Ticks = Vec<String>;

/// Bars from the longest.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Words above the values.
    pub head: String,
    /// The words of the axis.
    pub ticks: Ticks,
    /// From the longest; withheld ones last.
    pub rows: Vec<RankedRow>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedRow {
    /// What it counts.
    pub label: String,
    /// Its number or why there is none.
    pub reading: Reading,
    /// Not clearly below the first.
    pub leading: bool,
}

/// A number with its words, or the words that stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A published number.
    Shown(Printed),
    /// Why none is published.
    Withheld(String),
}

/// A published number as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The value.
    pub value: Number,
    /// The lower end of its range.
    pub low: Number,
    /// The upper end of its range.
    pub high: Number,
    /// `61%`.
    pub words: String,
    /// `56–66`.
    pub range: String,
    /// The letter `E`, where it must be read with caution.
    pub letter: Option<String>,
}

/// Parts of a scale, one stack a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Likert {
    /// The key: words and looks of the parts, from the bad end; parts that hold two answers last.
    pub key: Vec<(String, Fill)>,
    /// The rows in the order of the questionnaire, or by size.
    pub rows: Vec<LikertRow>,
}

/// One stack.
#[derive(Clone, Debug, PartialEq)]
pub struct LikertRow {
    /// The statement.
    pub label: String,
    /// Its parts; none where it is told in words.
    pub parts: Vec<Part>,
    /// The words in the place of a stack.
    pub words: Option<String>,
    /// The sum at the bad end.
    pub low: String,
    /// The sum at the good end.
    pub high: String,
    /// The people who answered, where rows differ.
    pub respondents: Option<String>,
}

/// How a part of a stack looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// One answer: one colour.
    One(crate::palette::Ink),
    /// The answers of a side together: the paler colour in a frame of the stronger one.
    Both {
        /// The stronger colour.
        frame: crate::palette::Ink,
        /// The paler colour.
        within: crate::palette::Ink,
    },
}

/// One part of a stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its look.
    pub fill: Fill,
    /// Its share.
    pub value: Number,
    /// The number without a sign, as printed within.
    pub words: String,
}

/// Two groups on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Dumbbell {
    /// The first group, drawn as a ring.
    pub ring: String,
    /// The second group, drawn as a disc.
    pub disc: String,
    /// Words above the verdicts.
    pub head: String,
    /// The words of the axis.
    pub ticks: Ticks,
    /// One row for each choice.
    pub rows: Vec<DumbbellRow>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellRow {
    /// What it counts.
    pub label: String,
    /// The first group's number.
    pub ring: Option<(Number, String)>,
    /// The second group's number.
    pub disc: Option<(Number, String)>,
    /// `18 points (9 to 27)`, or that there is no clear difference, or why nothing can be said.
    pub verdict: String,
    /// Whether the difference is clear.
    pub clear: bool,
}

/// Sample, weighted sample, population.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// As answered, weighted, population.
    pub key: [String; 3],
    /// The words of the axis.
    pub ticks: Ticks,
    /// One row for each category.
    pub rows: Vec<ProfileRow>,
}

/// One category.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    /// The category, or the question above its categories.
    pub label: String,
    /// Whether it is the question.
    pub heading: bool,
    /// As answered, weighted, population.
    pub shares: [Option<Number>; 3],
    /// The same as printed.
    pub words: [String; 3],
}
