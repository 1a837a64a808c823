//! Wald's test of the differences from independence.

use super::{Outcome, Table};
use crate::distributions::f_above;
use crate::matrix::{Rows, inverse_form, product, transposed};
use crate::{Design, Error};

/// F = Q/k on k contrasts and the degrees of freedom of the design.
pub(super) fn plain(design: &Design, table: &Table, degrees: f64) -> Result<Outcome, Error> {
    let contrasts = table.contrasts() as f64;
    let (square, respondents) = square(design, table)?;
    Ok(outcome(square / contrasts, contrasts, degrees, respondents))
}

/// F = Q (d - k + 1)/(k d) on k and d - k + 1.
///
/// # Source
/// Fellegi 1980, Journal of the American Statistical Association 75, 261-268.
pub(super) fn adjusted(design: &Design, table: &Table, degrees: f64) -> Result<Outcome, Error> {
    let contrasts = table.contrasts() as f64;
    let left = degrees - contrasts + 1.0;
    let (square, respondents) = square(design, table)?;
    Ok(outcome(square * left / (contrasts * degrees), contrasts, left, respondents))
}

fn outcome(f: f64, numerator: f64, denominator: f64, respondents: usize) -> Outcome {
    let p = f_above(f, numerator, denominator);
    Outcome { statistic: f, numerator: Some(numerator), denominator: Some(denominator), p, respondents }
}

/// Q = Y'V^-1 Y, and how many people it is from, of Y = N_ij - R_i C_j/N for all rows and columns but the first.
fn square(design: &Design, table: &Table) -> Result<(f64, usize), Error> {
    let counts = table.counts(design)?;
    let (rows, columns) = table.margins(&counts.values);
    let people: f64 = rows.iter().sum();
    let width = columns.len();
    let kept: Vec<usize> =
        (0..counts.values.len()).filter(|cell| *cell >= width && cell % width > 0).collect();
    let expected = |cell: usize| rows[cell / width] * columns[cell % width] / people;
    let differences: Vec<f64> = kept.iter().map(|cell| counts.values[*cell] - expected(*cell)).collect();
    // dY_ij/dN_kl = [ij = kl] - [i = k] C_j/N - [j = l] R_i/N + R_i C_j/N^2
    let slope = |cell: usize, other: usize| {
        let same = |yes: bool, value: f64| if yes { value } else { 0.0 };
        same(cell == other, 1.0)
            - same(cell / width == other / width, columns[cell % width] / people)
            - same(cell % width == other % width, rows[cell / width] / people)
            + expected(cell) / people
    };
    let slopes: Rows =
        kept.iter().map(|cell| (0..counts.values.len()).map(|other| slope(*cell, other)).collect()).collect();
    let covariance = product(&product(&slopes, &counts.covariance), &transposed(&slopes));
    let square = inverse_form(&covariance, &differences).map_err(|_| Error::NoVariation)?;
    Ok((square, counts.respondents[0]))
}
