//! Replicates on designs small enough to count by hand, and what must stay true of them.

use proptest::prelude::*;
use stats::*;

use crate::close;

/// Clusters of one row each: two strata of 2, values 1, 3 and 10, 14, every weight 1.
fn pairs() -> (Design, [f64; 4]) {
    let design = Design::new(DesignParts {
        strata: Some(vec![1, 1, 2, 2]),
        clusters: Some(vec![1, 2, 3, 4]),
        ..DesignParts::weighted(vec![1.0; 4], Basis::Probability)
    });
    (design.unwrap(), [1.0, 3.0, 10.0, 14.0])
}

fn variance(design: &Design, y: &[f64]) -> f64 {
    total(design, y, &Mask::all(y.len())).unwrap().standard_error.powi(2)
}

#[test]
fn a_jackknife_leaves_out_one_cluster_at_a_time() {
    let design = Design::new(DesignParts::weighted(vec![1.0; 3], Basis::Probability)).unwrap();
    let jackknife = design.with_replicates(ReplicateKind::Jackknife, Centre::Estimate).unwrap();
    assert_eq!(jackknife.replicates().unwrap().weights(0), [0.0, 1.5, 1.5]);
    // Totals of 1, 2, 6 without each: 12, 10.5, 4.5; (2/3)(9 + 2.25 + 20.25) = 21 = n s^2.
    close(variance(&jackknife, &[1.0, 2.0, 6.0]), 21.0);
    assert_eq!(jackknife.degrees_of_freedom(&Mask::all(3)), 2);
}

#[test]
fn every_kind_gives_a_total_of_pairs_its_taylor_variance() {
    let (design, y) = pairs();
    let taylor = variance(&design, &y);
    close(taylor, 4.0 + 16.0);
    for kind in
        [ReplicateKind::StratifiedJackknife, ReplicateKind::BalancedHalves, ReplicateKind::Fay { rho: 0.3 }]
    {
        for centre in [Centre::Estimate, Centre::MeanOfReplicates] {
            close(variance(&design.with_replicates(kind, centre).unwrap(), &y), taylor);
        }
    }
}

#[test]
fn balanced_halves_double_one_cluster_of_each_pair() {
    let (design, _) = pairs();
    let halves = design.with_replicates(ReplicateKind::BalancedHalves, Centre::Estimate).unwrap();
    let replicates = halves.replicates().unwrap();
    assert_eq!(replicates.count(), 4);
    assert_eq!(replicates.weights(0), [2.0, 0.0, 2.0, 0.0]);
    let fay = design.with_replicates(ReplicateKind::Fay { rho: 0.25 }, Centre::Estimate).unwrap();
    assert_eq!(fay.replicates().unwrap().weights(0), [1.75, 0.25, 1.75, 0.25]);
}

#[test]
fn what_was_drawn_in_full_does_not_vary() {
    let design = Design::new(DesignParts {
        population: Some(vec![2.0, 2.0, 4.0, 4.0]),
        strata: Some(vec![1, 1, 2, 2]),
        ..DesignParts::weighted(vec![1.0, 1.0, 2.0, 2.0], Basis::Probability)
    })
    .unwrap();
    let y = [5.0, 9.0, 1.0, 2.0];
    let boot = ReplicateKind::Bootstrap { replicates: 3, seed: 4 };
    for kind in [ReplicateKind::StratifiedJackknife, ReplicateKind::BalancedHalves] {
        close(variance(&design.with_replicates(kind, Centre::Estimate).unwrap(), &y), variance(&design, &y));
    }
    let boot = design.with_replicates(boot, Centre::Estimate).unwrap();
    assert_eq!(boot.replicates().unwrap().weights(1)[..2], [1.0, 1.0]);
}

#[test]
fn a_bootstrap_draws_one_less_than_there_are() {
    let design = Design::new(DesignParts::weighted(vec![1.0; 5], Basis::Probability)).unwrap();
    let kind = |replicates| ReplicateKind::Bootstrap { replicates, seed: 7 };
    let few = design.with_replicates(kind(3), Centre::Estimate).unwrap();
    let many = design.with_replicates(kind(50), Centre::Estimate).unwrap();
    for replicate in 0..3 {
        let weights = few.replicates().unwrap().weights(replicate);
        close(weights.iter().sum(), 5.0);
        assert!(weights.iter().all(|weight| (weight / 1.25).fract() == 0.0));
        assert_eq!(
            weights,
            many.replicates().unwrap().weights(replicate),
            "replicates have their own streams"
        );
    }
    let other = design.with_replicates(ReplicateKind::Bootstrap { replicates: 3, seed: 8 }, Centre::Estimate);
    assert_ne!(few.replicates().unwrap().weights(0), other.unwrap().replicates().unwrap().weights(0));
}

