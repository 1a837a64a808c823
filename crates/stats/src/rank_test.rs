//! Whether groups differ in where their values stand in the order of the population.

use std::collections::BTreeSet;

use crate::distributions::{f_above, normal_quantile, t_two_sided};
use crate::matrix::inverse_form;
use crate::sum::sum;
use crate::{Basis, Design, Error, Mask, Variable, totals};

/// What the rank r of a value, out of N people, counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RankScore {
    /// r/N: Wilcoxon's test, and Kruskal and Wallis's with more than two groups. The default.
    #[default]
    Wilcoxon,
    /// The normal quantile of r/N: van der Waerden's test.
    VanDerWaerden,
    /// 1 above N/2 and 0 below: Mood's test of the median.
    Median,
}

/// A test of ranks between groups.
#[derive(Clone, Debug, PartialEq)]
pub struct RankTest {
    /// Codes of the groups, in their order.
    pub groups: Vec<u32>,
    /// Mean score of each group but the first, minus that of the first.
    pub differences: Vec<f64>,
    /// Covariance of the differences.
    pub covariance: Vec<Vec<f64>>,
    /// d'V^-1 d; with two groups the square of t.
    pub chi_square: f64,
    /// Number of differences.
    pub contrasts: usize,
    /// Degrees of freedom of the design in the domain minus the number of differences.
    pub degrees_of_freedom: usize,
    /// P value of chi-square over its number on both degrees of freedom; with two groups that of t.
    pub p: f64,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

impl RankTest {
    /// The difference between two groups over its standard error; none with more groups.
    pub fn t(&self) -> Option<f64> {
        (self.contrasts == 1).then(|| self.differences[0] / self.covariance[0][0].sqrt())
    }
}

/// Tests whether `values` stand higher in some groups than in others.
///
/// The rank of a value is estimated for the population, r = cumulated w - w/2 averaged over ties, and
/// scored. Mean scores of the groups are compared with their design variance, the scores taken as given.
/// A missing group code takes its row out of the domain.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two groups, [`Error::TooMany`], [`Error::NoVariation`]
/// when the groups' scores do not vary, [`Error::ValueNotFinite`], and those of
/// [`totals`](crate::totals).
///
/// # Source
/// Lumley and Scott 2013, Biometrika 100, 831-842; R `survey::svyranktest`.
pub fn rank_test(
    design: &Design,
    values: &[f64],
    groups: &[Option<u32>],
    domain: &Mask,
    score: RankScore,
) -> Result<RankTest, Error> {
    design.check_rows("values", values.len())?;
    design.check_rows("groups", groups.len())?;
    design.check_rows("domain", domain.rows())?;
    let kept = Mask::from_fn(design.rows(), |row| domain.contains(row) && groups[row].is_some());
    if let Some(row) = (0..design.rows()).find(|row| kept.contains(*row) && !values[*row].is_finite()) {
        return Err(Error::ValueNotFinite { row });
    }
    let codes = codes(design, groups, &kept);
    let degrees = design.degrees_of_freedom(&kept);
    let contrasts = codes.len().saturating_sub(1);
    match contrasts {
        0 => return Err(Error::TooFew { what: "groups", got: codes.len(), needed: 2 }),
        _ if degrees <= contrasts => {
            return Err(Error::TooMany { what: "contrasts", asked: contrasts, degrees });
        }
        _ => {}
    }
    let scores = scores(design.weights(), values, &kept, score);
    let (differences, covariance) = differences(design, &scores, groups, &codes, &kept)?;
    let chi_square = inverse_form(&covariance, &differences).map_err(|_| Error::NoVariation)?;
    let degrees_of_freedom = degrees - contrasts;
    let p = match contrasts {
        1 => t_two_sided(chi_square.sqrt(), degrees_of_freedom as f64),
        _ => f_above(chi_square / contrasts as f64, contrasts as f64, degrees_of_freedom as f64),
    };
    let basis = design.basis();
    Ok(RankTest {
        groups: codes,
        differences,
        covariance,
        chi_square,
        contrasts,
        degrees_of_freedom,
        p,
        basis,
    })
}

/// Groups with a weighted row.
fn codes(design: &Design, groups: &[Option<u32>], kept: &Mask) -> Vec<u32> {
    let counted = (0..design.rows()).filter(|row| kept.contains(*row) && design.weights()[*row] > 0.0);
    counted.filter_map(|row| groups[row]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The score of each row kept, 0 for the others.
fn scores(weights: &[f64], values: &[f64], kept: &Mask, score: RankScore) -> Vec<f64> {
    let counts = |row: &usize| kept.contains(*row) && weights[*row] > 0.0;
    let mut order: Vec<usize> = (0..values.len()).filter(counts).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let people = sum(order.iter().map(|row| weights[*row]));
    let mut scores = vec![0.0; values.len()];
    let mut before = 0.0;
    for ties in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let mut middles = 0.0;
        for row in ties {
            middles += before + weights[*row] / 2.0;
            before += weights[*row];
        }
        let rank = middles / ties.len() as f64;
        for row in ties {
            scores[*row] = match score {
                RankScore::Wilcoxon => rank / people,
                RankScore::VanDerWaerden => normal_quantile(rank / people),
                RankScore::Median => f64::from(u8::from(rank > people / 2.0)),
            };
        }
    }
    scores
}

/// Mean scores minus that of the first group, and the covariance of the totals of their influences.
fn differences(
    design: &Design,
    scores: &[f64],
    groups: &[Option<u32>],
    codes: &[u32],
    kept: &Mask,
) -> Result<(Vec<f64>, Vec<Vec<f64>>), Error> {
    let weights = design.weights();
    let inside =
        |code: u32| (0..scores.len()).filter(move |row| kept.contains(*row) && groups[*row] == Some(code));
    let people = |code: u32| sum(inside(code).map(|row| weights[row]));
    let mean = |code: u32| sum(inside(code).map(|row| weights[row] * scores[row])) / people(code);
    let means: Vec<f64> = codes.iter().map(|code| mean(*code)).collect();
    let influence = |place: usize| {
        let mut column = vec![0.0; scores.len()];
        for (which, sign) in [(0, -1.0), (place, 1.0)] {
            let share = sign / people(codes[which]);
            inside(codes[which]).for_each(|row| column[row] = share * (scores[row] - means[which]));
        }
        column
    };
    let columns: Vec<Vec<f64>> = (1..codes.len()).map(influence).collect();
    let variables: Vec<_> = columns.iter().map(|values| Variable { values, domain: kept }).collect();
    let covariance = totals(design, &variables)?.covariance;
    Ok((means[1..].iter().map(|mean| mean - means[0]).collect(), covariance))
}
