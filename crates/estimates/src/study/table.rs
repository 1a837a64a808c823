//! Counted sheets as publishable tables.

use survey::QuestionId;

use super::Study;
use crate::{
    Column, Net, ProfileRow, ProfileTable, Query, Row, Table,
    count::{Counts, Sheet},
    judge,
    recipe::margin_of,
    round,
    withhold::Fates,
};

impl Study {
    /// One query of a sheet: everybody, and the groups it asks for.
    pub(super) fn table(&self, query: &Query, sheet: &Sheet, fates: &Fates) -> Table {
        let policy = &self.recipe().policy;
        let groups = query.by().map(|by| sheet.groups_of(by)).unwrap_or_default();
        let columns: Vec<usize> = std::iter::once(0).chain(groups.iter().copied()).collect();
        let (contrasts, family) = judge::contrasts(sheet, fates, &groups, self.design(), policy);
        let told = |column: &usize| Column {
            group: sheet.columns[*column].by.as_ref().map(|(_, group)| group.clone()),
            respondents: round::count(sheet.columns[*column].respondents, policy),
        };
        let lines = (0..sheet.blocks.len()).flat_map(|block| self.lines(block, sheet, fates, &columns));
        Table {
            query: query.clone(),
            columns: columns.iter().map(told).collect(),
            rows: lines.collect(),
            nets: if groups.is_empty() { self.nets(sheet, fates) } else { Vec::new() },
            contrasts,
            family,
            several: sheet.several,
            base: round::count(sheet.columns[0].respondents, policy),
        }
    }

    fn lines(&self, block: usize, sheet: &Sheet, fates: &Fates, columns: &[usize]) -> Vec<Row> {
        let policy = &self.recipe().policy;
        let counts = &sheet.blocks[block];
        let line = |choice: usize| {
            let (shares, why) = (&counts.shares[choice], &fates.shares[block][choice]);
            Row {
                row: counts.block.row.clone(),
                choice: counts.block.choices[choice].0.clone(),
                cells: columns.iter().map(|at| round::cell(&shares[*at], why[*at], policy)).collect(),
                unweighted: columns
                    .iter()
                    .map(|at| round::unweighted(&shares[*at], why[*at], policy))
                    .collect(),
                respondents: columns.iter().map(|at| round::count(shares[*at].base, policy)).collect(),
            }
        };
        (0..counts.shares.len()).map(line).collect()
    }

    fn nets(&self, sheet: &Sheet, fates: &Fates) -> Vec<Net> {
        let blocks = sheet.blocks.iter().zip(&fates.ends);
        blocks.filter_map(|(counts, ends)| self.net(counts, ends)).collect()
    }

    fn net(&self, counts: &Counts, ends: &[Option<crate::Why>; 2]) -> Option<Net> {
        let policy = &self.recipe().policy;
        let (half, low, high) = counts.ends.as_ref()?;
        let codes: Vec<_> = counts.block.choices.iter().map(|(code, _)| code.clone()).collect();
        Some(Net {
            row: counts.block.row.clone(),
            low: codes[..*half].to_vec(),
            high: codes[codes.len() - half..].to_vec(),
            low_end: round::cell(low, ends[0], policy),
            high_end: round::cell(high, ends[1], policy),
            respondents: round::count(low.base, policy),
            missing: round::count(counts.block.missing, policy),
        })
    }

    /// Everybody as answered, as weighted and in the population.
    pub(super) fn profile(&self, sheet: &Sheet, fates: &Fates) -> ProfileTable {
        let policy = &self.recipe().policy;
        let counts = &sheet.blocks[0];
        let row = |choice: usize| {
            let (share, why) = (&counts.shares[choice][0], fates.shares[0][choice][0]);
            let code = counts.block.choices[choice].0.clone();
            ProfileRow {
                sample: round::unweighted(share, why, policy),
                weighted: round::cell(share, why, policy).shown().map(|shown| shown.value),
                population: self.population(&sheet.question, code.as_str()),
                choice: code,
            }
        };
        ProfileTable {
            question: sheet.question.clone(),
            rows: (0..counts.shares.len()).map(row).collect(),
            respondents: round::count(sheet.columns[0].respondents, policy),
            raked: self.recipe().rake.contains(&sheet.question),
        }
    }

    /// The share of a code in the population, among the codes its margin covers.
    fn population(&self, question: &QuestionId, code: &str) -> Option<crate::Number> {
        let counts = &margin_of(self.survey(), question)?.counts;
        let people = counts.iter().find(|row| row.0 == code)?.1?;
        let total: u64 = counts.iter().filter_map(|row| row.1).sum();
        Some(round::number(people as f64 / total as f64, &self.recipe().policy))
    }
}
