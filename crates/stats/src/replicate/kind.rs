//! Ways of making replicates from the clusters of a design.

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::design::{Stage, Stratum};
use crate::{Design, Error, Lonely};

/// How replicates are made from first-stage clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplicateKind {
    /// JK1: one replicate per cluster, which is left out; the others count n/(n-1). Without strata.
    Jackknife,
    /// JKn: the same within each stratum, n_h/(n_h-1) there and 1 elsewhere.
    StratifiedJackknife,
    /// BRR: one of the two clusters of each stratum, twice; which one, by a Hadamard matrix.
    BalancedHalves,
    /// Fay's balanced halves: factors 2 - rho and rho.
    Fay {
        /// From 0 (balanced halves) to below 1.
        rho: f64,
    },
    /// Rao and Wu's bootstrap: n_h - 1 clusters drawn with replacement, n_h/(n_h-1) for each time drawn.
    Bootstrap {
        /// How many replicates; 500 unless there is a reason.
        replicates: usize,
        /// Replicate r is the same whatever their number: it has a stream of ChaCha8 of its own.
        seed: u64,
    },
}

/// How the factors of first-stage units are made, replicate by replicate.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// The unit that each replicate leaves out.
    LeaveOut(Vec<u32>),
    /// Sign of each stratum in each replicate, and how far factors are from 1.
    Halves { signs: Vec<Vec<bool>>, distance: f64, first: Vec<bool>, corrected: bool },
    /// Draws with replacement.
    Draws { seed: u64, corrected: bool, members: Arc<Vec<Vec<u32>>> },
}

/// Checks the design and gives rule, scale and rscales.
pub(super) fn read(design: &Design, kind: ReplicateKind) -> Result<(Rule, f64, Vec<f64>), Error> {
    let stages = design.stages();
    let corrected = stages.len() == 1;
    match kind {
        ReplicateKind::Jackknife if stages[0].strata.len() > 1 => {
            Err(Error::StrataNotAllowed { strata: stages[0].strata.len() })
        }
        ReplicateKind::Jackknife | ReplicateKind::StratifiedJackknife => leave_out(design, corrected),
        ReplicateKind::BalancedHalves => halves(&stages[0], 0.0, corrected),
        ReplicateKind::Fay { rho } => halves(&stages[0], rho, corrected),
        ReplicateKind::Bootstrap { replicates: 0 | 1, .. } => Err(Error::NoReplicates),
        ReplicateKind::Bootstrap { replicates, seed } => {
            check_lonely(design)?;
            let members = Arc::new(stages[0].members());
            Ok((
                Rule::Draws { seed, corrected, members },
                1.0 / (replicates - 1) as f64,
                vec![1.0; replicates],
            ))
        }
    }
}

fn remaining(stratum: &Stratum, corrected: bool) -> f64 {
    if corrected { stratum.remaining() } else { 1.0 }
}

/// A stratum of one cluster shows no spread in replicates; silence about it must be asked for.
fn check_lonely(design: &Design) -> Result<(), Error> {
    let alone =
        design.stages()[0].strata.iter().find(|stratum| stratum.units == 1 && stratum.remaining() > 0.0);
    match (alone, design.lonely().0) {
        (None, _) | (_, Lonely::Remove | Lonely::Certainty) => Ok(()),
        (Some(stratum), _) => Err(Error::LonelyCluster { stage: 1, stratum: stratum.label }),
    }
}

fn leave_out(design: &Design, corrected: bool) -> Result<(Rule, f64, Vec<f64>), Error> {
    check_lonely(design)?;
    let first = &design.stages()[0];
    let of = |unit: u32| &first.strata[first.stratum_of(unit as usize)];
    let left: Vec<u32> = (0..first.strata_of_units.len() as u32).filter(|unit| of(*unit).units > 1).collect();
    if left.is_empty() {
        return Err(Error::NoReplicates);
    }
    let rscale = |unit: &u32| {
        let n = of(*unit).units as f64;
        (n - 1.0) / n * remaining(of(*unit), corrected)
    };
    let rscales = left.iter().map(rscale).collect();
    Ok((Rule::LeaveOut(left), 1.0, rscales))
}

