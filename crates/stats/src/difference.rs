//! Whether two groups differ, with the covariance of sharing people and clusters.

use crate::distributions::{t_two_sided, t_upper};
use crate::estimate::tail;
use crate::{Basis, Design, Error, Mask, Variable, means};

/// The difference of the means of two domains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean of the first domain minus mean of the second.
    pub value: f64,
    /// sqrt(V_a + V_b - 2 covariance).
    pub standard_error: f64,
    /// Lower end of the t interval.
    pub low: f64,
    /// Upper end of the t interval.
    pub high: f64,
    /// value / standard error.
    pub t: f64,
    /// Two-sided p value of t.
    pub p: f64,
    /// Clusters minus strata of the whole design.
    pub degrees_of_freedom: usize,
    /// Mean of the first domain.
    pub value_a: f64,
    /// Mean of the second domain.
    pub value_b: f64,
    /// Standard error of the first mean.
    pub standard_error_a: f64,
    /// Standard error of the second mean.
    pub standard_error_b: f64,
    /// Covariance of the two means.
    pub covariance: f64,
    /// Rows with a weight in the first domain.
    pub respondents_a: usize,
    /// Rows with a weight in the second domain.
    pub respondents_b: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// The difference between the means of `values` in two domains, which may overlap and share clusters.
///
/// z = z_a - z_b, so overlap and shared clusters are taken care of. The interval and the test use the
/// degrees of freedom of the whole design.
///
/// # Errors
/// Those of [`mean`](crate::mean) for either domain, and [`Error::NoVariation`] when the standard error
/// is zero, so that there is no t.
///
/// # Source
/// R `survey::svyby(covmat = TRUE)` with `svycontrast`.
pub fn difference(
    design: &Design,
    values: &[f64],
    a: &Mask,
    b: &Mask,
    level: f64,
) -> Result<Difference, Error> {
    let tail = tail(level)?;
    let both = means(design, &[Variable { values, domain: a }, Variable { values, domain: b }])?;
    both.estimate(0)?;
    both.estimate(1)?;
    let (value, standard_error) = both.contrast(&[1.0, -1.0])?;
    if standard_error <= 1e-14 * (both.values[0].abs() + both.values[1].abs()) {
        return Err(Error::NoVariation);
    }
    let degrees_of_freedom = design.degrees_of_freedom(&Mask::all(design.rows()));
    let t = value / standard_error;
    let reach = t_upper(tail, degrees_of_freedom as f64) * standard_error;
    Ok(Difference {
        value,
        standard_error,
        low: value - reach,
        high: value + reach,
        t,
        p: t_two_sided(t, degrees_of_freedom as f64),
        degrees_of_freedom,
        value_a: both.values[0],
        value_b: both.values[1],
        standard_error_a: both.standard_error(0),
        standard_error_b: both.standard_error(1),
        covariance: both.covariance[0][1],
        respondents_a: both.respondents[0],
        respondents_b: both.respondents[1],
        basis: both.basis,
    })
}
