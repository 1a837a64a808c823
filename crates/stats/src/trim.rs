//! Cutting extreme weights.

use std::sync::Arc;

use crate::replicate::Step;
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
/// The sum of the weights stays, and a row of weight 0 keeps it. Variances are those of the design with the
/// new weights as fixed; residuals of an earlier raking stay, and with replicates the step is repeated in
/// each. Margins met before are no longer met exactly: rake again, or say by how much they are off.
///
/// # Errors
/// [`Error::LimitsNotUsable`] when a limit is not a number or the limits cross;
/// [`Error::LimitsTooTight`] when nobody is left to take up what was cut; either as the cause of
/// [`Error::InReplicate`].
///
/// # Source
/// R `survey::trimWeights`.
pub fn trim(design: &Design, options: &TrimOptions) -> Result<Design, Error> {
    let mut weights = design.weights().to_vec();
    cut(&mut weights, options)?;
    let Some(replicates) = design.replicates() else { return design.with_weights(weights) };
    for replicate in 0..replicates.count() {
        let mut repeated = replicates.weights(replicate);
        cut(&mut repeated, options)
            .map_err(|cause| Error::InReplicate { replicate, cause: Box::new(cause) })?;
    }
    let step = Step::Trim(*options);
    Ok(design.reweighted(Arc::new(weights)).replicated(replicates.after(step)))
}

/// Cuts weights, once or until none is outside.
pub(crate) fn cut(weights: &mut [f64], options: &TrimOptions) -> Result<(), Error> {
    let (lower, upper) = read_limits(weights, options)?;
    let mut free: Vec<bool> = weights.iter().map(|weight| *weight != 0.0).collect();
    let slack = 1e-12 * sum(weights.iter().copied()) / weights.len() as f64;
    while cut_once(weights, &mut free, (lower, upper), slack)? && options.strict {}
    match weights.iter().any(|weight| *weight < 0.0) {
        true => Err(Error::LimitsTooTight { lower, upper }),
        false => Ok(()),
    }
}

/// Cuts what is outside and spreads it; whether anything was outside.
fn cut_once(
    weights: &mut [f64],
    free: &mut [bool],
    (lower, upper): (f64, f64),
    slack: f64,
) -> Result<bool, Error> {
    let mut cut = Vec::new();
    for (weight, free) in weights.iter_mut().zip(free.iter_mut()).filter(|(weight, _)| **weight != 0.0) {
        if *weight < lower - slack || *weight > upper + slack {
            let kept = weight.clamp(lower, upper);
            cut.push(*weight - kept);
            (*weight, *free) = (kept, false);
        }
    }
    if cut.is_empty() {
        return Ok(false);
    }
    let takers = free.iter().filter(|free| **free).count();
    if takers == 0 {
        return Err(Error::LimitsTooTight { lower, upper });
    }
    let share = sum(cut) / takers as f64;
    weights.iter_mut().zip(free).filter(|(_, free)| **free).for_each(|(weight, _)| *weight += share);
    Ok(true)
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

/// The median of weights that are not zero.
fn median(weights: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = weights.iter().copied().filter(|weight| *weight != 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len() / 2, sorted.len() % 2) {
        (0, 0) => f64::NAN,
        (middle, 1) => sorted[middle],
        (middle, _) => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}
