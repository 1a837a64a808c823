//! Checks of weights.

use crate::Error;

/// Weights are finite, not negative, and not all zero.
pub(crate) fn check_weights(weights: &[f64]) -> Result<(), Error> {
    if weights.is_empty() {
        return Err(Error::NoRows);
    }
    if let Some(row) = weights.iter().position(|w| !w.is_finite() || *w < 0.0) {
        return Err(Error::WeightNotUsable { row, weight: weights[row] });
    }
    if weights.iter().all(|w| *w == 0.0) {
        return Err(Error::NoWeight);
    }
    Ok(())
}
