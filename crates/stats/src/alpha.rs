//! Whether several questions measure one thing.

use crate::spread::population_covariance;
use crate::{Design, Error, Mask};

/// How far several items measure one thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CronbachAlpha {
    /// K/(K-1) (1 - sum of the items' variances / variance of their sum).
    pub value: f64,
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
/// one entry per row; NaN says that it was not answered. An interval comes from replicates: repeat the
/// estimate with the weights of each.
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
    Ok(CronbachAlpha {
        value: k / (k - 1.0) * (1.0 - parts / whole.value),
        items: items.len(),
        respondents: whole.respondents,
        incomplete: domain.count() - complete.count(),
    })
}
