//! Situations in which no number may come out, each by its name.

use stats::*;

fn parts(weights: &[f64]) -> DesignParts {
    DesignParts::weighted(weights.to_vec(), Basis::Probability)
}

fn plain(weights: &[f64]) -> Design {
    Design::new(parts(weights)).unwrap()
}

fn margin(codes: &[u32], targets: &[f64]) -> Margin {
    Margin {
        name: "class".into(),
        codes: codes.iter().map(|code| Some(*code)).collect(),
        targets: targets.iter().map(|target| Some(*target)).collect(),
        labels: ["refugee", "economic", "family"].map(String::from).to_vec(),
    }
}

/// Asserts that `$result` is the error `$pattern`.
macro_rules! refused {
    ($result:expr, $pattern:pat) => {
        match $result {
            Err($pattern) => {}
            other => panic!("expected {}, got {other:?}", stringify!($pattern)),
        }
    };
}

#[test]
fn designs_that_cannot_be() {
    refused!(Design::new(parts(&[])), Error::NoRows);
    refused!(Design::new(parts(&[0.0, 0.0])), Error::NoWeight);
    for weight in [-1.0, f64::NAN, f64::INFINITY] {
        refused!(Design::new(parts(&[1.0, weight])), Error::WeightNotUsable { row: 1, .. });
    }
    let two = |strata, clusters, population| {
        Design::new(DesignParts { strata, clusters, population, ..parts(&[1.0, 1.0]) })
    };
    refused!(two(Some(vec![1]), None, None), Error::RowsDiffer { what: "strata", expected: 2, got: 1 });
    refused!(
        two(Some(vec![1, 2]), Some(vec![5, 5]), None),
        Error::ClusterInTwoStrata { cluster: 5, first: 1, second: 2 }
    );
    refused!(two(None, None, Some(vec![4.0, 0.0])), Error::PopulationNotUsable { row: 1, .. });
    refused!(two(None, None, Some(vec![4.0, 5.0])), Error::PopulationDiffers { .. });
    refused!(two(None, None, Some(vec![1.0, 1.0])), Error::PopulationTooSmall { sampled: 2, .. });
}

#[test]
fn restarting_labels_are_different_clusters() {
    let design = Design::new(DesignParts {
        strata: Some(vec![1, 1, 2, 2]),
        clusters: Some(vec![5, 6, 5, 6]),
        labels: ClusterLabels::Restart,
        ..parts(&[1.0; 4])
    });
    assert_eq!(design.unwrap().degrees_of_freedom(&Mask::all(4)), 2);
}

#[test]
fn estimates_without_ground() {
    let design = plain(&[1.0, 1.0, 0.0]);
    let all = Mask::all(3);
    refused!(mean(&design, &[1.0, 2.0, 3.0], &all.not()), Error::EmptyDomain);
    refused!(mean(&design, &[1.0, 2.0, 3.0], &Mask::from_fn(3, |row| row == 2)), Error::EmptyDomain);
    refused!(total(&design, &[1.0, 2.0, 3.0], &all.not()), Error::EmptyDomain);
    refused!(
        mean(&design, &[1.0, 2.0, 3.0], &Mask::from_fn(3, |row| row == 0)),
        Error::NoDegreesOfFreedom { clusters: 1, strata: 1 }
    );
    refused!(mean(&design, &[1.0, f64::NAN, 3.0], &all), Error::ValueNotFinite { row: 1 });
    refused!(mean(&design, &[f64::MAX, f64::MAX, 3.0], &all), Error::Overflow { .. });
    refused!(mean(&design, &[1e300, -1e300, 3.0], &all), Error::Overflow { .. });
    refused!(mean(&plain(&[1e300; 3]), &[1.0, 2.0, 3.0], &all), Error::Overflow { what: "weights" });
    refused!(mean(&design, &[1.0, 2.0], &all), Error::RowsDiffer { what: "values", .. });
    refused!(mean(&design, &[1.0; 3], &Mask::all(2)), Error::RowsDiffer { what: "domain", .. });
    refused!(ratio(&design, &[1.0; 3], &[0.0; 3], &all), Error::DenominatorZero);
    refused!(ratio(&design, &[1.0; 3], &[1.0, -0.5, 1.0], &all), Error::DenominatorMixed { .. });
    refused!(mean(&design, &[0.0; 3], &all).unwrap().variation(), Error::ValueZero);
    refused!(mean(&design, &[1.0; 3], &all).unwrap().interval(1.0), Error::LevelNotUsable { .. });
}

#[test]
fn missing_values_outside_the_domain_are_never_read() {
    let design = plain(&[1.0, 1.0, 1.0]);
    let domain = Mask::from_fn(3, |row| row < 2);
    let seen = mean(&design, &[1.0, 3.0, f64::NAN], &domain).unwrap();
    assert_eq!(seen.value, 2.0);
}

