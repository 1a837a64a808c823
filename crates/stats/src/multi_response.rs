//! Questions with several answers per person.

use crate::{Design, Error, Estimates, Fraction, Mask, Variable, means, ratios};

/// What the shares of a question with several answers are shares of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// All who answered, "none of these" included; shares may add to more than 1.
    Respondents,
    /// Those with at least one option; shares may add to more than 1.
    Cases,
    /// All options ticked; shares add to 1.
    Responses,
}

/// Shares of the options of a question with several answers.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiResponse {
    /// One estimate per option, in the order given, with their covariance.
    pub shares: Estimates,
    /// Rows with a weight in which each option is ticked.
    pub ticked: Vec<usize>,
    /// Unweighted size of the base: people, or ticks for [`ShareOf::Responses`].
    pub base: usize,
}

/// Shares of the options of a question with several answers, in a domain.
///
/// `options` has one 0/1 column per option with one entry per row of the design. `answered` says who
/// answered at all, ticking something or saying "none of these"; who did not is in no base. Of
/// responses, the share is a ratio of totals: ticks of the option over all ticks, with people (not
/// ticks) as the units that vary.
///
/// # Errors
/// Those of [`means`] and [`ratios`].
pub fn multi_response(
    design: &Design,
    options: &[&[f64]],
    answered: &Mask,
    domain: &Mask,
    share_of: ShareOf,
) -> Result<MultiResponse, Error> {
    design.check_rows("answered", answered.rows())?;
    design.check_rows("domain", domain.rows())?;
    for option in options {
        design.check_rows("option", option.len())?;
    }
    let answered = answered.and(domain);
    let ticks: Vec<f64> = (0..design.rows())
        .map(|row| if answered.contains(row) { options.iter().map(|option| option[row]).sum() } else { 0.0 })
        .collect();
    let base = match share_of {
        ShareOf::Cases => Mask::from_fn(design.rows(), |row| answered.contains(row) && ticks[row] > 0.0),
        _ => answered,
    };
    let domain = &base;
    let shares = match share_of {
        ShareOf::Responses => {
            let parts = options.iter().map(|numerator| Fraction { numerator, denominator: &ticks, domain });
            ratios(design, &parts.collect::<Vec<_>>())?
        }
        _ => {
            let columns = options.iter().map(|values| Variable { values, domain });
            means(design, &columns.collect::<Vec<_>>())?
        }
    };
    let counted = |row: &usize| base.contains(*row) && design.weights()[*row] > 0.0;
    let rows: Vec<usize> = (0..design.rows()).filter(counted).collect();
    let ticked: Vec<usize> =
        options.iter().map(|option| rows.iter().filter(|row| option[**row] == 1.0).count()).collect();
    let base = if share_of == ShareOf::Responses { ticked.iter().sum() } else { rows.len() };
    Ok(MultiResponse { shares, ticked, base })
}
