//! The way down to the best thresholds and coefficients, step by step as the reference goes it.
//!
//! The reference stops a little before the bottom, a ten-thousandth of a standard error away. To agree
//! with it, its starting point, its method and its limit are followed.

use super::Data;
use crate::matrix::{Cholesky, Rows, dot, product, transposed};

/// Gradients before giving up.
pub(super) const ROUNDS: usize = 100;
/// Relative gain at which a descent ends: the square root of what a number can tell from 1.
const SETTLED: f64 = 1.490_116_119_384_765_6e-8;
/// How far to either side the curvature is looked for.
const APART: f64 = 1e-3;
/// Share of the expected gain that a step must bring.
const ENOUGH: f64 = 1e-4;
/// What a step that brings too little is multiplied with.
const SHORTER: f64 = 0.2;

/// Thresholds as the first one and the logarithms of the steps between them, which keeps their order.
pub(super) fn to_steps(terms: usize, parameters: &[f64]) -> Vec<f64> {
    let (coefficients, thresholds) = parameters.split_at(terms);
    let steps = thresholds.windows(2).map(|pair| (pair[1] - pair[0]).ln());
    coefficients.iter().copied().chain(thresholds.first().copied()).chain(steps).collect()
}

/// The way back.
pub(super) fn from_steps(terms: usize, steps: &[f64]) -> Vec<f64> {
    let mut parameters = steps.to_vec();
    for place in terms + 1..steps.len() {
        parameters[place] = parameters[place - 1] + steps[place].exp();
    }
    parameters
}

/// d(coefficients, thresholds)/d(coefficients, first threshold, logarithms of the steps).
fn slopes(terms: usize, steps: &[f64]) -> Rows {
    let slope = |row: usize, column: usize| match () {
        () if row == column && column <= terms => 1.0,
        () if row > terms && column == terms => 1.0,
        () if column > terms && row >= column => steps[column].exp(),
        () => 0.0,
    };
    (0..steps.len()).map(|row| (0..steps.len()).map(|column| slope(row, column)).collect()).collect()
}

pub(super) struct Descent<'a> {
    pub(super) data: &'a Data,
    pub(super) weights: &'a [f64],
}

impl Descent<'_> {
    /// Minus the likelihood; infinite where an answer would have no chance.
    fn height(&self, steps: &[f64]) -> f64 {
        let height = -self.data.likelihood(self.weights, &from_steps(self.data.terms(), steps));
        if height.is_nan() { f64::INFINITY } else { height }
    }

    fn gradient(&self, steps: &[f64]) -> Vec<f64> {
        let terms = self.data.terms();
        let mut gradient = self.data.weighted_score(self.weights, &from_steps(terms, steps));
        // A step between thresholds moves all that come after it.
        for place in (terms..gradient.len().saturating_sub(1)).rev() {
            gradient[place] += gradient[place + 1];
        }
        for place in terms + 1..gradient.len() {
            gradient[place] *= steps[place].exp();
        }
        gradient.iter().map(|slope| -slope).collect()
    }

    /// Broyden, Fletcher, Goldfarb and Shanno's method with a shortening step.
    ///
    /// # Source
    /// Nash 1990, Compact Numerical Methods for Computers, algorithm 21; R `optim(method = "BFGS")`.
    pub(super) fn run(&self, start: &[f64]) -> Vec<f64> {
        let mut at =
            Place { gradient: self.gradient(start), height: self.height(start), steps: start.to_vec() };
        let (mut curvature, mut fresh, mut since) = (unit(start.len()), true, 0);
        for _ in 0..ROUNDS {
            let direction: Vec<f64> = curvature.iter().map(|line| -dot(line, &at.gradient)).collect();
            let found = self.search(&at, &direction);
            let enough = SETTLED * (at.height.abs() + SETTLED);
            let gained = found.as_ref().is_some_and(|(height, _)| (height - at.height).abs() > enough);
            if let (Some((height, steps)), false) = (&found, gained) {
                // The last small step is taken, but not looked around from: so does the reference.
                (at.height, at.steps) = (*height, steps.clone());
            }
            let Some((height, steps)) = found.filter(|_| gained) else {
                // Nothing gained: from a fresh start that is the bottom, otherwise start afresh once more.
                if fresh {
                    break;
                }
                (curvature, fresh, since) = (unit(start.len()), true, 0);
                continue;
            };
            let gradient = self.gradient(&steps);
            let next = Place { gradient, height, steps };
            fresh = !bend(&mut curvature, &at, &next);
            since = if fresh { 0 } else { since + 1 };
            if fresh || since > 2 * start.len() {
                (curvature, fresh, since) = (unit(start.len()), true, 0);
            }
            at = next;
        }
        at.steps
    }

    /// The inverse of the information about coefficients and thresholds.
    ///
    /// Second derivatives are differences of gradients, as the reference takes them, in the steps between
    /// thresholds.
    pub(super) fn inverse(&self, steps: &[f64]) -> Result<Rows, usize> {
        let at = |place: usize, by: f64| {
            let mut moved = steps.to_vec();
            moved[place] += by;
            self.gradient(&moved)
        };
        let bends: Rows = (0..steps.len())
            .map(|place| {
                let (above, below) = (at(place, APART), at(place, -APART));
                above.iter().zip(below).map(|(above, below)| (above - below) / (2.0 * APART)).collect()
            })
            .collect();
        let both = bends.iter().zip(transposed(&bends));
        let mean = both.map(|(row, column)| row.iter().zip(column).map(|(a, b)| (a + b) / 2.0).collect());
        let inverse = Cholesky::new(&mean.collect())?.inverse();
        let slopes = slopes(self.data.terms(), steps);
        Ok(product(&product(&slopes, &inverse), &transposed(&slopes)))
    }

    /// The first point along a direction that brings enough; none where the direction leads nowhere.
    fn search(&self, from: &Place, direction: &[f64]) -> Option<(f64, Vec<f64>)> {
        let slope = dot(direction, &from.gradient);
        if slope >= 0.0 {
            return None;
        }
        let mut share = 1.0;
        loop {
            let steps: Vec<f64> = from.steps.iter().zip(direction).map(|(at, d)| at + share * d).collect();
            if steps.iter().zip(&from.steps).all(|(there, here)| 10.0 + there == 10.0 + here) {
                return None;
            }
            let height = self.height(&steps);
            if height.is_finite() && height <= from.height + slope * share * ENOUGH {
                return Some((height, steps));
            }
            share *= SHORTER;
        }
    }
}

struct Place {
    steps: Vec<f64>,
    height: f64,
    gradient: Vec<f64>,
}

fn unit(size: usize) -> Rows {
    (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect()
}

/// Takes what a step showed of the curvature into its inverse; says whether it showed any.
fn bend(inverse: &mut Rows, from: &Place, to: &Place) -> bool {
    let minus = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<f64>>();
    let (step, turn) = (minus(&to.steps, &from.steps), minus(&to.gradient, &from.gradient));
    let along = dot(&step, &turn);
    if along <= 0.0 {
        return false;
    }
    let across: Vec<f64> = inverse.iter().map(|line| dot(line, &turn)).collect();
    let factor = 1.0 + dot(&across, &turn) / along;
    for (row, line) in inverse.iter_mut().enumerate() {
        for (column, entry) in line.iter_mut().enumerate() {
            *entry +=
                (factor * step[row] * step[column] - step[row] * across[column] - across[row] * step[column])
                    / along;
        }
    }
    true
}
