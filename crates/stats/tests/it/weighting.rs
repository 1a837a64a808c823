//! Calibration counted by hand, and what must stay true of it.

use proptest::prelude::*;
use stats::*;

use crate::close;

fn plain(weights: Vec<f64>) -> Design {
    Design::new(DesignParts::weighted(weights, Basis::Probability)).unwrap()
}

fn known(name: &str, values: &[f64], total: f64) -> KnownTotal {
    KnownTotal { name: name.into(), values: values.to_vec(), total }
}

fn options(distance: Distance) -> CalibrateOptions {
    CalibrateOptions { distance, prescale: None }
}

const PLAIN: Distance = Distance::Linear { bounds: None };

#[test]
fn each_distance_moves_two_groups_as_its_formula_says() {
    // One column of ones and zeros: g is 1 without it, and total/weight with it.
    let totals = [known("all", &[1.0; 4], 40.0), known("half", &[1.0, 1.0, 0.0, 0.0], 26.0)];
    for distance in [PLAIN, Distance::Raking { bounds: None }, Distance::Logit { bounds: (0.5, 2.0) }] {
        let fitted = calibrate(&plain(vec![10.0; 4]), &totals, &options(distance)).unwrap();
        for (got, expected) in fitted.design.weights().iter().zip([13.0, 13.0, 7.0, 7.0]) {
            close(*got, expected);
        }
        close(fitted.lowest_factor, 0.7);
        close(fitted.highest_factor, 1.3);
    }
}

#[test]
fn bounds_send_the_rest_elsewhere() {
    // Without bounds g is 0.7, 0.9, 1.1, 1.3. The last at 1.2 would send the third to 1.2333, so both stop there
    // and g1 + g2 = 1.6, g1 + 2 g2 = 2.6.
    let totals = [known("people", &[1.0; 4], 40.0), known("rooms", &[1.0, 2.0, 3.0, 4.0], 110.0)];
    let distance = Distance::Linear { bounds: Some((0.2, 1.2)) };
    let fitted = calibrate(&plain(vec![10.0; 4]), &totals, &options(distance)).unwrap();
    for (got, expected) in fitted.design.weights().iter().zip([0.6, 1.0, 1.2, 1.2]) {
        assert!((got - 10.0 * expected).abs() < 1e-7, "{got} for {expected}");
    }
}

#[test]
fn bounds_that_do_not_admit_the_totals_are_refused_with_some_that_do() {
    let totals = [known("all", &[1.0; 4], 40.0), known("half", &[1.0, 1.0, 0.0, 0.0], 26.0)];
    let distance = Distance::Raking { bounds: Some((0.9, 1.1)) };
    match calibrate(&plain(vec![10.0; 4]), &totals, &options(distance)).unwrap_err() {
        Error::BoundsTooTight { feasible: Some((lower, upper)), .. } => {
            assert!((0.68..=0.7).contains(&lower) && (1.3..1.32).contains(&upper), "{lower} {upper}");
        }
        other => panic!("{other}"),
    }
    let one_sided = options(Distance::Logit { bounds: (1.0, 2.0) });
    let refused = calibrate(&plain(vec![10.0; 4]), &totals, &one_sided).unwrap_err();
    assert_eq!(refused, Error::BoundsNotUsable { lower: 1.0, upper: 2.0 });
}

#[test]
fn columns_that_depend_on_each_other_leave_or_contradict() {
    let column = [1.0, 1.0, 0.0, 0.0];
    let double = column.map(|value| 2.0 * value);
    let design = plain(vec![10.0; 4]);
    let same = [known("half", &column, 26.0), known("twice", &double, 52.0)];
    assert_eq!(calibrate(&design, &same, &options(PLAIN)).unwrap().left_out, ["twice"]);
    let other = [known("half", &column, 26.0), known("twice", &double, 50.0)];
    let refused = calibrate(&design, &other, &options(PLAIN)).unwrap_err();
    assert!(matches!(refused, Error::TotalsContradict { ref name, .. } if name == "twice"), "{refused}");
}

