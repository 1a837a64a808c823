//! The mathematics of every variance here: totals per sampled unit, and how they scatter.
//!
//! Every estimator of this crate is a smooth function of totals. So the rows are read once per column
//! into one total per sampled unit; estimates, linearised values and covariances are computed from
//! those totals alone, and where the totals come from does not matter.

use crate::design::{Stage, Stratum};
use crate::sum::sum;
use crate::{Design, Error, Lonely, Mask};

/// A column of numbers as seen from a domain: zero outside, and 1 inside when no values are given.
#[derive(Clone, Copy)]
pub(crate) struct Column<'a> {
    pub(crate) values: Option<&'a [f64]>,
    pub(crate) domain: &'a Mask,
}

/// The weighted total of a column, and its parts by the units of every stage.
pub(crate) struct Totals {
    /// sum w y over the domain.
    pub(crate) total: f64,
    /// For each stage, sum w y per unit; after calibration, of the residuals.
    units: Vec<Vec<f64>>,
    /// sum w y under the weights of each replicate, where there are replicates.
    pub(crate) repeated: Vec<f64>,
}

impl Totals {
    /// Reads the rows of a column once.
    pub(crate) fn read(design: &Design, column: Column<'_>) -> Result<Totals, Error> {
        design.check_rows("domain", column.domain.rows())?;
        if let Some(values) = column.values {
            design.check_rows("values", values.len())?;
            let inside = column.domain.as_slice().iter().zip(values);
            if let Some(row) = inside.into_iter().position(|(inside, value)| *inside && !value.is_finite()) {
                return Err(Error::ValueNotFinite { row });
            }
        }
        if let Some(replicates) = design.replicates() {
            let total = sum(weigh(design, column));
            return Ok(Totals {
                total,
                units: Vec::new(),
                repeated: replicates.totals(column.values, column.domain),
            });
        }
        let totals =
            match design.is_calibrated() || design.stages().iter().any(|stage| stage.units().is_none()) {
                true => Totals::by_row(design, column),
                false => Totals::by_unit(design, column),
            };
        match totals.total.is_finite() {
            true => Ok(totals),
            false => Err(Error::Overflow { what: "values" }),
        }
    }

    /// Rows straight into units, without a column of weighted values in between.
    fn by_unit(design: &Design, column: Column<'_>) -> Totals {
        let mut stages = design.stages().iter();
        let first = stages.next().expect("a design has a stage");
        let mut sums = vec![0.0; first.strata_of_units.len()];
        let units = first.units().expect("by_unit is only called when rows are not units");
        let rows = column.domain.as_slice().iter().zip(design.weights()).zip(units);
        match column.values {
            Some(values) => rows.zip(values).for_each(|(((inside, weight), unit), value)| {
                sums[*unit as usize] += if *inside { weight * value } else { 0.0 };
            }),
            None => rows.for_each(|((inside, weight), unit)| {
                sums[*unit as usize] += if *inside { *weight } else { 0.0 };
            }),
        }
        let total = sum(sums.iter().copied());
        let mut units = vec![sums];
        if stages.len() > 0 {
            let weighted = weigh(design, column);
            units.extend(stages.map(|stage| gather(stage, &weighted)));
        }
        Totals { total, units, repeated: Vec::new() }
    }

    fn by_row(design: &Design, column: Column<'_>) -> Totals {
        let mut weighted = weigh(design, column);
        let total = sum(weighted.iter().copied());
        for calibration in design.calibrations() {
            calibration.leave_residuals(&mut weighted);
        }
        let units = design.stages().iter().map(|stage| gather(stage, &weighted)).collect();
        Totals { total, units, repeated: Vec::new() }
    }
}

fn weigh(design: &Design, column: Column<'_>) -> Vec<f64> {
    let value = |row: usize| column.values.map_or(1.0, |values| values[row]);
    let rows = column.domain.as_slice().iter().zip(design.weights()).enumerate();
    rows.map(|(row, (inside, weight))| if *inside { weight * value(row) } else { 0.0 }).collect()
}

