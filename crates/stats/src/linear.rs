//! The mathematics of every variance here: totals per sampled unit, and how they scatter.
//!
//! Every estimator of this crate is a smooth function of totals. So the rows are read once per column
//! into one total per sampled unit; estimates, linearised values and covariances are computed from
//! those totals alone, and where the totals come from does not matter.

mod read;
mod sums;

use crate::design::{Stage, Stratum};
use crate::sum::sum;
use crate::{Design, Error, Lonely, Mask};
use read::by_stage;
pub(crate) use read::{Reading, UnitTotals};
pub(crate) use sums::{Sums, sum_by, sum_by_code};

/// A linear combination of totals whose variance is that of an estimate, and the units its domain reaches.
pub(crate) struct Linearised {
    units: Vec<Vec<f64>>,
    present: Vec<Vec<bool>>,
    /// The estimate under each replicate, where there are replicates.
    repeated: Vec<f64>,
}

impl Linearised {
    /// sum_c coefficient_c x totals_c, for an estimate that reaches the units `present` of the first stage.
    pub(crate) fn new(
        design: &Design,
        domain: &Mask,
        present: &[bool],
        terms: &[(f64, &UnitTotals)],
    ) -> Linearised {
        if let Some(replicates) = design.replicates() {
            let total =
                |replicate: usize| terms.iter().map(|(c, totals)| c * totals.repeated[replicate]).sum();
            return Linearised::repeated((0..replicates.count()).map(total).collect());
        }
        let stages = design.stages().len();
        let combine = |of: &dyn Fn(&UnitTotals) -> &[f64]| {
            let mut combined = vec![0.0; terms.first().map_or(0, |(_, totals)| of(totals).len())];
            for (coefficient, totals) in terms {
                combined.iter_mut().zip(of(totals)).for_each(|(sum, part)| *sum += coefficient * part);
            }
            combined
        };
        let units = match design.is_calibrated() {
            false => (0..stages).map(|stage| combine(&|totals| &totals.units[stage])).collect(),
            true => {
                let mut rows = combine(&|totals| &totals.rows);
                design.calibrations().iter().for_each(|known| known.leave_residuals(&mut rows));
                by_stage(design, &rows)
            }
        };
        let present = (0..stages).map(|stage| reached(design, domain, present, stage)).collect();
        Linearised { units, present, repeated: Vec::new() }
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

/// Units of a stage that an estimate reaches: after calibration all, since a residual stands in every row.
fn reached(design: &Design, domain: &Mask, present: &[bool], stage: usize) -> Vec<bool> {
    match (design.is_calibrated(), stage) {
        (true, _) => design.present(stage, &Mask::all(design.rows())),
        (false, 0) => present.to_vec(),
        (false, _) => design.present(stage, domain),
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

/// Unit totals of one estimate at one stage as distances from their centre, each times the square root of what its
/// stratum's squares count for: 0 in a stratum that adds nothing.
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
            let here = if estimate.present[stage][unit] { design.units_of(unit) } else { 0.0 };
            reached[plan.stratum_of(unit)] += here as usize;
        }
        let grand = grand_mean(plan, &sums, &reached);
        let mut centres = Vec::with_capacity(sums.len());
        let mut scales = Vec::with_capacity(sums.len());
        let mut strata = Vec::with_capacity(sums.len());
        for (number, stratum) in plan.strata.iter().enumerate() {
            let (standing, by_grand) = stand(design, stage, stratum, reached[number])?;
            strata.push(standing);
            centres.push(if by_grand { grand } else { sums[number] / stratum.units.max(1) as f64 });
            scales.push(if standing == Standing::Counted { scale(stratum) } else { 0.0 });
        }
        // A row of n units alike counts sum (t_i - c)^2 = n (t/n - c)^2 + t^2 (sum w^2/(sum w)^2 - 1/n).
        let distance = |(unit, total): (usize, &f64)| {
            let (stratum, units) = (plan.stratum_of(unit), design.units_of(unit));
            (total / units - centres[stratum]) * scales[stratum] * units.sqrt()
        };
        let within = |(unit, total): (usize, &f64)| {
            total * design.unevenness(unit).sqrt() * scales[plan.stratum_of(unit)]
        };
        let mut distances: Vec<f64> = units.iter().enumerate().map(distance).collect();
        if design.is_alike() {
            distances.extend(units.iter().enumerate().map(within));
        }
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

/// The square root of share x f_h x n_h/(n_h - 1); a lone cluster seen from the grand mean counts once.
fn scale(stratum: &Stratum) -> f64 {
    let n = stratum.units as f64;
    let correction = if stratum.units > 1 { n / (n - 1.0) } else { 1.0 };
    (stratum.share * stratum.remaining() * correction).sqrt()
}

/// Covariance of two estimates at one stage.
fn cross(design: &Design, stage: usize, one: &Scattered, other: &Scattered) -> Result<f64, Error> {
    let stands = standing_in(&design.stages()[stage], one, other);
    let stands = stands.ok_or(Error::NoUsableStratum { stage: stage + 1 })?;
    Ok(stands * inner(&one.distances, &other.distances))
}

/// How many times over the strata that count for both estimates stand, for those that are set aside; none when nothing
/// counts.
fn standing_in(plan: &Stage, one: &Scattered, other: &Scattered) -> Option<f64> {
    let (mut usable, mut counted, mut aside) = (0_usize, 0_usize, 0_usize);
    for (stratum, pair) in plan.strata.iter().zip(one.strata.iter().zip(&other.strata)) {
        match pair {
            (Standing::SetAside, _) | (_, Standing::SetAside) => aside += 1,
            (Standing::Absent, _) | (_, Standing::Absent) => usable += usize::from(stratum.remaining() > 0.0),
            (Standing::Counted, Standing::Counted) => {
                (usable, counted) = (usable + 1, counted + 1);
            }
        }
    }
    match (aside, counted) {
        (0, _) => Some(1.0),
        (_, 0) => None,
        _ => Some((usable + aside) as f64 / usable as f64),
    }
}

/// The inner product, in lanes that need not wait for each other and blocks whose sums lose nothing.
fn inner(one: &[f64], other: &[f64]) -> f64 {
    const LANES: usize = 8;
    let block = |(one, other): (&[f64], &[f64])| {
        let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
        let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
        let mut lanes = [0.0; LANES];
        for (one, other) in ones.zip(others) {
            lanes.iter_mut().zip(one.iter().zip(other)).for_each(|(lane, (a, b))| *lane += a * b);
        }
        lanes.iter().sum::<f64>() + rest
    };
    sum(one.chunks(BLOCK).zip(other.chunks(BLOCK)).map(block))
}

/// Units of a block of [`inner`].
const BLOCK: usize = 512;
