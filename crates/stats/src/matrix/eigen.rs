//! Eigenvalues of small symmetric matrices.

use super::Rows;

/// Sweeps over all pairs; six are usual for thirty rows.
const SWEEPS: usize = 60;

/// The eigenvalues of a symmetric matrix, largest first, by Jacobi's rotations.
///
/// # Source
/// Golub and Van Loan 2013, Matrix Computations, section 8.5.
pub(crate) fn symmetric_eigenvalues(matrix: &Rows) -> Vec<f64> {
    let mut a = matrix.clone();
    for _ in 0..SWEEPS {
        if !sweep(&mut a) {
            break;
        }
    }
    let mut values: Vec<f64> = (0..a.len()).map(|place| a[place][place]).collect();
    values.sort_by(|one, other| other.total_cmp(one));
    values
}

/// Rotates every pair once; says whether anything was left to rotate.
fn sweep(a: &mut Rows) -> bool {
    let mut moved = false;
    for row in 1..a.len() {
        for column in 0..row {
            let size = (a[row][row] * a[column][column]).abs().sqrt();
            if a[row][column].abs() > 1e-17 * size.max(f64::MIN_POSITIVE) {
                rotate(a, row, column);
                moved = true;
            }
        }
    }
    moved
}

/// Makes the entry at (p, q) zero.
fn rotate(a: &mut Rows, p: usize, q: usize) {
    let cotangent = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tangent = cotangent.signum() / (cotangent.abs() + cotangent.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for row in a.iter_mut() {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
    }
    let (above, below) = a.split_at_mut(p.max(q));
    let (one, other) = if p < q { (&mut above[p], &mut below[0]) } else { (&mut below[0], &mut above[q]) };
    for (one, other) in one.iter_mut().zip(other) {
        (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
    }
    a[p][q] = 0.0;
    a[q][p] = 0.0;
}
