//! Every group against every other, judged as one family.

use crate::{Adjustment, Design, Difference, Error, Mask, difference, p_adjust};

/// All comparisons of a set of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonFamily {
    /// How p values were adjusted for the number of comparisons.
    pub adjustment: Adjustment,
    /// Every pair of groups, the first before the second in the order given.
    pub comparisons: Vec<Comparison>,
}

/// Two groups of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Position of the first group.
    pub a: usize,
    /// Position of the second group.
    pub b: usize,
    /// The first group's mean minus the second's.
    pub difference: Difference,
    /// The p value of the difference, adjusted over the family.
    pub p_adjusted: f64,
}

/// The differences between the means of `values` in all pairs of `groups`.
///
/// Each is a [`difference`]; its p value is then adjusted over the k(k - 1)/2 of them.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two groups, and those of [`difference`].
///
/// # Source
/// R `svyby(covmat = TRUE)` with `svycontrast` for all pairs, then `p.adjust`.
pub fn pairwise(
    design: &Design,
    values: &[f64],
    groups: &[Mask],
    adjustment: Adjustment,
    level: f64,
) -> Result<ComparisonFamily, Error> {
    if groups.len() < 2 {
        return Err(Error::TooFew { what: "groups", got: groups.len(), needed: 2 });
    }
    let pairs = (0..groups.len()).flat_map(|a| (a + 1..groups.len()).map(move |b| (a, b)));
    let compared = pairs.map(|(a, b)| Ok((a, b, difference(design, values, &groups[a], &groups[b], level)?)));
    let compared = compared.collect::<Result<Vec<_>, Error>>()?;
    let p: Vec<f64> = compared.iter().map(|(_, _, difference)| difference.p).collect();
    let adjusted = p_adjust(&p, adjustment)?;
    let comparison = |((a, b, difference), p_adjusted)| Comparison { a, b, difference, p_adjusted };
    Ok(ComparisonFamily {
        adjustment,
        comparisons: compared.into_iter().zip(adjusted).map(comparison).collect(),
    })
}
