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
        if rows.iter().flat_map(|row| &row.cells).all(|cell| cell.shown().is_none()) {
            return Some(self.withheld(table));
        }
        let mut notes = vec![self.range_note()];
        notes.extend(self.notes(table, rows.iter().flat_map(|row| &row.cells)));
        notes.push(self.source());
        Some(Drawn {
            subtitle: self.subtitle(table),
            alt: String::new(),
            chart: None,
            notes,
            table: Some(self.shares_table(table, &rows, self.is_weighted())),
            instead: None,
        })
    }

    /// For everybody: share, where wished share as answered, range, people. With groups: share and range of each.
    pub(super) fn shares_table(&self, table: &Table, rows: &[&Row], as_answered: bool) -> DataTable {
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
            heads: std::iter::once(self.label_of(question)).chain(self.share_heads(as_answered)).collect(),
            rows: rows
                .iter()
                .map(|row| DataRow {
                    heading: false,
                    label: label(row),
                    cells: self.share_cells(row, as_answered),
                })
                .collect(),
        }
    }

    fn share_heads(&self, as_answered: bool) -> Vec<String> {
        let say = |path: &str| self.tongue.say(path).to_owned();
        let mut heads = vec![say(self.if_weighted("table.weighted", "table.share"))];
        heads.extend(as_answered.then(|| say("table.unweighted")));
        heads.push(format!("{} ({})", crate::tongue::capital(self.range_name()), self.confidence()));
        heads.push(say("table.people"));
        heads
    }

    fn share_cells(&self, row: &Row, as_answered: bool) -> Vec<String> {
        let Some(cell) = row.cells.first() else { return Vec::new() };
        let mut cells = vec![self.told(cell)];
        if as_answered {
            // Whatever stands beside a withheld share could give it away.
            let unweighted = row.unweighted.first().copied().flatten().filter(|_| cell.shown().is_some());
            cells.push(unweighted.map_or_else(|| "–".to_owned(), |share| self.tongue.share(share)));
        }
        cells.push(self.told_range(cell));
        let people = row.respondents.first();
        cells.push(people.map_or_else(|| "–".to_owned(), |count| self.tongue.count(*count)));
        cells
    }

    /// `61% (56% to 66%)`.
    pub(super) fn with_range(&self, cell: &estimates::Cell) -> String {
        match cell.shown() {
            Some(_) => format!("{} ({})", self.told(cell), self.told_range(cell)),
            None => self.told(cell),
        }
    }
}
