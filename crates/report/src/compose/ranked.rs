//! Bars from the longest.

use estimates::{Cell, Row, Table};

use super::{Composer, Drawn};
use crate::{
    definition::{FigureWish, Order},
    figure::{Chart, Ranked, RankedRow, Reading},
};

impl<'c> Composer<'c> {
    pub(super) fn ranked(&self, wish: &FigureWish, table: &'c Table, title: &str) -> Option<Drawn> {
        let question = table.query.question();
        let rows = self.chosen(wish, table);
        let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.cells.first()).collect();
        if cells.iter().all(|cell| cell.shown().is_none()) {
            return Some(self.withheld(table));
        }
        let first_low = cells.first().and_then(|cell| cell.shown()).map(|shown| shown.low.value());
        let bars: Vec<RankedRow> = rows
            .iter()
            .zip(&cells)
            .map(|(row, cell)| RankedRow {
                label: self.choice_label(question, &row.choice),
                reading: self.reading(cell),
                leading: cell.shown().zip(first_low).is_some_and(|(shown, low)| shown.high.value() >= low),
            })
            .collect();
        let strong = |bar: &RankedRow| bar.leading && !is_cautious(bar);
        let mut notes = Vec::new();
        if bars.iter().any(strong) {
            notes.push(self.tongue.say("note.leading").to_owned());
        }
        notes.push(self.range_note());
        notes.extend(self.notes(table, cells.iter().copied()));
        if bars.iter().any(is_cautious) {
            notes.push(self.tongue.say("note.hatched").to_owned());
        }
        notes.push(self.source());
        Some(Drawn {
            subtitle: self.subtitle(table),
            alt: self.ranked_alt(title, &bars),
            table: Some(self.shares_table(table, &rows, false)),
            chart: Some(Chart::Ranked(Ranked { head: self.values_head(), ticks: self.ticks(), rows: bars })),
            notes,
            instead: None,
        })
    }

    /// The rows a figure shows, in its order.
    pub(super) fn chosen(&self, wish: &FigureWish, table: &'c Table) -> Vec<&'c Row> {
        let mut rows = match wish.order {
            Order::Size => self.by_size(table, table.query.question()),
            Order::Form => table.rows.iter().filter(|row| row.row.is_none()).collect(),
        };
        rows.truncate(wish.top.unwrap_or(usize::MAX));
        rows
    }

    /// The question as asked, what is counted, of whom.
    pub(super) fn subtitle(&self, table: &Table) -> String {
        let asked = self.asked(table.query.question());
        let people = self.report.people.text(&self.tongue.language);
        let base = self.tongue.base(table.base);
        self.tongue.fill(
            self.if_weighted("figure.subtitle", "figure.subtitle_plain"),
            &[("asked", &asked), ("people", people), ("base", &base)],
        )
    }

    pub(super) fn values_head(&self) -> String {
        let path = if self.release.policy.nonprobability {
            "figure.head_indicative"
        } else {
            "figure.head_confidence"
        };
        self.tongue.fill(path, &[("confidence", &self.confidence())])
    }

    /// `Bar chart. Title: housing 61%, work 54%, doctor 49%. One number is not shown.`
    fn ranked_alt(&self, title: &str, bars: &[RankedRow]) -> String {
        let largest: Vec<String> = bars
            .iter()
            .filter_map(|bar| match &bar.reading {
                Reading::Shown(printed) => Some(format!("{} {}", bar.label, printed.words)),
                Reading::Withheld(_) => None,
            })
            .take(3)
            .collect();
        let hidden = bars.iter().filter(|bar| matches!(bar.reading, Reading::Withheld(_))).count();
        self.alt("alt.ranked", title, &largest, hidden)
    }

    /// An alternative text: kind, message, largest numbers, how many are not shown.
    pub(super) fn alt(&self, path: &str, title: &str, largest: &[String], hidden: usize) -> String {
        let mut alt = self.tongue.fill(path, &[("title", title), ("largest", &largest.join(", "))]);
        if hidden > 0 {
            let path = if hidden == 1 { "alt.hidden_one" } else { "alt.hidden" };
            alt.push(' ');
            alt.push_str(&self.tongue.fill(path, &[("n", &hidden.to_string())]));
        }
        alt
    }
}

/// Whether a bar carries a letter, and so is hatched.
fn is_cautious(bar: &RankedRow) -> bool {
    matches!(&bar.reading, Reading::Shown(printed) if printed.letter.is_some())
}
