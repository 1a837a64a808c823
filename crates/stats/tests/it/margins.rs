//! Weighting steps on tables small enough to count by hand.

use std::collections::BTreeMap;

use stats::*;

use crate::close;

fn plain(weights: &[f64]) -> Design {
    Design::new(DesignParts::weighted(weights.to_vec(), Basis::NonprobabilityRaked)).unwrap()
}

fn margin(name: &str, codes: &[i32], targets: &[f64]) -> Margin {
    Margin {
        name: name.into(),
        codes: codes.iter().map(|code| u32::try_from(*code).ok()).collect(),
        targets: targets.iter().map(|target| Some(*target)).collect(),
        labels: (0..targets.len()).map(|code| format!("{name}{code}")).collect(),
    }
}

fn refuse() -> RakeOptions {
    RakeOptions::with(Missing::Refuse)
}

#[test]
fn two_margins_of_an_independent_table() {
    let design = plain(&[1.0; 4]);
    let margins = [margin("a", &[0, 0, 1, 1], &[30.0, 70.0]), margin("b", &[0, 1, 0, 1], &[40.0, 60.0])];
    let raked = rake(&design, &margins, &refuse()).unwrap();
    for (got, expected) in raked.design.weights().iter().zip([12.0, 18.0, 28.0, 42.0]) {
        close(*got, expected);
    }
    let report = &raked.report;
    assert!(report.rounds <= 2 && report.largest_gap <= 1e-9);
    let row = &report.margins[1].rows[0];
    assert_eq!((row.label.as_deref(), row.respondents), (Some("b0"), 2));
    close(row.before, 0.5);
    close(row.after, 0.4);
    close(row.target, 0.4);
    close(report.lowest_factor, 0.48);
    close(report.highest_factor, 1.68);
    close(report.before.effective_n, 4.0);
    close(report.after.effective_n, 10_000.0 / (144.0 + 324.0 + 784.0 + 1764.0));
}

#[test]
fn who_did_not_answer_keeps_their_share() {
    let design = plain(&[1.0, 1.0, 2.0]);
    let raked =
        rake(&design, &[margin("a", &[0, 1, -1], &[60.0, 20.0])], &RakeOptions::with(Missing::OwnShare));
    let raked = raked.unwrap();
    for (got, expected) in raked.design.weights().iter().zip([30.0, 10.0, 40.0]) {
        close(*got, expected);
    }
    let last = raked.report.margins[0].rows.last().unwrap().clone();
    assert_eq!((last.label, last.respondents), (None, 1));
    close(last.target, 0.5);
}

#[test]
fn an_answer_that_the_margin_does_not_cover_is_like_none() {
    let design = plain(&[1.0, 1.0, 1.0, 1.0]);
    let mut other = margin("a", &[0, 1, 2, -1], &[60.0, 20.0, 0.0]);
    other.targets[2] = None;
    let raked = rake(&design, &[other.clone()], &RakeOptions::with(Missing::OwnShare)).unwrap();
    for (got, expected) in raked.design.weights().iter().zip([30.0, 10.0, 20.0, 20.0]) {
        close(*got, expected);
    }
    let refused = rake(&design, &[other], &refuse()).unwrap_err();
    let (margin, category) = ("a".to_string(), "a2".to_string());
    assert_eq!(refused, Error::CategoryWithoutTarget { margin, category, respondents: 1 });
}

#[test]
fn post_stratification_makes_category_sums_certain() {
    let design = plain(&[1.0, 1.0, 3.0, 1.0]);
    let sex = margin("sex", &[0, 0, 1, 1], &[50.0, 50.0]);
    let weighted = post_stratify(&design, &sex, Missing::Refuse).unwrap().design;
    assert!(weighted.is_calibrated());
    let women = total(&weighted, &[1.0, 1.0, 0.0, 0.0], &Mask::all(4)).unwrap();
    close(women.value, 50.0);
    assert!(women.standard_error < 1e-10);
    // t: 25 x -1/2 and 25 x 1/2 in the first half, 37.5 x -1/4 and 12.5 x 3/4 in the second, n/(n-1) = 4/3.
    let score = total(&weighted, &[0.0, 1.0, 0.0, 1.0], &Mask::all(4)).unwrap();
    close(score.standard_error, (4.0_f64 / 3.0 * (2.0 * 156.25 + 2.0 * 87.890625)).sqrt());
}

