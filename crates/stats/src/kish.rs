//! What unequal weights cost.

use crate::sum::sum;
use crate::{Design, Error, Mask};

/// What unequal weights cost, by Kish's approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kish {
    /// n sum w^2 / (sum w)^2: 1 for equal weights, 2 when half the sample is lost to unequal weights.
    pub design_effect: f64,
    /// (sum w)^2 / sum w^2: the size of an equally weighted sample with the same precision.
    pub effective_n: f64,
    /// n, the number of weights given, zero weights included.
    pub respondents: usize,
    /// sum w.
    pub sum: f64,
    /// Population variance of the weights over their squared mean; the design effect minus one.
    pub relative_variance: f64,
}

/// Kish's design effect and effective size of `weights`.
///
/// design effect = n sum w^2 / (sum w)^2, effective n = (sum w)^2 / sum w^2.
///
/// # Errors
/// A weight that is negative or not finite, no weights, or weights that are all zero.
///
/// # Source
/// Kish 1965, Survey Sampling, section 11.2.
///
/// # Example
/// ```
/// let kish = stats::kish(&[1.0, 1.0, 2.0]).unwrap();
/// assert!((kish.design_effect - 18.0 / 16.0).abs() < 1e-12);
/// assert!((kish.effective_n - 16.0 / 6.0).abs() < 1e-12);
/// ```
pub fn kish(weights: &[f64]) -> Result<Kish, Error> {
    crate::design::check_weights(weights)?;
    let total = sum(weights.iter().copied());
    let squares = sum(weights.iter().map(|w| w * w));
    let mean = total / weights.len() as f64;
    let spread = sum(weights.iter().map(|w| (w - mean) * (w - mean))) / weights.len() as f64;
    // Distances from the mean keep digits that the difference of two large sums would lose.
    Ok(Kish { relative_variance: spread / (mean * mean), ..kish_from(weights.len(), total, squares)? })
}

/// The same from the number of rows, sum w and sum w^2.
pub(crate) fn kish_from(rows: usize, total: f64, squares: f64) -> Result<Kish, Error> {
    let design_effect = rows as f64 * (squares / total / total);
    let result = Kish {
        design_effect,
        effective_n: total * total / squares,
        respondents: rows,
        sum: total,
        relative_variance: (design_effect - 1.0).max(0.0),
    };
    match result.design_effect.is_finite() && result.effective_n.is_finite() {
        true => Ok(result),
        false => Err(Error::Overflow { what: "weights" }),
    }
}

/// Kish's design effect and effective size of the weights of a domain.
///
/// # Errors
/// [`Error::EmptyDomain`] when nobody with a weight is in the domain, [`Error::RowsDiffer`] when the
/// domain belongs to another design.
pub fn kish_of(design: &Design, domain: &Mask) -> Result<Kish, Error> {
    design.check_rows("domain", domain.rows())?;
    let inside: Vec<f64> = design
        .weights()
        .iter()
        .zip(domain.as_slice())
        .filter(|(_, inside)| **inside)
        .map(|(w, _)| *w)
        .collect();
    match kish(&inside) {
        Err(Error::NoRows | Error::NoWeight) => Err(Error::EmptyDomain),
        other => other,
    }
}