#[test]
fn the_regression_estimator_has_the_variance_of_its_residuals() {
    let x = [1.0, 2.0, 3.0, 4.0];
    let totals = [known("people", &[1.0; 4], 4.0), known("x", &x, 10.0)];
    // The totals are met already, so weights stay and only the variance changes.
    let fitted = calibrate(&plain(vec![1.0; 4]), &totals, &options(PLAIN)).unwrap();
    let all = Mask::all(4);
    let exact = total(&fitted.design, &x.map(|x| 2.0 + 3.0 * x), &all).unwrap();
    assert!(exact.standard_error < 1e-9, "a line through the columns does not vary");
    // y = 0, 2, 1, 3 leaves -0.3, 0.9, -0.9, 0.3 of its line; 4/3 of the sum of squares, 1.8.
    close(total(&fitted.design, &[0.0, 2.0, 1.0, 3.0], &all).unwrap().standard_error, 2.4_f64.sqrt());
}

#[test]
fn wide_bounds_are_no_bounds_and_raking_is_calibration() {
    let design = plain(vec![1.0, 2.0, 3.0, 1.5, 2.5, 1.0]);
    let margin = |name: &str, codes: [u32; 6], targets: [f64; 2]| Margin {
        name: name.into(),
        codes: codes.map(Some).to_vec(),
        targets: targets.map(Some).to_vec(),
        labels: vec!["no".into(), "yes".into()],
    };
    let margins =
        [margin("a", [0, 1, 0, 1, 0, 1], [30.0, 70.0]), margin("b", [0, 0, 0, 1, 1, 1], [55.0, 45.0])];
    let raked = rake(&design, &margins, &RakeOptions::with(Missing::Refuse)).unwrap();
    for bounds in [None, Some((1e-3, 1e3))] {
        let options = options(Distance::Raking { bounds });
        let fitted = calibrate_to_margins(&design, &margins, Missing::Refuse, &options).unwrap();
        for (one, other) in raked.design.weights().iter().zip(fitted.design.weights()) {
            assert!((one - other).abs() < 1e-7 * one, "{one} {other}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Totals that some weights within the bounds have are found again, whatever the distance.
    #[test]
    fn what_is_feasible_is_met(
        rows in prop::collection::vec((0.5..4.0_f64, -2.0..2.0_f64, 0.0..1.0_f64, 0.6..1.7_f64), 6..40),
        kind in 0..4_usize,
    ) {
        let weights: Vec<f64> = rows.iter().map(|row| row.0).collect();
        let columns: [Vec<f64>; 3] = [
            vec![1.0; rows.len()],
            rows.iter().map(|row| row.1).collect(),
            rows.iter().map(|row| row.2).collect(),
        ];
        let reach = |column: &Vec<f64>| rows.iter().zip(column).map(|(row, x)| row.0 * row.3 * x).sum();
        let totals: Vec<KnownTotal> =
            columns.iter().map(|column| known("x", column, reach(column))).collect();
        let bounds = (0.5, 1.8);
        let distance = match kind {
            0 => PLAIN,
            1 => Distance::Linear { bounds: Some(bounds) },
            2 => Distance::Raking { bounds: Some(bounds) },
            _ => Distance::Logit { bounds },
        };
        let fitted = calibrate(&plain(weights.clone()), &totals, &options(distance)).unwrap();
        prop_assert!(fitted.largest_gap <= 1e-9);
        for known in &totals {
            let got: f64 = fitted.design.weights().iter().zip(&known.values).map(|(w, x)| w * x).sum();
            let size: f64 = known.values.iter().zip(&weights).map(|(x, w)| (w * x).abs()).sum();
            prop_assert!((got - known.total).abs() <= 1e-7 * size, "{got} for {}", known.total);
        }
        if kind > 0 {
            prop_assert!(fitted.lowest_factor >= 0.5 - 1e-9 && fitted.highest_factor <= 1.8 + 1e-9);
        }
    }
}
