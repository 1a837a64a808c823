//! The variance between areas, as the zero of a score.

use super::{AreaMethod, Areas, Fit};
use crate::Error;

/// Halvings of the bracket; a double has no more digits.
const HALVINGS: usize = 200;

/// s2 with score 0, or 0 when the score at 0 is not positive.
pub(super) fn estimate(areas: &Areas<'_>, method: AreaMethod) -> Result<f64, Error> {
    let score = |between: f64| areas.fit(between).map(|fit| score(areas, &fit, method));
    if score(0.0)? <= 0.0 {
        return Ok(0.0);
    }
    let (mut low, mut high) = (0.0, areas.psi.iter().sum::<f64>() / areas.count());
    for _ in 0..HALVINGS {
        if score(high)? <= 0.0 {
            break;
        }
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if score(middle)? > 0.0 { low = middle } else { high = middle }
    }
    Ok((low + high) / 2.0)
}

/// What is zero at the estimate and positive below it.
fn score(areas: &Areas<'_>, fit: &Fit, method: AreaMethod) -> f64 {
    let scatter = |residual: f64, weight: f64| (weight * residual).powi(2);
    match method {
        AreaMethod::Restricted => {
            let trace = fit.sum(|_, weight| weight) - fit.trace(&areas.rows);
            fit.sum(scatter) - trace
        }
        AreaMethod::Likelihood => fit.sum(|residual, weight| scatter(residual, weight) - weight),
        AreaMethod::Moment => {
            let free = areas.count() - areas.terms.len() as f64;
            fit.sum(|residual, weight| weight * residual * residual) - free
        }
    }
}
