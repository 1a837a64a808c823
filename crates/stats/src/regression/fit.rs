//! Iteratively reweighted least squares.

use super::Family;
use crate::matrix::{Cholesky, Rows, dot, times, weighted_squares};
use crate::term::dependent;
use crate::{Error, Term};

const ROUNDS: usize = 60;
/// Relative change of the deviance at which the coefficients are final.
const SETTLED: f64 = 1e-12;
/// Relative change of the deviance at which the information is kept.
///
/// The reference stops here, with the information of the step before; its standard errors carry that in
/// their sixth digit, and so do ours.
const NEARLY_SETTLED: f64 = 1e-8;
/// A step of the linear predictor that a settled iteration cannot make: it is on its way to infinity.
const RUNNING_AWAY: f64 = 1e-2;

/// What came out.
pub(crate) struct Fitted {
    pub(crate) coefficients: Vec<f64>,
    /// mu per row.
    pub(super) means: Vec<f64>,
    /// mu per row at which the information was taken.
    pub(super) means_before: Vec<f64>,
    /// (sum w x x' V(mu))^-1.
    pub(super) inverse: Rows,
}

/// Why nothing came out; positions of terms.
pub(crate) enum Failure {
    Dependent(usize),
    Separates(usize),
    Unsettled(Family),
}

impl Failure {
    pub(crate) fn explain(self, terms: &[Term]) -> Error {
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
    /// With a mean of 1.
    weights: Vec<f64>,
}

/// Solves sum w x (y - mu) = 0.
pub(crate) fn fit(
    family: Family,
    rows: &Rows,
    response: &[f64],
    weights: &[f64],
    start: Option<&[f64]>,
) -> Result<Fitted, Failure> {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    let weights = weights.iter().map(|weight| weight / mean).collect();
    let problem = Problem { family, rows, response, weights };
    // Dependence is a matter of the terms alone, so it is looked for before any iteration.
    Cholesky::new(&weighted_squares(rows, &problem.weights)).map_err(Failure::Dependent)?;
    let mut before = match start {
        Some(start) => problem.means(start),
        None => problem.first_means(),
    };
    let mut deviance = problem.deviance_of(&before);
    let mut coefficients = match start {
        Some(start) => problem.step(start, &before, deviance)?.1,
        None => problem.first(&before)?,
    };
    let mut kept = None;
    for _ in 0..ROUNDS {
        let means = problem.means(&coefficients);
        let there = problem.deviance_of(&means);
        let change = (there - deviance).abs() / (there.abs() + 0.1);
        if change < NEARLY_SETTLED {
            kept.get_or_insert(before);
        }
        let (step, next) = problem.step(&coefficients, &means, there)?;
        if change <= SETTLED {
            return problem.settle(next, kept.unwrap_or(means), &step, mean);
        }
        (before, deviance, coefficients) = (means, there, next);
    }
    Err(Failure::Unsettled(family))
}

impl Problem<'_> {
    fn means(&self, coefficients: &[f64]) -> Vec<f64> {
        times(self.rows, coefficients).into_iter().map(|eta| self.family.mean(eta)).collect()
    }

    fn deviance_of(&self, means: &[f64]) -> f64 {
        let parts = self.response.iter().zip(means).map(|(y, mean)| self.family.deviance(*y, *mean));
        parts
            .zip(&self.weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|(part, weight)| weight * part)
            .sum()
    }

    /// Means near the responses and inside the range of the link.
    fn first_means(&self) -> Vec<f64> {
        self.response.iter().zip(&self.weights).map(|(y, weight)| self.family.start(*y, *weight)).collect()
    }

    /// Least squares on the links of the first means.
    fn first(&self, means: &[f64]) -> Result<Vec<f64>, Failure> {
        let split = self.split(means).map_err(Failure::Dependent)?;
        let working =
            |(mean, y): (&f64, &f64)| self.family.link(*mean) + (y - mean) / self.family.variance(*mean);
        let mut right = vec![0.0; self.rows.first().map_or(0, Vec::len)];
        for (((row, z), mean), weight) in
            self.rows.iter().zip(means.iter().zip(self.response).map(working)).zip(means).zip(&self.weights)
        {
            let scaled = weight * self.family.variance(*mean) * z;
            right.iter_mut().zip(row).for_each(|(sum, x)| *sum += scaled * x);
        }
        Ok(split.solve(&right))
    }

    /// The triangle of sum w V(mu) x x'.
    fn split(&self, means: &[f64]) -> Result<Cholesky, usize> {
        let weights: Vec<f64> =
            means.iter().zip(&self.weights).map(|(mean, w)| w * self.family.variance(*mean)).collect();
        Cholesky::new(&weighted_squares(self.rows, &weights))
    }

    /// Newton's step A^-1 sum w x (y - mu), and where it leads.
    fn step(&self, from: &[f64], means: &[f64], deviance: f64) -> Result<(Vec<f64>, Vec<f64>), Failure> {
        // The terms are independent, so a singular A means that some V(mu) has vanished.
        let split = self.split(means).map_err(Failure::Separates)?;
        let mut score = vec![0.0; from.len()];
        for (((row, y), mean), weight) in self.rows.iter().zip(self.response).zip(means).zip(&self.weights) {
            score.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * (y - mean) * x);
        }
        let step = split.solve(&score);
        let next = self.shorten(from, &step, deviance);
        Ok((step, next))
    }

    /// The step, halved while the deviance rises without bound.
    fn shorten(&self, from: &[f64], step: &[f64], deviance: f64) -> Vec<f64> {
        let mut share = 1.0;
        loop {
            let next: Vec<f64> = from.iter().zip(step).map(|(at, step)| at + share * step).collect();
            let there = self.deviance_of(&self.means(&next));
            if there <= 10.0 * deviance + 1.0 || share < 1e-4 {
                return next;
            }
            share /= 2.0;
        }
    }

    fn settle(
        &self,
        coefficients: Vec<f64>,
        means_before: Vec<f64>,
        step: &[f64],
        scale: f64,
    ) -> Result<Fitted, Failure> {
        let moved = self.rows.iter().zip(&self.weights).filter(|(_, weight)| **weight > 0.0);
        let largest = moved.map(|(row, _)| dot(row, step).abs()).fold(0.0, f64::max);
        if self.family != Family::Gaussian && largest > RUNNING_AWAY {
            return Err(Failure::Separates(self.fastest(step)));
        }
        let mut inverse = self.split(&means_before).map_err(Failure::Separates)?.inverse();
        inverse.iter_mut().flatten().for_each(|entry| *entry /= scale);
        Ok(Fitted { means: self.means(&coefficients), coefficients, means_before, inverse })
    }

    /// The term that moves some linear predictor most.
    fn fastest(&self, step: &[f64]) -> usize {
        let reach =
            |place: usize| self.rows.iter().map(|row| (row[place] * step[place]).abs()).fold(0.0, f64::max);
        (0..step.len()).rev().max_by(|a, b| reach(*a).total_cmp(&reach(*b))).unwrap_or(0)
    }
}
