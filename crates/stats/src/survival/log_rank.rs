//! Whether the event comes sooner in one of two groups.

use std::collections::BTreeSet;

use super::Waiting;
use super::risk::{RiskSets, Watched};
use crate::distributions::normal_above;
use crate::matrix::Rows;
use crate::{Basis, Design, Error, Mask, Variable, totals};

/// A log-rank test of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// Events of the second group beyond what its share of those watched lets expect.
    pub score: f64,
    /// Its standard error under the design.
    pub standard_error: f64,
    /// score / standard error.
    pub z: f64,
    /// Two-sided p value of z.
    pub p: f64,
    /// On what ground the sample speaks.
    pub basis: Basis,
}

/// Tests whether the event comes at the same pace in two groups.
///
/// The total of u_i = dN_i (x_i - E) - sum over event times while watched of (x_i - E) dL, where x marks
/// the group with the larger code, E is its share of those watched and dL the hazard. A missing group
/// takes its row out of the domain.
///
/// # Errors
/// [`Error::GroupsNotTwo`], [`Error::NoEvents`], [`Error::NoVariation`], [`Error::EmptyDomain`],
/// [`Error::ValueNotFinite`], [`Error::RowsDiffer`], [`Error::LonelyCluster`].
///
/// # Source
/// Rader 2014, dissertation, Harvard; R `survey::svylogrank`.
pub fn log_rank(
    design: &Design,
    waiting: Waiting<'_>,
    groups: &[Option<u32>],
    domain: &Mask,
) -> Result<LogRank, Error> {
    design.check_rows("groups", groups.len())?;
    design.check_rows("domain", domain.rows())?;
    let domain = Mask::from_fn(design.rows(), |row| domain.contains(row) && groups[row].is_some());
    let rows = waiting.rows(design, &domain)?;
    let codes: BTreeSet<Option<u32>> = rows.iter().map(|row| groups[*row]).collect();
    if codes.len() != 2 {
        return Err(Error::GroupsNotTwo { groups: codes.len() });
    }
    let second = codes.last().copied().flatten();
    let marks: Rows = rows.iter().map(|row| vec![f64::from(u8::from(groups[*row] == second))]).collect();
    let values = influences(design, waiting, &rows, &marks);
    let total = totals(design, &[Variable { values: &values, domain: &domain }])?;
    let (score, standard_error) = (total.values[0], total.standard_error(0));
    if standard_error == 0.0 {
        return Err(Error::NoVariation);
    }
    let z = score / standard_error;
    Ok(LogRank { score, standard_error, z, p: 2.0 * normal_above(z.abs()), basis: design.basis() })
}

fn influences(design: &Design, waiting: Waiting<'_>, rows: &[usize], marks: &Rows) -> Vec<f64> {
    let still = vec![0.0; rows.len()];
    let watched = Watched { waiting, rows, terms: marks, predictor: &still, weights: design.weights() };
    let sets = RiskSets::new(&watched);
    // Cumulated hazard, and cumulated hazard times E.
    let mut passed = vec![(0.0, 0.0)];
    for event in &sets.times {
        let (hazard, mean) = passed[passed.len() - 1];
        passed.push((hazard + event.hazard, mean + event.hazard * event.mean[0]));
    }
    let mut column = vec![0.0; design.rows()];
    for (row, mark) in rows.iter().zip(marks) {
        let steps = sets.times.partition_point(|event| event.time <= waiting.times[*row]);
        let (hazard, mean) = passed[steps];
        let surprise = if waiting.happened[*row] { mark[0] - sets.times[steps - 1].mean[0] } else { 0.0 };
        column[*row] = surprise - (mark[0] * hazard - mean);
    }
    column
}
