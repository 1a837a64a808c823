//! What totals already explain, taken out before a variance is computed.

use std::sync::Arc;

use crate::{kinds::Alike, numbers::width};

pub(crate) use super::regression::Regression;

/// Rounds of the projection over all margins.
///
/// R's `survey` runs ten, which leaves about the sixth digit of a standard error open where margins are
/// strongly related. Running on would be finer and would no longer agree with it to nine digits.
const ROUNDS: usize = 10;

/// How rows count when the means of a margin's categories are taken out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Counting {
    /// By their weight: exact for a single margin.
    ByWeight,
    /// Each row once, as the reference does for several margins.
    Equally,
}

/// What weights were fitted to.
#[derive(Clone, Debug)]
pub(crate) enum Calibration {
    /// Margins, by raking or post-stratification.
    Margins(Projection),
    /// Totals of columns.
    Columns(Regression),
}

impl Calibration {
    /// Replaces weighted values by what the totals leave of them.
    pub(crate) fn leave_residuals(&self, weighted: &mut [f64]) {
        match self {
            Calibration::Margins(projection) => projection.leave_residuals(weighted),
            Calibration::Columns(regression) => regression.leave_residuals(weighted),
        }
    }
}

/// The margins that weights were fitted to, collapsed to the cells of their crossing.
#[derive(Clone, Debug)]
pub(crate) struct Projection {
    /// The weights that meet the margins.
    weights: Arc<Vec<f64>>,
    counting: Counting,
    /// Cell of each row.
    cells: Vec<u32>,
    /// How many each row stands for; none where for one.
    alike: Option<Alike>,
    /// How much each cell counts.
    sums: Vec<f64>,
    /// For each margin, the category of each cell.
    margins: Vec<Vec<u32>>,
    /// For each margin, how much each category counts.
    counts: Vec<Vec<f64>>,
}

impl Projection {
    /// `sums` says how much each cell counts: its weight, or its rows with a weight.
    pub(crate) fn new(
        weights: Arc<Vec<f64>>,
        counting: Counting,
        cells: Vec<u32>,
        sums: Vec<f64>,
        margins: Vec<Vec<u32>>,
    ) -> Projection {
        let counts = margins.iter().map(|margin| count(margin, &sums)).collect();
        Projection { weights, counting, cells, alike: None, sums, margins, counts }
    }

    /// The same of rows that each stand for `units` like the row of `rows` they are taken from; `weights` are theirs.
    ///
    /// Where these weights are not the design's own (`fixed`), they are the same for all units of a row.
    pub(crate) fn alike(&self, rows: &[u32], units: &Alike, weights: &[f64], fixed: bool) -> Projection {
        let every = |row: &u32| self.cells[*row as usize];
        let own = rows.iter().zip(units.iter()).zip(weights);
        let same = |((row, units), weight): ((&u32, &f64), &f64)| {
            let one = self.weights[*row as usize];
            if fixed { one * units } else { *weight }
        };
        Projection {
            weights: Arc::new(own.map(same).collect()),
            cells: rows.iter().map(every).collect(),
            alike: Some(Arc::clone(units)),
            ..self.clone()
        }
    }

    /// Cell of each row.
    pub(crate) fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// The weights that meet the margins.
    pub(crate) fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Replaces weighted values t = w z by what the margins leave of them.
    ///
    /// t_i - w_i B(cell of i), where B is the additive fit of the margins to z by least squares, found by
    /// projecting on one margin after the other for ten rounds, or until nothing moves.
    pub(crate) fn leave_residuals(&self, weighted: &mut [f64]) {
        let mut left = vec![0.0; self.sums.len()];
        let rows = self.cells.iter().zip(weighted.iter()).zip(self.weights.iter()).enumerate();
        for (row, ((cell, value), weight)) in rows {
            left[*cell as usize] += match self.counting {
                Counting::ByWeight => *value,
                // A row that the margins gave no weight has nothing that they could explain.
                Counting::Equally if *weight > 0.0 => self.units_of(row) * value / weight,
                Counting::Equally => 0.0,
            };
        }
        let fit = self.fit(left);
        for (row, value) in weighted.iter_mut().enumerate() {
            *value -= self.weights[row] * fit[self.cells[row] as usize];
        }
    }

    fn units_of(&self, row: usize) -> f64 {
        self.alike.as_ref().map_or(1.0, |units| units[row])
    }

    /// Additive fit by cell: what each margin's categories have taken out, added up.
    fn fit(&self, mut left: Vec<f64>) -> Vec<f64> {
        let mut taken: Vec<Vec<f64>> = self.counts.iter().map(|counts| vec![0.0; counts.len()]).collect();
        let mut largest_seen = 0.0_f64;
        for _ in 0..ROUNDS {
            let mut moved = 0.0_f64;
            for (number, taken) in taken.iter_mut().enumerate() {
                moved = moved.max(self.project(number, &mut left, taken));
            }
            largest_seen = largest_seen.max(moved);
            if moved <= largest_seen * 1e-15 {
                break;
            }
        }
        let mut fit = vec![0.0; left.len()];
        for (margin, taken) in self.margins.iter().zip(&taken) {
            fit.iter_mut().zip(margin).for_each(|(fit, category)| *fit += taken[*category as usize]);
        }
        fit
    }

    /// Takes the means of one margin's categories out; says how far the largest of them was from zero.
    fn project(&self, number: usize, left: &mut [f64], taken: &mut [f64]) -> f64 {
        let (margin, counts) = (&self.margins[number], &self.counts[number]);
        let mut means = vec![0.0; counts.len()];
        margin.iter().zip(left.iter()).for_each(|(category, value)| means[*category as usize] += value);
        for (mean, count) in means.iter_mut().zip(counts) {
            *mean = if *count > 0.0 { *mean / count } else { 0.0 };
        }
        for ((value, sum), category) in left.iter_mut().zip(&self.sums).zip(margin) {
            *value -= sum * means[*category as usize];
        }
        taken.iter_mut().zip(&means).for_each(|(taken, mean)| *taken += mean);
        means.iter().fold(0.0, |largest, mean| largest.max(mean.abs()))
    }
}

/// sum of `sums` by category.
fn count(margin: &[u32], sums: &[f64]) -> Vec<f64> {
    let mut counts = vec![0.0; width(margin)];
    margin.iter().zip(sums).for_each(|(category, sum)| counts[*category as usize] += sum);
    counts
}