#[test]
fn given_weights_and_given_factors_are_the_same_thing() {
    let design = Design::new(DesignParts::weighted(vec![2.0, 3.0], Basis::Probability)).unwrap();
    let parts =
        |weights| ReplicateParts { weights, scale: 0.5, rscales: vec![1.0], centre: Centre::Estimate };
    let factors = vec![vec![2.0, 0.0], vec![0.0, 2.0]];
    let full = vec![vec![4.0, 0.0], vec![0.0, 6.0]];
    let one = design.with_replicate_weights(parts(ReplicateWeights::Factors(factors))).unwrap();
    let other = design.with_replicate_weights(parts(ReplicateWeights::Full(full))).unwrap();
    // Totals of 1 and 10: 32; replicates 4 and 60.
    close(variance(&one, &[1.0, 10.0]), 0.5 * (28.0 * 28.0 + 28.0 * 28.0));
    close(variance(&other, &[1.0, 10.0]), variance(&one, &[1.0, 10.0]));
}

#[test]
fn a_replicate_without_anybody_is_a_refusal_with_its_number() {
    let (design, y) = pairs();
    let jackknife = design.with_replicates(ReplicateKind::StratifiedJackknife, Centre::Estimate).unwrap();
    let only_third = Mask::from(vec![false, false, true, false]);
    let refused = mean(&jackknife, &y, &only_third).unwrap_err();
    assert_eq!(refused, Error::InReplicate { replicate: 2, cause: Box::new(Error::EmptyDomain) });
    let codes = vec![Some(0), Some(0), Some(1), Some(0)];
    let margin = Margin {
        name: "m".into(),
        codes,
        targets: vec![Some(3.0), Some(1.0)],
        labels: vec!["a".into(), "b".into()],
    };
    let refused = rake(&jackknife, &[margin], &RakeOptions::with(Missing::Refuse)).unwrap_err();
    assert!(refused.to_string().starts_with("in replicate 2: margin `m` has 1 people in `b`"), "{refused}");
}

#[test]
fn what_replicates_cannot_do_is_refused_by_name() {
    let (design, y) = pairs();
    let make = |kind| design.with_replicates(kind, Centre::Estimate);
    assert_eq!(make(ReplicateKind::Jackknife).unwrap_err(), Error::StrataNotAllowed { strata: 2 });
    assert_eq!(make(ReplicateKind::Fay { rho: 1.0 }).unwrap_err(), Error::FayNotUsable { rho: 1.0 });
    let none = make(ReplicateKind::Bootstrap { replicates: 1, seed: 0 });
    assert_eq!(none.unwrap_err(), Error::NoReplicates);
    let single = Design::new(DesignParts::weighted(vec![1.0], Basis::Probability)).unwrap();
    let alone = single.with_replicates(ReplicateKind::Bootstrap { replicates: 9, seed: 0 }, Centre::Estimate);
    assert!(matches!(alone, Err(Error::LonelyCluster { .. })));
    let three = Design::new(DesignParts::weighted(vec![1.0; 3], Basis::Probability)).unwrap();
    let halves = three.with_replicates(ReplicateKind::BalancedHalves, Centre::Estimate);
    assert_eq!(halves.unwrap_err(), Error::ClustersNotPaired { stratum: 0, clusters: 3 });
    let options =
        QuantileOptions { rule: QuantileRule::Math, interval: QuantileInterval::Repeated, level: 0.95 };
    let jackknife = make(ReplicateKind::StratifiedJackknife).unwrap();
    let median = quantiles(&jackknife, &y, &[0.5], &Mask::all(4), &options);
    assert_eq!(median.unwrap_err(), Error::JackknifeOfQuantile);
}

#[test]
fn weighting_is_repeated_in_every_replicate() {
    let design = Design::new(DesignParts::weighted(vec![1.0; 6], Basis::Probability)).unwrap();
    let jackknife = design.with_replicates(ReplicateKind::Jackknife, Centre::Estimate).unwrap();
    let classes = [0, 0, 0, 1, 1, 1];
    let responded = Mask::from(vec![true, true, false, true, true, true]);
    let answered = nonresponse_classes(&jackknife, &classes, &responded).unwrap();
    // Without the first row: class 0 weighs 2.4 and one respondent of 1.2 is left.
    assert_eq!(answered.replicates().unwrap().weights(0)[..3], [0.0, 2.4, 0.0]);
    let options = TrimOptions { lower: None, upper: Some(Limit::Weight(1.5)), strict: true };
    let trimmed = trim(&answered, &options).unwrap();
    let weights = trimmed.replicates().unwrap().weights(0);
    close(weights[1], 1.5);
    close(weights.iter().sum(), 6.0);
    assert_eq!(weights[2], 0.0);
}

#[test]
fn many_bootstraps_come_near_taylor() {
    let (design, y) = pairs();
    let kind = ReplicateKind::Bootstrap { replicates: 1500, seed: 11 };
    let boot = design.with_replicates(kind, Centre::Estimate).unwrap();
    let (got, expected) = (variance(&boot, &y), variance(&design, &y));
    assert!((got - expected).abs() <= 0.1 * expected, "{got} for {expected}");
}

