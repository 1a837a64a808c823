//! Several estimates at once, with the covariance that contrasts need.

use super::Estimate;
use crate::linear::{Column, Linearised, Totals, covariance};
use crate::sum::sum;
use crate::{Basis, Design, Error, Mask};

/// A column of numbers in a domain.
#[derive(Clone, Copy, Debug)]
pub struct Variable<'a> {
    /// One value per row of the design; entries outside the domain are never read.
    pub values: &'a [f64],
    /// Which rows it is about.
    pub domain: &'a Mask,
}

/// The two columns of a ratio in a domain.
#[derive(Clone, Copy, Debug)]
pub struct Fraction<'a> {
    /// One value per row of the design.
    pub numerator: &'a [f64],
    /// One value per row of the design.
    pub denominator: &'a [f64],
    /// Which rows it is about.
    pub domain: &'a Mask,
}

/// Several estimates from one design, with their covariance.
///
/// A domain without degrees of freedom still has an entry here, so that contrasts over all groups can
/// be formed; [`Estimates::estimate`] refuses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// The point estimates, in the order asked for.
    pub values: Vec<f64>,
    /// Their covariance, by rows.
    pub covariance: Vec<Vec<f64>>,
    /// Rows with a weight in the domain of each.
    pub respondents: Vec<usize>,
    /// (sum w)^2 / sum w^2 over the domain of each.
    pub effective_n: Vec<f64>,
    /// Clusters and strata that the domain of each reaches.
    pub reach: Vec<(usize, usize)>,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

impl Estimates {
    /// Standard error of the estimate at `position`.
    ///
    /// # Panics
    /// When there is no such estimate.
    pub fn standard_error(&self, position: usize) -> f64 {
        self.covariance[position][position].max(0.0).sqrt()
    }

    /// The estimate at `position` by itself.
    ///
    /// # Errors
    /// [`Error::NoDegreesOfFreedom`] when its domain has as many strata as clusters.
    ///
    /// # Panics
    /// When there is no such estimate.
    pub fn estimate(&self, position: usize) -> Result<Estimate, Error> {
        let (clusters, strata) = self.reach[position];
        if clusters <= strata {
            return Err(Error::NoDegreesOfFreedom { clusters, strata });
        }
        Ok(Estimate {
            value: self.values[position],
            standard_error: self.standard_error(position),
            degrees_of_freedom: clusters - strata,
            respondents: self.respondents[position],
            effective_n: self.effective_n[position],
            basis: self.basis,
        })
    }

    /// A linear combination c'T of the estimates and its standard error, sqrt(c'Vc).
    ///
    /// # Errors
    /// [`Error::CoefficientsDiffer`] when there is not one coefficient per estimate.
    pub fn contrast(&self, coefficients: &[f64]) -> Result<(f64, f64), Error> {
        if coefficients.len() != self.values.len() {
            let (coefficients, estimates) = (coefficients.len(), self.values.len());
            return Err(Error::CoefficientsDiffer { coefficients, estimates });
        }
        let value = sum(coefficients.iter().zip(&self.values).map(|(c, value)| c * value));
        let rows = coefficients.iter().zip(&self.covariance);
        let variance =
            sum(rows.flat_map(|(c, row)| row.iter().zip(coefficients).map(move |(v, d)| c * v * d)));
        Ok((value, variance.max(0.0).sqrt()))
    }
}

