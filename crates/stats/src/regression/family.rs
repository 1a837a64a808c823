//! The kinds of response, each with its canonical link.

use crate::Error;

/// The kind of response, with its canonical link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Any number; mu = eta. R `gaussian()`.
    Gaussian,
    /// A share or a yes (1) or no (0); logit mu = eta. R `quasibinomial()`.
    Binomial,
    /// A count; log mu = eta. R `quasipoisson()`.
    Poisson,
}

impl Family {
    /// What messages call it.
    fn name(self) -> &'static str {
        match self {
            Family::Gaussian => "linear regression",
            Family::Binomial => "logistic regression",
            Family::Poisson => "regression of counts",
        }
    }

    pub(super) fn check(self, row: usize, value: f64) -> Result<(), Error> {
        let usable = match self {
            Family::Gaussian => true,
            Family::Binomial => (0.0..=1.0).contains(&value),
            Family::Poisson => value >= 0.0,
        };
        match (value.is_finite(), usable) {
            (false, _) => Err(Error::ValueNotFinite { row }),
            (true, false) => Err(Error::ResponseNotUsable { model: self.name(), row, value }),
            (true, true) => Ok(()),
        }
    }

    /// mu for eta.
    pub(super) fn mean(self, eta: f64) -> f64 {
        match self {
            Family::Gaussian => eta,
            Family::Binomial => 1.0 / (1.0 + (-eta).exp()),
            Family::Poisson => eta.exp(),
        }
    }

    /// V(mu), which is also dmu/deta.
    pub(super) fn variance(self, mean: f64) -> f64 {
        match self {
            Family::Gaussian => 1.0,
            Family::Binomial => mean * (1.0 - mean),
            Family::Poisson => mean,
        }
    }

    /// A mean inside the range of the link, to start from.
    pub(super) fn start(self, value: f64, weight: f64) -> f64 {
        match self {
            Family::Gaussian => value,
            Family::Binomial => (weight * value + 0.5) / (weight + 1.0),
            Family::Poisson => value + 0.1,
        }
    }

    /// eta for mu.
    pub(super) fn link(self, mean: f64) -> f64 {
        match self {
            Family::Gaussian => mean,
            Family::Binomial => (mean / (1.0 - mean)).ln(),
            Family::Poisson => mean.ln(),
        }
    }

    /// What a row adds to the deviance.
    pub(super) fn deviance(self, value: f64, mean: f64) -> f64 {
        // 0 ln 0 is 0.
        let part = |share: f64, of: f64| if share > 0.0 { share * (share / of).ln() } else { 0.0 };
        match self {
            Family::Gaussian => (value - mean) * (value - mean),
            Family::Binomial => 2.0 * (part(value, mean) + part(1.0 - value, 1.0 - mean)),
            Family::Poisson => 2.0 * (part(value, mean) - (value - mean)),
        }
    }

    pub(super) fn model(self) -> &'static str {
        self.name()
    }
}
