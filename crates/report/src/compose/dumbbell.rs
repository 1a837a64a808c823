//! Two groups beside each other, with the verdict.

use estimates::{Cell, Contrast, Row, Shown, Table, Verdict, Why};
use survey::ChoiceId;

use super::{Composer, Drawn, speak::distance};
use crate::{
    definition::FigureWish,
    figure::{Chart, DataRow, DataTable, Dumbbell, DumbbellRow},
};

impl<'c> Composer<'c> {
    pub(super) fn dumbbell(
        &self,
        wish: &FigureWish,
        table: &'c Table,
        pair: &(ChoiceId, ChoiceId),
        title: &str,
    ) -> Option<Drawn> {
        let columns = (column(table, &pair.0)?, column(table, &pair.1)?);
        let chosen = self.chosen(wish, table);
        let ends = |row: &&&Row| row.cells[columns.0].shown().or(row.cells[columns.1].shown()).is_some();
        if !chosen.iter().any(|row| ends(&row)) {
            return Some(self.withheld(table));
        }
        let rows: Vec<DumbbellRow> = chosen.iter().map(|row| self.line(table, row, pair, columns)).collect();
        let group = |place: usize| {
            let by = table.query.by()?;
            let column = &table.columns[place];
            let label = self.choice_label(by, column.group.as_ref()?);
            Some(format!("{label} ({})", self.tongue.base(column.respondents)))
        };
        let (ring, disc) = (group(columns.0)?, group(columns.1)?);
        let cells = chosen.iter().flat_map(|row| [&row.cells[columns.0], &row.cells[columns.1]]);
        let mut notes = Vec::new();
        if table.family > 0 {
            notes.push(self.tongue.fill("note.contrast", &[("family", &table.family.to_string())]));
        }
        notes.extend(self.notes(table, cells));
        notes.push(self.source());
        Some(Drawn {
            subtitle: self.subtitle(table),
            alt: self.dumbbell_alt(title, &rows, table.family > 0),
            table: Some(self.dumbbell_table(table, &chosen, &rows, columns, [ring.clone(), disc.clone()])),
            instead: None,
            chart: Some(Chart::Dumbbell(Dumbbell {
                ring,
                disc,
                head: self.tongue.say("figure.difference").to_owned(),
                ticks: self.ticks(),
                rows,
            })),
            notes,
        })
    }

    fn line(
        &self,
        table: &Table,
        row: &Row,
        pair: &(ChoiceId, ChoiceId),
        columns: (usize, usize),
    ) -> DumbbellRow {
        let question = table.query.question();
        let end = |place: usize| {
            let shown = row.cells[place].shown()?;
            let bare = self.tongue.bare(shown.value);
            let words = shown.letter.map_or_else(|| bare.clone(), |letter| format!("{bare}\u{a0}{letter}"));
            Some((shown.value, words))
        };
        let contrast = table.contrasts.iter().find(|each| {
            each.row == row.row
                && each.choice == row.choice
                && ((each.a == pair.0 && each.b == pair.1) || (each.a == pair.1 && each.b == pair.0))
        });
        let (verdict, clear) = self.verdict(contrast, &row.cells[columns.0], &row.cells[columns.1]);
        DumbbellRow {
            label: self.choice_label(question, &row.choice),
            ring: end(columns.0),
            disc: end(columns.1),
            verdict,
            clear,
        }
    }

    /// The difference in words, and whether it is clear.
    fn verdict(&self, contrast: Option<&Contrast>, ring: &Cell, disc: &Cell) -> (String, bool) {
        if let Some(why) = graver(ring, disc) {
            return (self.why(why), false);
        }
        let found = contrast.and_then(|contrast| Some((contrast.verdict, contrast.difference.shown()?)));
        match found {
            Some((Verdict::Higher | Verdict::Lower, shown)) => (self.points(shown), true),
            Some((Verdict::NoClearDifference, _)) => (self.tongue.say("compare.none").to_owned(), false),
            _ => (self.tongue.say("compare.untested").to_owned(), false),
        }
    }

    /// `18 points (9 to 27)`.
    fn points(&self, shown: &Shown) -> String {
        let (points, from, to) = distance(shown);
        let bare = |number| self.tongue.bare(number);
        self.tongue
            .fill("compare.points", &[("points", &bare(points)), ("from", &bare(from)), ("to", &bare(to))])
    }

    fn dumbbell_alt(&self, title: &str, rows: &[DumbbellRow], tested: bool) -> String {
        let clear: Vec<String> = rows
            .iter()
            .filter(|row| row.clear)
            .map(|row| format!("{} {}", row.label, row.verdict))
            .take(3)
            .collect();
        let hidden = rows.iter().filter(|row| row.ring.is_none() || row.disc.is_none()).count();
        let path = match (tested, clear.is_empty()) {
            (false, _) => "alt.dumbbell_untested",
            (true, true) => "alt.dumbbell_none",
            (true, false) => "alt.dumbbell",
        };
        self.alt(path, title, &clear, hidden)
    }

    fn dumbbell_table(
        &self,
        table: &Table,
        chosen: &[&Row],
        rows: &[DumbbellRow],
        columns: (usize, usize),
        groups: [String; 2],
    ) -> DataTable {
        let question = table.query.question();
        let [ring, disc] = groups;
        let difference = self.tongue.say("figure.difference").to_owned();
        let lines = chosen.iter().zip(rows).map(|(row, line)| DataRow {
            heading: false,
            label: line.label.clone(),
            cells: vec![
                self.with_range(&row.cells[columns.0]),
                self.with_range(&row.cells[columns.1]),
                withheld(row, columns).map_or_else(|| line.verdict.clone(), |why| why.to_string()),
            ],
        });
        DataTable {
            caption: self.asked(question),
            heads: vec![self.label_of(question), ring, disc, difference],
            rows: lines.collect(),
        }
    }
}

fn column(table: &Table, group: &ChoiceId) -> Option<usize> {
    table.columns.iter().position(|column| column.group.as_ref() == Some(group))
}

/// Why a difference is not told: of two reasons the graver one.
fn graver(ring: &Cell, disc: &Cell) -> Option<Why> {
    ring.withheld().into_iter().chain(disc.withheld()).min()
}

fn withheld(row: &Row, columns: (usize, usize)) -> Option<Why> {
    graver(&row.cells[columns.0], &row.cells[columns.1])
}
