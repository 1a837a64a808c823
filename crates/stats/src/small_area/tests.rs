//! Areas countable by hand.

use super::*;

fn model<'a>(direct: &'a [f64], variances: &'a [f64], terms: &'a [Term]) -> AreaModel<'a> {
    AreaModel { direct, variances, terms }
}

#[track_caller]
fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-9 * expected.abs().max(1.0), "expected {expected}, got {got}");
}

#[test]
fn equal_variances_have_closed_forms() {
    // With psi = 1 everywhere and an intercept: s2 = SS/(m - 1) - 1 by REML and moment, SS/m - 1 by ML.
    let terms = [Term::intercept(5)];
    let (direct, variances) = ([1.0, 3.0, 5.0, 7.0, 9.0], [1.0; 5]);
    for (method, expected) in
        [(AreaMethod::Restricted, 9.0), (AreaMethod::Moment, 9.0), (AreaMethod::Likelihood, 7.0)]
    {
        let areas = fay_herriot(model(&direct, &variances, &terms), method).unwrap();
        close(areas.variance_between, expected);
        close(areas.coefficients[0], 5.0);
        close(areas.standard_errors[0], ((expected + 1.0) / 5.0).sqrt());
    }
    let areas = fay_herriot(model(&direct, &variances, &terms), AreaMethod::Restricted).unwrap();
    close(areas.own_share[0], 0.9);
    close(areas.values[0], 1.4);
    // g1 = .9, g2 = .01 x 10/5, g3 = 1/1000 x 2/(5/100)
    close(areas.squared_errors[0], 0.9 + 0.02 + 2.0 * 0.04);
}

#[test]
fn areas_alike_have_no_variance_between_them() {
    let terms = [Term::intercept(4)];
    for method in [AreaMethod::Restricted, AreaMethod::Likelihood, AreaMethod::Moment] {
        let areas = fay_herriot(model(&[2.0, 2.1, 1.9, 2.0], &[1.0; 4], &terms), method).unwrap();
        assert_eq!(areas.variance_between, 0.0);
        areas.values.iter().for_each(|value| close(*value, 2.0));
    }
}

#[test]
fn exact_areas_keep_their_value_and_vague_ones_take_the_model() {
    let terms = [Term::intercept(6), Term::new("x", vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0])];
    let direct = [0.4, 0.8, 2.9, 2.2, 4.6, 4.7];
    let exact = fay_herriot(model(&direct, &[1e-12; 6], &terms), AreaMethod::Restricted).unwrap();
    direct.iter().zip(&exact.values).for_each(|(y, value)| close(*value, *y));
    let vague = fay_herriot(model(&direct, &[1e9; 6], &terms), AreaMethod::Restricted).unwrap();
    let line = |x: f64| vague.coefficients[0] + vague.coefficients[1] * x;
    vague.values.iter().zip(0..).for_each(|(value, x)| close(*value, line(f64::from(x))));
}

#[test]
fn refusals_have_names() {
    let terms = [Term::intercept(4)];
    let refused = |direct: &[f64], variances: &[f64], terms: &[Term]| {
        fay_herriot(model(direct, variances, terms), AreaMethod::Restricted).unwrap_err()
    };
    let direct = [1.0, 2.0, 3.0, 4.0];
    assert_eq!(
        refused(&direct, &[1.0, 0.0, 1.0, 1.0], &terms),
        Error::NotPositive { what: "sampling variance", row: 1, value: 0.0 }
    );
    assert_eq!(
        refused(&direct[..3], &[1.0; 3], &[Term::intercept(3)]),
        Error::TooFew { what: "areas", got: 3, needed: 4 }
    );
    let five = [1.0, 2.0, 3.0, 4.0, 6.0];
    let twice = [Term::intercept(5), Term::new("again", vec![2.0; 5])];
    assert_eq!(refused(&five, &[1.0; 5], &twice), Error::TermDependent { term: "again".into() });
    assert!(matches!(refused(&direct, &[1.0; 3], &terms), Error::RowsDiffer { .. }));
}
