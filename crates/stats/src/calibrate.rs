//! Fitting weights to totals of any columns, moving them as little as possible.

mod curve;
mod diagnose;
mod solve;

use std::sync::Arc;

use crate::design::{Calibration, Regression};
use crate::rake::{Crossed, cross};
use crate::replicate::Step;
use crate::{Design, Error, Kish, Margin, Missing, kish};
use curve::Curve;
use solve::{Problem, Solution};

/// How the distance between weights before and after is measured; g is weight after over weight before.
///
/// F(u) is g for a row whose columns add up to u with the multipliers found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// F(u) = 1 + u, clipped to the bounds. Without bounds this is the generalised regression estimator, and
    /// weights may become negative.
    Linear {
        /// Lowest and highest g.
        bounds: Option<(f64, f64)>,
    },
    /// F(u) = exp u, clipped to the bounds. Without bounds this is raking.
    Raking {
        /// Lowest and highest g.
        bounds: Option<(f64, f64)>,
    },
    /// F(u) = [L(U-1) + U(1-L) e^(Au)] / [(U-1) + (1-L) e^(Au)], A = (U-L)/((1-L)(U-1)): smooth within bounds.
    Logit {
        /// Lowest and highest g, on both sides of 1.
        bounds: (f64, f64),
    },
}

/// A column whose total over the population is known.
#[derive(Clone, Debug)]
pub struct KnownTotal {
    /// For messages.
    pub name: String,
    /// One value per row.
    pub values: Vec<f64>,
    /// Sum over the population.
    pub total: f64,
}

/// How to calibrate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrateOptions {
    /// How distance is measured, and within which bounds.
    pub distance: Distance,
    /// People in the population: weights are first multiplied so that they add up to it, and g counts from
    /// there.
    pub prescale: Option<f64>,
}

/// A design whose weights meet its totals, and how that went.
#[derive(Clone, Debug)]
pub struct Calibrated {
    /// The design with the new weights; its variances account for the totals.
    pub design: Design,
    /// Rounds of Newton's method.
    pub rounds: usize,
    /// Largest distance from a total, as a share of it.
    pub largest_gap: f64,
    /// Smallest g.
    pub lowest_factor: f64,
    /// Largest g.
    pub highest_factor: f64,
    /// Columns left out because those before them explain them.
    pub left_out: Vec<String>,
    /// What the weights cost before.
    pub before: Kish,
}

/// Calibrates weights so that the totals of columns are met.
///
/// Minimises the distance between weights before and after subject to sum w g x = X, by a damped Newton
/// method on the multipliers, which finds every solution that the bounds admit. Variances of the design
/// returned are of residuals from the regression of z on the columns, weighted as before; with replicates
/// each is calibrated by itself.
///
/// # Errors
/// [`Error::NoMargins`] without columns, [`Error::RowsDiffer`], [`Error::ValueNotFinite`],
/// [`Error::BoundsNotUsable`], [`Error::TotalsContradict`] when columns depend on each other and their totals
/// do not, [`Error::BoundsTooTight`] with the tightest bounds that would do; any of them as the cause of
/// [`Error::InReplicate`].
///
/// # Source
/// Deville and Saerndal 1992, Journal of the American Statistical Association 87, 376-382; R
/// `survey::calibrate`.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![10.0; 4], Basis::Probability))?;
/// let known = |name: &str, values: [f64; 4], total| KnownTotal {
///     name: name.into(),
///     values: values.to_vec(),
///     total,
/// };
/// let totals = [known("people", [1.0; 4], 40.0), known("rooms", [1.0, 2.0, 3.0, 4.0], 110.0)];
/// let options = CalibrateOptions { distance: Distance::Linear { bounds: None }, prescale: None };
/// let calibrated = calibrate(&design, &totals, &options)?;
/// for (got, expected) in calibrated.design.weights().iter().zip([7.0, 9.0, 11.0, 13.0]) {
///     assert!((got - expected).abs() < 1e-9);
/// }
/// # Ok::<(), Error>(())
/// ```
pub fn calibrate(
    design: &Design,
    totals: &[KnownTotal],
    options: &CalibrateOptions,
) -> Result<Calibrated, Error> {
    if totals.is_empty() {
        return Err(Error::NoMargins);
    }
    for known in totals {
        design.check_rows("values", known.values.len())?;
        if let Some(row) = known.values.iter().position(|value| !value.is_finite()) {
            return Err(Error::ValueNotFinite { row });
        }
    }
    let rows = (0..design.rows()).map(|row| totals.iter().map(|known| known.values[row]).collect());
    let names = totals.iter().map(|known| known.name.clone()).collect();
    let targets = totals.iter().map(|known| known.total).collect();
    Table { cells: None, columns: rows.collect(), names, targets }.calibrate(design, options)
}

/// Calibrates weights to margins, on the cells of their crossing.
///
/// # Errors
/// Those of [`rake`](crate::rake) about margins and respondents, and those of [`calibrate`].
pub fn calibrate_to_margins(
    design: &Design,
    margins: &[Margin],
    missing: Missing,
    options: &CalibrateOptions,
) -> Result<Calibrated, Error> {
    let Crossed { cells, columns, names, targets } = cross(design, margins, missing)?;
    Table { cells: Some(cells), columns, names, targets }.calibrate(design, options)
}

