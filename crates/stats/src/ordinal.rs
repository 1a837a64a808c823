//! Regressions for answers on an ordered scale.

mod descent;
mod likelihood;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::influence::{rows_in, spread};
use crate::matrix::Rows;
use crate::regression::{Family, fit};
use crate::replicate::covariance_of;
use crate::term::{names, rows_of};
use crate::{Basis, Design, Error, Mask, Term};

/// A proportional-odds regression with the covariance of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct OrdinalRegression {
    /// Names of the terms.
    pub names: Vec<String>,
    /// b; a positive one moves answers up the scale.
    pub coefficients: Vec<f64>,
    /// zeta, one between each category and the next.
    pub thresholds: Vec<f64>,
    /// Covariance of the coefficients followed by the thresholds.
    pub covariance: Vec<Vec<f64>>,
    /// Codes of the categories that occur, in their order.
    pub categories: Vec<u32>,
    /// Degrees of freedom of the design minus the number of coefficients.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight and an answer.
    pub respondents: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

impl OrdinalRegression {
    /// Standard error of the coefficient or threshold at `position`, thresholds after coefficients.
    ///
    /// # Panics
    /// When there is no such coefficient or threshold.
    pub fn standard_error(&self, position: usize) -> f64 {
        self.covariance[position][position].max(0.0).sqrt()
    }
}

/// Fits P(Y <= k) = logistic(zeta_k - x'b) over a domain.
///
/// `response` has one code per row, in the order of the scale; a missing code takes its row out.
/// Categories without respondents are left out. Terms have no intercept: the thresholds stand for it. The
/// covariance is H^-1 B H^-1 with H the information and B the design covariance of the scores. The descent
/// ends where the likelihood gains less than 1.5e-8 of itself, as the reference's does.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two categories, [`Error::TooMany`],
/// [`Error::TermDependent`], [`Error::TermSeparates`], [`Error::Unsettled`],
/// [`Error::ValueNotFinite`], [`Error::RowsDiffer`], [`Error::LonelyCluster`].
///
/// # Source
/// McCullagh 1980, Journal of the Royal Statistical Society B 42, 109-142; R `survey::svyolr`.
pub fn ordinal_regression(
    design: &Design,
    response: &[Option<u32>],
    terms: &[Term],
    domain: &Mask,
) -> Result<OrdinalRegression, Error> {
    let data = Data::read(design, response, terms, domain)?;
    let start = data.start(design.weights(), terms)?;
    let fitted = data.fit(design.weights(), &start, terms)?;
    let covariance = covariance_of(
        design,
        &data.domain,
        &fitted.parameters,
        || Ok(spread(&fitted.inverse, &data.scores(&fitted.parameters), &data.kept, design.rows())),
        |weights| data.fit(weights, &fitted.parameters, terms).map(|fit| fit.parameters),
    )?;
    let (coefficients, thresholds) = fitted.parameters.split_at(terms.len());
    Ok(OrdinalRegression {
        names: names(terms),
        coefficients: coefficients.to_vec(),
        thresholds: thresholds.to_vec(),
        covariance,
        degrees_of_freedom: data.degrees_of_freedom,
        respondents: data.kept.len(),
        categories: data.categories,
        basis: design.basis(),
    })
}

/// The rows with a weight and an answer.
struct Data {
    domain: Mask,
    kept: Vec<usize>,
    rows: Rows,
    /// Place of each answer among the categories.
    places: Vec<usize>,
    categories: Vec<u32>,
    degrees_of_freedom: usize,
}

impl Data {
    fn read(design: &Design, response: &[Option<u32>], terms: &[Term], domain: &Mask) -> Result<Data, Error> {
        design.check_rows("domain", domain.rows())?;
        design.check_rows("response", response.len())?;
        for term in terms {
            design.check_rows("term", term.values.len())?;
        }
        let counts = |row: usize| domain.contains(row) && design.weights()[row] > 0.0;
        let domain = Mask::from_fn(design.rows(), |row| counts(row) && response[row].is_some());
        let kept = rows_in(&domain);
        let answers: Vec<u32> = kept.iter().filter_map(|row| response[*row]).collect();
        let categories: Vec<u32> = answers.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        if categories.len() < 2 {
            return Err(Error::TooFew { what: "categories", got: categories.len(), needed: 2 });
        }
        let degrees = design.degrees_of_freedom(&domain);
        if degrees <= terms.len() {
            return Err(Error::TooMany { what: "coefficients", asked: terms.len(), degrees });
        }
        let place = |answer: &u32| categories.partition_point(|category| category < answer);
        Ok(Data {
            rows: rows_of(terms, &kept)?,
            places: answers.iter().map(place).collect(),
            domain,
            kept,
            degrees_of_freedom: degrees - terms.len(),
            categories,
        })
    }

    /// Coefficients of a logistic regression that cuts the scale in the middle, and thresholds spread around it.
    fn start(&self, weights: &[f64], terms: &[Term]) -> Result<Vec<f64>, Error> {
        let weights: Vec<f64> = self.kept.iter().map(|row| weights[*row]).collect();
        let middle = self.categories.len() / 2;
        let upper: Vec<f64> = self.places.iter().map(|place| f64::from(u8::from(*place >= middle))).collect();
        let rows: Rows = self.rows.iter().map(|row| [&[1.0], row.as_slice()].concat()).collect();
        let named = [&[Term::intercept(0)], terms].concat();
        let cut = fit::fit(Family::Binomial, &rows, &upper, &weights, None);
        let cut = cut.map_err(|failure| failure.explain(&named))?.coefficients;
        let last = self.categories.len() as f64;
        let spacing = |place: usize| ((place + 1) as f64 / (last - (place + 1) as f64)).ln() / 1.7;
        let thresholds =
            (0..self.categories.len() - 1).map(|place| spacing(place) - spacing(middle - 1) - cut[0]);
        Ok(cut[1..].iter().copied().chain(thresholds).collect())
    }
}