#[test]
fn proportions_and_differences() {
    let design = plain(&[1.0; 4]);
    let all = Mask::all(4);
    let beta = ProportionInterval::Beta;
    refused!(
        proportion(&design, &[0.0, 1.0, 2.0, 0.0], &all, beta, 0.95),
        Error::NotAnIndicator { row: 2, .. }
    );
    refused!(proportion(&design, &[0.0; 4], &all, beta, 0.0), Error::LevelNotUsable { .. });
    refused!(difference(&design, &[1.0, 2.0, 3.0, 4.0], &all, &all, 0.95), Error::NoVariation);
    let nobody = all.not();
    refused!(difference(&design, &[1.0; 4], &all, &nobody, 0.95), Error::EmptyDomain);
    refused!(p_adjust(&[0.5, f64::NAN], Adjustment::Holm), Error::NotAProbability { position: 1, .. });
    refused!(kish(&[1.0, -2.0]), Error::WeightNotUsable { row: 1, .. });
    refused!(kish_of(&design, &nobody), Error::EmptyDomain);
    let several = means(&design, &[Variable { values: &[1.0; 4], domain: &all }]).unwrap();
    refused!(several.contrast(&[1.0, -1.0]), Error::CoefficientsDiffer { coefficients: 2, estimates: 1 });
    refused!(design_effect(&design, &[1.0; 4], &all, SimpleSample::WithReplacement), Error::NoVariation);
}

#[test]
fn margins_and_respondents_that_do_not_fit() {
    let design = plain(&[1.0; 3]);
    let options = RakeOptions::with(Missing::Refuse);
    let one = |margin: Margin| rake(&design, &[margin], &options);
    refused!(rake(&design, &[], &options), Error::NoMargins);
    refused!(
        one(margin(&[0, 1, 1], &[5.0, 5.0, 2.0])),
        Error::CategoryWithoutRespondents { target: 2.0, .. }
    );
    refused!(one(margin(&[0, 1, 2], &[5.0, 5.0])), Error::CategoryWithoutTarget { respondents: 1, .. });
    refused!(one(margin(&[0, 1, 2], &[5.0, 5.0, 0.0])), Error::CategoryWithoutTarget { .. });
    refused!(one(margin(&[0, 1, 7], &[5.0, 5.0])), Error::CodeWithoutLabel { code: 7, labels: 3, .. });
    refused!(one(margin(&[0, 1], &[5.0, 5.0])), Error::RowsDiffer { what: "margin", .. });
    for target in [-1.0, f64::NAN, f64::INFINITY] {
        refused!(one(margin(&[0, 1, 1], &[5.0, target])), Error::TargetNotUsable { .. });
    }
    refused!(one(margin(&[0, 1, 1], &[0.0, 0.0])), Error::TargetNotUsable { .. });
    let mut silent = margin(&[0, 1, 1], &[5.0, 5.0]);
    silent.codes[2] = None;
    refused!(one(silent), Error::MarginUnanswered { respondents: 1, .. });
    let margins = [margin(&[0, 1, 1], &[5.0, 5.0]), margin(&[0, 0, 1], &[5.0, 6.0])];
    refused!(rake(&design, &margins, &options), Error::MarginTotalsDiffer { .. });
}

#[test]
fn a_category_whose_people_have_no_weight_is_empty() {
    let design = plain(&[1.0, 1.0, 0.0]);
    let options = RakeOptions::with(Missing::Refuse);
    refused!(
        rake(&design, &[margin(&[0, 0, 1], &[5.0, 5.0])], &options),
        Error::CategoryWithoutRespondents { .. }
    );
}

#[test]
fn limits_that_leave_nobody() {
    let design = plain(&[1.0, 2.0]);
    let trim_to = |lower, upper| {
        trim(
            &design,
            &TrimOptions {
                lower: Some(Limit::Weight(lower)),
                upper: Some(Limit::Weight(upper)),
                strict: true,
            },
        )
    };
    refused!(trim_to(3.0, 1.0), Error::LimitsNotUsable { .. });
    refused!(trim_to(f64::NAN, 1.0), Error::LimitsNotUsable { .. });
    refused!(trim_to(0.0, 1.2), Error::LimitsTooTight { .. });
}

#[test]
fn messages_name_what_to_do() {
    let design = plain(&[1.0; 3]);
    let error = rake(&design, &[margin(&[0, 1, 1], &[5.0, 5.0, 2.0])], &RakeOptions::with(Missing::Refuse))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "margin `class` has 2 people in `family` and no respondent: collapse it first"
    );
}
