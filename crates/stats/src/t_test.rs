//! Whether a mean differs from zero, or the means of two groups from each other.

use crate::distributions::{t_two_sided, t_upper};
use crate::estimate::tail;
use crate::{Basis, Design, Error, Mask, Variable, means};

/// A t test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// The mean, or the second group's mean minus the first's.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// value / standard error.
    pub t: f64,
    /// Degrees of freedom of the design in the domain, minus one.
    pub degrees_of_freedom: usize,
    /// Two-sided p value of t.
    pub p: f64,
    /// Lower end of the t interval.
    pub low: f64,
    /// Upper end of the t interval.
    pub high: f64,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// Tests whether the mean of `values` over a domain is zero.
///
/// t = mean/SE on the degrees of freedom of the domain minus one, as the reference counts.
///
/// # Errors
/// Those of [`mean`](crate::mean), [`Error::TooMany`] with fewer than two degrees of freedom,
/// and [`Error::NoVariation`] when the standard error is zero.
///
/// # Source
/// R `survey::svyttest(y ~ 0)`.
pub fn t_test_of_zero(design: &Design, values: &[f64], domain: &Mask, level: f64) -> Result<TTest, Error> {
    let one = means(design, &[Variable { values, domain }])?;
    test(design, domain, one.contrast(&[1.0])?, level)
}

/// Tests whether two groups that do not overlap have the same mean of `values`.
///
/// The difference is b's mean minus a's, the slope of a regression on a 0/1 group. t is on the degrees of
/// freedom of both groups together minus one. For groups that may overlap see
/// [`difference`](crate::difference()).
///
/// # Errors
/// As for [`t_test_of_zero`].
///
/// # Source
/// R `survey::svyttest(y ~ group)`.
pub fn t_test(design: &Design, values: &[f64], a: &Mask, b: &Mask, level: f64) -> Result<TTest, Error> {
    let both = means(design, &[Variable { values, domain: a }, Variable { values, domain: b }])?;
    let domain = Mask::from_fn(design.rows(), |row| a.contains(row) || b.contains(row));
    let slope = both.contrast(&[-1.0, 1.0])?;
    test(design, &domain, slope, level)
}

fn test(
    design: &Design,
    domain: &Mask,
    (value, standard_error): (f64, f64),
    level: f64,
) -> Result<TTest, Error> {
    let tail = tail(level)?;
    let degrees = design.degrees_of_freedom(domain);
    if degrees < 2 {
        return Err(Error::TooMany { what: "contrasts", asked: 1, degrees });
    }
    if standard_error <= 1e-14 * value.abs() {
        return Err(Error::NoVariation);
    }
    let degrees_of_freedom = degrees - 1;
    let t = value / standard_error;
    let reach = t_upper(tail, degrees_of_freedom as f64) * standard_error;
    Ok(TTest {
        value,
        standard_error,
        t,
        degrees_of_freedom,
        p: t_two_sided(t, degrees_of_freedom as f64),
        low: value - reach,
        high: value + reach,
        basis: design.basis(),
    })
}
