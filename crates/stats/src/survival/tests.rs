//! Waits countable by hand.

use super::*;
use crate::{Basis, DesignParts, Term};

fn plain(rows: usize) -> Design {
    Design::new(DesignParts::weighted(vec![1.0; rows], Basis::Probability)).unwrap()
}

#[test]
fn a_curve_of_five() {
    let waiting = Waiting { times: &[1.0, 2.0, 2.0, 3.0, 4.0], happened: &[true, true, false, true, false] };
    let curve = kaplan_meier(&plain(5), waiting, &Mask::all(5), &[0.5, 1.0, 2.5, 9.0]).unwrap();
    let expected = [1.0, 0.8, 0.8 * 0.75, 0.8 * 0.75 * 0.5];
    curve.values.iter().zip(expected).for_each(|(got, value)| assert!((got - value).abs() < 1e-12));
    // At 1 it is a plain share: p(1 - p)/(n - 1).
    assert!((curve.standard_error(1) - (0.8_f64 * 0.2 / 4.0).sqrt()).abs() < 1e-12);
    assert_eq!(curve.standard_error(0), 0.0);
}

#[test]
fn a_hazard_ratio_of_two_pairs() {
    // Partial likelihood with x = 1, 0, 1, 0 at times 1..4, all reached: e/(2e+2) x 1/(e+2) x e/(e+1),
    // with e = exp b; its derivative vanishes where e^2 - 2e - 4... is found here by search.
    let waiting = Waiting { times: &[1.0, 2.0, 3.0, 4.0], happened: &[true; 4] };
    let terms = [Term::new("x", vec![1.0, 0.0, 1.0, 0.0])];
    let fit = hazard_regression(&plain(4), waiting, &terms, &Mask::all(4)).unwrap();
    let likelihood = |b: f64| {
        let e = b.exp();
        (e / (2.0 * e + 2.0) / (e + 2.0) * e / (e + 1.0)).ln()
    };
    let best = fit.coefficients[0];
    assert!(likelihood(best) > likelihood(best + 1e-3) && likelihood(best) > likelihood(best - 1e-3));
    assert_eq!((fit.events, fit.respondents, fit.degrees_of_freedom), (4, 4, 3));
}

#[test]
fn a_log_rank_score_is_observed_minus_expected() {
    let waiting = Waiting { times: &[1.0, 2.0, 3.0, 4.0], happened: &[true; 4] };
    let groups = [Some(1), Some(0), Some(1), Some(0)];
    let test = log_rank(&plain(4), waiting, &groups, &Mask::all(4)).unwrap();
    // Second group: 2 observed, 1/2 + 1/3 + 1/2 + 0 expected.
    assert!((test.score - (2.0 - 0.5 - 1.0 / 3.0 - 0.5)).abs() < 1e-12);
}

#[test]
fn refusals_have_names() {
    let never = Waiting { times: &[1.0, 2.0, 3.0, 4.0], happened: &[false; 4] };
    assert_eq!(kaplan_meier(&plain(4), never, &Mask::all(4), &[1.0]).unwrap_err(), Error::NoEvents);
    let all = Waiting { times: &[1.0, 2.0, 3.0, 4.0], happened: &[true; 4] };
    let one = [Some(7); 4];
    assert_eq!(log_rank(&plain(4), all, &one, &Mask::all(4)).unwrap_err(), Error::GroupsNotTwo { groups: 1 });
    let order = [Term::new("first", vec![1.0, 1.0, 0.0, 0.0])];
    let refused = hazard_regression(&plain(4), all, &order, &Mask::all(4)).unwrap_err();
    assert_eq!(refused, Error::TermSeparates { term: "first".into() });
}
