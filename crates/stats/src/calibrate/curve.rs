//! From multipliers to g: F, its slope and its integral.

use super::Distance;
use crate::Error;

/// A distance with bounds that were checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    kind: Kind,
    pub(super) low: f64,
    pub(super) high: f64,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Linear,
    Raking,
    /// With the constant A.
    Logit(f64),
}

impl Curve {
    pub(super) fn new(distance: Distance) -> Result<Curve, Error> {
        let (kind, (low, high)) = match distance {
            Distance::Linear { bounds } => {
                (Kind::Linear, bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY)))
            }
            Distance::Raking { bounds } => (Kind::Raking, bounds.unwrap_or((0.0, f64::INFINITY))),
            Distance::Logit { bounds: (low, high) } => {
                (Kind::Logit((high - low) / ((1.0 - low) * (high - 1.0))), (low, high))
            }
        };
        let finite = !matches!(kind, Kind::Logit(_)) || (low.is_finite() && high.is_finite());
        match low < 1.0 && high > 1.0 && finite {
            true => Ok(Curve { kind, low, high }),
            false => Err(Error::BoundsNotUsable { lower: low, upper: high }),
        }
    }

    /// The straight line, within other bounds: which totals can be met does not depend on the distance.
    pub(super) fn line(low: f64, high: f64) -> Curve {
        Curve { kind: Kind::Linear, low, high }
    }

    pub(super) fn is_bounded(&self) -> bool {
        self.low.is_finite() && (self.low > 0.0 || self.high.is_finite())
    }

    /// g = F(u).
    pub(super) fn factor(&self, u: f64) -> f64 {
        match self.kind {
            Kind::Linear => (1.0 + u).clamp(self.low, self.high),
            Kind::Raking => u.exp().clamp(self.low, self.high),
            Kind::Logit(a) => self.low + (self.high - self.low) * self.part(a, u),
        }
    }

    /// F'(u), 0 where g is at a bound.
    pub(super) fn slope(&self, u: f64) -> f64 {
        let inside = |g: f64| g > self.low && g < self.high;
        match self.kind {
            Kind::Linear => f64::from(u8::from(inside(1.0 + u))),
            Kind::Raking => {
                if inside(u.exp()) {
                    u.exp()
                } else {
                    0.0
                }
            }
            Kind::Logit(a) => {
                let part = self.part(a, u);
                (self.high - self.low) * a * part * (1.0 - part)
            }
        }
    }

    /// Integral of F from 0 to u: what the method minimises, less what is linear.
    pub(super) fn integral(&self, u: f64) -> f64 {
        let inverse = |g: f64| match self.kind {
            Kind::Raking => g.ln(),
            _ => g - 1.0,
        };
        let inner = |u: f64| match self.kind {
            Kind::Raking => u.exp_m1(),
            _ => u + u * u / 2.0,
        };
        match self.kind {
            Kind::Logit(a) => {
                let (below, above) = (1.0 - self.low, self.high - 1.0);
                // ln(above + below e^(Au)), written so that neither power overflows.
                let rest = if a * u > 0.0 {
                    a * u + (above * (-a * u).exp() + below).ln()
                } else {
                    (above + below * (a * u).exp()).ln()
                };
                self.low * u + (self.high - self.low) / a * (rest - (above + below).ln())
            }
            _ if u < inverse(self.low) => inner(inverse(self.low)) + self.low * (u - inverse(self.low)),
            _ if u > inverse(self.high) => inner(inverse(self.high)) + self.high * (u - inverse(self.high)),
            _ => inner(u),
        }
    }

    /// How far g is between the bounds, 0 to 1.
    fn part(&self, a: f64, u: f64) -> f64 {
        let (below, above) = (1.0 - self.low, self.high - 1.0);
        below / (below + above * (-a * u).exp())
    }
}
