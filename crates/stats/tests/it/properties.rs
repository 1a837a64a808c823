//! What must stay true of any design.

use proptest::prelude::*;
use stats::*;

/// A random survey: every stratum has at least two clusters.
#[derive(Clone, Debug)]
struct Survey {
    strata: Vec<u32>,
    clusters: Vec<u32>,
    weights: Vec<f64>,
    values: Vec<f64>,
    domain: Vec<bool>,
    codes: [Vec<u32>; 2],
}

impl Survey {
    fn design(&self, scale: f64) -> Design {
        Design::new(DesignParts {
            strata: Some(self.strata.clone()),
            clusters: Some(self.clusters.clone()),
            ..DesignParts::weighted(
                self.weights.iter().map(|weight| weight * scale).collect(),
                Basis::Probability,
            )
        })
        .unwrap()
    }

    fn rows(&self) -> usize {
        self.weights.len()
    }

    fn mask(&self) -> Mask {
        Mask::from(self.domain.clone())
    }

    /// The same rows in the order of `order`, any row twice when it stands there twice.
    fn picked(&self, order: &[usize]) -> Survey {
        fn pick<T: Copy>(from: &[T], order: &[usize]) -> Vec<T> {
            order.iter().map(|row| from[*row]).collect()
        }
        Survey {
            strata: pick(&self.strata, order),
            clusters: pick(&self.clusters, order),
            weights: pick(&self.weights, order),
            values: pick(&self.values, order),
            domain: pick(&self.domain, order),
            codes: [pick(&self.codes[0], order), pick(&self.codes[1], order)],
        }
    }

    /// Margins with the first two rows in each category, so that every crossing category has people.
    fn margins(&self, targets: [[f64; 2]; 2]) -> Vec<Margin> {
        let margin = |place: usize| Margin {
            name: format!("m{place}"),
            codes: self.codes[place].iter().map(|code| Some(*code)).collect(),
            targets: targets[place].iter().map(|target| Some(*target)).collect(),
            labels: vec!["no".into(), "yes".into()],
        };
        vec![margin(0), margin(1)]
    }
}

