//! Fitting weights to population margins.

mod bounded;
mod cells;
mod check;
mod diagnose;
mod fit;
mod repeat;
mod report;

use std::sync::Arc;

use crate::design::{Calibration, Counting, Projection};
use crate::{Design, Error, Replicates, chunks};
use fit::Problem;
pub use report::{MarginRow, MarginTable, RakeReport};

/// A population margin: which category each row is in, and how many people each category has.
#[derive(Clone, Debug)]
pub struct Margin {
    /// For messages and reports.
    pub name: String,
    /// The category of each row, counted from 0; none for a missing answer.
    pub codes: Vec<Option<u32>>,
    /// People in the population per category, or their share where [`Targets::Shares`] is asked for. None
    /// where the population figure does not cover the category (a "prefer not to say"); it is then treated
    /// like a missing answer.
    pub targets: Vec<Option<f64>>,
    /// Name of each category, at least as many as there are targets.
    pub labels: Vec<String>,
}

/// What to do with respondents who have no category that a margin covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// They keep the share they have under the weights before, and the margin's targets shrink by it.
    OwnShare,
    /// Their presence is an error.
    Refuse,
}

/// What the targets of margins are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    /// People; every margin adds up to the same number.
    Counts,
    /// Shares of the population, which add up to 1 within 1e-9; the sum of the weights stays what it is.
    Shares,
}

/// How to rake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RakeOptions {
    /// What to do with respondents whom a margin does not cover.
    pub missing: Missing,
    /// Largest |achieved/target - 1| at the end.
    pub tolerance: f64,
    /// Rounds over all margins before giving up.
    pub rounds: usize,
    /// What the targets of the margins are.
    pub targets: Targets,
    /// Lowest and highest g, weight after over weight before, counted from 1 for a mere change of scale; on
    /// both sides of 1. Without them g is whatever the margins ask for, above 0.
    pub bounds: Option<(f64, f64)>,
}

impl RakeOptions {
    /// Targets in people, a tolerance of 1e-9 within 1000 rounds, no bounds.
    pub fn with(missing: Missing) -> RakeOptions {
        RakeOptions { missing, tolerance: 1e-9, rounds: 1000, targets: Targets::Counts, bounds: None }
    }
}

/// A design whose weights meet its margins, and how that went.
#[derive(Clone, Debug)]
pub struct Raked {
    /// The design with the new weights; its variances account for the margins.
    pub design: Design,
    /// How it went.
    pub report: RakeReport,
}

/// Rakes: multiplies weights by one factor per category until every margin is met.
///
/// Weights move by a factor per cell of the crossed margins, so rows are collapsed to cells first and
/// expanded once at the end. Variances of the design returned use residuals from the margins: means of
/// z over each category are taken out, every row counting once, for ten rounds. With replicates each is
/// raked by itself, to its own convergence.
///
/// Within bounds of g the weights are those of least distance sum w (g ln g - g + 1) that meet the margins,
/// which without bounds is raking; found on the same cells by the damped Newton method of
/// [`calibrate`](crate::calibrate), with the same report and the same variances as without.
///
/// # Errors
/// Named, never just "did not converge": [`Error::NoMargins`], [`Error::CategoryWithoutRespondents`],
/// [`Error::CategoryWithoutTarget`], [`Error::MarginUnanswered`], [`Error::MarginTotalsDiffer`],
/// [`Error::MarginsContradict`], [`Error::TargetNotUsable`], [`Error::CodeWithoutLabel`],
/// [`Error::RowsDiffer`], [`Error::SharesNotOne`], and [`Error::RakingUnfinished`] with the largest remaining
/// gap; within bounds [`Error::BoundsNotUsable`] and [`Error::BoundsTooTight`] with the tightest bounds that
/// would do; any of them as the cause of [`Error::InReplicate`].
///
/// # Source
/// Deming and Stephan 1940, Annals of Mathematical Statistics 11, 427-444; variance as Deville and
/// Saerndal 1992; R `survey::rake`, within bounds `survey::calibrate(calfun = "raking", bounds)`.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![1.0; 4], Basis::NonprobabilityRaked))?;
/// let gender = Margin {
///     name: "gender".into(),
///     codes: vec![Some(0), Some(0), Some(0), Some(1)],
///     targets: vec![Some(50.0), Some(50.0)],
///     labels: vec!["woman".into(), "man".into()],
/// };
/// let raked = rake(&design, &[gender], &RakeOptions::with(Missing::Refuse))?;
/// assert!((raked.design.weights()[3] - 50.0).abs() < 1e-9);
/// # Ok::<(), Error>(())
/// ```
pub fn rake(design: &Design, margins: &[Margin], options: &RakeOptions) -> Result<Raked, Error> {
    weigh(design, margins, options, Counting::Equally)
}