/// Means of several variables, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`mean`](crate::mean), except that domains without degrees of freedom are kept.
pub fn means(design: &Design, variables: &[Variable<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Variable { values, domain } in variables {
        let base = Totals::read(design, Column { values: None, domain })?;
        let total = Totals::read(design, Column { values: Some(values), domain })?;
        built.add_ratio(&total, &base, domain)?;
    }
    built.finish()
}

/// Totals of several variables, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`total`](crate::total), except that domains without degrees of freedom are kept.
pub fn totals(design: &Design, variables: &[Variable<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Variable { values, domain } in variables {
        let total = Totals::read(design, Column { values: Some(values), domain })?;
        built.add(domain, &total)?;
    }
    built.finish()
}

/// Ratios of totals, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`ratio`](crate::ratio), except that domains without degrees of freedom are kept.
pub fn ratios(design: &Design, fractions: &[Fraction<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Fraction { numerator, denominator, domain } in fractions {
        let base = Totals::read(design, Column { values: Some(denominator), domain })?;
        let total = Totals::read(design, Column { values: Some(numerator), domain })?;
        check_sign(design, denominator, domain)?;
        built.add_ratio(&total, &base, domain)?;
    }
    built.finish()
}

/// A denominator of both signs gives a ratio that means nothing.
fn check_sign(design: &Design, denominator: &[f64], domain: &Mask) -> Result<(), Error> {
    let find = |wanted: fn(f64) -> bool| {
        (0..design.rows())
            .find(|row| domain.contains(*row) && design.weights()[*row] > 0.0 && wanted(denominator[*row]))
    };
    match (find(|x| x < 0.0), find(|x| x > 0.0)) {
        (Some(negative), Some(positive)) => Err(Error::DenominatorMixed { negative, positive }),
        _ => Ok(()),
    }
}

/// Estimates in the making.
struct Built<'a> {
    design: &'a Design,
    linearised: Vec<Linearised>,
    estimates: Estimates,
}

impl<'a> Built<'a> {
    fn new(design: &'a Design) -> Built<'a> {
        let estimates = Estimates {
            values: Vec::new(),
            covariance: Vec::new(),
            respondents: Vec::new(),
            effective_n: Vec::new(),
            reach: Vec::new(),
            basis: design.basis(),
        };
        Built { design, linearised: Vec::new(), estimates }
    }

    fn add_ratio(&mut self, total: &Totals, base: &Totals, domain: &Mask) -> Result<(), Error> {
        if base.total == 0.0 {
            let empty = base_of(self.design, domain).0 == 0;
            return Err(if empty { Error::EmptyDomain } else { Error::DenominatorZero });
        }
        let value = total.total / base.total;
        let linearised = match self.design.replicates() {
            Some(_) => Linearised::repeated(quotients(total, base)?),
            None => {
                let terms = [(1.0 / base.total, total), (-value / base.total, base)];
                Linearised::new(self.design, domain, &terms)
            }
        };
        self.push(value, domain, linearised)
    }

    fn add(&mut self, domain: &Mask, total: &Totals) -> Result<(), Error> {
        self.push(total.total, domain, Linearised::new(self.design, domain, &[(1.0, total)]))
    }

    fn push(&mut self, value: f64, domain: &Mask, linearised: Linearised) -> Result<(), Error> {
        let (respondents, effective_n) = base_of(self.design, domain);
        if respondents == 0 {
            return Err(Error::EmptyDomain);
        }
        if !effective_n.is_finite() {
            return Err(Error::Overflow { what: "weights" });
        }
        self.linearised.push(linearised);
        self.estimates.values.push(value);
        self.estimates.respondents.push(respondents);
        self.estimates.effective_n.push(effective_n);
        self.estimates.reach.push(self.design.reach(domain));
        Ok(())
    }

    fn finish(mut self) -> Result<Estimates, Error> {
        self.estimates.covariance = covariance(self.design, &self.estimates.values, &self.linearised)?;
        Ok(self.estimates)
    }
}

/// The ratio under each replicate.
fn quotients(total: &Totals, base: &Totals) -> Result<Vec<f64>, Error> {
    let quotient = |(replicate, (total, base)): (usize, (&f64, &f64))| match *base == 0.0 {
        true => Err(Error::InReplicate { replicate, cause: Box::new(Error::EmptyDomain) }),
        false => Ok(total / base),
    };
    total.repeated.iter().zip(&base.repeated).enumerate().map(quotient).collect()
}

/// Rows with a weight in the domain, and their effective number.
fn base_of(design: &Design, domain: &Mask) -> (usize, f64) {
    let (mut rows, mut weights, mut squares) = (0, 0.0, 0.0);
    for (weight, inside) in design.weights().iter().zip(domain.as_slice()) {
        if *inside && *weight > 0.0 {
            rows += 1;
            weights += weight;
            squares += weight * weight;
        }
    }
    (rows, if rows == 0 { 0.0 } else { weights * weights / squares })
}
