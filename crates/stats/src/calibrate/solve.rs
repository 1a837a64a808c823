//! Newton's method on the multipliers, damped so that it cannot leave its way.

use super::curve::Curve;
use crate::matrix::{Cholesky, dot, weighted_squares};

/// Largest distance from a total, as a share of it, with which it counts as met.
const MET: f64 = 1e-9;
/// Distance at which going on is of no use.
const ENOUGH: f64 = 1e-13;
const ROUNDS: usize = 200;

/// Rows with weights, and the totals that their columns shall have.
pub(super) struct Problem<'a> {
    pub(super) rows: &'a [Vec<f64>],
    pub(super) weights: &'a [f64],
    pub(super) targets: &'a [f64],
}

/// Where the method ended.
pub(super) struct Solution {
    /// g of each row, from the weights before any scaling.
    pub(super) factors: Vec<f64>,
    pub(super) scale: f64,
    pub(super) rounds: usize,
    /// Largest distance from a total, as a share of it.
    pub(super) gap: f64,
    /// Which total that is.
    pub(super) worst: usize,
}

impl Solution {
    pub(super) fn is_met(&self) -> bool {
        self.gap <= MET
    }

    pub(super) fn scaled(mut self, scale: f64) -> Solution {
        self.factors.iter_mut().for_each(|factor| *factor *= scale);
        Solution { scale, ..self }
    }
}

/// A point of the search.
struct Point {
    multipliers: Vec<f64>,
    /// u of each row.
    reach: Vec<f64>,
    /// Target less what is achieved, per column.
    missing: Vec<f64>,
    gap: f64,
    worst: usize,
}

impl Problem<'_> {
    /// Goes on until the totals are met as well as numbers allow, or nothing moves.
    pub(super) fn solve(&self, curve: &Curve) -> Solution {
        let sizes = self.sizes();
        let mut point = self.point(vec![0.0; self.targets.len()], curve, &sizes);
        let mut rounds = 0;
        while point.gap > ENOUGH && rounds < ROUNDS {
            let Some(next) = self.step(&point, curve, &sizes) else { break };
            rounds += 1;
            point = next;
        }
        let factors = point.reach.iter().map(|u| curve.factor(*u)).collect();
        Solution { factors, scale: 1.0, rounds, gap: point.gap, worst: point.worst }
    }

    /// What distances from totals are shares of: the total, or the size of the column where that is zero.
    fn sizes(&self) -> Vec<f64> {
        let size = |(column, target): (usize, &f64)| {
            let rows = self.rows.iter().zip(self.weights);
            if *target != 0.0 { target.abs() } else { rows.map(|(row, w)| (w * row[column]).abs()).sum() }
        };
        self.targets.iter().enumerate().map(size).collect()
    }

    fn point(&self, multipliers: Vec<f64>, curve: &Curve, sizes: &[f64]) -> Point {
        let reach: Vec<f64> = self.rows.iter().map(|row| plain_dot(row, &multipliers)).collect();
        let mut missing = self.targets.to_vec();
        for ((row, weight), u) in self.rows.iter().zip(self.weights).zip(&reach) {
            let weight = weight * curve.factor(*u);
            missing.iter_mut().zip(row).for_each(|(missing, value)| *missing -= weight * value);
        }
        let (mut gap, mut worst) = (0.0, 0);
        for (column, (missing, size)) in missing.iter().zip(sizes).enumerate() {
            let share = if *missing == 0.0 { 0.0 } else { missing.abs() / size };
            if share > gap || share.is_nan() {
                (gap, worst) = (share, column);
            }
        }
        Point { multipliers, reach, missing, gap, worst }
    }

    /// One step, halved until it leads down; none when no step does.
    fn step(&self, point: &Point, curve: &Curve, sizes: &[f64]) -> Option<Point> {
        let direction = self.direction(point, curve)?;
        let (here, slope) = (self.height(point, curve), dot(&direction, &point.missing));
        let mut length = 1.0;
        for _ in 0..60 {
            let multipliers = point.multipliers.iter().zip(&direction).map(|(m, d)| m + length * d).collect();
            let next = self.point(multipliers, curve, sizes);
            // Close to the end heights differ by rounding only, and the gap itself decides.
            let lower = self.height(&next, curve) <= here - 1e-4 * length * slope;
            if next.gap.is_finite() && (next.gap <= point.gap / 2.0 || lower && next.gap != point.gap) {
                return Some(next);
            }
            length /= 2.0;
        }
        None
    }

    /// Newton's direction; a trace of the plain matrix keeps it defined where many rows are at a bound.
    fn direction(&self, point: &Point, curve: &Curve) -> Option<Vec<f64>> {
        let slopes = point.reach.iter().zip(self.weights).map(|(u, weight)| weight * curve.slope(*u));
        let matrix = weighted_squares(self.rows, &slopes.collect::<Vec<f64>>());
        let plain = weighted_squares(self.rows, self.weights);
        [0.0, 1e-10, 1e-6, 1e-2, 1.0].into_iter().find_map(|trace| {
            let mut damped = matrix.clone();
            for (damped, plain) in damped.iter_mut().flatten().zip(plain.iter().flatten()) {
                *damped += trace * plain;
            }
            Cholesky::new(&damped).ok().map(|root| root.solve(&point.missing))
        })
    }

    /// sum w integral of F(u) - multipliers x targets: smallest where the totals are met.
    fn height(&self, point: &Point, curve: &Curve) -> f64 {
        let integrals = point.reach.iter().zip(self.weights).map(|(u, weight)| weight * curve.integral(*u));
        integrals.sum::<f64>() - dot(&point.multipliers, self.targets)
    }
}

fn plain_dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