fn surveys() -> impl Strategy<Value = Survey> {
    let row = (0.5_f64..50.0, -100.0_f64..100.0, any::<bool>(), 0_u32..2, 0_u32..2);
    let cluster = prop::collection::vec(row, 2..5);
    let stratum = prop::collection::vec(cluster, 2..4);
    prop::collection::vec(stratum, 1..4).prop_map(|strata| {
        let mut survey = Survey {
            strata: vec![],
            clusters: vec![],
            weights: vec![],
            values: vec![],
            domain: vec![],
            codes: [vec![], vec![]],
        };
        let mut cluster_number = 0;
        for (stratum, clusters) in strata.into_iter().enumerate() {
            for cluster in clusters {
                cluster_number += 1;
                for (weight, value, inside, one, other) in cluster {
                    survey.strata.push(stratum as u32);
                    survey.clusters.push(cluster_number);
                    survey.weights.push(weight);
                    survey.values.push(value);
                    survey.domain.push(inside);
                    survey.codes[0].push(one);
                    survey.codes[1].push(other);
                }
            }
        }
        // Two clusters are in the domain, and all four crossings of the margins have people.
        let last = survey.domain.len() - 1;
        (survey.domain[0], survey.domain[last]) = (true, true);
        for (row, (one, other)) in [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().enumerate() {
            (survey.codes[0][row], survey.codes[1][row]) = (one, other);
        }
        survey
    })
}

fn near(got: f64, expected: f64) -> bool {
    (got - expected).abs() <= 1e-8 * expected.abs().max(1.0)
}

proptest! {
    #[test]
    fn scaling_weights_scales_totals_and_nothing_else(survey in surveys(), scale in 0.01_f64..100.0) {
        let (one, other) = (survey.design(1.0), survey.design(scale));
        let all = Mask::all(survey.rows());
        let (a, b) = (mean(&one, &survey.values, &all).unwrap(), mean(&other, &survey.values, &all).unwrap());
        prop_assert!(near(b.value, a.value) && near(b.standard_error, a.standard_error));
        prop_assert!(near(b.effective_n, a.effective_n));
        let (a, b) = (total(&one, &survey.values, &all).unwrap(), total(&other, &survey.values, &all).unwrap());
        prop_assert!(near(b.value, a.value * scale) && near(b.standard_error, a.standard_error * scale));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(survey in surveys(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..survey.rows()).collect();
        order.sort_by_key(|row| (*row as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let moved = survey.picked(&order);
        let all = Mask::all(survey.rows());
        let a = mean(&survey.design(1.0), &survey.values, &all).unwrap();
        let b = mean(&moved.design(1.0), &moved.values, &all).unwrap();
        prop_assert!(near(b.value, a.value) && near(b.standard_error, a.standard_error));
        prop_assert_eq!(b.degrees_of_freedom, a.degrees_of_freedom);
    }

    #[test]
    fn a_row_split_in_two_halves_changes_nothing(survey in surveys(), row in any::<prop::sample::Index>()) {
        let row = row.index(survey.rows());
        let mut order: Vec<usize> = (0..survey.rows()).collect();
        order.push(row);
        let mut split = survey.picked(&order);
        split.weights[row] /= 2.0;
        split.weights[survey.rows()] /= 2.0;
        let values = [&survey.values, &split.values];
        let a = means(&survey.design(1.0), &[Variable { values: values[0], domain: &survey.mask() }]).unwrap();
        let b = means(&split.design(1.0), &[Variable { values: values[1], domain: &split.mask() }]).unwrap();
        prop_assert!(near(b.values[0], a.values[0]) && near(b.standard_error(0), a.standard_error(0)));
    }

    #[test]
    fn a_domain_of_everybody_is_no_domain(survey in surveys()) {
        let design = survey.design(1.0);
        let everybody = Mask::from_fn(survey.rows(), |row| survey.weights[row] > 0.0);
        let a = mean(&design, &survey.values, &Mask::all(survey.rows())).unwrap();
        prop_assert_eq!(mean(&design, &survey.values, &everybody).unwrap(), a);
    }

    #[test]
    fn a_domain_mean_is_a_ratio_of_totals(survey in surveys()) {
        let design = survey.design(1.0);
        let inside: Vec<f64> = survey.domain.iter().map(|inside| f64::from(u8::from(*inside))).collect();
        let product: Vec<f64> = inside.iter().zip(&survey.values).map(|(inside, value)| inside * value).collect();
        let all = Mask::all(survey.rows());
        let fraction = Fraction { numerator: &product, denominator: &inside, domain: &all };
        let a = ratios(&design, &[fraction]).unwrap();
        let b = means(&design, &[Variable { values: &survey.values, domain: &survey.mask() }]).unwrap();
        prop_assert!(near(b.values[0], a.values[0]) && near(b.standard_error(0), a.standard_error(0)));
    }

    #[test]
    fn groups_add_up_and_contrasts_turn_around(survey in surveys()) {
        let design = survey.design(1.0);
        let (inside, outside) = (survey.mask(), survey.mask().not());
        prop_assume!(outside.count() > 0);
        let variable = |domain| Variable { values: &survey.values, domain };
        let parts = totals(&design, &[variable(&inside), variable(&outside)]).unwrap();
        let whole = total(&design, &survey.values, &Mask::all(survey.rows())).unwrap();
        let (value, error) = parts.contrast(&[1.0, 1.0]).unwrap();
        prop_assert!(near(value, whole.value) && near(error, whole.standard_error));
        if let (Ok(a), Ok(b)) = (
            difference(&design, &survey.values, &inside, &outside, 0.95),
            difference(&design, &survey.values, &outside, &inside, 0.95),
        ) {
            prop_assert!(near(a.value, -b.value) && near(a.p, b.p) && near(a.low, -b.high));
        }
    }

    #[test]
    fn raked_margins_meet_their_targets_and_stay(survey in surveys(), a in 0.1_f64..0.9, b in 0.1_f64..0.9) {
        let targets = [[1000.0 * a, 1000.0 * (1.0 - a)], [1000.0 * b, 1000.0 * (1.0 - b)]];
        let margins = survey.margins(targets);
        let options = RakeOptions { rounds: 100_000, ..RakeOptions::with(Missing::Refuse) };
        let raked = rake(&survey.design(1.0), &margins, &options).unwrap();
        for (place, codes) in survey.codes.iter().enumerate() {
            let yes: f64 = raked.design.weights().iter().zip(codes).map(|(w, code)| w * f64::from(*code)).sum();
            prop_assert!((yes / targets[place][1] - 1.0).abs() <= 2e-9);
        }
        let again = rake(&raked.design, &margins, &options).unwrap();
        prop_assert_eq!(again.report.rounds, 0);
        prop_assert_eq!(again.design.weights(), raked.design.weights());
    }

    /// Bounds that nothing touches change nothing, and shares are counts of the people there are.
    #[test]
    fn wide_bounds_and_shares_are_plain_raking(survey in surveys(), a in 0.2_f64..0.8, b in 0.2_f64..0.8) {
        let design = survey.design(1.0);
        let people: f64 = design.weights().iter().sum();
        let counts = survey.margins([[a * people, (1.0 - a) * people], [b * people, (1.0 - b) * people]]);
        let shares = survey.margins([[a, 1.0 - a], [b, 1.0 - b]]);
        let plain = RakeOptions { rounds: 100_000, tolerance: 1e-11, ..RakeOptions::with(Missing::Refuse) };
        let Ok(expected) = rake(&design, &counts, &plain) else { return Ok(()) };
        let wide = RakeOptions { bounds: Some((1e-6, 1e6)), tolerance: 1e-9, ..plain };
        let share = RakeOptions { targets: Targets::Shares, ..plain };
        for raked in [rake(&design, &counts, &wide), rake(&design, &shares, &share)] {
            let raked = raked.unwrap();
            for (got, expected) in raked.design.weights().iter().zip(expected.design.weights()) {
                prop_assert!((got - expected).abs() < 1e-6 * expected.max(1.0), "{got} {expected}");
            }
        }
    }

    #[test]
    fn intervals_hold_their_proportion(survey in surveys()) {
        let design = survey.design(1.0);
        let yes: Vec<f64> = survey.codes[0].iter().map(|code| f64::from(*code)).collect();
        let all = Mask::all(survey.rows());
        for method in [ProportionInterval::Beta, ProportionInterval::Logit, ProportionInterval::Wilson] {
            let share = proportion(&design, &yes, &all, method, 0.95).unwrap();
            prop_assert!(0.0 <= share.low && share.low <= share.value);
            prop_assert!(share.value <= share.high && share.high <= 1.0);
        }
    }

    #[test]
    fn trimming_keeps_the_sum(survey in surveys(), times in 1.2_f64..4.0) {
        let options = TrimOptions { lower: None, upper: Some(Limit::TimesMedian(times)), strict: true };
        if let Ok(trimmed) = trim(&survey.design(1.0), &options) {
            let sum = |weights: &[f64]| weights.iter().sum::<f64>();
            prop_assert!(near(sum(trimmed.weights()), sum(&survey.weights)));
        }
    }
}
