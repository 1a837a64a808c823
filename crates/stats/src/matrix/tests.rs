//! Matrices whose answers are known by hand.

use super::*;

#[track_caller]
fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-12, "expected {expected}, got {got}");
}

#[test]
fn a_system_of_two() {
    let split = Cholesky::new(&vec![vec![4.0, 2.0], vec![2.0, 3.0]]).unwrap();
    let x = split.solve(&[10.0, 9.0]);
    close(x[0], 1.5);
    close(x[1], 2.0);
    let inverse = split.inverse();
    close(inverse[0][0], 3.0 / 8.0);
    close(inverse[0][1], -2.0 / 8.0);
    close(inverse_form(&vec![vec![4.0, 2.0], vec![2.0, 3.0]], &[10.0, 9.0]).unwrap(), 33.0);
}

#[test]
fn a_column_that_the_others_explain_is_named() {
    let rows = [vec![1.0, 0.1, 2.1], vec![1.0, 0.7, 2.7], vec![1.0, 0.4, 2.4], vec![1.0, 0.9, 2.9]];
    assert_eq!(Cholesky::new(&weighted_squares(&rows, &[1.0; 4])).unwrap_err(), 2);
    assert_eq!(Cholesky::new(&vec![vec![f64::NAN]]).unwrap_err(), 0);
}

#[test]
fn products() {
    let a = vec![vec![1.0, 2.0, 3.0], vec![4.0, 5.0, 6.0]];
    assert_eq!(product(&a, &transposed(&a)), vec![vec![14.0, 32.0], vec![32.0, 77.0]]);
    close(form(&vec![vec![2.0, 1.0], vec![1.0, 2.0]], &[1.0, 3.0]), 26.0);
}

#[test]
fn eigenvalues_of_known_matrices() {
    // A circulant matrix of side n has 2 - 2 cos(2 pi k/n).
    let n = 12;
    let entry = |row: usize, column: usize| match (row + n - column) % n {
        0 => 2.0,
        1 => -1.0,
        last if last == n - 1 => -1.0,
        _ => 0.0,
    };
    let matrix: Rows = (0..n).map(|row| (0..n).map(|column| entry(row, column)).collect()).collect();
    let angle = |k: usize| 2.0 - 2.0 * (2.0 * std::f64::consts::PI * k as f64 / n as f64).cos();
    let mut expected: Vec<f64> = (0..n).map(angle).collect();
    expected.sort_by(|one, other| other.total_cmp(one));
    symmetric_eigenvalues(&matrix).into_iter().zip(expected).for_each(|(got, expected)| close(got, expected));
    assert_eq!(symmetric_eigenvalues(&vec![vec![3.0]]), vec![3.0]);
}
