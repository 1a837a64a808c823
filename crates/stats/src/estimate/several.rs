//! Several estimates at once, with the covariance that contrasts need.

use super::Estimate;
use crate::linear::{Linearised, Reading, UnitTotals, covariance};
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

    /// A smooth function of the estimates that has this value and this gradient at them, with its standard
    /// error by the delta method, sqrt(g'Vg).
    ///
    /// # Errors
    /// [`Error::CoefficientsDiffer`] when there is not one slope per estimate.
    ///
    /// # Source
    /// R `survey::svycontrast(quote(...))`.
    ///
    /// # Example
    /// ```
    /// use stats::*;
    /// let design = Design::new(DesignParts::weighted(vec![1.0; 3], Basis::Probability))?;
    /// let (now, before, all) = ([2.0, 4.0, 6.0], [1.0, 2.0, 3.0], Mask::all(3));
    /// let columns = [&now, &before].map(|values| Variable { values, domain: &all });
    /// let both = means(&design, &columns)?;
    /// let (ratio, error) = both.smooth(4.0 / 2.0, &[1.0 / 2.0, -4.0 / 4.0])?;
    /// assert!(ratio == 2.0 && error < 1e-12);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn smooth(&self, value: f64, gradient: &[f64]) -> Result<(f64, f64), Error> {
        Ok((value, self.contrast(gradient)?.1))
    }
}

/// Means of several variables, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`mean`](crate::mean), except that domains without degrees of freedom are kept.
pub fn means(design: &Design, variables: &[Variable<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Variable { values, domain } in variables {
        built.add_mean(&Reading::of(design, values, domain)?, domain)?;
    }
    built.finish()
}

/// Means of columns that are read already, all in one domain.
pub(crate) fn means_of(design: &Design, readings: &[Reading], domain: &Mask) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    readings.iter().try_for_each(|reading| built.add_mean(reading, domain))?;
    built.finish()
}

/// Totals of several variables, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`total`](crate::total), except that domains without degrees of freedom are kept.
pub fn totals(design: &Design, variables: &[Variable<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Variable { values, domain } in variables {
        built.add_total(&Reading::of(design, values, domain)?, domain)?;
    }
    built.finish()
}

/// Totals of columns that are read already, all in one domain.
pub(crate) fn totals_of(design: &Design, readings: &[Reading], domain: &Mask) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    readings.iter().try_for_each(|reading| built.add_total(reading, domain))?;
    built.finish()
}

/// Ratios of totals, each in its own domain, with their covariance.
///
/// # Errors
/// As for [`ratio`](crate::ratio), except that domains without degrees of freedom are kept.
pub fn ratios(design: &Design, fractions: &[Fraction<'_>]) -> Result<Estimates, Error> {
    let mut built = Built::new(design);
    for Fraction { numerator, denominator, domain } in fractions {
        let base = Reading::of(design, denominator, domain)?;
        let reading = Reading::of(design, numerator, domain)?;
        check_sign(design, denominator, domain)?;
        built.add_ratio(&reading, &base.total, domain)?;
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

    fn add_mean(&mut self, reading: &Reading, domain: &Mask) -> Result<(), Error> {
        self.add_ratio(reading, &reading.base, domain)
    }

    fn add_total(&mut self, reading: &Reading, domain: &Mask) -> Result<(), Error> {
        let terms = [(1.0, &reading.total)];
        let linearised = Linearised::new(self.design, domain, &reading.present, &terms);
        self.push(reading.total.total, domain, reading, linearised)
    }

    fn add_ratio(&mut self, reading: &Reading, base: &UnitTotals, domain: &Mask) -> Result<(), Error> {
        if base.total == 0.0 {
            return Err(if reading.respondents == 0 { Error::EmptyDomain } else { Error::DenominatorZero });
        }
        let total = &reading.total;
        let value = total.total / base.total;
        let linearised = match self.design.replicates() {
            Some(_) => Linearised::repeated(quotients(total, base)?),
            None => {
                let terms = [(1.0 / base.total, total), (-value / base.total, base)];
                Linearised::new(self.design, domain, &reading.present, &terms)
            }
        };
        self.push(value, domain, reading, linearised)
    }

    fn push(
        &mut self,
        value: f64,
        domain: &Mask,
        reading: &Reading,
        linearised: Linearised,
    ) -> Result<(), Error> {
        if reading.respondents == 0 {
            return Err(Error::EmptyDomain);
        }
        if !reading.effective_n.is_finite() {
            return Err(Error::Overflow { what: "weights" });
        }
        self.linearised.push(linearised);
        self.estimates.values.push(value);
        self.estimates.respondents.push(reading.respondents);
        self.estimates.effective_n.push(reading.effective_n);
        self.estimates.reach.push(match self.design.replicates() {
            Some(_) => self.design.reach(domain),
            None => self.design.reach_of(&reading.present),
        });
        Ok(())
    }

    fn finish(mut self) -> Result<Estimates, Error> {
        self.estimates.covariance = covariance(self.design, &self.estimates.values, &self.linearised)?;
        Ok(self.estimates)
    }
}

/// The ratio under each replicate.
fn quotients(total: &UnitTotals, base: &UnitTotals) -> Result<Vec<f64>, Error> {
    let quotient = |(replicate, (total, base)): (usize, (&f64, &f64))| match *base == 0.0 {
        true => Err(Error::InReplicate { replicate, cause: Box::new(Error::EmptyDomain) }),
        false => Ok(total / base),
    };
    total.repeated.iter().zip(&base.repeated).enumerate().map(quotient).collect()
}
