//! What raking did to the weights.

use super::check::Ready;
use super::fit::Fitted;
use crate::sum::sum;
use crate::{Design, Kish, kish};

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

pub(super) fn report(design: &Design, margins: &[Ready], fitted: &Fitted, weights: &[f64]) -> RakeReport {
    let tables = margins.iter().zip(&fitted.achieved).map(|(margin, achieved)| table(margin, achieved));
    let scale = sum(design.weights().iter().copied()) / sum(weights.iter().copied());
    let pairs = || design.weights().iter().zip(weights).filter(|(before, _)| **before > 0.0);
    let factors = || pairs().map(|(before, after)| after / before * scale);
    RakeReport {
        rounds: fitted.rounds,
        largest_gap: fitted.gap,
        margins: tables.collect(),
        lowest_factor: factors().fold(f64::INFINITY, f64::min),
        highest_factor: factors().fold(0.0, f64::max),
        before: kish(design.weights()).expect("a design has checked weights"),
        after: kish(weights).expect("raked weights are finite and meet positive targets"),
    }
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
