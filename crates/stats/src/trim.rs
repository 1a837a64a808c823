//! Cutting extreme weights.

use crate::sum::sum;
use crate::{Design, Error};

/// An end that weights are cut to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// A weight.
    Weight(f64),
    /// A multiple of the median weight.
    TimesMedian(f64),
}

/// Where to cut weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrimOptions {
    /// Weights below are raised to it; none for no lower end.
    pub lower: Option<Limit>,
    /// Weights above are cut to it; none for no upper end.
    pub upper: Option<Limit>,
    /// Repeat until no weight is outside; a weight once cut takes no further share.
    pub strict: bool,
}

/// Cuts weights to limits and spreads what was cut in equal amounts over the others.
///
/// The sum of the weights stays. Variances are those of the design with the new weights as fixed;
/// residuals of an earlier raking stay. Margins met before are no longer met exactly: rake again, or say
/// by how much they are off.
///
/// # Errors
/// [`Error::LimitsNotUsable`] when a limit is not a number or the limits cross;
/// [`Error::LimitsTooTight`] when nobody is left to take up what was cut.
///
/// # Source
/// R `survey::trimWeights`.
pub fn trim(design: &Design, options: &TrimOptions) -> Result<Design, Error> {
    let mut weights = design.weights().to_vec();
    let (lower, upper) = read_limits(&weights, options)?;
    let tight = Error::LimitsTooTight { lower, upper };
    let mut free: Vec<bool> = vec![true; weights.len()];
    let slack = 1e-12 * sum(weights.iter().copied()) / weights.len() as f64;
    loop {
        let outside = |weight: f64| weight < lower - slack || weight > upper + slack;
        let mut cut = Vec::new();
        for (weight, free) in weights.iter_mut().zip(&mut free) {
            if outside(*weight) {
                let kept = weight.clamp(lower, upper);
                cut.push(*weight - kept);
                (*weight, *free) = (kept, false);
            }
        }
        if cut.is_empty() {
            break;
        }
        let takers = free.iter().filter(|free| **free).count();
        if takers == 0 {
            return Err(tight);
        }
        let share = sum(cut) / takers as f64;
        weights.iter_mut().zip(&free).filter(|(_, free)| **free).for_each(|(weight, _)| *weight += share);
        if !options.strict {
            break;
        }
    }
    if weights.iter().any(|weight| *weight < 0.0) {
        return Err(tight);
    }
    design.with_weights(weights)
}

fn read_limits(weights: &[f64], options: &TrimOptions) -> Result<(f64, f64), Error> {
    let read = |limit: Option<Limit>, none: f64| match limit {
        None => none,
        Some(Limit::Weight(weight)) => weight,
        Some(Limit::TimesMedian(times)) => times * median(weights),
    };
    let (lower, upper) = (read(options.lower, 0.0), read(options.upper, f64::INFINITY));
    if lower.is_nan() || lower < 0.0 || upper.is_nan() || upper <= 0.0 || lower > upper {
        return Err(Error::LimitsNotUsable { lower, upper });
    }
    Ok((lower, upper))
}

fn median(weights: &[f64]) -> f64 {
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}
