//! Cells and labels as words.

use std::cmp::Ordering;

use estimates::{Cell, Letter, Row, Shown, Table, Why};
use survey::{Choice, ChoiceId, QuestionId, RowId};

use super::Composer;
use crate::{
    definition::{Counted, End, Measure, Share},
    figure::{Printed, Reading, Ticks},
    tongue::Tongue,
};

impl<'c> Composer<'c> {
    /// The cell of a measure, if the release holds its table.
    pub(crate) fn cell(&self, measure: &Measure) -> Option<&'c Cell> {
        let (by, group) = match &measure.group {
            Some((by, group)) => (Some(by), Some(group.as_str())),
            None => (None, None),
        };
        let table = self.shares(&measure.share.question, by)?;
        let row = measure.share.row.as_ref();
        match &measure.share.of {
            Counted::Choice(choice) => table.cell(row.map(RowId::as_str), choice.as_str(), group),
            Counted::Net { end, .. } => {
                let net = table.nets.iter().find(|net| net.row.as_ref() == row)?;
                Some(match end {
                    End::Low => &net.low_end,
                    End::High => &net.high_end,
                })
            }
        }
    }

    /// The short label of a question.
    pub(crate) fn label_of(&self, question: &QuestionId) -> String {
        let words = self.question(question).label();
        words.map_or_else(
            || question.to_string(),
            |words| words.unanswered(&self.tongue.language).into_owned(),
        )
    }

    /// The question as it was asked, or its label.
    pub(crate) fn asked(&self, question: &QuestionId) -> String {
        let asks = self.question(question).asks.as_ref();
        asks.map_or_else(
            || self.label_of(question),
            |words| words.unanswered(&self.tongue.language).into_owned(),
        )
    }

    /// The label of a choice.
    pub(crate) fn choice_label(&self, question: &QuestionId, choice: &ChoiceId) -> String {
        let found = self.question(question).choice(choice.as_str());
        found.map_or_else(
            || choice.to_string(),
            |found| found.label().unanswered(&self.tongue.language).into_owned(),
        )
    }

    /// The label of a row of a grid.
    pub(crate) fn row_label(&self, question: &QuestionId, row: &RowId) -> String {
        let found = self.question(question).rows().iter().find(|each| each.id == *row);
        found.map_or_else(
            || row.to_string(),
            |found| found.label().unanswered(&self.tongue.language).into_owned(),
        )
    }

    /// The label of a share: a choice, or a net of a row.
    pub(crate) fn share_label(&self, share: &Share) -> String {
        let counted = match &share.of {
            Counted::Choice(choice) => self.choice_label(&share.question, choice),
            Counted::Net { name, .. } => {
                let words = self.report.nets.get(name).expect("the reader keeps the words of every net");
                words.unanswered(&self.tongue.language).into_owned()
            }
        };
        match &share.row {
            Some(row) => {
                let row = self.row_label(&share.question, row);
                self.tongue.fill("label.of_row", &[("row", &row), ("choice", &self.tongue.running(&counted))])
            }
            None => counted,
        }
    }

    /// The label of a share that stands alone: with its question, or the row that says as much.
    pub(crate) fn full_label(&self, share: &Share) -> String {
        let label = self.share_label(share);
        if share.row.is_some() {
            return label;
        }
        let values = [("question", self.label_of(&share.question)), ("choice", self.tongue.running(&label))];
        self.tongue.fill("label.of_question", &[("question", &values[0].1), ("choice", &values[1].1)])
    }

    /// `16% E`.
    pub(crate) fn lettered(&self, shown: &Shown) -> String {
        let words = self.tongue.share(shown.value);
        match shown.letter {
            Some(letter) => format!("{words}\u{a0}{letter}"),
            None => words,
        }
    }

    /// A cell in a table: the number, or the symbol that the notes explain.
    pub(crate) fn told(&self, cell: &Cell) -> String {
        match cell {
            Cell::Shown(shown) => self.lettered(shown),
            Cell::Withheld(why) => why.to_string(),
        }
    }

    /// The range of a cell in a table.
    pub(crate) fn told_range(&self, cell: &Cell) -> String {
        cell.shown().map_or_else(|| "–".to_owned(), |shown| self.tongue.range(shown.low, shown.high))
    }

    /// Why a number is withheld, in words.
    pub(crate) fn why(&self, why: Why) -> String {
        self.tongue
            .say(match why {
                Why::Confidential => "why.x",
                Why::Unreliable => "why.f",
            })
            .to_owned()
    }

    /// A whole sentence where a number would be.
    pub(crate) fn no_figure(&self, measure: &Measure) -> String {
        let path = match self.cell(measure).and_then(Cell::withheld) {
            Some(Why::Unreliable) => "withheld.f",
            _ => "withheld.x",
        };
        self.tongue.fill(path, &[("label", &self.tongue.quoted(&self.share_label(&measure.share)))])
    }

    /// A cell as a chart needs it.
    pub(crate) fn reading(&self, cell: &Cell) -> Reading {
        match cell {
            Cell::Shown(shown) => Reading::Shown(Printed {
                value: shown.value,
                low: shown.low,
                high: shown.high,
                words: self.tongue.share(shown.value),
                range: self.tongue.short_range(shown.low, shown.high),
                letter: shown.letter.map(|letter: Letter| letter.to_string()),
            }),
            Cell::Withheld(why) => Reading::Withheld(self.why(*why)),
        }
    }

    /// The words of an axis from 0 to 100 % by 20.
    pub(crate) fn ticks(&self) -> Ticks {
        (0..=5).map(|step| self.tongue.share(estimates::Number { units: step * 20, places: 2 })).collect()
    }

    /// What a range may be called: no margin of error where people chose to answer.
    pub(crate) fn range_name(&self) -> &'static str {
        self.tongue.say(if self.release.policy.nonprobability {
            "range.indicative"
        } else {
            "range.confidence"
        })
    }

    /// The rows of a table without a grid, in the order a chart shows them: by published size; other and none
    /// after the rest; what is withheld last, in the order of the alphabet, so that its place tells nothing.
    pub(crate) fn by_size(&self, table: &'c Table, question: &QuestionId) -> Vec<&'c Row> {
        let mut rows: Vec<&Row> = table.rows.iter().filter(|row| row.row.is_none()).collect();
        rows.sort_by(|one, other| self.before(question, one, other));
        rows
    }

    fn before(&self, question: &QuestionId, one: &Row, other: &Row) -> Ordering {
        let place = |row: &Row| self.question(question).choice(row.choice.as_str()).map(is_rest);
        match (row_value(one), row_value(other)) {
            (Some(first), Some(second)) => place(one).cmp(&place(other)).then(second.total_cmp(&first)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => {
                let label = |row: &Row| Tongue::alphabetical(&self.choice_label(question, &row.choice));
                label(one).cmp(&label(other))
            }
        }
    }
}

fn row_value(row: &Row) -> Option<f64> {
    row.cells.first().and_then(Cell::shown).map(|shown| shown.value.value())
}

/// Whether a choice is what is left over: another one, or none of them.
fn is_rest(choice: &Choice) -> bool {
    choice.only || choice.specify || choice.last
}