#[test]
fn those_not_covered_keep_the_share_they_have_in_each_replicate() {
    let design = Design::new(DesignParts::weighted(vec![1.0; 5], Basis::Probability)).unwrap();
    let jackknife = design.with_replicates(ReplicateKind::Jackknife, Centre::Estimate).unwrap();
    let margin = Margin {
        name: "m".into(),
        codes: vec![Some(0), Some(0), Some(1), Some(1), None],
        targets: vec![Some(60.0), Some(40.0)],
        labels: vec!["a".into(), "b".into()],
    };
    let raked = rake(&jackknife, &[margin], &RakeOptions::with(Missing::OwnShare)).unwrap().design;
    let replicates = raked.replicates().unwrap();
    // Without the first row one of four did not answer: 45 for a, 30 for b, 25 for the rest.
    for (got, expected) in replicates.weights(0).iter().zip([0.0, 45.0, 15.0, 15.0, 25.0]) {
        close(*got, expected);
    }
    // Without the last row everybody answered.
    for (got, expected) in replicates.weights(4).iter().zip([30.0, 30.0, 20.0, 20.0, 0.0]) {
        close(*got, expected);
    }
}

#[test]
fn calibration_is_repeated_and_its_totals_do_not_vary() {
    let design = Design::new(DesignParts::weighted(vec![10.0; 6], Basis::Probability)).unwrap();
    let kind = ReplicateKind::Jackknife;
    let jackknife = design.with_replicates(kind, Centre::Estimate).unwrap();
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 7.0];
    let known = |name: &str, values: [f64; 6], total| KnownTotal {
        name: name.into(),
        values: values.to_vec(),
        total,
    };
    let totals = [known("people", [1.0; 6], 70.0), known("x", x, 250.0)];
    for distance in [Distance::Linear { bounds: None }, Distance::Raking { bounds: None }] {
        let options = CalibrateOptions { distance, prescale: None };
        let fitted = calibrate(&jackknife, &totals, &options).unwrap().design;
        close(total(&fitted, &x, &Mask::all(6)).unwrap().value, 250.0);
        assert!(variance(&fitted, &x) < 1e-9);
        assert!(variance(&fitted, &[1.0, 0.0, 4.0, 2.0, 6.0, 3.0]) > 1.0);
    }
}

/// Strata of two to five clusters with one to three rows each, weights and values.
fn survey() -> impl Strategy<Value = (Vec<u32>, Vec<u32>, Vec<f64>, Vec<f64>)> {
    let cluster = prop::collection::vec((1.0..5.0_f64, -3.0..3.0_f64), 1..4);
    let stratum = prop::collection::vec(cluster, 2..6);
    prop::collection::vec(stratum, 1..4).prop_map(|strata| {
        let (mut labels, mut clusters, mut weights, mut values) = (vec![], vec![], vec![], vec![]);
        let mut number = 0;
        for (label, stratum) in (0..).zip(strata) {
            for cluster in stratum {
                for (weight, value) in cluster {
                    labels.push(label);
                    clusters.push(number);
                    weights.push(weight);
                    values.push(value);
                }
                number += 1;
            }
        }
        (labels, clusters, weights, values)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_stratified_jackknife_of_a_total_is_taylor((strata, clusters, weights, values) in survey()) {
        let parts = DesignParts::weighted(weights, Basis::Probability);
        let design =
            Design::new(DesignParts { strata: Some(strata), clusters: Some(clusters), ..parts }).unwrap();
        let jackknife = design.with_replicates(ReplicateKind::StratifiedJackknife, Centre::Estimate).unwrap();
        close(variance(&jackknife, &values), variance(&design, &values));
        let all = Mask::all(values.len());
        prop_assert_eq!(jackknife.degrees_of_freedom(&all), design.degrees_of_freedom(&all));
    }

    #[test]
    fn a_replicate_counts_the_same_by_groups_and_by_rows((strata, clusters, weights, values) in survey()) {
        let rows = values.len();
        let parts = DesignParts::weighted(weights, Basis::Probability);
        let design =
            Design::new(DesignParts { strata: Some(strata), clusters: Some(clusters), ..parts }).unwrap();
        let kind = ReplicateKind::Bootstrap { replicates: 20, seed: 3 };
        let boot = design.with_replicates(kind, Centre::Estimate).unwrap();
        // Everybody responded, so a step of factors 1 by class leaves every weight as it is.
        let classes: Vec<u32> = (0..rows as u32).map(|row| row % 2).collect();
        let stepped = nonresponse_classes(&boot, &classes, &Mask::all(rows)).unwrap();
        let replicates = boot.replicates().unwrap();
        let full = (0..20).map(|replicate| replicates.weights(replicate)).collect();
        let given = design.with_replicate_weights(ReplicateParts {
            weights: ReplicateWeights::Full(full),
            scale: 1.0 / 19.0,
            rscales: vec![1.0],
            centre: Centre::Estimate,
        });
        close(variance(&stepped, &values), variance(&boot, &values));
        close(variance(&given.unwrap(), &values), variance(&boot, &values));
    }
}
