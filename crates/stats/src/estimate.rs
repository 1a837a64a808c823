//! Totals, means and ratios, alone or several with their covariance.

mod several;

use crate::distributions::t_upper;
use crate::{Basis, Design, Error, Mask};
pub use several::{Estimates, Fraction, Variable, means, ratios, totals};
pub(crate) use several::{means_of, totals_of};

/// A number about a population, with how sure we can be of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// Its standard error under the design.
    pub standard_error: f64,
    /// Clusters minus strata reached by the domain; at least 1.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight.
    pub respondents: usize,
    /// (sum w)^2 / sum w^2 over the domain.
    pub effective_n: f64,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// A lower and an upper end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// value -+ t standard errors, with t from the degrees of freedom of the domain.
    ///
    /// # Errors
    /// [`Error::LevelNotUsable`] when `level` is not between 0 and 1.
    pub fn interval(&self, level: f64) -> Result<Interval, Error> {
        let reach = t_upper(tail(level)?, self.degrees_of_freedom as f64) * self.standard_error;
        Ok(Interval { low: self.value - reach, high: self.value + reach })
    }

    /// value -+ z standard errors, for agreement with references that use the normal distribution.
    ///
    /// # Errors
    /// [`Error::LevelNotUsable`] when `level` is not between 0 and 1.
    pub fn normal_interval(&self, level: f64) -> Result<Interval, Error> {
        let reach = crate::distributions::normal_upper(tail(level)?) * self.standard_error;
        Ok(Interval { low: self.value - reach, high: self.value + reach })
    }

    /// Coefficient of variation, standard error over |value|.
    ///
    /// # Errors
    /// [`Error::ValueZero`] when the estimate is 0.
    pub fn variation(&self) -> Result<f64, Error> {
        if self.value == 0.0 {
            return Err(Error::ValueZero);
        }
        Ok(self.standard_error / self.value.abs())
    }
}

/// Half of what lies outside a confidence level.
pub(crate) fn tail(level: f64) -> Result<f64, Error> {
    if level > 0.0 && level < 1.0 {
        return Ok((1.0 - level) / 2.0);
    }
    Err(Error::LevelNotUsable { level })
}

/// The mean of `values` over a domain: sum w y / sum w.
///
/// Variance by linearisation, z = (y - mean)/W inside the domain and 0 outside. `values` has one entry
/// per row of the design; entries outside the domain are never read.
///
/// # Errors
/// [`Error::EmptyDomain`], [`Error::NoDegreesOfFreedom`], [`Error::ValueNotFinite`],
/// [`Error::LonelyCluster`] under [`Lonely::Fail`](crate::Lonely::Fail), [`Error::RowsDiffer`].
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 5.8; R `survey::svymean` on a subset.
///
/// # Example
/// ```
/// use stats::{Basis, Design, DesignParts, Mask, mean};
/// let design = Design::new(DesignParts::weighted(vec![1.0; 4], Basis::Probability))?;
/// let age = mean(&design, &[20.0, 30.0, 40.0, 50.0], &Mask::all(4))?;
/// assert_eq!(age.value, 35.0);
/// assert!((age.standard_error - (500.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), stats::Error>(())
/// ```
pub fn mean(design: &Design, values: &[f64], domain: &Mask) -> Result<Estimate, Error> {
    means(design, &[Variable { values, domain }])?.estimate(0)
}

/// The total of `values` over a domain: sum w y.
///
/// # Errors
/// As for [`mean`].
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 3.4; R `survey::svytotal`.
pub fn total(design: &Design, values: &[f64], domain: &Mask) -> Result<Estimate, Error> {
    totals(design, &[Variable { values, domain }])?.estimate(0)
}

/// The ratio of two totals over a domain: sum w y / sum w x, with z = (y - R x)/X.
///
/// # Errors
/// As for [`mean`]; [`Error::DenominatorZero`] and [`Error::DenominatorMixed`] when the denominator adds
/// up to zero or has both signs.
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 5.6; R `survey::svyratio`.
pub fn ratio(
    design: &Design,
    numerator: &[f64],
    denominator: &[f64],
    domain: &Mask,
) -> Result<Estimate, Error> {
    ratios(design, &[Fraction { numerator, denominator, domain }])?.estimate(0)
}
