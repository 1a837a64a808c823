//! The log odds of a proportion, fitted as an intercept-only logistic model the way the reference fits it.
//!
//! The answer is the logarithm of m/(1 - m). Stopping when the deviance moves by less than 1e-8 of itself
//! leaves the ninth digit open, and standard errors of replicates and the scale of the likelihood show it.

use crate::{Design, Error, Estimate, Mask};

/// Change of the deviance, as a share of deviance + 0.1, at which the iteration stops.
const TOLERANCE: f64 = 1e-8;
const ROUNDS: usize = 25;

/// The log odds of an estimate.
pub(super) struct Odds {
    /// Standard error of the log odds.
    pub(super) standard_error: f64,
    /// n p (1 - p) with p the share before the last step of the fit.
    pub(super) information: f64,
}

/// By the delta method, or from the log odds of each replicate.
pub(super) fn log_odds(
    design: &Design,
    indicator: &[f64],
    domain: &Mask,
    estimate: &Estimate,
) -> Result<Odds, Error> {
    let m = estimate.value;
    let (b, before) = fit_rows(design, indicator, domain, m);
    let information = estimate.respondents as f64 * before * (1.0 - before);
    let Some(replicates) = design.replicates() else {
        return Ok(Odds { standard_error: estimate.standard_error / (m * (1.0 - m)), information });
    };
    let (yes, all) = replicates.totals(indicator, domain);
    let refit = |(replicate, (yes, all)): (usize, (&f64, &f64))| match *yes > 0.0 && yes < all {
        true => Ok(vec![refine(b, yes / all, 1.0).0]),
        false => Err(Error::InReplicate { replicate, cause: Box::new(Error::NoVariation) }),
    };
    let repeated = yes.iter().zip(&all).enumerate().map(refit).collect::<Result<Vec<_>, _>>()?;
    let variance = replicates.covariance(&[b], &repeated)?[0][0];
    Ok(Odds { standard_error: variance.sqrt(), information })
}

/// The fit to rows, which starts between each answer and one half.
fn fit_rows(design: &Design, indicator: &[f64], domain: &Mask, m: f64) -> (f64, f64) {
    let rows: Vec<(f64, f64)> = (0..design.rows())
        .filter(|row| domain.contains(*row))
        .map(|row| (design.weights()[row], indicator[row]))
        .collect();
    let mean = rows.iter().map(|row| row.0).sum::<f64>() / rows.len() as f64;
    let (mut working, mut weights, mut deviance) = (0.0, 0.0, 0.0);
    for (weight, answer) in rows.iter().map(|(weight, answer)| (weight / mean, answer)) {
        let start = (weight * answer + 0.5) / (weight + 1.0);
        let slope = start * (1.0 - start);
        working += weight * (slope * (start / (1.0 - start)).ln() + answer - start);
        weights += weight * slope;
        deviance -= 2.0 * weight * if *answer == 1.0 { start.ln() } else { (1.0 - start).ln() };
    }
    let size = rows.len() as f64;
    let b = working / weights;
    match settled(deviance, of(b, m, size)) {
        true => (b, m),
        false => refine(b, m, size),
    }
}

/// Newton's steps from log odds `b` to those of m; with the share before the last step.
fn refine(mut b: f64, m: f64, size: f64) -> (f64, f64) {
    let mut deviance = of(b, m, size);
    for _ in 0..ROUNDS {
        let p = expit(b);
        b += (m - p) / (p * (1.0 - p));
        let next = of(b, m, size);
        if settled(deviance, next) {
            return (b, p);
        }
        deviance = next;
    }
    (b, expit(b))
}

fn settled(before: f64, after: f64) -> bool {
    (after - before).abs() / (after.abs() + 0.1) < TOLERANCE
}

/// Deviance of log odds `b` for `size` people of whom a share of m says yes.
fn of(b: f64, m: f64, size: f64) -> f64 {
    let p = expit(b);
    -2.0 * size * (m * p.ln() + (1.0 - m) * (1.0 - p).ln())
}

pub(super) fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
