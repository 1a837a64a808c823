//! The tail of a weighted sum of chi-squares against an independent chi-square below.

use crate::distributions::{f_above, normal_above};

/// Closer to zero than this the saddle point gives no probability, and two moments are matched instead.
const FLAT: f64 = 1e-4;

/// P(sum l chi2_1 > x chi2_v/v) by the saddle point of its cumulants.
///
/// The chi-square below counts as whole degrees of freedom, rounded down, as the reference does.
///
/// # Source
/// Kuonen 1999, Biometrika 86, 929-935; R `survey::pFsum(method = "saddlepoint")`.
pub(super) fn saddlepoint(x: f64, effects: &[f64], v: f64) -> f64 {
    let largest = effects.iter().copied().fold(0.0, f64::max);
    let mut terms: Vec<(f64, f64)> = effects.iter().map(|effect| (effect / largest, 1.0)).collect();
    terms.push((-x / v / largest, v.floor()));
    let derivative = |z: f64| terms.iter().map(|(l, count)| count * l / (1.0 - 2.0 * z * l)).sum::<f64>();
    let z = root(derivative, lower_end(&terms), 0.5);
    if z.abs() < FLAT {
        return two_moments(x, effects, v);
    }
    let cumulant: f64 = -terms.iter().map(|(l, count)| count * (-2.0 * z * l).ln_1p()).sum::<f64>() / 2.0;
    let curvature: f64 =
        2.0 * terms.iter().map(|(l, count)| count * (l / (1.0 - 2.0 * z * l)).powi(2)).sum::<f64>();
    let w = z.signum() * (-2.0 * cumulant).sqrt();
    let u = z * curvature.sqrt();
    normal_above(w + (u / w).ln() / w)
}

/// The most negative z at which every 1 - 2 z l is positive.
fn lower_end(terms: &[(f64, f64)]) -> f64 {
    terms.iter().filter(|(l, _)| *l < 0.0).map(|(l, _)| 0.5 / l).fold(f64::NEG_INFINITY, f64::max)
}

/// The zero of a rising function inside (low, high), by halving.
fn root(of: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if of(middle) < 0.0 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Satterthwaite: a single F with the first two moments of the sum.
fn two_moments(x: f64, effects: &[f64], v: f64) -> f64 {
    let total: f64 = effects.iter().sum();
    let squares: f64 = effects.iter().map(|effect| effect * effect).sum();
    f_above(x / total, total * total / squares, v)
}

/// P(sum l chi2_1 - x/v chi2_v > 0) by inverting the characteristic function.
///
/// 1/2 + 1/pi int sin a(u)/(u r(u)) du with a = 1/2 sum h atan(l u), r = prod (1 + l^2 u^2)^(h/4).
///
/// # Source
/// Imhof 1961, Biometrika 48, 419-426; R `CompQuadForm::imhof`.
pub(super) fn integrated(x: f64, effects: &[f64], v: f64) -> f64 {
    let mut terms: Vec<(f64, f64)> = effects.iter().map(|effect| (*effect, 1.0)).collect();
    terms.push((-x / v, v));
    let height = |u: f64| {
        let angle: f64 = terms.iter().map(|(l, h)| h * (l * u).atan()).sum::<f64>() / 2.0;
        let reach: f64 = terms.iter().map(|(l, h)| h * (l * u).powi(2).ln_1p()).sum::<f64>() / 4.0;
        angle.sin() * (-reach).exp()
    };
    // u = s e^y spreads the steps evenly over the scales at which the curve changes.
    let scale = 1.0 / (effects.iter().sum::<f64>() + x);
    let (from, to, steps) = (-40.0_f64, 30.0_f64, 20_000);
    let width = (to - from) / f64::from(steps);
    let area: f64 = (0..=steps).map(|step| height(scale * (from + width * f64::from(step)).exp())).sum();
    (0.5 + area * width / std::f64::consts::PI).clamp(0.0, 1.0)
}
