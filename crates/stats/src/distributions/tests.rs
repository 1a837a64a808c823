//! Values known in closed form or from published tables.

use super::*;

#[test]
fn t_with_one_and_two_degrees_has_closed_forms() {
    // df = 1 is Cauchy: tan(pi (1/2 - tail)); df = 2: sqrt(2) c / sqrt(1 - c^2) with c = 1 - 2 tail.
    for tail in [0.25, 0.025, 0.005, 1e-6] {
        let cauchy = (std::f64::consts::PI * (0.5 - tail)).tan();
        assert!((t_upper(tail, 1.0) / cauchy - 1.0).abs() < 1e-10, "{tail}");
        let c = 1.0 - 2.0 * tail;
        let two = c * 2.0_f64.sqrt() / (4.0 * tail * (1.0 - tail)).sqrt();
        assert!((t_upper(tail, 2.0) / two - 1.0).abs() < 1e-10, "{tail}");
    }
}

#[test]
fn normal_quantile() {
    assert!((normal_upper(0.025) - 1.959963984540054).abs() < 1e-13);
    assert!((t_upper(0.025, 1e7) - 1.959963984540054).abs() < 1e-6);
}

#[test]
fn beta_quantile_with_unit_shape_is_a_power() {
    // I_x(a, 1) = x^a and I_x(1, b) = 1 - (1-x)^b.
    for (p, a) in [(0.025_f64, 3.0), (0.975, 0.2), (0.025, 0.05), (1e-9, 12.0)] {
        assert!((beta_quantile(p, a, 1.0) / p.powf(1.0 / a) - 1.0).abs() < 1e-12, "{p} {a}");
        let expected = -((-p).ln_1p() / a).exp_m1();
        assert!((beta_quantile(p, 1.0, a) / expected - 1.0).abs() < 1e-12, "{p} {a}");
    }
}

#[test]
fn symmetric_shapes_have_their_median_in_the_middle() {
    for shape in [0.5, 7.0, 1e3, 1e6] {
        assert!((beta_quantile(0.5, shape, shape) - 0.5).abs() < 1e-13, "{shape}");
        let (low, high) = (beta_quantile(0.025, shape, shape), beta_quantile(0.975, shape, shape));
        assert!((low + high - 1.0).abs() < 1e-12, "{shape}");
    }
}

#[test]
fn one_large_shape_is_a_gamma_or_poisson_tail() {
    // Integer a: P(X < x) is a binomial tail, summed here term by term.
    let (a, b) = (3.0, 1e5);
    let x: f64 = beta_quantile(0.025, a, b);
    let n = a + b - 1.0;
    let none = (n * (-x).ln_1p()).exp();
    let odds = x / (1.0 - x);
    let below = none * (1.0 + n * odds + n * (n - 1.0) / 2.0 * odds * odds);
    assert!((1.0 - below - 0.025).abs() < 1e-12);
}

#[test]
fn a_tiny_shape_has_quantiles_near_zero_and_none_below_the_smallest_number() {
    assert!(
        (beta_quantile(0.5, 1e-3, 5.0).ln() - (0.5_f64.ln() + (1e-3_f64).ln() + 6.905672657062089) / 1e-3)
            .abs()
            < 1e-6
    );
    assert!(beta_quantile(0.025, 1e-3, 5.0) < 1e-300);
}

#[test]
fn two_sided_tail_matches_the_quantile() {
    for df in [1.0, 4.0, 15.0, 197.0, 1e6] {
        assert!((t_two_sided(t_upper(0.025, df), df) - 0.05).abs() < 1e-11, "{df}");
    }
}
