//! Replicates: the same sample under many other weights, so that any estimate shows its spread.

mod kind;
mod make;
mod rank;
mod step;

use std::sync::{Arc, OnceLock};

use crate::design::Stage;
use crate::linear::sum_by_code;
use crate::numbers::{Numbers, width};
use crate::sum::sum;
use crate::{Error, Mask, chunks};
pub use kind::ReplicateKind;
use kind::Rule;
pub(crate) use make::covariance_of;
pub(crate) use step::Step;

/// What the distances of replicate estimates are measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// The estimate of the full sample; R's `mse = TRUE`.
    Estimate,
    /// The mean of the replicate estimates; R's `mse = FALSE`.
    MeanOfReplicates,
}

/// Replicate weights as they come in a file, one column per replicate.
#[derive(Clone, Debug)]
pub enum ReplicateWeights {
    /// Weights to estimate with; R's `combined.weights = TRUE`.
    Full(Vec<Vec<f64>>),
    /// Factors that the weights of the design are multiplied with.
    Factors(Vec<Vec<f64>>),
}

/// Given replicates; the argument of
/// [`Design::with_replicate_weights`](crate::Design::with_replicate_weights).
#[derive(Clone, Debug)]
pub struct ReplicateParts {
    /// One column per replicate.
    pub weights: ReplicateWeights,
    /// What the sum of squares is multiplied with.
    pub scale: f64,
    /// What each replicate's square is multiplied with; one number, or one per replicate.
    pub rscales: Vec<f64>,
    /// What distances are measured from.
    pub centre: Centre,
}

/// The replicates of a design, and how their estimates make a variance.
///
/// V = scale sum_r rscale_r (t_r - c)(t_r - c)', with c the full-sample estimate or the mean of the t_r.
/// Weights are made when they are asked for; steps of weighting taken since are repeated in each.
#[derive(Clone, Debug)]
pub struct Replicates {
    source: Source,
    /// Weights before any step, one per row.
    base: Arc<Vec<f64>>,
    stages: Arc<Vec<Stage>>,
    steps: Vec<Arc<Step>>,
    groups: Option<Arc<Groups>>,
    scale: f64,
    rscales: Vec<f64>,
    centre: Centre,
    rank: OnceLock<usize>,
}

/// Where replicate weights come from.
#[derive(Clone, Debug)]
enum Source {
    /// Weights, one column per replicate.
    Given(Arc<Vec<Vec<f64>>>),
    /// Factors of first-stage units.
    Made(Rule),
}

/// Rows that keep one common factor in every replicate: a unit crossed with the cells of all steps.
#[derive(Clone, Debug)]
struct Groups {
    of_rows: Vec<u32>,
    /// First-stage unit of each group.
    units: Vec<u32>,
    /// For each step, the cell of each group.
    cells: Vec<Vec<u32>>,
}

impl Replicates {
    /// Number of replicates.
    pub fn count(&self) -> usize {
        self.rscales.len()
    }

    /// Whether clusters were left out one by one.
    pub(crate) fn is_jackknife(&self) -> bool {
        matches!(self.source, Source::Made(Rule::LeaveOut(_)))
    }

    /// What distances are measured from.
    pub fn centre(&self) -> Centre {
        self.centre
    }

    /// The weights of one replicate, counted from 0, one per row, with every step of weighting repeated.
    ///
    /// # Panics
    /// When there is no such replicate.
    pub fn weights(&self, replicate: usize) -> Vec<f64> {
        let mut weights = match &self.source {
            Source::Given(columns) => columns[replicate].clone(),
            Source::Made(rule) => {
                let first = &self.stages[0];
                let factors = rule.factors(first, replicate);
                self.base.iter().enumerate().map(|(row, base)| base * factors[first.unit_of(row)]).collect()
            }
        };
        self.steps.iter().for_each(|step| step.apply(replicate, &mut weights));
        weights
    }