/// g of raking within bounds for each row, times the scale that `people` ask for, and the rounds it took.
pub(crate) fn rake_within(
    columns: Vec<Vec<f64>>,
    weights: &[f64],
    names: Vec<String>,
    targets: Vec<f64>,
    (people, bounds): (f64, (f64, f64)),
) -> Result<(Vec<f64>, usize), Error> {
    let distance = Distance::Raking { bounds: Some(bounds) };
    let mut table = Table { cells: None, columns, names, targets };
    let (kept, _) = diagnose::independent(&table.columns, weights, &table.names, &table.targets)?;
    table.keep(&kept);
    let options = CalibrateOptions { distance, prescale: Some(people) };
    let solution = table.solve(weights, &Curve::new(distance)?, &options)?;
    Ok((solution.factors, solution.rounds))
}

/// The columns of rows, or of the cells that rows are in, and their totals.
struct Table {
    cells: Option<Vec<u32>>,
    columns: Vec<Vec<f64>>,
    names: Vec<String>,
    targets: Vec<f64>,
}

impl Table {
    fn calibrate(mut self, design: &Design, options: &CalibrateOptions) -> Result<Calibrated, Error> {
        let curve = Curve::new(options.distance)?;
        let base = self.collapse(design.weights());
        let (columns, left_out) = diagnose::independent(&self.columns, &base, &self.names, &self.targets)?;
        self.keep(&columns);
        let solution = self.solve(&base, &curve, options)?;
        let weights = self.expand(design.weights(), &solution.factors);
        if let Some(row) = weights.iter().position(|weight| !weight.is_finite()) {
            return Err(Error::WeightNotUsable { row, weight: weights[row] });
        }
        let used = || {
            solution.factors.iter().zip(&base).filter(|(_, w)| **w != 0.0).map(|(g, _)| g / solution.scale)
        };
        let (lowest_factor, highest_factor) =
            (used().fold(f64::INFINITY, f64::min), used().fold(0.0, f64::max));
        Ok(Calibrated {
            design: self.apply(design, base, weights, &curve, options)?,
            rounds: solution.rounds,
            largest_gap: solution.gap,
            lowest_factor,
            highest_factor,
            left_out,
            before: kish(design.weights())?,
        })
    }

    /// Keeps some of the columns.
    fn keep(&mut self, kept: &[usize]) {
        for row in &mut self.columns {
            *row = kept.iter().map(|column| row[*column]).collect();
        }
        self.names = kept.iter().map(|column| self.names[*column].clone()).collect();
        self.targets = kept.iter().map(|column| self.targets[*column]).collect();
    }

    /// Weights of the rows of the table.
    fn collapse(&self, weights: &[f64]) -> Vec<f64> {
        let Some(cells) = &self.cells else { return weights.to_vec() };
        let mut sums = vec![0.0; self.columns.len()];
        cells.iter().zip(weights).for_each(|(cell, weight)| sums[*cell as usize] += weight);
        sums
    }

    fn expand(&self, weights: &[f64], factors: &[f64]) -> Vec<f64> {
        match &self.cells {
            Some(cells) => weights.iter().zip(cells).map(|(w, cell)| w * factors[*cell as usize]).collect(),
            None => weights.iter().zip(factors).map(|(weight, factor)| weight * factor).collect(),
        }
    }

    fn solve(&self, base: &[f64], curve: &Curve, options: &CalibrateOptions) -> Result<Solution, Error> {
        let scale = options.prescale.map_or(1.0, |people| people / base.iter().sum::<f64>());
        let weights: Vec<f64> = base.iter().map(|weight| weight * scale).collect();
        let problem = Problem { rows: &self.columns, weights: &weights, targets: &self.targets };
        let solution = problem.solve(curve);
        match solution.is_met() {
            true => Ok(solution.scaled(scale)),
            false => Err(diagnose::explain(&problem, curve, &solution, &self.names)),
        }
    }

    /// The design with its new weights, and what its variances need to know of them.
    fn apply(
        self,
        design: &Design,
        base: Vec<f64>,
        weights: Vec<f64>,
        curve: &Curve,
        options: &CalibrateOptions,
    ) -> Result<Design, Error> {
        let weights = Arc::new(weights);
        let Some(replicates) = design.replicates() else {
            let regression = Regression::new(
                Arc::clone(&weights),
                design.shared_weights(),
                self.cells,
                self.columns,
                &base,
            );
            return Ok(design.calibrated(weights, Calibration::Columns(regression)));
        };
        let one = |replicate: usize| {
            let solution = self.solve(&self.collapse(&replicates.weights(replicate)), curve, options);
            let refused = |cause| Error::InReplicate { replicate, cause: Box::new(cause) };
            solution.map(|solution| solution.factors).map_err(refused)
        };
        let factors = (0..replicates.count()).map(one).collect::<Result<Vec<_>, _>>()?;
        // Rows without cells are cells of their own.
        let cells = self.cells.unwrap_or_else(|| (0..design.rows() as u32).collect());
        Ok(design.reweighted(weights).replicated(replicates.after(Step::Cells { cells, factors })))
    }
}
