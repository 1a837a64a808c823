//! Who answered: as answered, as weighted, in the population.

use estimates::{Number, ProfileRow as Told, ProfileTable};
use survey::QuestionId;

use super::{Composer, Drawn};
use crate::figure::{Chart, DataRow, DataTable, Profile, ProfileRow};

impl Composer<'_> {
    pub(super) fn profile(&self, questions: &[QuestionId], title: &str) -> Option<Drawn> {
        let tables: Vec<&ProfileTable> =
            questions.iter().map(|question| self.release.profiles.get(question)).collect::<Option<_>>()?;
        let mut rows = Vec::new();
        for table in &tables {
            rows.push(heading(self.label_of(&table.question)));
            let line = |row: &Told| self.profile_row(&table.question, row);
            let (counted, apart): (Vec<_>, Vec<_>) =
                table.rows.iter().partition(|row| row.population.is_some());
            rows.extend(counted.iter().map(|row| line(row)));
            if !counted.is_empty() && !apart.is_empty() {
                rows.push(heading(self.tongue.say("profile.apart").to_owned()));
            }
            rows.extend(apart.iter().map(|row| line(row)));
        }
        let key = ["profile.sample", "profile.weighted", "profile.population"]
            .map(|path| self.tongue.say(path).to_owned());
        let say = |path: &str| self.tongue.say(path).to_owned();
        let mut notes = Vec::new();
        if self.is_weighted() {
            notes.push(say("note.profile"));
        }
        if tables.iter().flat_map(|table| &table.rows).any(|row| row.population.is_none()) {
            notes.push(say("note.uncovered"));
        }
        if tables.iter().flat_map(|table| &table.rows).any(|row| row.sample.is_none()) {
            notes.push(say("note.x"));
        }
        notes.push(self.source());
        let people = self.report.people.text(&self.tongue.language);
        let base = self.tongue.base(tables.first()?.respondents);
        Some(Drawn {
            subtitle: self.tongue.fill("profile.subtitle", &[("people", people), ("base", &base)]),
            alt: self.profile_alt(title, &tables),
            table: Some(self.profile_table(&rows, &key)),
            instead: None,
            chart: Some(Chart::Profile(Profile { key, ticks: self.ticks(), rows })),
            notes,
        })
    }

    fn profile_row(&self, question: &QuestionId, row: &Told) -> ProfileRow {
        let words = |share: Option<Number>, without: &str| {
            share.map_or_else(|| without.to_owned(), |share| self.tongue.share(share))
        };
        ProfileRow {
            label: self.choice_label(question, &row.choice),
            heading: false,
            shares: [row.sample, row.weighted, row.population],
            words: [words(row.sample, "x"), words(row.weighted, "x"), words(row.population, "–")],
        }
    }

    fn profile_alt(&self, title: &str, tables: &[&ProfileTable]) -> String {
        let rows = tables.iter().flat_map(|table| table.rows.iter().map(|row| (&table.question, row)));
        let mut moved: Vec<_> = rows
            .filter_map(|(question, row)| Some((question, &row.choice, row.sample?, row.weighted?)))
            .filter(|(_, _, sample, weighted)| sample != weighted)
            .collect();
        let far = |sample: Number, weighted: Number| (sample.value() - weighted.value()).abs();
        moved.sort_by(|one, other| far(other.2, other.3).total_cmp(&far(one.2, one.3)));
        let largest: Vec<String> = moved
            .iter()
            .take(3)
            .map(|(question, choice, sample, weighted)| {
                let values = [
                    ("question", self.label_of(question)),
                    ("label", self.choice_label(question, choice)),
                    ("sample", self.tongue.share(*sample)),
                    ("weighted", self.tongue.share(*weighted)),
                ];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, words)| (*name, words.as_str())).collect();
                self.tongue.fill("alt.profile_row", &values)
            })
            .collect();
        let path = if largest.is_empty() { "alt.profile_none" } else { "alt.profile" };
        let rows = tables.iter().flat_map(|table| &table.rows);
        self.alt(path, title, &largest, rows.filter(|row| row.sample.is_none()).count())
    }

    fn profile_table(&self, rows: &[ProfileRow], key: &[String; 3]) -> DataTable {
        let lines = rows.iter().map(|row| DataRow {
            heading: row.heading,
            label: row.label.clone(),
            cells: if row.heading { Vec::new() } else { row.words.to_vec() },
        });
        DataTable {
            caption: self.tongue.say("profile.caption").to_owned(),
            heads: std::iter::once(self.tongue.say("profile.group").to_owned())
                .chain(key.iter().cloned())
                .collect(),
            rows: lines.collect(),
        }
    }
}

/// The head of a group of rows.
fn heading(label: String) -> ProfileRow {
    ProfileRow { label, heading: true, shares: [None; 3], words: Default::default() }
}
