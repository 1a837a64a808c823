//! Designs small enough to count by hand.

use stats::*;

use crate::close;

fn plain(weights: &[f64]) -> Design {
    Design::new(DesignParts::weighted(weights.to_vec(), Basis::Probability)).unwrap()
}

/// Two strata with two clusters each; weighted cluster totals 10 and 14, 3 and 7.
fn four_clusters() -> (Design, [f64; 6]) {
    let design = Design::new(DesignParts {
        strata: Some(vec![7, 7, 7, 9, 9, 9]),
        clusters: Some(vec![1, 1, 2, 3, 4, 4]),
        ..DesignParts::weighted(vec![2.0, 2.0, 2.0, 1.0, 1.0, 1.0], Basis::Probability)
    });
    (design.unwrap(), [1.0, 4.0, 7.0, 3.0, 2.0, 5.0])
}

#[test]
fn total_of_two_strata() {
    let (design, y) = four_clusters();
    let total = total(&design, &y, &Mask::all(6)).unwrap();
    close(total.value, 34.0);
    // In each stratum 2/(2-1) x (2^2 + 2^2).
    close(total.standard_error, 32.0_f64.sqrt());
    assert_eq!((total.degrees_of_freedom, total.respondents), (2, 6));
}

#[test]
fn simple_sample_from_a_small_population() {
    let design = Design::new(DesignParts {
        population: Some(vec![10.0; 4]),
        ..DesignParts::weighted(vec![2.5; 4], Basis::Probability)
    })
    .unwrap();
    let total = total(&design, &[1.0, 2.0, 3.0, 4.0], &Mask::all(4)).unwrap();
    close(total.value, 25.0);
    // N^2 (1 - n/N) s^2/n = 100 x 0.6 x (5/3) / 4
    close(total.standard_error, 5.0);
    assert_eq!(design.sampling_weights(), Some(vec![2.5; 4]));
}

#[test]
fn two_stages_with_population_counts() {
    let design = Design::new(DesignParts {
        clusters: Some(vec![1, 1, 2, 2]),
        population: Some(vec![4.0; 4]),
        later_stages: vec![LaterStage { clusters: None, population: Some(vec![3.0; 4]) }],
        ..DesignParts::weighted(vec![3.0; 4], Basis::Probability)
    })
    .unwrap();
    let total = total(&design, &[1.0, 3.0, 5.0, 5.0], &Mask::all(4)).unwrap();
    // Clusters 12 and 30: 1/2 x 2 x 162. People 3 and 9 in the first: 1/2 x 1/3 x 2 x 18.
    close(total.standard_error, 168.0_f64.sqrt());
    assert_eq!(design.sampling_weights(), Some(vec![3.0; 4]));
}

#[test]
fn a_cluster_without_the_domain_still_counts() {
    let (design, y) = four_clusters();
    let first_cluster_and_second_stratum = Mask::from(vec![true, true, false, true, true, true]);
    let total = total(&design, &y, &first_cluster_and_second_stratum).unwrap();
    // The cluster that was left out is a zero: 2 x (5^2 + 5^2) instead of a lonely cluster.
    close(total.standard_error, (100.0_f64 + 16.0).sqrt());
    assert_eq!(total.degrees_of_freedom, 1);
}

#[test]
fn ratio_of_two_columns() {
    let design = plain(&[1.0; 3]);
    let ratio = ratio(&design, &[2.0, 4.0, 6.0], &[1.0, 1.0, 4.0], &Mask::all(3)).unwrap();
    close(ratio.value, 2.0);
    // z = (y - 2x)/6 = 0, 1/3, -1/3; 3/2 x 2/9
    close(ratio.standard_error, (1.0_f64 / 3.0).sqrt());
}

#[test]
fn lonely_clusters_as_told() {
    let design = |lonely| {
        Design::new(DesignParts {
            strata: Some(vec![1, 1, 2]),
            lonely,
            ..DesignParts::weighted(vec![1.0; 3], Basis::Probability)
        })
        .unwrap()
    };
    let variance = |lonely| {
        let total = total(&design(lonely), &[1.0, 3.0, 8.0], &Mask::all(3)).unwrap();
        total.standard_error * total.standard_error
    };
    // The first stratum adds 2 x (1 + 1).
    close(variance(Lonely::Remove), 4.0);
    close(variance(Lonely::Certainty), 4.0);
    close(variance(Lonely::Average), 8.0);
    // Mean over all three clusters is 4.
    close(variance(Lonely::Adjust), 4.0 + 16.0);
    let refused = total(&design(Lonely::Fail), &[1.0, 3.0, 8.0], &Mask::all(3));
    assert_eq!(refused, Err(Error::LonelyCluster { stage: 1, stratum: 2 }));
}

#[test]
fn a_stratum_asked_in_full_is_not_lonely() {
    let design = Design::new(DesignParts {
        strata: Some(vec![1, 1, 2]),
        population: Some(vec![4.0, 4.0, 1.0]),
        ..DesignParts::weighted(vec![2.0, 2.0, 1.0], Basis::Probability)
    })
    .unwrap();
    let total = total(&design, &[1.0, 3.0, 8.0], &Mask::all(3)).unwrap();
    // 1/2 x 2 x (2^2 + 2^2)
    close(total.standard_error, 8.0_f64.sqrt());
}

