//! The likelihood of ordered answers and its derivatives.

use super::Data;
use super::descent::{Descent, from_steps, to_steps};
use crate::matrix::{Rows, dot, times};
use crate::{Error, Term};

/// A step of x'b that cannot follow a settled descent: it is on its way to infinity.
const RUNNING_AWAY: f64 = 0.25;

pub(super) struct Fitted {
    /// Coefficients, then thresholds.
    pub(super) parameters: Vec<f64>,
    /// Inverse of the information.
    pub(super) inverse: Rows,
}

/// One side of an answer on the latent scale: logistic F at the threshold, or the end of the scale.
#[derive(Clone, Copy)]
struct Side {
    /// Which threshold; none at the ends of the scale.
    threshold: Option<usize>,
    share: f64,
}

impl Side {
    fn density(self) -> f64 {
        self.share * (1.0 - self.share)
    }
}

impl Data {
    pub(super) fn terms(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Upper and lower side of the answer in a row.
    fn sides(&self, at: usize, parameters: &[f64]) -> (Side, Side) {
        let (coefficients, thresholds) = parameters.split_at(self.terms());
        let eta = dot(&self.rows[at], coefficients);
        let side = |threshold: usize| Side {
            threshold: Some(threshold),
            share: 1.0 / (1.0 + (eta - thresholds[threshold]).exp()),
        };
        let place = self.places[at];
        let top = Side { threshold: None, share: 1.0 };
        let bottom = Side { threshold: None, share: 0.0 };
        let upper = if place == thresholds.len() { top } else { side(place) };
        let lower = if place == 0 { bottom } else { side(place - 1) };
        (upper, lower)
    }

    /// d(threshold - x'b) by every parameter.
    fn direction(&self, at: usize, side: Side) -> Vec<f64> {
        let mut direction: Vec<f64> = self.rows[at].iter().map(|x| -x).collect();
        direction.resize(self.terms() + self.categories.len() - 1, 0.0);
        match side.threshold {
            Some(threshold) => direction[self.terms() + threshold] = 1.0,
            None => direction.fill(0.0),
        }
        direction
    }

    /// The derivative of ln P by every parameter, per row.
    pub(super) fn scores(&self, parameters: &[f64]) -> Rows {
        (0..self.kept.len()).map(|at| self.score(at, parameters)).collect()
    }

    fn score(&self, at: usize, parameters: &[f64]) -> Vec<f64> {
        let (upper, lower) = self.sides(at, parameters);
        let chance = upper.share - lower.share;
        let (up, down) = (upper.density() / chance, lower.density() / chance);
        let directions = self.direction(at, upper).into_iter().zip(self.direction(at, lower));
        directions.map(|(above, below)| up * above - down * below).collect()
    }

    pub(super) fn likelihood(&self, weights: &[f64], parameters: &[f64]) -> f64 {
        let one = |at: usize| {
            let (upper, lower) = self.sides(at, parameters);
            (upper.share - lower.share).ln()
        };
        (0..self.kept.len())
            .filter(|at| weights[self.kept[*at]] > 0.0)
            .map(|at| weights[self.kept[at]] * one(at))
            .sum()
    }

    /// Descends from `start`, then looks where Newton's method would go from there.
    pub(super) fn fit(&self, weights: &[f64], start: &[f64], terms: &[Term]) -> Result<Fitted, Error> {
        let descent = Descent { data: self, weights };
        let steps = descent.run(&to_steps(self.terms(), start));
        let parameters = from_steps(self.terms(), &steps);
        let inverse = descent.inverse(&steps).map_err(|place| self.runs_away(terms, place))?;
        let step = times(&inverse, &self.weighted_score(weights, &parameters));
        match (0..self.terms()).find(|place| self.reach(*place, step[*place]) > RUNNING_AWAY) {
            Some(place) => Err(Error::TermSeparates { term: terms[place].name.clone() }),
            None => Ok(Fitted { parameters, inverse }),
        }
    }

    /// sum w times the derivative of ln P by every parameter.
    pub(super) fn weighted_score(&self, weights: &[f64], parameters: &[f64]) -> Vec<f64> {
        let mut score = vec![0.0; parameters.len()];
        for (line, row) in self.scores(parameters).iter().zip(&self.kept) {
            score.iter_mut().zip(line).for_each(|(sum, part)| *sum += weights[*row] * part);
        }
        score
    }

    /// How far a change of one coefficient moves some answer.
    fn reach(&self, place: usize, step: f64) -> f64 {
        let values = || self.rows.iter().map(|row| row[place]);
        let (low, high) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        (high - low) * step.abs()
    }

    fn runs_away(&self, terms: &[Term], place: usize) -> Error {
        match terms.get(place) {
            Some(term) => Error::TermSeparates { term: term.name.clone() },
            None => Error::Unsettled { model: "ordinal regression", rounds: super::descent::ROUNDS },
        }
    }
}