fn gather(stage: &Stage, weighted: &[f64]) -> Vec<f64> {
    match stage.units() {
        None => weighted.to_vec(),
        Some(units) => {
            let mut sums = vec![0.0; stage.strata_of_units.len()];
            units.iter().zip(weighted).for_each(|(unit, value)| sums[*unit as usize] += value);
            sums
        }
    }
}

/// A linear combination of totals whose variance is that of an estimate, and the units its domain reaches.
pub(crate) struct Linearised {
    units: Vec<Vec<f64>>,
    present: Vec<Vec<bool>>,
    /// The estimate under each replicate, where there are replicates.
    repeated: Vec<f64>,
}

impl Linearised {
    /// sum_c coefficient_c x totals_c, for an estimate about `domain`.
    pub(crate) fn new(design: &Design, domain: &Mask, terms: &[(f64, &Totals)]) -> Linearised {
        if let Some(replicates) = design.replicates() {
            let total =
                |replicate: usize| terms.iter().map(|(c, totals)| c * totals.repeated[replicate]).sum();
            return Linearised::repeated((0..replicates.count()).map(total).collect());
        }
        let everyone = Mask::all(design.rows());
        // After calibration a residual stands in every row, not only in those of the domain.
        let reached = if design.is_calibrated() { &everyone } else { domain };
        let stages = 0..design.stages().len();
        let combine = |stage: usize| {
            let units = design.stages()[stage].strata_of_units.len();
            let mut combined = vec![0.0; units];
            for (coefficient, totals) in terms {
                combined
                    .iter_mut()
                    .zip(&totals.units[stage])
                    .for_each(|(sum, part)| *sum += coefficient * part);
            }
            combined
        };
        Linearised {
            units: stages.clone().map(combine).collect(),
            present: stages.map(|stage| design.present(stage, reached)).collect(),
            repeated: Vec::new(),
        }
    }

    /// Totals of first-stage units.
    pub(crate) fn first_stage(&self) -> &[f64] {
        &self.units[0]
    }

    /// An estimate by what it is under each replicate.
    pub(crate) fn repeated(repeated: Vec<f64>) -> Linearised {
        Linearised { units: Vec::new(), present: Vec::new(), repeated }
    }
}

/// The covariance matrix of linearised estimates.
///
/// V = sum over stages and strata of share x f_h x n_h/(n_h - 1) x sum_j (t_hj - mean_h)(t_hj - mean_h)',
/// where share is the product of the sampling fractions of the stages before.
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, sections 4.3 and 5.5; R `survey::svyrecvar`.
///
/// With replicates V = scale sum_r rscale_r (t_r - c)(t_r - c)'; `full` are the full-sample estimates.
pub(crate) fn covariance(
    design: &Design,
    full: &[f64],
    estimates: &[Linearised],
) -> Result<Vec<Vec<f64>>, Error> {
    let size = estimates.len();
    if let Some(replicates) = design.replicates() {
        let of = |replicate: usize| estimates.iter().map(|one| one.repeated[replicate]).collect();
        return replicates.covariance(full, &(0..replicates.count()).map(of).collect::<Vec<_>>());
    }
    let mut matrix = vec![vec![0.0; size]; size];
    if let Some(unequal) = design.unequal() {
        return finite(unequal.covariance(&design.stages()[0], estimates));
    }
    for stage in 0..design.stages().len() {
        let scattered =
            estimates.iter().map(|one| Scattered::new(design, stage, one)).collect::<Result<Vec<_>, _>>()?;
        for (row, one) in scattered.iter().enumerate() {
            for (column, other) in scattered.iter().enumerate().take(row + 1) {
                let part = cross(design, stage, one, other)?;
                matrix[row][column] += part;
                if row != column {
                    matrix[column][row] += part;
                }
            }
        }
    }
    finite(matrix)
}

fn finite(matrix: Vec<Vec<f64>>) -> Result<Vec<Vec<f64>>, Error> {
    match matrix.iter().flatten().all(|entry| entry.is_finite()) {
        true => Ok(matrix),
        false => Err(Error::Overflow { what: "variances" }),
    }
}

/// Unit totals of one estimate at one stage as distances from their centre.
struct Scattered {
    distances: Vec<f64>,
    strata: Vec<Standing>,
}

/// How a stratum enters the variance of one estimate.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// Not reached by the domain, or adding nothing.
    Absent,
    /// Adds its scatter.
    Counted,
    /// Reached, but its scatter cannot be seen: the others stand for it.
    SetAside,
}

