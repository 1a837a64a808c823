//! The interval of all proportions whose likelihood is not too much smaller, as the reference finds it.
//!
//! The log odds b of an intercept-only logistic model are profiled at steps of a fifth of the reach; a cubic
//! spline through the signed roots of the deviance is read at three times as many places and interpolated
//! linearly. That detour moves the ends by about 1e-4, and is kept because it is what others publish.

use super::odds::expit;
use crate::Interval;
use crate::distributions::{normal_above, t_upper};

/// What the profile needs to know of an estimate.
pub(super) struct Profile {
    /// The proportion m.
    pub(super) share: f64,
    /// Standard error of its log odds.
    pub(super) standard_error: f64,
    /// Rows with a weight; the likelihood is that of as many people.
    pub(super) respondents: f64,
    /// Variance of Pearson's residuals.
    pub(super) dispersion: f64,
    /// Signed root of the deviance at the ends: t times the root of design over plain variance.
    pub(super) cut: f64,
}

/// Steps to each side, at most.
const STEPS: usize = 9;

/// The ends at which the signed root of the deviance is t times the root of design over plain variance.
///
/// # Source
/// Rao and Scott 1984 for the scaling; R `survey::svyciprop(method = "likelihood")`.
pub(super) fn interval(profile: &Profile) -> Interval {
    let cut = profile.cut;
    let reach = t_upper(normal_above(cut) / 4.0, profile.respondents - 1.0);
    let points = profile.points(reach);
    let places = 3 * points.len();
    let (low, high) = (points[0].0, points[points.len() - 1].0);
    let place = |at: usize| low + (high - low) * at as f64 / (places - 1) as f64;
    let spline = Spline::through(&points);
    let read: Vec<(f64, f64)> = (0..places).map(|at| (spline.at(place(at)), place(at))).collect();
    let end = |z: f64| expit(interpolate(&read, z));
    Interval { low: end(-cut), high: end(cut) }
}

impl Profile {
    /// Signed root of the deviance at log odds b.
    fn root(&self, b: f64) -> f64 {
        let (m, p) = (self.share, expit(b));
        let deviance = 2.0 * self.respondents * (m * (m / p).ln() + (1.0 - m) * ((1.0 - m) / (1.0 - p)).ln());
        (deviance.max(0.0) / self.dispersion).sqrt().copysign(b - logit(m))
    }

    /// Log odds with their signed roots, in order, until the root is beyond `reach` on both sides.
    fn points(&self, reach: f64) -> Vec<(f64, f64)> {
        let step = reach / 5.0 * self.standard_error;
        let centre = logit(self.share);
        let mut points = vec![(centre, 0.0)];
        for sign in [-1.0, 1.0] {
            for number in 1..=STEPS {
                let b = centre + sign * number as f64 * step;
                let root = self.root(b);
                points.push((b, root));
                if root.abs() >= reach {
                    break;
                }
            }
        }
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        points
    }
}

fn logit(m: f64) -> f64 {
    (m / (1.0 - m)).ln()
}

/// x at `z` on the line through the pairs (z, x); the nearest end outside.
fn interpolate(pairs: &[(f64, f64)], z: f64) -> f64 {
    let next = pairs.partition_point(|pair| pair.0 < z).clamp(1, pairs.len() - 1);
    let ((z0, x0), (z1, x1)) = (pairs[next - 1], pairs[next]);
    x0 + (x1 - x0) * ((z - z0) / (z1 - z0)).clamp(0.0, 1.0)
}

/// A cubic spline whose third derivative at each end is that of the cubic through the four points there.
///
/// # Source
/// Forsythe, Malcolm and Moler 1977, section 4.4.
struct Spline<'a> {
    points: &'a [(f64, f64)],
    /// A sixth of the second derivative at each point.
    bends: Vec<f64>,
}

impl Spline<'_> {
    fn through(points: &[(f64, f64)]) -> Spline<'_> {
        let last = points.len() - 1;
        let width = |at: usize| points[at + 1].0 - points[at].0;
        let slope = |at: usize| (points[at + 1].1 - points[at].1) / width(at);
        let mut diagonal: Vec<f64> = (0..=last)
            .map(|at| match at {
                0 => -width(0),
                _ if at == last => -width(last - 1),
                _ => 2.0 * (width(at - 1) + width(at)),
            })
            .collect();
        let mut right: Vec<f64> = (0..=last)
            .map(|at| match at {
                0 => width(0).powi(2) * third(points, 0),
                _ if at == last => -width(last - 1).powi(2) * third(points, last - 3),
                _ => slope(at) - slope(at - 1),
            })
            .collect();
        for at in 1..=last {
            let factor = width(at - 1) / diagonal[at - 1];
            diagonal[at] -= factor * width(at - 1);
            right[at] -= factor * right[at - 1];
        }
        let mut bends = vec![right[last] / diagonal[last]; last + 1];
        for at in (0..last).rev() {
            bends[at] = (right[at] - width(at) * bends[at + 1]) / diagonal[at];
        }
        Spline { points, bends }
    }

    fn at(&self, x: f64) -> f64 {
        let next = self.points.partition_point(|point| point.0 <= x).clamp(1, self.points.len() - 1);
        let ((x0, y0), (x1, y1)) = (self.points[next - 1], self.points[next]);
        let width = x1 - x0;
        let (from, to) = ((x1 - x) / width, (x - x0) / width);
        let bend = (to.powi(3) - to) * self.bends[next] + (from.powi(3) - from) * self.bends[next - 1];
        from * y0 + to * y1 + width * width * bend
    }
}

/// Third divided difference of the four points from `first`.
fn third(points: &[(f64, f64)], first: usize) -> f64 {
    let points = &points[first..first + 4];
    let mut differences: Vec<f64> = points.iter().map(|point| point.1).collect();
    for order in 1..4 {
        for at in 0..4 - order {
            differences[at] = (differences[at + 1] - differences[at]) / (points[at + order].0 - points[at].0);
        }
    }
    differences[0]
}
