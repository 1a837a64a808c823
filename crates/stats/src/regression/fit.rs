//! Iteratively reweighted least squares.

use super::Family;
use crate::matrix::{Cholesky, Rows, dot, times, weighted_squares};
use crate::term::dependent;
use crate::{Error, Term};

const ROUNDS: usize = 60;
/// Relative change of the deviance at which the iteration ends.
const SETTLED: f64 = 1e-12;
/// A step of the linear predictor that a settled iteration cannot make: it is on its way to infinity.
const RUNNING_AWAY: f64 = 1e-2;

/// What came out.
pub(super) struct Fitted {
    pub(super) coefficients: Vec<f64>,
    /// mu per row.
    pub(super) means: Vec<f64>,
    /// (sum w x x' V(mu))^-1.
    pub(super) inverse: Rows,
}

/// Why nothing came out; positions of terms.
pub(super) enum Failure {
    Dependent(usize),
    Separates(usize),
    Unsettled(Family),
}

impl Failure {
    pub(super) fn explain(self, terms: &[Term]) -> Error {
        match self {
            Failure::Dependent(place) => dependent(terms)(place),
            Failure::Separates(place) => Error::TermSeparates { term: terms[place].name.clone() },
            Failure::Unsettled(family) => Error::Unsettled { model: family.model(), rounds: ROUNDS },
        }
    }
}

struct Problem<'a> {
    family: Family,
    rows: &'a Rows,
    response: &'a [f64],
    weights: &'a [f64],
}

/// Solves sum w x (y - mu) = 0.
pub(super) fn fit(
    family: Family,
    rows: &Rows,
    response: &[f64],
    weights: &[f64],
    start: Option<&[f64]>,
) -> Result<Fitted, Failure> {
    let problem = Problem { family, rows, response, weights };
    // Dependence is a matter of the terms alone, so it is looked for before any iteration.
    Cholesky::new(&weighted_squares(rows, weights)).map_err(Failure::Dependent)?;
    let mut coefficients = match start {
        Some(start) => start.to_vec(),
        None => problem.first()?,
    };
    let mut deviance = problem.deviance(&coefficients);
    for _ in 0..ROUNDS {
        let (inverse, step) = problem.step(&coefficients)?;
        let next = problem.shorten(&coefficients, &step, deviance);
        let change = (deviance - next.1).abs();
        (coefficients, deviance) = next;
        if change <= SETTLED * (deviance + SETTLED) {
            return problem.settle(coefficients, inverse, &step);
        }
    }
    Err(Failure::Unsettled(family))
}

impl Problem<'_> {
    fn means(&self, coefficients: &[f64]) -> Vec<f64> {
        times(self.rows, coefficients).into_iter().map(|eta| self.family.mean(eta)).collect()
    }

    fn deviance(&self, coefficients: &[f64]) -> f64 {
        let means = self.means(coefficients);
        let parts = self.response.iter().zip(&means).map(|(y, mean)| self.family.deviance(*y, *mean));
        parts.zip(self.weights).filter(|(_, weight)| **weight > 0.0).map(|(part, weight)| weight * part).sum()
    }

    /// Least squares on the links of means near the responses.
    fn first(&self) -> Result<Vec<f64>, Failure> {
        let means: Vec<f64> = self.response.iter().map(|y| self.family.start(*y)).collect();
        let working: Vec<f64> = means.iter().zip(self.response).map(|(m, y)| self.working(*m, *y)).collect();
        let split = self.split(&means).map_err(Failure::Dependent)?;
        Ok(split.solve(&self.crossed(&working, &means)))
    }

    /// eta + (y - mu)/V(mu).
    fn working(&self, mean: f64, y: f64) -> f64 {
        self.family.link(mean) + (y - mean) / self.family.variance(mean)
    }

    fn split(&self, means: &[f64]) -> Result<Cholesky, usize> {
        let weights: Vec<f64> =
            means.iter().zip(self.weights).map(|(mean, w)| w * self.family.variance(*mean)).collect();
        Cholesky::new(&weighted_squares(self.rows, &weights))
    }

    /// sum w V(mu) x z.
    fn crossed(&self, working: &[f64], means: &[f64]) -> Vec<f64> {
        let mut right = vec![0.0; self.rows.first().map_or(0, Vec::len)];
        for (((row, z), mean), weight) in self.rows.iter().zip(working).zip(means).zip(self.weights) {
            let scaled = weight * self.family.variance(*mean) * z;
            right.iter_mut().zip(row).for_each(|(sum, x)| *sum += scaled * x);
        }
        right
    }

    /// The inverse of A at these coefficients, and Newton's step A^-1 sum w x (y - mu).
    fn step(&self, coefficients: &[f64]) -> Result<(Rows, Vec<f64>), Failure> {
        let means = self.means(coefficients);
        // The terms are independent, so a singular A means that some V(mu) has vanished.
        let split = self.split(&means).map_err(Failure::Separates)?;
        let mut score = vec![0.0; coefficients.len()];
        for (((row, y), mean), weight) in self.rows.iter().zip(self.response).zip(&means).zip(self.weights) {
            score.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * (y - mean) * x);
        }
        let step = split.solve(&score);
        Ok((split.inverse(), step))
    }

    /// The step, halved until the deviance does not rise.
    fn shorten(&self, from: &[f64], step: &[f64], deviance: f64) -> (Vec<f64>, f64) {
        let mut share = 1.0;
        loop {
            let next: Vec<f64> = from.iter().zip(step).map(|(at, step)| at + share * step).collect();
            let there = self.deviance(&next);
            let better = there <= deviance * (1.0 + SETTLED) + f64::MIN_POSITIVE;
            if better || share < 1e-4 {
                return (next, there);
            }
            share /= 2.0;
        }
    }

    fn settle(&self, coefficients: Vec<f64>, inverse: Rows, step: &[f64]) -> Result<Fitted, Failure> {
        let moved = self.rows.iter().zip(self.weights).filter(|(_, weight)| **weight > 0.0);
        let largest = moved.map(|(row, _)| dot(row, step).abs()).fold(0.0, f64::max);
        if self.family != Family::Gaussian && largest > RUNNING_AWAY {
            return Err(Failure::Separates(self.fastest(step)));
        }
        Ok(Fitted { means: self.means(&coefficients), coefficients, inverse })
    }

    /// The term that moves some linear predictor most.
    fn fastest(&self, step: &[f64]) -> usize {
        let reach =
            |place: usize| self.rows.iter().map(|row| (row[place] * step[place]).abs()).fold(0.0, f64::max);
        (0..step.len()).rev().max_by(|a, b| reach(*a).total_cmp(&reach(*b))).unwrap_or(0)
    }
}
