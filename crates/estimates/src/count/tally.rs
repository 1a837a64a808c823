//! One line of answers by one grouping, summed over everybody once.

use stats::{Design, KindTotals, Mask, ProportionInterval, Totals};
use survey::Question;

use super::{LEVEL, Share, Weighted};
use crate::{People, code, set::Set};

/// Which group everybody is in.
pub(super) struct Grouping {
    /// By person; empty where everybody is in group 0.
    pub(super) codes: Vec<u32>,
    /// One more than the largest group.
    pub(super) width: u32,
}

impl Grouping {
    /// The groups of a question, from 1; 0 for who is in none.
    pub(super) fn of(question: &Question, people: &People) -> Grouping {
        let codes = code::categories(question, people).into_iter();
        let codes = codes.map(|code| code.map_or(0, |code| code + 1)).collect();
        Grouping { codes, width: question.choices().len() as u32 + 1 }
    }

    pub(super) fn of_row(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or_default()
    }
}

/// People by group and answer.
pub(super) struct Tally {
    /// A design with a row for each kind of people in a cell, or the whole design where each person is needed.
    design: Design,
    /// Of each row: group x answers + answer.
    cells: Vec<u32>,
    /// How many answers there are, outside the base included.
    answers: u32,
    /// By cell: who is in it.
    sets: Vec<Set>,
}

impl Tally {
    pub(super) fn of(
        line: &code::Line,
        grouping: &Grouping,
        Weighted { design, kinds, .. }: Weighted<'_>,
    ) -> Result<Tally, stats::Error> {
        let cells = line.cells.iter().enumerate();
        let cells: Vec<u32> = cells.map(|(row, cell)| grouping.of_row(row) * line.width + cell).collect();
        let mut sets = vec![Set::default(); (grouping.width * line.width) as usize];
        cells.iter().enumerate().for_each(|(row, cell)| sets[*cell as usize].add(row));
        let answers = line.width;
        let Some(kinds) = kinds else { return Ok(Tally { design: design.clone(), cells, answers, sets }) };
        let table = KindTotals { design, kinds, cells: &cells }.by_cell()?;
        Ok(Tally { design: table.design().clone(), cells: table.cells().to_vec(), answers, sets })
    }

    /// Who of a group answered, and who of them is in these cells.
    pub(super) fn sets(&self, cells: &[u32], group: u32) -> (Set, Set) {
        let of = |cell: u32| self.sets[(group * self.answers + cell) as usize];
        let base = (1..self.answers).map(of).fold(Set::default(), Set::with);
        (base, cells.iter().copied().map(of).fold(Set::default(), Set::with))
    }

    /// The share of a group that is in these cells.
    pub(super) fn share(&self, cells: &[u32], group: u32) -> Result<Share, stats::Error> {
        let (base, set) = self.sets(cells, group);
        let (values, mask) = (self.values(cells), self.base(group));
        let estimate = match stats::proportion(&self.design, &values, &mask, ProportionInterval::Beta, LEVEL)
        {
            Ok(estimate) => Some(estimate),
            // Nobody, or one person alone: withheld anyway.
            Err(stats::Error::EmptyDomain | stats::Error::NoDegreesOfFreedom { .. }) => None,
            Err(other) => return Err(other),
        };
        let weights = self.design.weights().iter().zip(mask.as_slice());
        let weight = weights.filter(|(_, inside)| **inside).map(|(weight, _)| weight).sum();
        Ok(Share { base: base.people, chose: set.people, set, weight, estimate })
    }

    /// The share of a cell in one group less that in another.
    pub(super) fn difference(
        &self,
        cell: u32,
        [a, b]: [u32; 2],
        level: f64,
    ) -> Result<stats::Difference, stats::Error> {
        stats::difference(&self.design, &self.values(&[cell]), &self.base(a), &self.base(b), level)
    }

    fn values(&self, cells: &[u32]) -> Vec<f64> {
        self.cells.iter().map(|cell| f64::from(u8::from(cells.contains(&(cell % self.answers))))).collect()
    }

    fn base(&self, group: u32) -> Mask {
        let inside = |row: usize| {
            let cell = self.cells[row];
            cell / self.answers == group && !cell.is_multiple_of(self.answers)
        };
        Mask::from_fn(self.cells.len(), inside)
    }
}
