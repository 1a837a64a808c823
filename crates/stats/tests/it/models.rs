//! Models and tests countable by hand.

use stats::*;

use crate::close;

fn plain(rows: usize) -> Design {
    Design::new(DesignParts::weighted(vec![1.0; rows], Basis::Probability)).unwrap()
}

/// Four of a first group, of whom one says yes, and four of a second, of whom three do.
fn eight() -> (Design, Vec<f64>, Vec<Term>) {
    let group = vec![0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let yes = vec![0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0];
    (plain(8), yes, vec![Term::intercept(8), Term::new("group", group)])
}

#[test]
fn a_logistic_regression_is_a_log_odds_ratio() {
    let (design, yes, terms) = eight();
    let fit = regression(&design, &yes, &terms, &Mask::all(8), Family::Binomial).unwrap();
    let near = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-6, "{got} {expected}");
    near(fit.coefficients[0], -(3.0_f64.ln()));
    near(fit.coefficients[1], 9.0_f64.ln());
    // Each log odds varies by 8/7 n p(1-p)/(n p(1-p))^2 = 8/7 / 0.75.
    near(fit.covariance[0][0], 8.0 / 7.0 / 0.75);
    near(fit.covariance[1][1], 2.0 * 8.0 / 7.0 / 0.75);
    assert_eq!((fit.degrees_of_freedom, fit.respondents), (6, 8));
    let wald = fit.wald(&[1]).unwrap();
    near(wald.f, fit.t(1).powi(2));
    near(wald.p, fit.p(1));
    let predicted = fit.predict(&[1.0, 1.0]).unwrap();
    near(predicted.value, 0.75);
    // The slope p(1-p) turns the variance of the log odds into that of the share.
    near(predicted.standard_error, 0.75 * 0.25 * (8.0_f64 / 7.0 / 0.75).sqrt());
}

#[test]
fn a_regression_of_counts_is_a_log_ratio() {
    let (design, _, terms) = eight();
    let counts = [1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 2.0, 12.0];
    let fit = regression(&design, &counts, &terms, &Mask::all(8), Family::Poisson).unwrap();
    assert!((fit.coefficients[0] - 2.0_f64.ln()).abs() < 1e-9);
    assert!((fit.coefficients[1] - 3.0_f64.ln()).abs() < 1e-9);
}

#[test]
fn a_margin_of_groups_is_the_mean_of_the_group() {
    let (design, yes, terms) = eight();
    let mut second = terms.clone();
    second[1].values = vec![1.0; 8];
    let margin = predictive_margin(&design, &yes, &terms, &second, &Mask::all(8), Family::Binomial).unwrap();
    let of_second = Mask::from_fn(8, |row| row >= 4);
    let expected = mean(&design, &yes, &of_second).unwrap();
    assert!((margin.value - expected.value).abs() < 1e-9);
    assert!((margin.standard_error - expected.standard_error).abs() < 1e-6);
}

#[test]
fn a_t_test_is_the_slope_on_the_group() {
    let (design, _, terms) = eight();
    let values = [1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 2.0, 12.0];
    let (a, b) = (Mask::from_fn(8, |row| row < 4), Mask::from_fn(8, |row| row >= 4));
    let test = t_test(&design, &values, &a, &b, 0.95).unwrap();
    // Means 2 and 6; squares 2 and 56 over 4^2, times 8/7.
    close(test.value, 4.0);
    close(test.standard_error, (8.0_f64 / 7.0 * 58.0 / 16.0).sqrt());
    assert_eq!(test.degrees_of_freedom, 6);
    let line = regression(&design, &values, &terms, &Mask::all(8), Family::Gaussian).unwrap();
    close(line.coefficients[1], test.value);
    close(line.standard_error(1), test.standard_error);
    let zero = t_test_of_zero(&design, &values, &a, 0.95).unwrap();
    close(zero.value, 2.0);
    assert_eq!(zero.degrees_of_freedom, 2);
}

#[test]
fn ranks_of_four() {
    // Ranks 0.5, 1.5, 2.5, 3.5 of 4; the second group has the second and the fourth.
    let groups = [Some(1), Some(2), Some(1), Some(2)];
    let test =
        rank_test(&plain(4), &[1.0, 2.0, 3.0, 4.0], &groups, &Mask::all(4), RankScore::Wilcoxon).unwrap();
    close(test.differences[0], 0.25);
    // Within both groups scores are 1/4 from their mean: 4/3 x 4 x (1/8)^2.
    close(test.covariance[0][0], 4.0 / 3.0 / 16.0);
    assert_eq!((test.groups.clone(), test.contrasts, test.degrees_of_freedom), (vec![1, 2], 1, 2));
    close(test.t().unwrap(), 0.25 / (1.0_f64 / 12.0).sqrt());
    let median =
        rank_test(&plain(4), &[1.0, 2.0, 3.0, 4.0], &groups, &Mask::all(4), RankScore::Median).unwrap();
    close(median.differences[0], 0.0);
}

