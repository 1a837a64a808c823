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
            rows.push(ProfileRow {
                label: self.label_of(&table.question),
                heading: true,
                shares: [None; 3],
                words: Default::default(),
            });
            rows.extend(table.rows.iter().map(|row| self.profile_row(&table.question, row)));
        }
        let key = ["profile.sample", "profile.weighted", "profile.population"]
            .map(|path| self.tongue.say(path).to_owned());
        let say = |path: &str| self.tongue.say(path).to_owned();
        let mut notes = vec![say("note.profile")];
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
            alt: self.profile_alt(title, &rows),
            table: self.profile_table(&rows, &key),
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

    fn profile_alt(&self, title: &str, rows: &[ProfileRow]) -> String {
        let mut shown: Vec<&ProfileRow> = rows.iter().filter(|row| row.shares[0].is_some()).collect();
        let moved = |row: &ProfileRow| match (row.shares[0], row.shares[1]) {
            (Some(sample), Some(weighted)) => (sample.value() - weighted.value()).abs(),
            _ => 0.0,
        };
        shown.sort_by(|one, other| moved(other).total_cmp(&moved(one)));
        let largest: Vec<String> = shown
            .iter()
            .take(3)
            .map(|row| {
                let values =
                    [("label", row.label.as_str()), ("sample", &row.words[0]), ("weighted", &row.words[1])];
                self.tongue.fill("alt.profile_row", &values)
            })
            .collect();
        self.alt("alt.profile", title, &largest, 0)
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
