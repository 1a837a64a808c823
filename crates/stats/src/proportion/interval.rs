//! The intervals of a proportion m with variance v and t of the domain's degrees of freedom.

use super::ProportionInterval;
use super::likelihood::{self, Profile};
use super::odds::Odds;
use crate::distributions::{beta_quantile, t_upper};
use crate::{Design, Estimate, Interval};

/// Below this share of m(1 - m) a variance is rounding: the design fixes the proportion.
const FIXED: f64 = 1e-24;

/// Whether the design fixes the proportion, as it does the share of a stratum.
pub(super) fn is_fixed(estimate: &Estimate) -> bool {
    estimate.standard_error.powi(2) <= FIXED * estimate.value * (1.0 - estimate.value)
}

/// The interval of a proportion strictly between 0 and 1 that varies.
pub(super) fn of(design: &Design, estimate: &Estimate, method: ProportionInterval, tail: f64) -> Interval {
    let m = estimate.value;
    let v = estimate.standard_error * estimate.standard_error;
    let t = t_upper(tail, estimate.degrees_of_freedom as f64);
    let size = m * (1.0 - m) / v;
    match method {
        ProportionInterval::Beta | ProportionInterval::BetaAtLimit => {
            // In a subset of a calibrated design R counts every row, since residuals stand in those outside too.
            let counted = if design.is_calibrated() { design.units() } else { estimate.respondents };
            beta(m, counted, size, t, tail)
        }
        ProportionInterval::Wilson => wilson(m, size, t),
        ProportionInterval::Arcsine => arcsine(m, v, t),
        ProportionInterval::Mean => Interval { low: m - t * v.sqrt(), high: m + t * v.sqrt() },
        _ => logit(m, v.sqrt() / (m * (1.0 - m)), t),
    }
}

/// The same for methods that fit the log odds.
pub(super) fn of_odds(
    design: &Design,
    estimate: &Estimate,
    odds: &Odds,
    method: ProportionInterval,
    tail: f64,
) -> Interval {
    let t = t_upper(tail, estimate.degrees_of_freedom as f64);
    if method != ProportionInterval::Likelihood {
        return logit(estimate.value, odds.standard_error, t);
    }
    let respondents = estimate.respondents as f64;
    likelihood::interval(&Profile {
        share: estimate.value,
        standard_error: odds.standard_error,
        cut: t * odds.standard_error * odds.information.sqrt(),
        respondents,
        // As the reference estimates it: with n/(n-1) under Taylor, without under replicates.
        dispersion: if design.replicates().is_some() { 1.0 } else { respondents / (respondents - 1.0) },
    })
}

/// Clopper-Pearson's interval when nobody (m = 0) or everybody (m = 1) of n says yes.
///
/// # Source
/// Clopper and Pearson 1934, Biometrika 26, 404-413.
pub(super) fn clopper_pearson(m: f64, n: usize, tail: f64) -> Interval {
    let edge = 1.0 - tail.powf(1.0 / n as f64);
    if m == 0.0 { Interval { low: 0.0, high: edge } } else { Interval { low: 1.0 - edge, high: 1.0 } }
}

/// Clopper-Pearson's interval with size n_eff = m(1-m)/v x (t(n-1)/t(df))^2.
fn beta(m: f64, counted: usize, size: f64, t: f64, tail: f64) -> Interval {
    // n - 1 is at least 1: a proportion between 0 and 1 needs two respondents.
    let correction = t_upper(tail, (counted - 1) as f64) / t;
    let size = size * correction * correction;
    Interval {
        low: beta_quantile(tail, size * m, size * (1.0 - m) + 1.0),
        high: beta_quantile(1.0 - tail, size * m + 1.0, size * (1.0 - m)),
    }
}

/// expit(logit m -+ t x standard error of the log odds).
fn logit(m: f64, standard_error: f64, t: f64) -> Interval {
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    let (centre, reach) = ((m / (1.0 - m)).ln(), t * standard_error);
    Interval { low: expit(centre - reach), high: expit(centre + reach) }
}

/// Wilson's score interval with size n_eff = m(1-m)/v and t for z.
fn wilson(m: f64, size: f64, t: f64) -> Interval {
    let square = t * t / size;
    let centre = (m + square / 2.0) / (1.0 + square);
    let reach = t / (1.0 + square) * (m * (1.0 - m) / size + square / (4.0 * size)).sqrt();
    Interval { low: centre - reach, high: centre + reach }
}

/// sin^2(asin sqrt m -+ t sqrt(v) / (2 sqrt(m(1-m)))).
///
/// An angle below zero comes back up, as in the reference: this method is for agreement only.
fn arcsine(m: f64, v: f64, t: f64) -> Interval {
    let (centre, reach) = (m.sqrt().asin(), t * v.sqrt() / (2.0 * (m * (1.0 - m)).sqrt()));
    Interval { low: (centre - reach).sin().powi(2), high: (centre + reach).sin().powi(2) }
}
