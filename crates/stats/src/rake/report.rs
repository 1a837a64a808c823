//! What raking did to the weights.

use super::cells::Cells;
use super::check::Ready;
use super::fit::Fitted;
use crate::kish::kish_from;
use crate::sum::sum;
use crate::{Error, Kish};

/// What raking did.
#[derive(Clone, Debug, PartialEq)]
pub struct RakeReport {
    /// Rounds over all margins; 0 when the weights met them already.
    pub rounds: usize,
    /// Largest |achieved/target - 1| at the end.
    pub largest_gap: f64,
    /// One table per margin, in the order given.
    pub margins: Vec<MarginTable>,
    /// Smallest g: weight after over weight before, counted from 1 for a mere change of scale.
    pub lowest_factor: f64,
    /// Largest g.
    pub highest_factor: f64,
    /// What the weights cost before.
    pub before: Kish,
    /// What they cost after.
    pub after: Kish,
}

/// A margin before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginTable {
    /// Name of the margin.
    pub name: String,
    /// One row per category that has a target; those not covered come last.
    pub rows: Vec<MarginRow>,
}

/// A category before and after. Shares are 0 to 1 of the sum of all weights.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginRow {
    /// Label of the category; none for respondents whom the margin does not cover.
    pub label: Option<String>,
    /// Respondents with a weight.
    pub respondents: usize,
    /// Share under the weights before.
    pub before: f64,
    /// Share under the weights after.
    pub after: f64,
    /// Share in the population, after making room for those not covered.
    pub target: f64,
}

pub(super) fn report(cells: &Cells, margins: &[Ready], fitted: &Fitted) -> Result<RakeReport, Error> {
    let tables = margins.iter().zip(&fitted.achieved).map(|(margin, achieved)| table(margin, achieved));
    let ones = vec![1.0; cells.sums.len()];
    let (before, after) = (cost(cells, &ones)?, cost(cells, &fitted.factors)?);
    let scale = before.sum / after.sum;
    let held = cells.sums.iter().zip(&fitted.factors).filter(|(sums, _)| sums.respondents > 0);
    let factors: Vec<f64> = held.map(|(_, factor)| factor * scale).collect();
    Ok(RakeReport {
        rounds: fitted.rounds,
        largest_gap: fitted.gap,
        margins: tables.collect(),
        lowest_factor: factors.iter().copied().fold(f64::INFINITY, f64::min),
        highest_factor: factors.iter().copied().fold(0.0, f64::max),
        before,
        after,
    })
}

/// What weights cost, from sums by cell and one factor per cell.
fn cost(cells: &Cells, factors: &[f64]) -> Result<Kish, Error> {
    let pairs = || cells.sums.iter().zip(factors);
    let rows = cells.sums.iter().map(|sums| sums.rows).sum();
    let total = sum(pairs().map(|(sums, factor)| sums.weight * factor));
    kish_from(rows, total, sum(pairs().map(|(sums, factor)| sums.squares * factor * factor)))
}

fn table(margin: &Ready, achieved: &[f64]) -> MarginTable {
    let (before, after, target) = (total(&margin.before), total(achieved), total(&margin.targets));
    let rows = (0..margin.targets.len()).map(|category| MarginRow {
        label: margin.labels[category].clone(),
        respondents: margin.respondents[category],
        before: margin.before[category] / before,
        after: achieved[category] / after,
        target: margin.targets[category] / target,
    });
    MarginTable { name: margin.name.clone(), rows: rows.collect() }
}

fn total(parts: &[f64]) -> f64 {
    sum(parts.iter().copied())
}
