//! What stands under every figure: the letters that occur, how to read it, where it comes from.

use estimates::{Cell, Count, Table, Why};

use super::{Composer, Drawn};

impl Composer<'_> {
    /// Notes for the cells a figure shows.
    pub(crate) fn notes<'a>(&self, table: &Table, cells: impl IntoIterator<Item = &'a Cell>) -> Vec<String> {
        let cells: Vec<&Cell> = cells.into_iter().collect();
        let mut notes = Vec::new();
        let mut note = |holds: bool, path: &str| {
            if holds {
                notes.push(self.tongue.say(path).to_owned());
            }
        };
        note(cells.iter().any(|cell| cell.shown().is_some_and(|shown| shown.letter.is_some())), "note.e");
        note(cells.iter().any(|cell| cell.withheld() == Some(Why::Unreliable)), "note.f");
        note(cells.iter().any(|cell| cell.withheld() == Some(Why::Confidential)), "note.x");
        note(table.several, "note.several");
        note(matches!(table.base, Count::Rounded(_)), "note.rounded");
        notes
    }

    /// What stands for a figure of which nothing may be shown.
    pub(super) fn withheld(&self, table: &Table) -> Drawn {
        Drawn {
            subtitle: self.subtitle(table),
            alt: String::new(),
            chart: None,
            notes: vec![self.source()],
            table: None,
            instead: Some(self.tongue.say("withheld.figure").to_owned()),
        }
    }

    /// What the ranges mean.
    pub(crate) fn range_note(&self) -> String {
        let policy = &self.release.policy;
        let indicative = self.if_weighted("note.indicative", "note.indicative_plain");
        let path = if policy.nonprobability { indicative } else { "note.confidence" };
        self.tongue.fill(path, &[("confidence", &self.confidence())])
    }

    /// `95%`.
    pub(crate) fn confidence(&self) -> String {
        let share = estimates::Number { units: i64::from(self.release.policy.confidence), places: 2 };
        self.tongue.share(share)
    }

    /// Where the numbers come from.
    pub(crate) fn source(&self) -> String {
        let survey = self.survey.title.text(&self.tongue.language);
        let wave = self.survey.version.wave.to_string();
        let path = if self.release.fieldwork.synthetic { "note.source_synthetic" } else { "note.source" };
        self.tongue.fill(path, &[("survey", survey), ("wave", &wave)])
    }
}
