//! Quantiles of t, normal and beta distributions to the last digits.
//!
//! The gamma functions come from `statrs`. The incomplete beta function is summed here, because the one
//! in `statrs` stops after 140 terms and is off in the third digit at shapes of a million, and its
//! inverse is solved here, because intervals for rare answers need relative precision in the far tail.

use std::f64::consts::PI;

use statrs::function::gamma::{gamma_ur, ln_gamma};

/// Tail probability of a t variable: P(|T| > |t|) with `df` degrees of freedom.
pub(crate) fn t_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    if !square.is_finite() {
        return 0.0;
    }
    beta_share(df / 2.0, 0.5, df / (df + square), square / (df + square))
}

/// The t that leaves `tail` above it, for 0 < tail < 0.5.
pub(crate) fn t_upper(tail: f64, df: f64) -> f64 {
    // 2 tail = I_x(df/2, 1/2) with x = df/(df + t^2).
    let (x, rest) = beta_pair(2.0 * tail, df / 2.0, 0.5);
    (df * rest / x).sqrt()
}

/// P(F > f) with `above` and `below` degrees of freedom.
pub(crate) fn f_above(f: f64, above: f64, below: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    let whole = below + above * f;
    if !whole.is_finite() {
        return 0.0;
    }
    beta_share(below / 2.0, above / 2.0, below / whole, above * f / whole)
}

/// P(X > x) for a chi-square variable with `df` degrees of freedom.
pub(crate) fn chi_square_above(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(df / 2.0, x / 2.0) }
}

/// P(Z > z) for a standard normal variable.
pub(crate) fn normal_above(z: f64) -> f64 {
    let far = gamma_ur(0.5, z * z / 2.0) / 2.0;
    if z >= 0.0 { far } else { 1.0 - far }
}

/// The z that leaves `tail` above it in the standard normal distribution, for 0 < tail < 0.5.
pub(crate) fn normal_upper(tail: f64) -> f64 {
    let above = |z: f64| gamma_ur(0.5, z * z / 2.0) / 2.0;
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if above(middle) > tail { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The quantile of the standard normal distribution at `p`, between 0 and 1.
///
/// For agreement with references that use z where we use t; infinite at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    match p {
        p if p <= 0.0 => f64::NEG_INFINITY,
        p if p >= 1.0 => f64::INFINITY,
        p if p < 0.5 => -normal_upper(p),
        p => normal_upper(1.0 - p),
    }
}

/// The x with I_x(a, b) = p, for 0 < p < 1 and positive shapes.
pub(crate) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    beta_pair(p, a, b).0
}

/// I_x(a, b), the share of a beta variable below x, with y = 1 - x given to full precision.
fn beta_share(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    // The fraction converges fast below the mean; above it the other tail is summed.
    if x <= (a + 1.0) / (a + b + 2.0) {
        return (ln_front(a, b, x, y) - a.ln()).exp() * fraction(a, b, x);
    }
    1.0 - (ln_front(a, b, x, y) - b.ln()).exp() * fraction(b, a, y)
}

/// ln of x^a y^b / B(a, b), without the cancellation of large gamma functions.
///
/// # Source
/// The saddle-point form of Loader 2000, Fast and accurate computation of binomial probabilities.
fn ln_front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let off = x * b - y * a;
    // Far from the mean 1 + off/a may round to nothing, where the plain logarithm is exact enough.
    let part = |shape: f64, share: f64, off: f64| match off / shape {
        ratio if ratio > -0.5 => shape * ratio.ln_1p(),
        _ => shape * (share * (a + b) / shape).ln(),
    };
    let exponent = part(a, x, off) + part(b, y, -off);
    exponent + 0.5 * (a / (2.0 * PI) * (b / (a + b))).ln() + stirling(a + b) - stirling(a) - stirling(b)
}

/// ln Gamma(z) minus Stirling's formula (z - 1/2) ln z - z + ln(2 pi)/2.
fn stirling(z: f64) -> f64 {
    if z < 15.0 {
        return ln_gamma(z) - (z - 0.5) * z.ln() + z - 0.5 * (2.0 * PI).ln();
    }
    let s = 1.0 / (z * z);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / z
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
///
/// # Source
/// Abramowitz and Stegun 26.5.8; the number of terms grows with the root of the larger shape.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let keep = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / keep(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for term in 1..100_000 {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// The quantile x and 1 - x, each with full relative precision.
fn beta_pair(p: f64, a: f64, b: f64) -> (f64, f64) {
    if beta_share(a, b, 0.5, 0.5) >= p {
        let x = small_quantile(p, a, b);
        return (x, 1.0 - x);
    }
    let rest = small_quantile(1.0 - p, b, a);
    (1.0 - rest, rest)
}

/// The quantile when it is at most one half: Newton's method on u = ln x, kept inside a shrinking bracket.
fn small_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (-745.0_f64, 0.5_f64.ln());
    let mut u = (a / (a + b)).ln().clamp(low, high);
    for _ in 0..200 {
        let x = u.exp();
        let excess = beta_share(a, b, x, 1.0 - x) - p;
        if excess > 0.0 {
            high = u
        } else {
            low = u
        }
        // dI/du = x dI/dx = x^a y^(b-1) / B(a, b)
        let slope = (ln_front(a, b, x, 1.0 - x) - (-x).ln_1p()).exp();
        let step = u - excess / slope;
        let next = if step > low && step < high { step } else { (low + high) / 2.0 };
        // Two digits of the last place: below that steps are rounding, and go on for ever.
        if (next - u).abs() <= 4.0 * f64::EPSILON * u.abs() || high - low <= f64::EPSILON * u.abs() {
            return next.exp();
        }
        u = next;
    }
    u.exp()
}

#[cfg(test)]
#[path = "distributions/tests.rs"]
mod tests;