#[test]
fn collapsing_moves_people_and_targets() {
    let language = margin("language", &[0, 2, 1, -1], &[10.0, 20.0, 5.0]);
    let merged = collapse(&language, &BTreeMap::from([(2, 1)])).unwrap();
    assert_eq!(merged.codes, [Some(0), Some(1), Some(1), None]);
    assert_eq!(merged.targets, [Some(10.0), Some(25.0), Some(0.0)]);
    let raked = rake(&plain(&[1.0; 4]), &[merged], &RakeOptions::with(Missing::OwnShare)).unwrap();
    assert_eq!(raked.report.margins[0].rows.len(), 3);
    let chained = collapse(&language, &BTreeMap::from([(2, 1), (1, 0)])).unwrap_err();
    assert!(matches!(chained, Error::CollapseChained { .. }), "{chained}");
    assert!(matches!(
        collapse(&language, &BTreeMap::from([(9, 0)])),
        Err(Error::CollapseUnknown { code: 9, .. })
    ));
}

#[test]
fn trimming_once_and_strictly() {
    let design = plain(&[1.0, 3.8, 5.0, 10.0]);
    let upper = Some(Limit::Weight(6.0));
    let once = trim(&design, &TrimOptions { lower: None, upper, strict: false }).unwrap();
    let share = 4.0 / 3.0;
    for (got, expected) in once.weights().iter().zip([1.0 + share, 3.8 + share, 5.0 + share, 6.0]) {
        close(*got, expected);
    }
    // 5 + 4/3 is above 6: its excess of 1/3 goes to the other two.
    let strict = trim(&design, &TrimOptions { lower: None, upper, strict: true }).unwrap();
    let more = share + 1.0 / 6.0;
    for (got, expected) in strict.weights().iter().zip([1.0 + more, 3.8 + more, 6.0, 6.0]) {
        close(*got, expected);
    }
    close(strict.weights().iter().sum(), 19.8);
    let median = Some(Limit::TimesMedian(2.0));
    let by_median = trim(&design, &TrimOptions { lower: None, upper: median, strict: false }).unwrap();
    close(by_median.weights()[3], 8.8);
}

#[test]
fn respondents_stand_for_their_class() {
    let design = plain(&[1.0, 3.0, 2.0, 2.0]);
    let responded = Mask::from(vec![true, false, true, true]);
    let weighted = nonresponse_classes(&design, &[0, 0, 1, 1], &responded).unwrap();
    assert_eq!(weighted.weights(), [4.0, 0.0, 2.0, 2.0]);
    assert_eq!(weighted.degrees_of_freedom(&Mask::all(4)), 2);
    let nobody = nonresponse_classes(&design, &[0, 5, 1, 1], &responded).unwrap_err();
    assert_eq!(nobody, Error::ClassWithoutRespondents { class: 5 });
}

#[test]
fn an_impossible_crossing_is_named() {
    // Category a1 stands only where b has 10 people, but needs 50.
    let margins = [margin("a", &[0, 0, 1], &[50.0, 50.0]), margin("b", &[0, 1, 1], &[90.0, 10.0])];
    match rake(&plain(&[1.0; 3]), &margins, &refuse()).unwrap_err() {
        Error::MarginsContradict { margin, category, target, other, room } => {
            assert_eq!((margin.as_str(), category.as_str(), other.as_str()), ("a", "a1", "b"));
            assert_eq!((target, room), (50.0, 10.0));
        }
        error => panic!("{error}"),
    }
}

