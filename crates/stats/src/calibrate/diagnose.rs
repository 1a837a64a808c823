//! Why totals cannot be met.

use super::curve::Curve;
use super::solve::{Problem, Solution};
use crate::Error;
use crate::matrix::{Cholesky, dot, weighted_squares};

/// Columns that say something of their own, and the names of those that do not.
///
/// # Errors
/// [`Error::TotalsContradict`] when a column is explained by others and its total is not.
pub(super) fn independent(
    rows: &[Vec<f64>],
    weights: &[f64],
    names: &[String],
    targets: &[f64],
) -> Result<(Vec<usize>, Vec<String>), Error> {
    let squares = weighted_squares(rows, weights);
    let part = |columns: &[usize]| -> Vec<Vec<f64>> {
        columns.iter().map(|one| columns.iter().map(|other| squares[*one][*other]).collect()).collect()
    };
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for column in 0..names.len() {
        kept.push(column);
        if Cholesky::new(&part(&kept)).is_ok() {
            continue;
        }
        kept.pop();
        left_out.push(names[column].clone());
        let explained = explain_column(&part(&kept), &kept, &squares[column], targets);
        if (explained - targets[column]).abs() > 1e-9 * targets[column].abs().max(explained.abs()) {
            let (name, target) = (names[column].clone(), targets[column]);
            return Err(Error::TotalsContradict { name, target, explained });
        }
    }
    Ok((kept, left_out))
}

/// The total that a column has when the columns it depends on meet theirs.
fn explain_column(part: &[Vec<f64>], kept: &[usize], products: &[f64], targets: &[f64]) -> f64 {
    let Ok(root) = Cholesky::new(&part.to_vec()) else { return 0.0 };
    let products: Vec<f64> = kept.iter().map(|column| products[*column]).collect();
    let targets: Vec<f64> = kept.iter().map(|column| targets[*column]).collect();
    dot(&root.solve(&products), &targets)
}

/// What stood in the way: the bounds, with the tightest of their shape that would do, or the totals themselves.
pub(super) fn explain(problem: &Problem<'_>, curve: &Curve, solution: &Solution, names: &[String]) -> Error {
    let name = names[solution.worst].clone();
    let gap = solution.gap;
    match curve.is_bounded() {
        true => {
            let (lower, upper) = (curve.low, curve.high);
            Error::BoundsTooTight { lower, upper, name, gap, feasible: tightest(problem, curve) }
        }
        false => Error::CalibrationUnfinished { rounds: solution.rounds, name, gap },
    }
}

/// Bounds widened around 1 by the smallest factor, to a hundredth, with which the totals can be met.
fn tightest(problem: &Problem<'_>, curve: &Curve) -> Option<(f64, f64)> {
    let low = if curve.low.is_finite() { curve.low } else { 0.0 };
    let bounds = |wider: f64| ((1.0 - (1.0 - low) * wider).max(0.0), 1.0 + (curve.high - 1.0) * wider);
    let works = |wider: f64| {
        let (low, high) = bounds(wider);
        problem.solve(&Curve::line(low, high)).is_met()
    };
    let mut outside = 1.0;
    let mut inside = (1..=10).map(|power| f64::from(1 << power)).find(|wider| works(*wider))?;
    while inside - outside > 0.01 {
        let middle = (inside + outside) / 2.0;
        if works(middle) { inside = middle } else { outside = middle }
    }
    Some(bounds(inside))
}
