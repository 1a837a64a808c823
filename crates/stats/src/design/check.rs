//! Checks of weights.

use crate::{Error, chunks};

/// Weights are finite, not negative, and not all zero.
pub(crate) fn check_weights(weights: &[f64]) -> Result<(), Error> {
    if weights.is_empty() {
        return Err(Error::NoRows);
    }
    // Two folds without a way out are faster than one with it.
    let parts = chunks::map(weights.len(), 0, |rows| {
        let rows = &weights[rows];
        (
            rows.iter().all(|weight| *weight >= 0.0 && *weight <= f64::MAX),
            rows.iter().any(|weight| *weight != 0.0),
        )
    });
    if !parts.iter().all(|(usable, _)| *usable) {
        let wrong = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0);
        let row = wrong.expect("a chunk has a weight that cannot be used");
        return Err(Error::WeightNotUsable { row, weight: weights[row] });
    }
    match parts.iter().any(|(_, some)| *some) {
        true => Ok(()),
        false => Err(Error::NoWeight),
    }
}