#[test]
fn nobody_and_everybody_have_honest_intervals() {
    let design = plain(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    let all = Mask::all(5);
    let nobody = proportion(&design, &[0.0; 5], &all, ProportionInterval::Logit, 0.95).unwrap();
    assert!(nobody.extreme);
    assert_eq!((nobody.value, nobody.low, nobody.standard_error), (0.0, 0.0, 0.0));
    close(nobody.high, 1.0 - 0.025_f64.powf(0.2));
    let everybody = proportion(&design, &[1.0; 5], &all, ProportionInterval::Beta, 0.95).unwrap();
    assert_eq!((everybody.value, everybody.high), (1.0, 1.0));
    close(everybody.low, 0.025_f64.powf(0.2));
}

#[test]
fn a_proportion_fixed_by_the_design_is_its_own_interval() {
    let design = Design::new(DesignParts {
        strata: Some(vec![1, 1, 2, 2, 2]),
        ..DesignParts::weighted(vec![1.1, 1.1, 0.7, 0.7, 0.7], Basis::Probability)
    })
    .unwrap();
    let first = [1.0, 1.0, 0.0, 0.0, 0.0];
    for method in [ProportionInterval::Beta, ProportionInterval::Logit, ProportionInterval::Wilson] {
        let share = proportion(&design, &first, &Mask::all(5), method, 0.95).unwrap();
        assert!(!share.extreme && share.standard_error == 0.0);
        assert_eq!((share.low, share.high), (share.value, share.value));
    }
}

#[test]
fn groups_that_share_clusters_covary() {
    let design = Design::new(DesignParts {
        clusters: Some(vec![1, 1, 2, 2]),
        ..DesignParts::weighted(vec![1.0; 4], Basis::Probability)
    })
    .unwrap();
    let (a, b) = (Mask::from(vec![true, false, true, false]), Mask::from(vec![false, true, false, true]));
    let result = difference(&design, &[1.0, 4.0, 3.0, 8.0], &a, &b, 0.95).unwrap();
    // z_a = -1/2, 1/2 and z_b = -1, 1 per cluster: V_a = 1, V_b = 4, covariance 2.
    close(result.value, -4.0);
    close(result.covariance, 2.0);
    close(result.standard_error, 1.0);
    assert_eq!((result.degrees_of_freedom, result.respondents_a, result.respondents_b), (1, 2, 2));
    // With one degree of freedom t is Cauchy: p = 1 - 2 atan(4)/pi.
    close(result.p, 1.0 - 2.0 * 4.0_f64.atan() / std::f64::consts::PI);
}

#[test]
fn spread_and_design_effect() {
    let design = plain(&[1.0; 4]);
    let y = [1.0, 2.0, 3.0, 4.0];
    let all = Mask::all(4);
    close(population_covariance(&design, &y, &y, &all).unwrap().value, 5.0 / 3.0);
    close(design_effect(&design, &y, &all, SimpleSample::WithReplacement).unwrap(), 1.0);
}

#[test]
fn several_answers_per_person() {
    let design = plain(&[1.0, 1.0, 2.0, 1.0]);
    let housing = [1.0, 0.0, 1.0, 0.0];
    let language = [1.0, 0.0, 0.0, 0.0];
    // The last row gave no answer; the second answered "none of these".
    let answered = Mask::from(vec![true, true, true, false]);
    let shares = |share_of| {
        multi_response(&design, &[&housing, &language], &answered, &Mask::all(4), share_of).unwrap()
    };
    let respondents = shares(ShareOf::Respondents);
    assert_eq!((respondents.base, respondents.ticked.clone()), (3, vec![2, 1]));
    close(respondents.shares.values[0], 0.75);
    let cases = shares(ShareOf::Cases);
    assert_eq!(cases.base, 2);
    close(cases.shares.values[1], 1.0 / 3.0);
    let responses = shares(ShareOf::Responses);
    assert_eq!(responses.base, 3);
    close(responses.shares.values[0], 0.75);
    close(responses.shares.values.iter().sum(), 1.0);
}

#[test]
fn adjusted_p_values() {
    let p = [0.04, 0.01, 0.03];
    let adjusted = |adjustment| p_adjust(&p, adjustment).unwrap();
    let rounded =
        |adjustment| adjusted(adjustment).iter().map(|p| (p * 1e6).round() / 1e6).collect::<Vec<_>>();
    assert_eq!(rounded(Adjustment::None), [0.04, 0.01, 0.03]);
    assert_eq!(rounded(Adjustment::Bonferroni), [0.12, 0.03, 0.09]);
    assert_eq!(rounded(Adjustment::Holm), [0.06, 0.03, 0.06]);
    assert_eq!(rounded(Adjustment::BenjaminiHochberg), [0.04, 0.03, 0.04]);
}