fn weigh(
    design: &Design,
    margins: &[Margin],
    options: &RakeOptions,
    counting: Counting,
) -> Result<Raked, Error> {
    // Rows that stand for several people cannot be counted once each.
    let counting = if design.is_summed() { Counting::ByWeight } else { counting };
    let (cells, prepared) = check::prepare(design, margins, options.missing, options.targets)?;
    let before: Vec<f64> = cells.sums.iter().map(|sums| sums.weight).collect();
    let targets: Vec<Vec<f64>> = prepared.iter().map(|margin| margin.targets.clone()).collect();
    let problem = Problem { categories: &cells.categories, before: &before, targets: &targets };
    let fitted = bounded::meet(&problem, &prepared, options)?;
    let report = report::report(&cells, &prepared, &fitted)?;
    let weights = Arc::new(expand(design.weights(), &cells.of_rows, &fitted.factors)?);
    let repeat = |replicates: &Replicates| -> Result<Replicates, Error> {
        Ok(replicates.after(repeat::repeat(replicates, &cells, &prepared, options)?))
    };
    let design = match design.replicates().map(repeat).transpose()? {
        Some(replicates) => design.reweighted(weights).replicated(replicates),
        None => {
            let sums = cells.counted(counting, &fitted.factors);
            let kept = Arc::clone(&weights);
            let calibration = Projection::new(kept, counting, cells.of_rows, sums, cells.categories);
            design.calibrated(weights, Calibration::Margins(calibration))
        }
    };
    Ok(Raked { design, report })
}

/// Margins as columns of 0 and 1 over the cells of their crossing.
pub(crate) struct Crossed {
    /// Cell of each row.
    pub(crate) cells: Vec<u32>,
    /// For each cell, a 0 or 1 for every category of every margin.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Name of each column.
    pub(crate) names: Vec<String>,
    /// Target of each column.
    pub(crate) targets: Vec<f64>,
}

/// Checks margins as for raking and crosses them.
pub(crate) fn cross(design: &Design, margins: &[Margin], missing: Missing) -> Result<Crossed, Error> {
    let (cells, prepared) = check::prepare(design, margins, missing, Targets::Counts)?;
    let row = |cell: usize| {
        let margins = prepared.iter().zip(&cells.categories);
        let own = |(margin, categories): (&check::Ready, &Vec<u32>)| {
            let category = categories[cell] as usize;
            (0..margin.targets.len()).map(move |code| f64::from(u8::from(code == category)))
        };
        margins.flat_map(own).collect()
    };
    let columns = (0..cells.sums.len()).map(row).collect();
    let names = prepared.iter().flat_map(check::Ready::names).collect();
    let targets = prepared.iter().flat_map(|margin| margin.targets.clone()).collect();
    Ok(Crossed { cells: cells.of_rows, columns, names, targets })
}

/// Weights times the factor of their cell.
fn expand(weights: &[f64], cells: &[u32], factors: &[f64]) -> Result<Vec<f64>, Error> {
    let mut expanded = vec![0.0; weights.len()];
    let finite = chunks::fill(&mut expanded, |first, part| {
        let rows = weights[first..].iter().zip(&cells[first..]);
        part.iter_mut().zip(rows).for_each(|(out, (weight, cell))| *out = weight * factors[*cell as usize]);
        part.iter().all(|weight| weight.is_finite())
    });
    match finite.into_iter().all(|finite| finite) {
        true => Ok(expanded),
        false => Err(Error::Overflow { what: "weights" }),
    }
}

/// Post-stratifies: weights in each category are multiplied so that they add up to its target.
///
/// The weights are those of raking to a single margin, which is met in one round; the residuals of its
/// variances are distances from weighted means, y - mean_c.
///
/// # Errors
/// As for [`rake`].
///
/// # Source
/// Holt and Smith 1979, Journal of the Royal Statistical Society A 142, 33-46; R `survey::postStratify`.
pub fn post_stratify(design: &Design, margin: &Margin, missing: Missing) -> Result<Raked, Error> {
    weigh(design, std::slice::from_ref(margin), &RakeOptions::with(missing), Counting::ByWeight)
}
