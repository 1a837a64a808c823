//! Regressions for means, yes-or-no answers and counts, with the covariance of the design.

mod family;
pub(crate) mod fit;
mod margin;

use crate::distributions::{t_two_sided, t_upper};
use crate::estimate::tail;
use crate::influence::{rows_in, spread};
use crate::matrix::{Rows, dot, form, inverse_form};
use crate::replicate::covariance_of;
use crate::spread::population_covariance;
use crate::sum::sum;
use crate::term::{names, rows_of};
use crate::{Basis, Design, Error, Interval, Mask, Term, Variable, means};
pub use family::Family;
pub use margin::predictive_margin;

/// A fitted regression with the covariance of its coefficients under the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// Which kind.
    pub family: Family,
    /// Names of the terms.
    pub names: Vec<String>,
    /// b, in the order of the terms.
    pub coefficients: Vec<f64>,
    /// Their covariance, by rows.
    pub covariance: Vec<Vec<f64>>,
    /// Population variance of the Pearson residuals; with replicates sum w r^2 / sum w.
    pub dispersion: f64,
    /// Degrees of freedom of the design plus one minus the number of coefficients; at least 1.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight.
    pub respondents: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// A test of several coefficients at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaldTest {
    /// b'V^-1 b over the number of coefficients.
    pub f: f64,
    /// Coefficients tested.
    pub contrasts: usize,
    /// Degrees of freedom of the regression.
    pub degrees_of_freedom: usize,
    /// Chance of a larger f when all of them are zero.
    pub p: f64,
}

/// A mean that a regression predicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicted {
    /// The mean, on the scale of the response.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Fits a regression of `response` on `terms` over a domain.
///
/// The coefficients solve sum w x (y - mu) = 0. Their covariance is A^-1 B A^-1 with
/// A = sum w x x' V(mu) and B the design covariance of the total of w x (y - mu). `response` and every
/// term have one entry per row of the design; entries outside the domain are never read. Give
/// [`Term::intercept`] among the terms unless there is none.
///
/// # Errors
/// [`Error::TooMany`] when no degrees of freedom are left, [`Error::TermDependent`],
/// [`Error::TermSeparates`], [`Error::ResponseNotUsable`], [`Error::ValueNotFinite`],
/// [`Error::RowsDiffer`], [`Error::EmptyDomain`], [`Error::LonelyCluster`].
///
/// # Source
/// Binder 1983, International Statistical Review 51, 279-292; R `survey::svyglm`.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![1.0; 4], Basis::Probability))?;
/// let terms = [Term::intercept(4), Term::new("years", vec![0.0, 1.0, 2.0, 3.0])];
/// let fit = regression(&design, &[1.0, 3.0, 5.0, 8.0], &terms, &Mask::all(4), Family::Gaussian)?;
/// assert!((fit.coefficients[1] - 2.3).abs() < 1e-12);
/// assert_eq!(fit.degrees_of_freedom, 2);
/// # Ok::<(), Error>(())
/// ```
pub fn regression(
    design: &Design,
    response: &[f64],
    terms: &[Term],
    domain: &Mask,
    family: Family,
) -> Result<Regression, Error> {
    let data = Data::read(design, response, terms, domain, family)?;
    let fitted = data.fit(design.weights(), None)?;
    let covariance = covariance_of(
        design,
        domain,
        &fitted.coefficients,
        || Ok(spread(&fitted.inverse, &data.scores(&fitted), &data.kept, design.rows())),
        |weights| data.fit(weights, Some(&fitted.coefficients)).map(|fit| fit.coefficients),
    )?;
    Ok(Regression {
        family,
        names: names(terms),
        dispersion: data.dispersion(design, domain, &fitted)?,
        coefficients: fitted.coefficients,
        covariance,
        degrees_of_freedom: data.degrees_of_freedom,
        respondents: data.kept.iter().filter(|row| design.weights()[**row] > 0.0).count(),
        basis: design.basis(),
    })
}

/// The rows of a domain, checked.
struct Data<'a> {
    family: Family,
    terms: &'a [Term],
    kept: Vec<usize>,
    rows: Rows,
    response: Vec<f64>,
    degrees_of_freedom: usize,
}