impl Scattered {
    fn new(design: &Design, stage: usize, estimate: &Linearised) -> Result<Scattered, Error> {
        let plan = &design.stages()[stage];
        let units = &estimate.units[stage];
        let mut sums = vec![0.0; plan.strata.len()];
        let mut reached = vec![0_usize; plan.strata.len()];
        for (unit, value) in units.iter().enumerate() {
            sums[plan.stratum_of(unit)] += value;
            reached[plan.stratum_of(unit)] += usize::from(estimate.present[stage][unit]);
        }
        let grand = grand_mean(plan, &sums, &reached);
        let mut centres = Vec::with_capacity(sums.len());
        let mut strata = Vec::with_capacity(sums.len());
        for (number, stratum) in plan.strata.iter().enumerate() {
            let (standing, by_grand) = stand(design, stage, stratum, reached[number])?;
            strata.push(standing);
            centres.push(if by_grand { grand } else { sums[number] / stratum.units.max(1) as f64 });
        }
        let distances =
            units.iter().enumerate().map(|(unit, t)| t - centres[plan.stratum_of(unit)]).collect();
        Ok(Scattered { distances, strata })
    }
}

/// Mean of the unit totals of all strata that are reached, per unit drawn.
fn grand_mean(plan: &Stage, sums: &[f64], reached: &[usize]) -> f64 {
    let here = || plan.strata.iter().enumerate().filter(|(number, _)| reached[*number] > 0);
    let units: usize = here().map(|(_, stratum)| stratum.units).sum();
    sum(here().map(|(number, _)| sums[number])) / units.max(1) as f64
}

/// How a stratum counts when a domain reaches `reached` of its units, and whether it is centred at the grand mean.
fn stand(
    design: &Design,
    stage: usize,
    stratum: &Stratum,
    reached: usize,
) -> Result<(Standing, bool), Error> {
    let (lonely, by_domain) = design.lonely();
    // A stratum drawn in full has no sampling variance, lonely or not.
    if reached == 0 || stratum.remaining() <= 0.0 {
        return Ok((Standing::Absent, false));
    }
    if stratum.units > 1 && !(by_domain && reached == 1) {
        return Ok((Standing::Counted, false));
    }
    match lonely {
        Lonely::Adjust => Ok((Standing::Counted, true)),
        Lonely::Average => Ok((Standing::SetAside, false)),
        _ if stratum.units > 1 => Ok((Standing::Counted, false)),
        Lonely::Remove | Lonely::Certainty => Ok((Standing::Absent, false)),
        Lonely::Fail => Err(Error::LonelyCluster { stage: stage + 1, stratum: stratum.label }),
    }
}

/// Covariance of two estimates at one stage.
fn cross(design: &Design, stage: usize, one: &Scattered, other: &Scattered) -> Result<f64, Error> {
    let plan = &design.stages()[stage];
    let mut sums = vec![0.0; plan.strata.len()];
    for (unit, (a, b)) in one.distances.iter().zip(&other.distances).enumerate() {
        sums[plan.stratum_of(unit)] += a * b;
    }
    let (mut usable, mut aside) = (0_usize, 0_usize);
    let mut parts = Vec::with_capacity(sums.len());
    for (number, stratum) in plan.strata.iter().enumerate() {
        match (one.strata[number], other.strata[number]) {
            (Standing::SetAside, _) | (_, Standing::SetAside) => aside += 1,
            (Standing::Absent, _) | (_, Standing::Absent) => usable += usize::from(stratum.remaining() > 0.0),
            (Standing::Counted, Standing::Counted) => {
                usable += 1;
                let n = stratum.units as f64;
                let correction = if stratum.units > 1 { n / (n - 1.0) } else { 1.0 };
                parts.push(stratum.share * stratum.remaining() * correction * sums[number]);
            }
        }
    }
    match (aside, parts.is_empty()) {
        (0, _) => Ok(sum(parts)),
        (_, true) => Err(Error::NoUsableStratum { stage: stage + 1 }),
        _ => Ok(sum(parts) * (usable + aside) as f64 / usable as f64),
    }
}
