//! Counted sheets as publishable tables.

use survey::QuestionId;

use super::Study;
use crate::{
    Column, Net, ProfileRow, ProfileTable, Query, Row, Table, Why,
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
        let (contrasts, family) = judge::contrasts(sheet, fates, &groups, policy);
        let head = |column: usize| fates.bases.iter().find_map(|bases| bases[column]);
        let told = |column: &usize| Column {
            group: sheet.columns[*column].by.as_ref().map(|(_, group)| group.clone()),
            respondents: round::base(
                sheet.columns[*column].respondents,
                sheet.columns[*column].set.people,
                head(*column),
                policy,
            ),
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
            base: round::base(sheet.columns[0].respondents, sheet.columns[0].respondents, None, policy),
        }
    }

    fn lines(&self, block: usize, sheet: &Sheet, fates: &Fates, columns: &[usize]) -> Vec<Row> {
        let policy = &self.recipe().policy;
        let counts = &sheet.blocks[block];
        let line = |choice: usize| {
            let (shares, why) = (&counts.shares[choice], &fates.shares[block][choice]);
            Row {
                row: counts.block.row.clone(),
                choice: counts.block.choices[choice].clone(),
                cells: columns.iter().map(|at| round::cell(&shares[*at], why[*at], policy)).collect(),
                unweighted: columns
                    .iter()
                    .map(|at| round::unweighted(&shares[*at], why[*at], policy))
                    .collect(),
                respondents: columns
                    .iter()
                    .map(|at| {
                        round::base(
                            shares[*at].base,
                            sheet.columns[*at].set.people,
                            fates.bases[block][*at],
                            policy,
                        )
                    })
                    .collect(),
            }
        };
        (0..counts.shares.len()).map(line).collect()
    }

    fn nets(&self, sheet: &Sheet, fates: &Fates) -> Vec<Net> {
        let blocks = sheet.blocks.iter().zip(&fates.ends);
        blocks.filter_map(|(counts, ends)| self.net(counts, ends)).collect()
    }

    fn net(&self, counts: &Counts, ends: &[Option<Why>; 2]) -> Option<Net> {
        let policy = &self.recipe().policy;
        let (half, low, high) = counts.ends.as_ref()?;
        let codes: Vec<_> = counts.block.choices.clone();
        Some(Net {
            row: counts.block.row.clone(),
            low: codes[..*half].to_vec(),
            high: codes[codes.len() - half..].to_vec(),
            low_end: round::cell(low, ends[0], policy),
            high_end: round::cell(high, ends[1], policy),
            respondents: round::base(low.base, low.base, None, policy),
            missing: round::count(counts.block.missing, policy),
        })
    }

    /// Everybody as answered, as weighted and in the population; `alone` if the release has no other table of the
    /// question.
    ///
    /// Shares of those whom the population table covers are told of them only, so that all three have one base.
    pub(super) fn profile(&self, sheet: &Sheet, fates: &Fates, alone: bool) -> ProfileTable {
        let policy = &self.recipe().policy;
        let counts = &sheet.blocks[0];
        // Beside shares of everybody, shares of the covered would tell how many are not.
        let secret = !alone && fates.outside[0].is_some();
        let row = |choice: usize| {
            let code = counts.block.choices[choice].clone();
            let why = fates.shares[0][choice][0].or(secret.then_some(Why::Confidential));
            let [sample, weighted] = restated(counts, choice)
                .map(|share| share.filter(|_| why.is_none()).map(|share| round::number(share, policy)));
            let population = self.population(&sheet.question, code.as_str());
            ProfileRow { choice: code, sample, weighted, population }
        };
        ProfileTable {
            question: sheet.question.clone(),
            rows: (0..counts.shares.len()).map(row).collect(),
            respondents: round::base(
                sheet.columns[0].respondents,
                sheet.columns[0].respondents,
                None,
                policy,
            ),
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

/// A choice as answered and as weighted: of those covered where the population table covers it, else of everybody.
fn restated(counts: &Counts, choice: usize) -> [Option<f64>; 2] {
    let share = &counts.shares[choice][0];
    let outside = counts.outside.as_ref().filter(|outside| outside.covered[choice]);
    let left = outside.map(|outside| &outside.share);
    let base = share.base - left.map_or(0, |left| left.chose);
    let weighted = left.and_then(|left| left.estimate.as_ref()).map_or(1.0, |left| 1.0 - left.value);
    [
        (base > 0).then(|| share.chose as f64 / base as f64),
        share.estimate.as_ref().filter(|_| base > 0).map(|estimate| estimate.value / weighted),
    ]
}
