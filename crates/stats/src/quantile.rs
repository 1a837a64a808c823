//! Values below which a given share of the population lies, and the share below given values.

mod ends;
mod rule;

use crate::distributions::t_upper;
use crate::estimate::tail;
use crate::{Basis, Design, Error, Estimates, Mask, Variable, means};
pub use rule::QuantileRule;
use rule::Sorted;

/// How the interval of a quantile is made.
///
/// All but the last are Woodruff's: an interval for the share of people at or below the quantile, whose ends
/// are read back through the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum QuantileInterval {
    /// The share -+ t standard errors. The default.
    #[default]
    Mean,
    /// Korn and Graubard's interval of the share.
    Beta,
    /// A t interval of the log odds of the share; R's `xlogit`.
    LinearisedLogit,
    /// A t interval after the arcsine square root.
    Arcsine,
    /// The values that a score test does not refuse, read back through the unweighted share of rows at or
    /// below them, as the reference does. For agreement with references only.
    Score,
    /// The quantile -+ t standard errors, from its replicates; not for jackknives.
    Repeated,
}

/// How quantiles and their intervals are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileOptions {
    /// What stands between two values.
    pub rule: QuantileRule,
    /// How the interval is made.
    pub interval: QuantileInterval,
    /// Confidence level.
    pub level: f64,
}

/// A quantile with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The share asked for.
    pub share: f64,
    /// The quantile.
    pub value: f64,
    /// Lower end; none when it is not bounded by the data.
    pub low: Option<f64>,
    /// Upper end; none when it is not bounded by the data.
    pub high: Option<f64>,
    /// (high - low)/(2t); none when an end is missing.
    pub standard_error: Option<f64>,
    /// Degrees of freedom of the domain; at least 1.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight.
    pub respondents: usize,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// Quantiles of `values` over a domain.
///
/// `values` has one entry per row of the design; entries outside the domain are never read. `shares` are
/// between 0 and 1.
///
/// # Errors
/// [`Error::NotAProbability`] for a share outside 0 to 1, [`Error::JackknifeOfQuantile`],
/// [`Error::NoReplicates`] for [`QuantileInterval::Repeated`] without replicates, and those of
/// [`mean`](crate::mean).
///
/// # Source
/// Woodruff 1952, Journal of the American Statistical Association 47, 635-646; Hyndman and Fan 1996;
/// R `survey::svyquantile`.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![1.0; 5], Basis::Probability))?;
/// let options = QuantileOptions {
///     rule: QuantileRule::Math,
///     interval: QuantileInterval::Mean,
///     level: 0.95,
/// };
/// let weeks = [9.0, 1.0, 3.0, 7.0, 5.0];
/// let median = &quantiles(&design, &weeks, &[0.5], &Mask::all(5), &options)?[0];
/// assert_eq!(median.value, 5.0);
/// assert!(median.high.is_none(), "five people do not bound it");
/// # Ok::<(), Error>(())
/// ```
pub fn quantiles(
    design: &Design,
    values: &[f64],
    shares: &[f64],
    domain: &Mask,
    options: &QuantileOptions,
) -> Result<Vec<Quantile>, Error> {
    if let Some(position) = shares.iter().position(|share| !(0.0..=1.0).contains(share)) {
        return Err(Error::NotAProbability { position, p: shares[position] });
    }
    let whole = crate::mean(design, values, domain)?;
    let t = t_upper(tail(options.level)?, whole.degrees_of_freedom as f64);
    let sorted = Sorted::new(values, design.weights(), domain);
    let asked = ends::Asked { design, values, domain, options, sorted: &sorted, t };
    let one = |share: &f64| {
        let value = options.rule.read(&sorted, *share);
        let (low, high) = asked.ends(*share, value)?;
        Ok(Quantile {
            share: *share,
            value,
            low,
            high,
            standard_error: low.zip(high).map(|(low, high)| (high - low) / (2.0 * t)),
            degrees_of_freedom: whole.degrees_of_freedom,
            respondents: whole.respondents,
            basis: whole.basis,
        })
    };
    shares.iter().map(one).collect()
}

/// The share of a domain at or below each of the values `at`, with their covariance.
///
/// # Errors
/// Those of [`means`].
///
/// # Source
/// R `survey::svycdf`.
pub fn cumulative_shares(
    design: &Design,
    values: &[f64],
    at: &[f64],
    domain: &Mask,
) -> Result<Estimates, Error> {
    let columns: Vec<Vec<f64>> = at.iter().map(|at| at_most(values, *at)).collect();
    let variables: Vec<Variable<'_>> = columns.iter().map(|values| Variable { values, domain }).collect();
    means(design, &variables)
}

/// 1 where a value is at most `at`; a value that is not a number stays one.
fn at_most(values: &[f64], at: f64) -> Vec<f64> {
    values
        .iter()
        .map(|value| if value.is_nan() { *value } else { f64::from(u8::from(*value <= at)) })
        .collect()
}
