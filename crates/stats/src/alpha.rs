//! Whether several questions measure one thing.

use crate::replicate::covariance_of;
use crate::spread::population_covariance;
use crate::sum::sum;
use crate::{Design, Error, Mask};

/// How far several items measure one thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CronbachAlpha {
    /// K/(K-1) (1 - sum of the items' variances / variance of their sum).
    pub value: f64,
    /// Its standard error, where the design carries replicates; there is none otherwise.
    pub standard_error: Option<f64>,
    /// K; below three the value says little.
    pub items: usize,
    /// Rows with a weight and an answer to every item.
    pub respondents: usize,
    /// Rows of the domain that lack an answer to some item.
    pub incomplete: usize,
}

/// Cronbach's alpha of several items over the rows of a domain that answered all of them.
///
/// alpha = K/(K-1) (1 - sum var_k / var_sum) with population variances under the design. Each item has
/// one entry per row; NaN says that it was not answered.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two items, [`Error::NoVariation`] when the sum does not vary,
/// [`Error::EmptyDomain`], [`Error::RowsDiffer`].
///
/// # Source
/// Cronbach 1951, Psychometrika 16, 297-334; R `survey::svycralpha`.
pub fn cronbach_alpha(design: &Design, items: &[&[f64]], domain: &Mask) -> Result<CronbachAlpha, Error> {
    if items.len() < 2 {
        return Err(Error::TooFew { what: "items", got: items.len(), needed: 2 });
    }
    design.check_rows("domain", domain.rows())?;
    for item in items {
        design.check_rows("item", item.len())?;
    }
    let answered = |row: usize| items.iter().all(|item| !item[row].is_nan());
    let complete = Mask::from_fn(design.rows(), |row| domain.contains(row) && answered(row));
    let sums: Vec<f64> = (0..design.rows()).map(|row| items.iter().map(|item| item[row]).sum()).collect();
    let whole = population_covariance(design, &sums, &sums, &complete)?;
    if whole.value <= 0.0 {
        return Err(Error::NoVariation);
    }
    let mut parts = 0.0;
    for item in items {
        parts += population_covariance(design, item, item, &complete)?.value;
    }
    let k = items.len() as f64;
    let value = k / (k - 1.0) * (1.0 - parts / whole.value);
    Ok(CronbachAlpha {
        value,
        standard_error: repeated_error(design, value, items, &sums, &complete)?,
        items: items.len(),
        respondents: whole.respondents,
        incomplete: domain.count() - complete.count(),
    })
}

/// The standard error over replicates, each with variances about its own means.
fn repeated_error(
    design: &Design,
    value: f64,
    items: &[&[f64]],
    sums: &[f64],
    complete: &Mask,
) -> Result<Option<f64>, Error> {
    if design.replicates().is_none() {
        return Ok(None);
    }
    let k = items.len() as f64;
    let alpha = |weights: &[f64]| {
        let parts = sum(items.iter().map(|item| variance(weights, item, complete)));
        let whole = variance(weights, sums, complete);
        // n/(n - 1) stands above and below, so it need not be known.
        if whole > 0.0 { Ok(vec![k / (k - 1.0) * (1.0 - parts / whole)]) } else { Err(Error::NoVariation) }
    };
    let nothing = || Ok(vec![vec![0.0; design.rows()]]);
    let covariance = covariance_of(design, complete, &[value], nothing, alpha)?;
    Ok(Some(covariance[0][0].sqrt()))
}

/// sum w (y - mean)^2 / sum w.
fn variance(weights: &[f64], values: &[f64], domain: &Mask) -> f64 {
    let inside = || (0..values.len()).filter(|row| domain.contains(*row));
    let people = sum(inside().map(|row| weights[row]));
    let mean = sum(inside().map(|row| weights[row] * values[row])) / people;
    sum(inside().map(|row| weights[row] * (values[row] - mean).powi(2))) / people
}
