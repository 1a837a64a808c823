//! Shares as a table: weighted beside as answered.

use estimates::{Row, Table};
use survey::ChoiceId;

use super::{Composer, Drawn};
use crate::{
    definition::FigureWish,
    figure::{DataRow, DataTable},
};

impl<'c> Composer<'c> {
    pub(super) fn table_figure(&self, wish: &FigureWish, table: &'c Table) -> Option<Drawn> {
        let rows = self.chosen(wish, table);
        let mut notes = vec![self.range_note()];
        notes.extend(self.notes(table, rows.iter().flat_map(|row| &row.cells)));
        notes.push(self.source());
        Some(Drawn {
            subtitle: self.subtitle(table),
            alt: String::new(),
            chart: None,
            notes,
            table: self.shares_table(table, &rows),
        })
    }

    /// For everybody: weighted share, range, share as answered, people. With groups: share and range of each.
    pub(super) fn shares_table(&self, table: &Table, rows: &[&Row]) -> DataTable {
        let question = table.query.question();
        let caption = self.asked(question);
        let label = |row: &Row| self.choice_label(question, &row.choice);
        if let Some(by) = table.query.by() {
            let head = |group: &Option<ChoiceId>| match group {
                Some(group) => self.choice_label(by, group),
                None => self.tongue.say("table.everybody").to_owned(),
            };
            let heads = table
                .columns
                .iter()
                .map(|column| format!("{} ({})", head(&column.group), self.tongue.base(column.respondents)));
            return DataTable {
                caption,
                heads: std::iter::once(self.label_of(question)).chain(heads).collect(),
                rows: rows
                    .iter()
                    .map(|row| DataRow {
                        heading: false,
                        label: label(row),
                        cells: row.cells.iter().map(|cell| self.with_range(cell)).collect(),
                    })
                    .collect(),
            };
        }
        DataTable {
            caption,
            heads: std::iter::once(self.label_of(question)).chain(self.share_heads()).collect(),
            rows: rows
                .iter()
                .map(|row| DataRow { heading: false, label: label(row), cells: self.share_cells(row) })
                .collect(),
        }
    }

    fn share_heads(&self) -> [String; 4] {
        [
            self.tongue.say(self.if_weighted("table.weighted", "table.share")).to_owned(),
            format!("{} ({})", crate::tongue::capital(self.range_name()), self.confidence()),
            self.tongue.say("table.unweighted").to_owned(),
            self.tongue.say("table.people").to_owned(),
        ]
    }

    fn share_cells(&self, row: &Row) -> Vec<String> {
        let Some(cell) = row.cells.first() else { return Vec::new() };
        // Whatever stands beside a withheld share could give it away.
        let unweighted = row.unweighted.first().copied().flatten().filter(|_| cell.shown().is_some());
        vec![
            self.told(cell),
            self.told_range(cell),
            unweighted.map_or_else(|| "–".to_owned(), |share| self.tongue.share(share)),
            row.respondents.first().map_or_else(|| "–".to_owned(), |count| self.tongue.count(*count)),
        ]
    }

    /// `61% (56% to 66%)`.
    pub(super) fn with_range(&self, cell: &estimates::Cell) -> String {
        match cell.shown() {
            Some(_) => format!("{} ({})", self.told(cell), self.told_range(cell)),
            None => self.told(cell),
        }
    }
}