#[test]
fn rounds_that_run_out_name_the_largest_gap() {
    let margins =
        [margin("a", &[0, 0, 1, 1, 0], &[30.0, 70.0]), margin("b", &[0, 1, 0, 1, 0], &[40.0, 60.0])];
    let options = RakeOptions { rounds: 1, ..refuse() };
    match rake(&plain(&[1.0, 5.0, 2.0, 1.0, 1.0]), &margins, &options).unwrap_err() {
        Error::RakingUnfinished { rounds, margin, gap, .. } => {
            assert_eq!((rounds, margin.as_str()), (1, "a"));
            assert!(gap > 1e-9);
        }
        error => panic!("{error}"),
    }
}

#[test]
fn shares_keep_the_sum_of_the_weights() {
    let design = plain(&[1.0, 1.0, 1.0, 5.0]);
    let shares = RakeOptions { targets: Targets::Shares, ..refuse() };
    let raked = rake(&design, &[margin("a", &[0, 0, 0, 1], &[0.75, 0.25])], &shares).unwrap();
    for (got, expected) in raked.design.weights().iter().zip([2.0, 2.0, 2.0, 2.0]) {
        close(*got, expected);
    }
    let own = RakeOptions { targets: Targets::Shares, ..RakeOptions::with(Missing::OwnShare) };
    let raked = rake(&design, &[margin("a", &[0, 1, 1, -1], &[0.5, 0.5])], &own).unwrap();
    for (got, expected) in raked.design.weights().iter().zip([1.5, 0.75, 0.75, 5.0]) {
        close(*got, expected);
    }
    let error = rake(&design, &[margin("a", &[0, 0, 0, 1], &[0.7, 0.29])], &shares).unwrap_err();
    assert_eq!(error.to_string(), "the shares of margin `a` add up to 0.99, not to 1");
    // Counts are not mistaken for shares, whatever they are.
    let counts = [margin("a", &[0, 0, 0, 1], &[75.0, 25.0])];
    assert!(matches!(rake(&design, &counts, &shares), Err(Error::SharesNotOne { .. })));
}

/// Without bounds the last of these four has g = 1.68; held at 1.6 it decides all the others.
#[test]
fn a_factor_held_at_its_bound() {
    let design = plain(&[1.0; 4]);
    let margins = [margin("a", &[0, 0, 1, 1], &[30.0, 70.0]), margin("b", &[0, 1, 0, 1], &[40.0, 60.0])];
    let within = |low, high| RakeOptions { bounds: Some((low, high)), ..refuse() };
    let raked = rake(&design, &margins, &within(0.1, 1.6)).unwrap();
    for (got, expected) in raked.design.weights().iter().zip([10.0, 20.0, 30.0, 40.0]) {
        assert!((got - expected).abs() < 1e-6, "{got} {expected}");
    }
    assert!(raked.report.largest_gap <= 1e-9 && (raked.report.highest_factor - 1.6).abs() < 1e-9);
    // A mean of what the margins fix is certain, as after raking without bounds.
    let second = mean(&raked.design, &[0.0, 0.0, 1.0, 1.0], &Mask::all(4)).unwrap();
    assert!((second.value - 0.7).abs() < 1e-9 && second.standard_error < 1e-9);
    match rake(&design, &margins, &within(0.9, 1.1)).unwrap_err() {
        Error::BoundsTooTight { feasible: Some((low, high)), .. } => assert!(low < 0.9 && high > 1.1),
        other => panic!("{other}"),
    }
    let unusable = rake(&design, &margins, &within(1.2, 2.0));
    assert!(matches!(unusable, Err(Error::BoundsNotUsable { .. })));
}

#[test]
fn a_contradiction_says_more_than_bounds() {
    let design = plain(&[1.0; 3]);
    let margins = [margin("a", &[0, 1, 1], &[60.0, 40.0]), margin("b", &[0, 0, 1], &[50.0, 50.0])];
    let error = rake(&design, &margins, &RakeOptions { bounds: Some((0.1, 9.0)), ..refuse() }).unwrap_err();
    assert!(matches!(error, Error::MarginsContradict { .. }), "{error}");
}