#[test]
fn items_that_say_the_same_have_an_alpha_of_one() {
    let one = [1.0, 2.0, 4.0, 5.0];
    let design = plain(4);
    let same = cronbach_alpha(&design, &[&one, &one, &one], &Mask::all(4)).unwrap();
    close(same.value, 1.0);
    // Two items of variance 1/3 x 4 x 1/4 = 1/3 without covariance.
    let (a, b) = ([0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]);
    close(cronbach_alpha(&design, &[&a, &b], &Mask::all(4)).unwrap().value, 0.0);
    let jackknife = design.with_replicates(ReplicateKind::Jackknife, Centre::Estimate).unwrap();
    let alpha = cronbach_alpha(&jackknife, &[&a, &b], &Mask::all(4)).unwrap();
    // Without any one of the four: variances 2/9 each, of the sum 2/3 or 2/9, alpha 2/3 or -2; 3/4 of the squares.
    close(alpha.standard_error.unwrap(), (0.75_f64 * 2.0 * (4.0 / 9.0 + 4.0)).sqrt());
    let gap = [0.0, f64::NAN, 1.0, 1.0];
    let alpha = cronbach_alpha(&design, &[&gap, &one], &Mask::all(4)).unwrap();
    assert_eq!((alpha.respondents, alpha.incomplete, alpha.items), (3, 1, 2));
}

#[test]
fn a_standardized_mean() {
    // Group 0 has one young and three old, group 1 three and one; the population is half and half.
    let young = [1, 0, 0, 0, 1, 1, 1, 0].map(Some);
    let groups = [0, 0, 0, 0, 1, 1, 1, 1].map(Some);
    let values = [1.0, 5.0, 6.0, 7.0, 2.0, 3.0, 4.0, 9.0];
    let composition = Composition { codes: &young, population: [(0, 50.0), (1, 50.0)].into() };
    let (design, domain) = standardize(&plain(8), &composition, &groups, &Mask::all(8)).unwrap();
    let first = Mask::from_fn(8, |row| domain.contains(row) && row < 4);
    close(mean(&design, &values, &first).unwrap().value, (1.0 + 6.0) / 2.0);
    let nobody = Composition { codes: &young, population: [(0, 50.0), (1, 25.0), (2, 25.0)].into() };
    let refused = standardize(&plain(8), &nobody, &groups, &Mask::all(8)).unwrap_err();
    assert!(matches!(refused, Error::CategoryWithoutRespondents { .. }), "{refused}");
}

#[test]
fn pairs_are_a_family() {
    let values = [1.0, 2.0, 5.0, 6.5, 1.5, 2.5, 9.0, 9.5, 2.0];
    let groups: Vec<Mask> = (0..3).map(|code| Mask::from_fn(9, |row| row % 3 == code)).collect();
    let family = pairwise(&plain(9), &values, &groups, Adjustment::Bonferroni, 0.95).unwrap();
    let pairs: Vec<(usize, usize)> = family.comparisons.iter().map(|pair| (pair.a, pair.b)).collect();
    assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)]);
    for pair in &family.comparisons {
        close(pair.p_adjusted, (3.0 * pair.difference.p).min(1.0));
    }
}

#[test]
fn refusals_have_names() {
    let (design, yes, terms) = eight();
    let all = Mask::all(8);
    let perfect = [terms[0].clone(), Term::new("yes", yes.clone())];
    let refused = |response: &[f64], terms: &[Term], family| {
        regression(&design, response, terms, &all, family).unwrap_err()
    };
    assert_eq!(refused(&yes, &perfect, Family::Binomial), Error::TermSeparates { term: "yes".into() });
    let twice = [terms[0].clone(), Term::new("two", vec![2.0; 8])];
    assert_eq!(refused(&yes, &twice, Family::Gaussian), Error::TermDependent { term: "two".into() });
    let many: Vec<Term> = (0..8).map(|at| Term::new("t", vec![f64::from(at); 8])).collect();
    assert_eq!(
        refused(&yes, &many, Family::Gaussian),
        Error::TooMany { what: "coefficients", asked: 8, degrees: 7 }
    );
    let counts = [3.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    assert!(matches!(refused(&counts, &terms, Family::Poisson), Error::ResponseNotUsable { row: 2, .. }));
    let fit = regression(&design, &yes, &terms, &all, Family::Gaussian).unwrap();
    assert!(matches!(fit.predict(&[1.0]), Err(Error::CoefficientsDiffer { .. })));
    assert!(matches!(fit.wald(&[]), Err(Error::TooMany { .. })));
    let one = rank_test(&design, &yes, &[Some(1); 8], &all, RankScore::Wilcoxon).unwrap_err();
    assert_eq!(one, Error::TooFew { what: "groups", got: 1, needed: 2 });
    assert_eq!(correlation(&design, &[1.0; 8], &yes, &all).unwrap_err(), Error::NoVariation);
    assert_eq!(t_test_of_zero(&design, &[1.0; 8], &all, 0.95).unwrap_err(), Error::NoVariation);
}