impl<'a> Data<'a> {
    fn read(
        design: &Design,
        response: &[f64],
        terms: &'a [Term],
        domain: &Mask,
        family: Family,
    ) -> Result<Data<'a>, Error> {
        design.check_rows("domain", domain.rows())?;
        design.check_rows("response", response.len())?;
        for term in terms {
            design.check_rows("term", term.values.len())?;
        }
        let kept = rows_in(domain);
        if !kept.iter().any(|row| design.weights()[*row] > 0.0) {
            return Err(Error::EmptyDomain);
        }
        for row in &kept {
            family.check(*row, response[*row])?;
        }
        let (degrees, coefficients) = (design.degrees_of_freedom(domain), terms.len());
        if degrees < coefficients || coefficients == 0 {
            return Err(Error::TooMany { what: "coefficients", asked: coefficients, degrees });
        }
        Ok(Data {
            family,
            terms,
            rows: rows_of(terms, &kept)?,
            response: kept.iter().map(|row| response[*row]).collect(),
            kept,
            degrees_of_freedom: degrees + 1 - coefficients,
        })
    }

    fn fit(&self, weights: &[f64], start: Option<&[f64]>) -> Result<fit::Fitted, Error> {
        let weights: Vec<f64> = self.kept.iter().map(|row| weights[*row]).collect();
        fit::fit(self.family, &self.rows, &self.response, &weights, start)
            .map_err(|failure| failure.explain(self.terms))
    }

    /// x (y - mu) for each row kept, scaled to the means at which the information was taken.
    fn scores(&self, fitted: &fit::Fitted) -> Rows {
        let one = |(((row, y), mean), before): (((&Vec<f64>, &f64), &f64), &f64)| {
            let left = (y - mean) * self.family.variance(*before) / self.family.variance(*mean);
            row.iter().map(|x| x * left).collect()
        };
        self.rows.iter().zip(&self.response).zip(&fitted.means).zip(&fitted.means_before).map(one).collect()
    }

    fn dispersion(&self, design: &Design, domain: &Mask, fitted: &fit::Fitted) -> Result<f64, Error> {
        let mut residuals = vec![0.0; design.rows()];
        for ((row, y), mean) in self.kept.iter().zip(&self.response).zip(&fitted.means) {
            residuals[*row] = (y - mean) / self.family.variance(*mean).sqrt();
        }
        match design.replicates() {
            None => Ok(population_covariance(design, &residuals, &residuals, domain)?.value),
            // The reference neither centres nor corrects here, and so do we.
            Some(_) => {
                let squares: Vec<f64> = residuals.iter().map(|residual| residual * residual).collect();
                Ok(means(design, &[Variable { values: &squares, domain }])?.values[0])
            }
        }
    }
}

impl Regression {
    /// Standard error of the coefficient at `position`.
    ///
    /// # Panics
    /// When there is no such coefficient.
    pub fn standard_error(&self, position: usize) -> f64 {
        self.covariance[position][position].max(0.0).sqrt()
    }

    /// The coefficient over its standard error.
    ///
    /// # Panics
    /// When there is no such coefficient.
    pub fn t(&self, position: usize) -> f64 {
        self.coefficients[position] / self.standard_error(position)
    }

    /// Two-sided p value of [`Regression::t`].
    ///
    /// # Panics
    /// When there is no such coefficient.
    pub fn p(&self, position: usize) -> f64 {
        t_two_sided(self.t(position), self.degrees_of_freedom as f64)
    }

    /// The t interval of the coefficient at `position`.
    ///
    /// # Errors
    /// [`Error::LevelNotUsable`] when `level` is not between 0 and 1.
    ///
    /// # Panics
    /// When there is no such coefficient.
    pub fn interval(&self, position: usize, level: f64) -> Result<Interval, Error> {
        let value = self.coefficients[position];
        let reach = t_upper(tail(level)?, self.degrees_of_freedom as f64) * self.standard_error(position);
        Ok(Interval { low: value - reach, high: value + reach })
    }

    /// Tests whether the coefficients at `positions` are all zero: F = b'V^-1 b / k on k and the degrees
    /// of freedom of the regression.
    ///
    /// # Errors
    /// [`Error::TooMany`] when fewer degrees of freedom are left than coefficients tested,
    /// [`Error::TermDependent`] when the design makes their covariance singular.
    ///
    /// # Panics
    /// When there is no such coefficient.
    ///
    /// # Source
    /// R `survey::regTermTest`.
    pub fn wald(&self, positions: &[usize]) -> Result<WaldTest, Error> {
        let (contrasts, degrees_of_freedom) = (positions.len(), self.degrees_of_freedom);
        if contrasts == 0 || degrees_of_freedom < contrasts {
            return Err(Error::TooMany { what: "contrasts", asked: contrasts, degrees: degrees_of_freedom });
        }
        let tested: Vec<f64> = positions.iter().map(|place| self.coefficients[*place]).collect();
        let pick = |place: &usize| positions.iter().map(|other| self.covariance[*place][*other]).collect();
        let square = inverse_form(&positions.iter().map(pick).collect(), &tested)
            .map_err(|place| Error::TermDependent { term: self.names[positions[place]].clone() })?;
        let f = square / contrasts as f64;
        let p = crate::distributions::f_above(f, contrasts as f64, degrees_of_freedom as f64);
        Ok(WaldTest { f, contrasts, degrees_of_freedom, p })
    }

    /// The mean response where the terms have the values of `row`, given in the order of the terms.
    ///
    /// SE = |dmu/deta| sqrt(x'Vx).
    ///
    /// # Errors
    /// [`Error::CoefficientsDiffer`] when there is not one value per term.
    ///
    /// # Source
    /// R `survey:::predict.svyglm(type = "response")`.
    pub fn predict(&self, row: &[f64]) -> Result<Predicted, Error> {
        let (coefficients, estimates) = (row.len(), self.coefficients.len());
        if coefficients != estimates {
            return Err(Error::CoefficientsDiffer { coefficients, estimates });
        }
        let value = self.family.mean(dot(row, &self.coefficients));
        // For the canonical links the slope of the mean is the variance function.
        let slope = self.family.variance(value);
        Ok(Predicted { value, standard_error: slope * form(&self.covariance, row).max(0.0).sqrt() })
    }
}

/// sum w v over rows kept.
fn weighted_sum(weights: &[f64], kept: &[usize], values: impl Iterator<Item = f64>) -> f64 {
    sum(kept.iter().zip(values).map(|(row, value)| weights[*row] * value))
}
