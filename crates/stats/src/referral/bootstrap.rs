//! How far an estimate from referral would move in another sample like it.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::{Referral, ReferralMethod, simulate};
use crate::estimate::tail;
use crate::{Error, Interval};

/// How other samples like this one are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resampling {
    /// Salganik's: a chain in which everybody recruits a recruit of their group.
    Chain,
    /// Seeds, then their recruits, and so on, each with replacement. Conservative.
    Tree,
    /// Gile's: referral without replacement through a population made from the estimate.
    SuccessiveSampling {
        /// People in the population.
        population: f64,
    },
}

/// How to repeat a referral sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferralBootstrap {
    /// How other samples are made.
    pub resampling: Resampling,
    /// How many; 500 unless there is a reason.
    pub replicates: usize,
    /// Replicate r is the same whatever their number: it has a stream of ChaCha8 of its own.
    pub seed: u64,
    /// Confidence level of the intervals, 0.95 unless there is a reason.
    pub level: f64,
}

/// The share of a group with how sure we can be of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferralShare {
    /// Code of the group.
    pub group: u32,
    /// Its share.
    pub value: f64,
    /// Standard deviation of the share over the replicates.
    pub standard_error: f64,
    /// Quantiles of the share over the replicates.
    pub interval: Interval,
    /// Its variance over that of a simple random sample of the same size; often 2 to 4 or more.
    pub design_effect: f64,
}

impl Referral {
    /// Shares of groups with intervals from repeated referral samples; never from a design.
    ///
    /// # Errors
    /// As for [`Referral::shares`]; [`Error::InReplicate`] when one of the samples made cannot be
    /// estimated from (no interval is made from the others alone), [`Error::NoReplicates`] with fewer
    /// than two, [`Error::LevelNotUsable`].
    ///
    /// # Source
    /// Salganik 2006, Journal of Urban Health 83, 98-112; Baraff, McCormick and Raftery 2016, PNAS 113,
    /// 14668-14673; Gile 2011; R `RDS::RDS.bootstrap.intervals`.
    pub fn intervals(
        &self,
        group: &[Option<u32>],
        method: ReferralMethod,
        bootstrap: &ReferralBootstrap,
    ) -> Result<Vec<ReferralShare>, Error> {
        let tail = tail(bootstrap.level)?;
        if bootstrap.replicates < 2 {
            return Err(Error::NoReplicates);
        }
        let full = self.shares(group, method)?;
        let (places, _) = self.places(group)?;
        let known = simulate::Known::new(self, &places, full.groups.len());
        let maker = simulate::Maker::new(&known, bootstrap.resampling)?;
        let one = |replicate: usize| {
            let mut random = ChaCha8Rng::seed_from_u64(bootstrap.seed);
            random.set_stream(replicate as u64);
            let shares = maker.make(&known, &mut random).shares(method, &full.groups);
            shares.map_err(|cause| Error::InReplicate { replicate, cause: Box::new(cause) })
        };
        let repeated = (0..bootstrap.replicates).map(one).collect::<Result<Vec<_>, _>>()?;
        let share = |(place, group): (usize, &u32)| {
            let values = repeated.iter().map(|shares| shares[place]).collect();
            spread(*group, full.shares[place], values, known.people(), tail)
        };
        Ok(full.groups.iter().enumerate().map(share).collect())
    }
}

fn spread(group: u32, value: f64, mut values: Vec<f64>, people: usize, tail: f64) -> ReferralShare {
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let at = |p: f64| {
        let place = p * (count - 1.0);
        let (below, part) = (place.floor() as usize, place.fract());
        values[below] + part * (values[(below + 1).min(values.len() - 1)] - values[below])
    };
    ReferralShare {
        group,
        value,
        standard_error: variance.sqrt(),
        interval: Interval { low: at(tail), high: at(1.0 - tail) },
        design_effect: variance * people as f64 / (value * (1.0 - value)),
    }
}
