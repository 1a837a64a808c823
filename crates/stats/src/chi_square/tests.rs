//! Tables and tails countable by hand.

use super::weighted_sum::{integrated, saddlepoint};
use super::*;
use crate::DesignParts;

#[test]
fn equal_effects_are_an_f() {
    // P(l chi2_k > x chi2_v/v) = P(F_k,v > x/(l k)).
    for (x, k, v) in [(5.0, 4, 12.0), (30.0, 2, 40.0), (2.0, 6, 7.5)] {
        let effects = vec![1.7; k];
        let exact = f_above(x / (1.7 * k as f64), k as f64, v);
        let found = integrated(x, &effects, v);
        assert!((found - exact).abs() < 1e-9, "{found} {exact}");
        assert!((saddlepoint(x, &effects, v) / exact - 1.0).abs() < 0.08);
    }
}

/// Twelve people drawn one by one: 4, 2 in the first row, 1, 5 in the second.
fn twelve() -> (Design, Vec<Option<u32>>, Vec<Option<u32>>) {
    let cells = [(0, 0, 4), (0, 1, 2), (1, 0, 1), (1, 1, 5)];
    let people = || cells.iter().flat_map(|(row, column, count)| vec![(*row, *column); *count]);
    let design = Design::new(DesignParts::weighted(vec![2.0; 12], Basis::Probability)).unwrap();
    (design, people().map(|(row, _)| Some(row)).collect(), people().map(|(_, column)| Some(column)).collect())
}

#[test]
fn simple_sampling_gives_back_pearson() {
    let (design, rows, columns) = twelve();
    let test =
        chi_square(&design, &rows, &columns, &Mask::all(12), AssociationMethod::RaoScottChiSquare).unwrap();
    // Expected 2.5, 3.5, 2.5, 3.5; each differs by 1.5.
    let pearson = 2.25 * (2.0 / 2.5 + 2.0 / 3.5);
    assert!((test.statistic - pearson).abs() < 1e-12);
    // One contrast g = (1/p11, -1/p12, -1/p21, 1/p22): its sum of p g^2 over sum of 1/p is 1, its mean 0,
    // so the effect is 12/11 from the n - 1 of the variance.
    let f = chi_square(&design, &rows, &columns, &Mask::all(12), AssociationMethod::RaoScottF).unwrap();
    assert!((f.statistic - pearson * 11.0 / 12.0).abs() < 1e-9);
    assert_eq!((f.numerator.map(|d| d.round()), f.denominator.map(|d| d.round())), (Some(1.0), Some(11.0)));
    assert_eq!((f.rows, f.columns, f.respondents), (vec![0, 1], vec![0, 1], 12));
}

#[test]
fn the_wald_test_of_a_two_by_two_table() {
    let (design, rows, columns) = twelve();
    let test = chi_square(&design, &rows, &columns, &Mask::all(12), AssociationMethod::Wald).unwrap();
    // Y = N22 - R2 C2/N = 2 (5 - 3.5) = 3. z_i = (r_i - 1/2)(c_i - 7/12): 7/24 four times, -5/24 twice, -7/24 once,
    // 5/24 five times; weighted by 2, V = 12/11 sum (2z - mean)^2.
    let values = [(7.0, 4.0), (-5.0, 2.0), (-7.0, 1.0), (5.0, 5.0)];
    let squares: f64 = values.iter().map(|(z, n)| n * (z / 12.0_f64).powi(2)).sum();
    let total: f64 = values.iter().map(|(z, n)| n * z / 12.0).sum();
    let variance = 12.0 / 11.0 * (squares - total * total / 12.0);
    assert!((total - 3.0).abs() < 1e-12);
    assert!((test.statistic - 9.0 / variance).abs() < 1e-9);
    assert_eq!((test.numerator, test.denominator), (Some(1.0), Some(11.0)));
}

#[test]
fn refusals_have_names() {
    let (design, rows, _) = twelve();
    let everyone = Mask::all(12);
    let one_column = vec![Some(3); 12];
    let refused = |rows: &[Option<u32>], columns: &[Option<u32>]| {
        chi_square(&design, rows, columns, &everyone, AssociationMethod::RaoScottF).unwrap_err()
    };
    assert_eq!(refused(&rows, &one_column), Error::TooFew { what: "columns", got: 1, needed: 2 });
    let many: Vec<Option<u32>> = (0..12).map(|code| Some(code % 6)).collect();
    let four: Vec<Option<u32>> = (0..12).map(|code| Some(code / 3)).collect();
    assert_eq!(refused(&many, &four), Error::TooMany { what: "contrasts", asked: 15, degrees: 11 });
}
