//! Scales countable by hand.

use super::*;
use crate::DesignParts;

fn plain(rows: usize) -> Design {
    Design::new(DesignParts::weighted(vec![1.0; rows], Basis::Probability)).unwrap()
}

#[test]
fn without_terms_the_thresholds_are_the_shares() {
    let response: Vec<Option<u32>> = [1, 1, 2, 2, 2, 5, 5, 5, 5, 5].map(Some).to_vec();
    let fit = ordinal_regression(&plain(10), &response, &[], &Mask::all(10)).unwrap();
    assert_eq!(fit.categories, vec![1, 2, 5]);
    assert!((fit.thresholds[0] - (0.2_f64 / 0.8).ln()).abs() < 1e-3);
    assert!(fit.thresholds[1].abs() < 1e-3);
    // logit p has variance p(1-p)/(n-1) / (p(1-p))^2 under simple sampling.
    assert!((fit.standard_error(1) - (1.0 / (9.0 * 0.25_f64)).sqrt()).abs() < 1e-3);
}

#[test]
fn two_categories_and_a_group_are_an_odds_ratio() {
    // 3 of 4 are up in the second group, 1 of 4 in the first: log odds ratio ln 9.
    let response: Vec<Option<u32>> = [0, 0, 0, 1, 0, 1, 1, 1].map(Some).to_vec();
    let group = Term::new("group", vec![0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    let fit = ordinal_regression(&plain(8), &response, &[group], &Mask::all(8)).unwrap();
    assert!((fit.coefficients[0] - 9.0_f64.ln()).abs() < 1e-3);
    assert!((fit.thresholds[0] - 3.0_f64.ln()).abs() < 1e-3);
}

#[test]
fn refusals_have_names() {
    let response: Vec<Option<u32>> = [0, 0, 0, 1, 1, 2, 2, 2].map(Some).to_vec();
    let perfect = Term::new("perfect", vec![0.0, 1.0, 2.0, 10.0, 11.0, 20.0, 21.0, 22.0]);
    let refused = |response: &[Option<u32>], terms: &[Term]| {
        ordinal_regression(&plain(8), response, terms, &Mask::all(8)).unwrap_err()
    };
    assert_eq!(
        refused(&response, std::slice::from_ref(&perfect)),
        Error::TermSeparates { term: "perfect".into() }
    );
    assert_eq!(refused(&[Some(1); 8], &[]), Error::TooFew { what: "categories", got: 1, needed: 2 });
    let same = Term::new("same", vec![1.0; 8]);
    assert_eq!(refused(&response, &[same]), Error::TermDependent { term: "same".into() });
}
