//! Influences of fitted estimates: how far each row moves them.

use crate::Mask;
use crate::matrix::{Rows, times};

/// The rows of a domain, in order.
pub(crate) fn rows_in(domain: &Mask) -> Vec<usize> {
    (0..domain.rows()).filter(|row| domain.contains(*row)).collect()
}

/// Influences of coefficients, inverse x score, spread from the rows kept to all rows of the design.
pub(crate) fn spread(inverse: &Rows, scores: &Rows, kept: &[usize], rows: usize) -> Rows {
    let mut columns = vec![vec![0.0; rows]; inverse.len()];
    for (row, score) in kept.iter().zip(scores) {
        let moved = times(inverse, score);
        columns.iter_mut().zip(moved).for_each(|(column, value)| column[*row] = value);
    }
    columns
}