    /// The covariance of estimates: scale sum_r rscale_r (t_r - c)(t_r - c)'.
    ///
    /// `repeated` has the estimates of each replicate, in the order of `full`.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`] when there is not one list per replicate, [`Error::Overflow`].
    ///
    /// # Source
    /// Wolter 2007, chapters 3 to 5; R `survey::svrVar`.
    pub fn covariance(&self, full: &[f64], repeated: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Error> {
        if repeated.len() != self.count() {
            let (expected, got) = (self.count(), repeated.len());
            return Err(Error::RowsDiffer { what: "replicate estimates", expected, got });
        }
        let centre: Vec<f64> = (0..full.len()).map(|at| self.centre_of(full[at], repeated, at)).collect();
        let entry = |one: usize, other: usize| {
            let terms = repeated.iter().zip(&self.rscales).map(|(estimates, rscale)| {
                rscale * (estimates[one] - centre[one]) * (estimates[other] - centre[other])
            });
            self.scale * sum(terms)
        };
        let matrix: Vec<Vec<f64>> =
            (0..full.len()).map(|one| (0..full.len()).map(|other| entry(one, other)).collect()).collect();
        match matrix.iter().flatten().all(|entry| entry.is_finite()) {
            true => Ok(matrix),
            false => Err(Error::Overflow { what: "variances" }),
        }
    }

    fn centre_of(&self, full: f64, repeated: &[Vec<f64>], at: usize) -> f64 {
        if self.centre == Centre::Estimate {
            return full;
        }
        let counted = || repeated.iter().zip(&self.rscales).filter(|(_, rscale)| **rscale > 0.0);
        sum(counted().map(|(estimates, _)| estimates[at])) / counted().count().max(1) as f64
    }

    /// Totals of values and of weights over a domain, in every replicate.
    pub(crate) fn totals(&self, values: &[f64], domain: &Mask) -> (Vec<f64>, Vec<f64>) {
        let pairs: Vec<(f64, f64)> = match self.grouping() {
            Some((codes, count)) => {
                let (value, weight) = self.group_sums(codes, count, values, domain);
                let mut repeated = self.repeat(&[&value, &weight]).into_iter();
                return (repeated.next().unwrap_or_default(), repeated.next().unwrap_or_default());
            }
            None => chunks::each(self.count(), |replicate| self.weigh(replicate, values, domain)),
        };
        pairs.into_iter().unzip()
    }

    /// Base-weighted sums of values and of 1 by group.
    fn group_sums(
        &self,
        codes: Option<&[u32]>,
        count: usize,
        values: &[f64],
        domain: &Mask,
    ) -> (Vec<f64>, Vec<f64>) {
        let Some(codes) = codes else {
            let inside = |row: usize| if domain.contains(row) { self.base[row] } else { 0.0 };
            let value = |row: usize| if domain.contains(row) { self.base[row] * values[row] } else { 0.0 };
            return ((0..count).map(value).collect(), (0..count).map(inside).collect());
        };
        let sums = sum_by_code((codes, count), &self.base, domain, Some(values));
        sums.iter().map(|sums| (sums.value, sums.weight)).unzip()
    }

    /// Totals of values and of 1 with the weights of one replicate.
    fn weigh(&self, replicate: usize, values: &[f64], domain: &Mask) -> (f64, f64) {
        let weights = self.weights(replicate);
        let inside = || weights.iter().enumerate().filter(|(row, _)| domain.contains(*row));
        (sum(inside().map(|(row, weight)| weight * values[row])), sum(inside().map(|(_, weight)| *weight)))
    }

    /// Whether replicates multiply first-stage units by a factor, and nothing else.
    pub(crate) fn repeats_units(&self) -> bool {
        matches!(self.source, Source::Made(_)) && self.steps.is_empty()
    }

    /// The same replicates of the same units, with other rows.
    pub(crate) fn on(&self, base: Arc<Vec<f64>>, stages: Arc<Vec<Stage>>) -> Replicates {
        Replicates { base, stages, ..self.clone() }
    }

    /// For each column of base-weighted sums by group, its total in every replicate.
    pub(crate) fn repeat(&self, columns: &[&[f64]]) -> Vec<Vec<f64>> {
        let rows = chunks::each(self.count(), |replicate| {
            let factors = self.group_factors(replicate);
            let total =
                |column: &&[f64]| factors.iter().zip(*column).map(|(factor, part)| factor * part).sum();
            columns.iter().map(total).collect::<Vec<f64>>()
        });
        (0..columns.len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
    }

    /// Group of each row (none when every row is its own) and their number.
    fn grouping(&self) -> Option<(Option<&[u32]>, usize)> {
        if matches!(self.source, Source::Given(_)) || !self.steps.iter().all(|step| step.by_cell()) {
            return None;
        }
        match &self.groups {
            Some(groups) => Some((Some(&groups.of_rows), groups.units.len())),
            None => Some((self.stages[0].units(), self.stages[0].strata_of_units.len())),
        }
    }

    /// Factor of each group in one replicate.
    fn group_factors(&self, replicate: usize) -> Vec<f64> {
        match &self.groups {
            Some(groups) => self.factors_of(replicate, &groups.units, &groups.cells),
            None => self.unit_factors(replicate),
        }
    }

    fn unit_factors(&self, replicate: usize) -> Vec<f64> {
        match &self.source {
            Source::Made(rule) => rule.factors(&self.stages[0], replicate),
            Source::Given(_) => Vec::new(),
        }
    }

    /// Factors of groups that stand in these units and, for each step, in these cells.
    fn factors_of(&self, replicate: usize, units: &[u32], cells: &[Vec<u32>]) -> Vec<f64> {
        let by_unit = self.unit_factors(replicate);
        let mut factors: Vec<f64> = units.iter().map(|unit| by_unit[*unit as usize]).collect();
        for (step, cells) in self.steps.iter().zip(cells) {
            step.multiply_cells(replicate, cells, &mut factors);
        }
        factors
    }

    /// The replicates after one more step of weighting.
    pub(crate) fn after(&self, step: Step) -> Replicates {
        let mut next = self.clone();
        next.rank = OnceLock::new();
        if let Some(groups) = step.cells().and_then(|cells| self.split(cells)) {
            next.groups = Some(Arc::new(groups));
        }
        next.steps.push(Arc::new(step));
        next
    }

    /// Groups crossed with the cells of one more step, numbered in order of first appearance.
    fn split(&self, cells: &[u32]) -> Option<Groups> {
        let (units, count) = self.grouping()?;
        let mut numbers = Numbers::new(count, width(cells));
        let of_rows: Vec<u32> = (0..cells.len())
            .map(|row| numbers.of(units.map_or(row as u32, |units| units[row]), cells[row]))
            .collect();
        let before = self.groups.as_deref();
        let olds = || numbers.pairs.iter().map(|(old, _)| *old as usize);
        let mut crossed: Vec<Vec<u32>> = before
            .map_or(&[][..], |groups| &groups.cells)
            .iter()
            .map(|of| olds().map(|old| of[old]).collect())
            .collect();
        crossed.push(numbers.pairs.iter().map(|(_, cell)| *cell).collect());
        let units = olds().map(|old| before.map_or(old as u32, |before| before.units[old])).collect();
        Some(Groups { of_rows, units, cells: crossed })
    }

    /// sum w by cell in every replicate.
    pub(crate) fn cell_sums(&self, cells: &[u32], count: usize) -> Vec<Vec<f64>> {
        let Some(groups) = self.split(cells) else {
            return chunks::each(self.count(), |replicate| {
                let mut sums = vec![0.0; count];
                let weights = self.weights(replicate);
                weights.iter().zip(cells).for_each(|(weight, cell)| sums[*cell as usize] += weight);
                sums
            });
        };
        let mut parts = vec![0.0; groups.units.len()];
        groups.of_rows.iter().zip(self.base.iter()).for_each(|(group, base)| parts[*group as usize] += base);
        let (last, earlier) = groups.cells.split_last().expect("the cells given are the last");
        chunks::each(self.count(), |replicate| {
            let factors = self.factors_of(replicate, &groups.units, earlier);
            let mut sums = vec![0.0; count];
            let rows = factors.iter().zip(&parts).zip(last);
            rows.for_each(|((factor, part), cell)| sums[*cell as usize] += factor * part);
            sums
        })
    }
}
