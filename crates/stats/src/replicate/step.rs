//! Steps of weighting that are repeated in every replicate.

use crate::TrimOptions;
use crate::trim::cut;

/// One step, as it changes the weights of each replicate.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// One factor per cell.
    Cells {
        /// Cell of each row.
        cells: Vec<u32>,
        /// For each replicate, the factor of each cell.
        factors: Vec<Vec<f64>>,
    },
    /// One factor per row, the same in every replicate.
    Rows(Vec<f64>),
    /// Cut to limits of their own.
    Trim(TrimOptions),
}

impl Step {
    /// Changes the weights of a replicate.
    pub(super) fn apply(&self, replicate: usize, weights: &mut [f64]) {
        match self {
            Step::Cells { cells, factors } => self::multiply(weights, cells, &factors[replicate]),
            Step::Trim(options) => {
                cut(weights, options).expect("limits were tried on every replicate when the step was made");
            }
            Step::Rows(factors) => {
                weights.iter_mut().zip(factors).for_each(|(weight, factor)| *weight *= factor);
            }
        }
    }

    /// Whether rows of a cell keep a common factor.
    pub(super) fn by_cell(&self) -> bool {
        matches!(self, Step::Cells { .. })
    }

    /// Cell of each row, where there are cells.
    pub(super) fn cells(&self) -> Option<&[u32]> {
        match self {
            Step::Cells { cells, .. } => Some(cells),
            Step::Rows(_) | Step::Trim(_) => None,
        }
    }

    /// Multiplies the factors of groups by those of their cells.
    pub(super) fn multiply_cells(&self, replicate: usize, cells: &[u32], groups: &mut [f64]) {
        if let Step::Cells { factors, .. } = self {
            multiply(groups, cells, &factors[replicate]);
        }
    }
}

fn multiply(weights: &mut [f64], cells: &[u32], factors: &[f64]) {
    weights.iter_mut().zip(cells).for_each(|(weight, cell)| *weight *= factors[*cell as usize]);
}
