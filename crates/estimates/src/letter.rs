//! How good an estimate is: nothing to say, with caution, or too unreliable.

use stats::Proportion;

use crate::Letter;

/// Coefficients of variation of the rarer side above which a number carries E, and above which it is F.
const CAUTION: f64 = 0.166;
const UNRELIABLE: f64 = 0.333;
/// The width of the interval from which a number is F: 30 points.
const TOO_WIDE: f64 = 0.30;
/// The effective number of respondents below which a number is F.
const TOO_FEW: f64 = 30.0;

/// A grade of quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grade {
    Good,
    Caution,
    Unreliable,
}

/// Grades a share by the coefficient of variation of the rarer side, since 3 % and 97 % have the same error; by the
/// width of its interval; and by the effective number of respondents.
///
/// # Source
/// After Statistics Canada's release rule for household surveys (16.6 % and 33.3 %); the rarer side, the width and the
/// effective number are ours.
pub(crate) fn grade(share: &Proportion) -> Grade {
    let rarer = share.value.min(1.0 - share.value);
    // Nobody or everybody: no coefficient of variation exists, and the width says it all.
    let variation = if share.extreme { 0.0 } else { share.standard_error / rarer };
    let unreliable =
        variation > UNRELIABLE || share.high - share.low >= TOO_WIDE || share.effective_n < TOO_FEW;
    match variation {
        _ if unreliable => Grade::Unreliable,
        variation if variation > CAUTION => Grade::Caution,
        _ => Grade::Good,
    }
}

/// Grades a mean by its coefficient of variation and the effective number of respondents.
pub(crate) fn grade_mean(mean: &stats::Estimate) -> Grade {
    match mean.variation() {
        Ok(variation) if variation > UNRELIABLE || mean.effective_n < TOO_FEW => Grade::Unreliable,
        Ok(variation) if variation > CAUTION => Grade::Caution,
        Ok(_) => Grade::Good,
        Err(_) => Grade::Unreliable,
    }
}

impl Grade {
    /// The letter printed beside the number.
    pub(crate) fn letter(self) -> Option<Letter> {
        (self == Grade::Caution).then_some(Letter::E)
    }
}
