//! Publishable tables, and the questions they answer.

use survey::{ChoiceId, QuestionId, RowId};

use crate::{Cell, Count, Number};

/// What a report asks of the answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Query {
    /// The shares of a question's choices, of everybody or also by the groups of another question.
    Shares {
        /// A question with choices; of a grid, each row is counted by itself.
        question: QuestionId,
        /// A question of one choice each.
        by: Option<QuestionId>,
    },
    /// Who answered: the shares of a question's choices as answered, as weighted and in the population.
    Profile {
        /// A question of one choice each.
        question: QuestionId,
    },
}

/// The shares of a question's choices. All numbers are shares, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What was asked.
    pub query: Query,
    /// Everybody first, then the groups in the order of the survey.
    pub columns: Vec<Column>,
    /// One per choice in the order of the survey; of a grid, one per row and choice.
    pub rows: Vec<Row>,
    /// The two ends of a scale, added before rounding; only for ordered questions and grids of everybody.
    pub nets: Vec<Net>,
    /// The differences between groups; empty without `by`.
    pub contrasts: Vec<Contrast>,
    /// How many contrasts the intervals of the differences are made for.
    pub family: usize,
    /// Whether people could choose several, so that shares add up to more than 1.
    pub several: bool,
    /// Everybody who answered.
    pub base: Count,
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The choice that makes the group; none for everybody.
    pub group: Option<ChoiceId>,
    /// How many of them answered the question; of a grid, at least one row.
    pub respondents: Count,
}

/// A choice in every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The row of a grid.
    pub row: Option<RowId>,
    /// The choice.
    pub choice: ChoiceId,
    /// The weighted share in each column.
    pub cells: Vec<Cell>,
    /// The share as answered in each column; none where the cell is withheld.
    pub unweighted: Vec<Option<Number>>,
    /// The base in each column: those who answered, of a grid this very row.
    pub respondents: Vec<Count>,
}

/// The two ends of a scale, summed before rounding; a middle choice is in neither.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    /// The row of a grid.
    pub row: Option<RowId>,
    /// The choices at the beginning of the list.
    pub low: Vec<ChoiceId>,
    /// The choices at its end.
    pub high: Vec<ChoiceId>,
    /// The share of the beginning.
    pub low_end: Cell,
    /// The share of the end.
    pub high_end: Cell,
    /// Those who answered.
    pub respondents: Count,
    /// Those who were asked and said that they do not know, would rather not say, or left it empty.
    pub missing: Count,
}

/// A group against another.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The row of a grid.
    pub row: Option<RowId>,
    /// The choice.
    pub choice: ChoiceId,
    /// One group.
    pub a: ChoiceId,
    /// The other group.
    pub b: ChoiceId,
    /// The share in `a` less the share in `b`, with an interval made for the whole family of the table.
    pub difference: Cell,
    /// What may be said of it.
    pub verdict: Verdict,
}

/// What may be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies above 0.
    Higher,
    /// The interval lies below 0.
    Lower,
    /// The interval holds 0: never to be worded as "no difference".
    NoClearDifference,
    /// One side is withheld, or nothing varies: nothing may be said.
    NotTestable,
}

/// Who answered, beside the population.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileTable {
    /// The question.
    pub question: QuestionId,
    /// One per choice in the order of the survey.
    pub rows: Vec<ProfileRow>,
    /// Those who answered it.
    pub respondents: Count,
    /// Whether the weights were fitted to its margin.
    pub raked: bool,
}

/// A choice as answered, as weighted, and in the population. All numbers are shares, 0 to 1.
///
/// Where there is a population figure, all three are shares of the people in choices that the population table covers,
/// and add up to 1 over those; where there is none, `sample` and `weighted` are shares of everybody who answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    /// The choice.
    pub choice: ChoiceId,
    /// As answered; none where withheld.
    pub sample: Option<Number>,
    /// As weighted; none where withheld.
    pub weighted: Option<Number>,
    /// In the population, among the choices its table covers; none where it does not cover the choice.
    pub population: Option<Number>,
}

impl Query {
    /// The question counted.
    pub fn question(&self) -> &QuestionId {
        match self {
            Query::Shares { question, .. } | Query::Profile { question } => question,
        }
    }

    /// The question whose groups are compared.
    pub fn by(&self) -> Option<&QuestionId> {
        match self {
            Query::Shares { by, .. } => by.as_ref(),
            Query::Profile { .. } => None,
        }
    }
}

impl Table {
    /// The cell of a choice (and row) in a column, if the table holds it.
    pub fn cell(&self, row: Option<&str>, choice: &str, group: Option<&str>) -> Option<&Cell> {
        let column =
            self.columns.iter().position(|column| column.group.as_ref().map(ChoiceId::as_str) == group)?;
        self.row(row, choice)?.cells.get(column)
    }

    /// The line of a choice (and row).
    pub fn row(&self, row: Option<&str>, choice: &str) -> Option<&Row> {
        let here =
            |line: &&Row| line.row.as_ref().map(RowId::as_str) == row && line.choice.as_str() == choice;
        self.rows.iter().find(here)
    }
}