fn halves(first: &Stage, rho: f64, corrected: bool) -> Result<(Rule, f64, Vec<f64>), Error> {
    if !(0.0..1.0).contains(&rho) {
        return Err(Error::FayNotUsable { rho });
    }
    if let Some(stratum) = first.strata.iter().find(|stratum| stratum.units != 2) {
        return Err(Error::ClustersNotPaired { stratum: stratum.label, clusters: stratum.units });
    }
    let mut seen = vec![false; first.strata.len()];
    let is_first = |stratum: &u32| !std::mem::replace(&mut seen[*stratum as usize], true);
    let pairs = first.strata_of_units.iter().map(is_first).collect();
    let signs = hadamard(first.strata.len() + 1);
    let count = signs.len();
    let rule = Rule::Halves { signs, distance: 1.0 - rho, first: pairs, corrected };
    Ok((rule, 1.0 / (count as f64 * (1.0 - rho).powi(2)), vec![1.0; count]))
}

/// A Hadamard matrix of the smallest power of two that has `columns` columns; true for +1.
///
/// The first column is all +1 and stands for no stratum, so that the others are balanced.
///
/// # Source
/// Sylvester 1867: the entry is the parity of the common bits of row and column.
fn hadamard(columns: usize) -> Vec<Vec<bool>> {
    let size = columns.next_power_of_two();
    let entry = |row: usize, column: usize| (row & column).count_ones().is_multiple_of(2);
    (0..size).map(|row| (0..size).map(|column| entry(row, column)).collect()).collect()
}

impl Rule {
    /// The factor of each first-stage unit in one replicate.
    pub(super) fn factors(&self, first: &Stage, replicate: usize) -> Vec<f64> {
        match self {
            Rule::LeaveOut(left) => without(first, left[replicate]),
            Rule::Halves { signs, distance, first: pairs, corrected } => {
                let factor = |(stratum, is_first): (&u32, &bool)| {
                    let stratum = *stratum as usize;
                    let reach = distance * remaining(&first.strata[stratum], *corrected).sqrt();
                    if signs[replicate][stratum + 1] == *is_first { 1.0 + reach } else { 1.0 - reach }
                };
                first.strata_of_units.iter().zip(pairs).map(factor).collect()
            }
            Rule::Draws { seed, corrected, members } => {
                let times = draw(members, first.strata_of_units.len(), *seed, replicate);
                scale_draws(first, times, *corrected)
            }
        }
    }
}

/// n_h/(n_h-1) for the stratum of the unit left out, 0 for itself.
fn without(first: &Stage, left: u32) -> Vec<f64> {
    let stratum = first.strata_of_units[left as usize];
    let n = first.strata[stratum as usize].units as f64;
    let mut factors: Vec<f64> =
        first.strata_of_units.iter().map(|own| if *own == stratum { n / (n - 1.0) } else { 1.0 }).collect();
    factors[left as usize] = 0.0;
    factors
}

/// How often each unit is drawn: n_h - 1 times in its stratum, with replacement.
fn draw(members: &[Vec<u32>], units: usize, seed: u64, replicate: usize) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(replicate as u64);
    let mut times = vec![0.0_f64; units];
    for members in members {
        for _ in 1..members.len() {
            times[members[below(&mut random, members.len())] as usize] += 1.0;
        }
    }
    times
}

/// 1 - l + l n_h/(n_h-1) x times drawn, with l the square root of the part of the stratum not sampled.
fn scale_draws(first: &Stage, mut times: Vec<f64>, corrected: bool) -> Vec<f64> {
    let slope = |stratum: &Stratum| {
        let (n, reach) = (stratum.units as f64, remaining(stratum, corrected).sqrt());
        if stratum.units > 1 { (1.0 - reach, reach * n / (n - 1.0)) } else { (1.0, 0.0) }
    };
    let slopes: Vec<(f64, f64)> = first.strata.iter().map(slope).collect();
    for (times, stratum) in times.iter_mut().zip(&first.strata_of_units) {
        let (start, slope) = slopes[*stratum as usize];
        *times = start + slope * *times;
    }
    times
}

/// A whole number below `bound`, all equally likely.
///
/// # Source
/// Lemire 2019, Fast random integer generation in an interval.
fn below(random: &mut ChaCha8Rng, bound: usize) -> usize {
    let bound = bound as u64;
    loop {
        let product = u64::from(random.next_u32()) * bound;
        let rest = product % (1 << 32);
        // The division is only needed in the rare case that the rest is small.
        if rest >= bound || rest >= (1 << 32) % bound {
            return (product >> 32) as usize;
        }
    }
}
