//! Small dense matrices, by rows: what regressions and tests need of linear algebra.

mod eigen;
#[cfg(test)]
mod tests;

use crate::sum::sum;
pub(crate) use eigen::symmetric_eigenvalues;

/// A matrix by rows.
pub(crate) type Rows = Vec<Vec<f64>>;

/// Below this share of its own length, what a column adds to those before it is rounding.
const DEPENDENT: f64 = 1e-11;

/// The inner product of two vectors of the same length.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum(a.iter().zip(b).map(|(a, b)| a * b))
}

/// A matrix times a vector.
pub(crate) fn times(matrix: &Rows, vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, vector)).collect()
}

/// A matrix times another.
pub(crate) fn product(left: &Rows, right: &Rows) -> Rows {
    let right = transposed(right);
    left.iter().map(|row| times(&right, row)).collect()
}

/// Rows as columns.
pub(crate) fn transposed(matrix: &Rows) -> Rows {
    let width = matrix.first().map_or(0, Vec::len);
    (0..width).map(|column| matrix.iter().map(|row| row[column]).collect()).collect()
}

/// sum_i weight_i x_i x_i' over the rows x of a table.
pub(crate) fn weighted_squares(rows: &[Vec<f64>], weights: &[f64]) -> Rows {
    let size = rows.first().map_or(0, Vec::len);
    let mut squares = vec![vec![0.0; size]; size];
    for (row, weight) in rows.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
        for (one, line) in squares.iter_mut().enumerate() {
            let scaled = weight * row[one];
            line.iter_mut().zip(row).take(one + 1).for_each(|(entry, value)| *entry += scaled * value);
        }
    }
    mirror(&mut squares);
    squares
}

/// Copies what stands below the diagonal to above it.
fn mirror(matrix: &mut Rows) {
    for row in 1..matrix.len() {
        let (above, below) = matrix.split_at_mut(row);
        for (line, entry) in above.iter_mut().zip(&below[0]) {
            line[row] = *entry;
        }
    }
}

/// The lower triangle L of a symmetric positive definite matrix L L'.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    lower: Rows,
}

impl Cholesky {
    /// Splits a matrix of squares and products.
    ///
    /// # Errors
    /// The position of the first column that the columns before it explain.
    pub(crate) fn new(matrix: &Rows) -> Result<Cholesky, usize> {
        let mut lower = vec![vec![0.0; matrix.len()]; matrix.len()];
        for row in 0..matrix.len() {
            for column in 0..row {
                let left = matrix[row][column] - dot(&lower[row][..column], &lower[column][..column]);
                lower[row][column] = left / lower[column][column];
            }
            let left = matrix[row][row] - dot(&lower[row][..row], &lower[row][..row]);
            if left.is_nan() || left <= DEPENDENT * matrix[row][row] {
                return Err(row);
            }
            lower[row][row] = left.sqrt();
        }
        Ok(Cholesky { lower })
    }

    /// The x with A x = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.solve_lower(b);
        for row in (0..x.len()).rev() {
            let known: f64 = (row + 1..x.len()).map(|later| self.lower[later][row] * x[later]).sum();
            x[row] = (x[row] - known) / self.lower[row][row];
        }
        x
    }

    /// The x with L x = b.
    pub(crate) fn solve_lower(&self, b: &[f64]) -> Vec<f64> {
        let mut x = b.to_vec();
        for row in 0..x.len() {
            let known = dot(&self.lower[row][..row], &x[..row]);
            x[row] = (x[row] - known) / self.lower[row][row];
        }
        x
    }

    /// The inverse matrix.
    pub(crate) fn inverse(&self) -> Rows {
        let size = self.lower.len();
        let unit = |place: usize| (0..size).map(|row| f64::from(u8::from(row == place))).collect::<Vec<_>>();
        (0..size).map(|place| self.solve(&unit(place))).collect()
    }
}

/// b' A^-1 b for a symmetric positive definite matrix.
pub(crate) fn inverse_form(matrix: &Rows, b: &[f64]) -> Result<f64, usize> {
    let half = Cholesky::new(matrix)?.solve_lower(b);
    Ok(dot(&half, &half))
}

/// x' A x.
pub(crate) fn form(matrix: &Rows, x: &[f64]) -> f64 {
    dot(x, &times(matrix, x))
}
