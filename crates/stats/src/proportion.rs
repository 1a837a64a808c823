//! The share of a domain for which something is true, with intervals that stay between 0 and 1.

mod interval;
mod likelihood;
mod odds;

use crate::{Basis, Design, Error, Estimate, Interval, Mask, mean};

/// How the interval of a proportion is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ProportionInterval {
    /// Korn and Graubard: exact binomial with the effective size of the design. The default.
    #[default]
    Beta,
    /// A t interval of the log odds, whose variance with replicates is that of the replicates' log odds.
    Logit,
    /// The same with the variance of the log odds taken from that of the proportion, v/(m(1-m))^2.
    LinearisedLogit,
    /// Wilson's score interval with the effective size and t.
    Wilson,
    /// Where the likelihood is not too much smaller than at the estimate. For agreement with references only.
    Likelihood,
    /// Beta, with the limit of its formula where the design fixes the proportion: at infinite shapes both
    /// quantiles are one half, whatever the estimate. For agreement with references only.
    BetaAtLimit,
    /// A t interval after the arcsine square root. For agreement with references only.
    Arcsine,
    /// value -+ t standard errors; may leave 0 to 1. For agreement with references only.
    Mean,
}

/// A share between 0 and 1 with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// sum w y / sum w.
    pub value: f64,
    /// Standard error of the value itself, whatever the interval. 0 when `extreme`, where it says nothing,
    /// and when the design fixes the proportion (the share of a stratum); `low` and `high` are then `value`.
    pub standard_error: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Clusters minus strata reached by the domain; at least 1.
    pub degrees_of_freedom: usize,
    /// Rows of the domain with a weight.
    pub respondents: usize,
    /// (sum w)^2 / sum w^2 over the domain.
    pub effective_n: f64,
    /// True when nobody or everybody says yes: the interval is Clopper-Pearson's with the respondents
    /// as its size, and a coefficient of variation or a test does not exist.
    pub extreme: bool,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// The proportion of a domain for which `indicator` is 1.
///
/// `indicator` has one entry per row of the design, 0 or 1 inside the domain. `level` is the confidence
/// level, 0.95 unless there is a reason.
///
/// # Errors
/// [`Error::NotAnIndicator`], [`Error::LevelNotUsable`], and those of [`mean`].
///
/// # Source
/// Korn and Graubard 1998, Survey Methodology 24, 193-201 (beta); R `survey::svyciprop` 4.5.
///
/// # Example
/// ```
/// use stats::{Basis, Design, DesignParts, Mask, ProportionInterval, proportion};
/// let design = Design::new(DesignParts::weighted(vec![1.0; 10], Basis::Probability))?;
/// let nobody = proportion(&design, &[0.0; 10], &Mask::all(10), ProportionInterval::Beta, 0.95)?;
/// assert!(nobody.extreme && nobody.low == 0.0);
/// assert!((nobody.high - (1.0 - 0.025_f64.powf(0.1))).abs() < 1e-12);
/// # Ok::<(), stats::Error>(())
/// ```
pub fn proportion(
    design: &Design,
    indicator: &[f64],
    domain: &Mask,
    method: ProportionInterval,
    level: f64,
) -> Result<Proportion, Error> {
    let tail = crate::estimate::tail(level)?;
    let estimate = mean(design, indicator, domain)?;
    let (yes, no) = answers(design, indicator, domain)?;
    let extreme = !(yes && no);
    let (value, standard_error, interval) = if extreme {
        let value = f64::from(u8::from(yes));
        (value, 0.0, interval::clopper_pearson(value, estimate.respondents, tail))
    } else if interval::is_fixed(&estimate) {
        let end = if method == ProportionInterval::BetaAtLimit { 0.5 } else { estimate.value };
        (estimate.value, 0.0, Interval { low: end, high: end })
    } else {
        let interval = match method {
            ProportionInterval::Logit | ProportionInterval::Likelihood => {
                let odds = odds::log_odds(design, indicator, domain, &estimate)?;
                interval::of_odds(design, &estimate, &odds, method, tail)
            }
            _ => interval::of(design, &estimate, method, tail),
        };
        (estimate.value, estimate.standard_error, interval)
    };
    Ok(Proportion {
        value,
        standard_error,
        low: interval.low,
        high: interval.high,
        degrees_of_freedom: estimate.degrees_of_freedom,
        respondents: estimate.respondents,
        effective_n: estimate.effective_n,
        extreme,
        basis: estimate.basis,
    })
}

/// Whether anybody with a weight says yes, and whether anybody says no.
fn answers(design: &Design, indicator: &[f64], domain: &Mask) -> Result<(bool, bool), Error> {
    let (mut yes, mut no) = (false, false);
    for row in (0..design.rows()).filter(|row| domain.contains(*row)) {
        let value = indicator[row];
        if value != 0.0 && value != 1.0 {
            return Err(Error::NotAnIndicator { row, value });
        }
        if design.weights()[row] > 0.0 {
            yes |= value == 1.0;
            no |= value == 0.0;
        }
    }
    Ok((yes, no))
}

/// The interval of a share between 0 and 1 without fitting; none at 0 and 1, where methods have no ends.
pub(crate) fn share_interval(
    design: &Design,
    share: &Estimate,
    method: ProportionInterval,
    tail: f64,
) -> Option<Interval> {
    let fixed = Interval { low: share.value, high: share.value };
    match share.value > 0.0 && share.value < 1.0 && !interval::is_fixed(share) {
        true => Some(interval::of(design, share, method, tail)),
        // Without variance a t interval is the share itself; the others have no effective size.
        false => (method == ProportionInterval::Mean || interval::is_fixed(share) && share.value < 1.0)
            .then_some(fixed),
    }
}
