//! The regression of values on columns whose totals are known.

use std::sync::Arc;

use crate::matrix::{Cholesky, weighted_squares};

/// Columns that weights were fitted to, by rows or by the cells that rows are in.
#[derive(Clone, Debug)]
pub(crate) struct Regression {
    /// The weights that meet the totals.
    weights: Arc<Vec<f64>>,
    /// The weights before, which the regression counts with.
    before: Arc<Vec<f64>>,
    cells: Option<Vec<u32>>,
    columns: Vec<Vec<f64>>,
    /// Of the columns' squares and products; none when all weights are zero.
    root: Option<Cholesky>,
}

impl Regression {
    /// `collapsed` has the weights before of the rows of `columns`.
    pub(crate) fn new(
        weights: Arc<Vec<f64>>,
        before: Arc<Vec<f64>>,
        cells: Option<Vec<u32>>,
        columns: Vec<Vec<f64>>,
        collapsed: &[f64],
    ) -> Regression {
        let root = Cholesky::new(&weighted_squares(&columns, collapsed)).ok();
        Regression { weights, before, cells, columns, root }
    }

    /// Replaces weighted values t = w z by w (z - x'B), B the regression of z on x weighted as before.
    ///
    /// # Source
    /// Saerndal, Swensson and Wretman 1992, section 6.5; R `survey::svyrecvar` after `calibrate`.
    pub(crate) fn leave_residuals(&self, weighted: &mut [f64]) {
        let Some(root) = &self.root else { return };
        let place = |row: usize| self.cells.as_ref().map_or(row, |cells| cells[row] as usize);
        let mut sums = vec![0.0; self.columns.len()];
        for (row, value) in weighted.iter().enumerate().filter(|(row, _)| self.weights[*row] != 0.0) {
            sums[place(row)] += self.before[row] * value / self.weights[row];
        }
        let mut products = vec![0.0; self.columns.first().map_or(0, Vec::len)];
        for (columns, sum) in self.columns.iter().zip(&sums) {
            products.iter_mut().zip(columns).for_each(|(product, value)| *product += sum * value);
        }
        let slopes = root.solve(&products);
        let fit = |columns: &Vec<f64>| columns.iter().zip(&slopes).map(|(x, slope)| x * slope).sum();
        let fits: Vec<f64> = self.columns.iter().map(fit).collect();
        for (row, value) in weighted.iter_mut().enumerate() {
            *value -= self.weights[row] * fits[place(row)];
        }
    }
}
