//! The mean squared error of an area, to second order.

use super::{AreaMethod, Areas, Fit};
use crate::matrix::form;

/// g1 + g2 + 2 g3, minus (1 - gamma)^2 times the bias of s2.
pub(super) fn squared_errors(areas: &Areas<'_>, fit: &Fit, between: f64, method: AreaMethod) -> Vec<f64> {
    let (variance, bias) = precision(areas, fit, method);
    let one = |(row, psi): (&Vec<f64>, &f64)| {
        let rest = psi / (between + psi);
        let g1 = between * rest;
        let g2 = rest * rest * form(&fit.q, row);
        let g3 = rest * rest * variance / (between + psi);
        g1 + g2 + 2.0 * g3 - bias * rest * rest
    };
    areas.rows.iter().zip(areas.psi).map(one).collect()
}

/// The asymptotic variance of s2 and its bias.
fn precision(areas: &Areas<'_>, fit: &Fit, method: AreaMethod) -> (f64, f64) {
    let squares = fit.sum(|_, weight| weight * weight);
    match method {
        AreaMethod::Restricted => (2.0 / squares, 0.0),
        AreaMethod::Likelihood => (2.0 / squares, -fit.trace(&areas.rows) / squares),
        AreaMethod::Moment => {
            let (count, plain) = (areas.count(), fit.sum(|_, weight| weight));
            let bias = 2.0 * (count * squares - plain * plain) / plain.powi(3);
            (2.0 * count / (plain * plain), bias)
        }
    }
}
