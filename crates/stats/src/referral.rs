//! Referral samples: people who recruited each other, with links and network sizes.

mod bootstrap;
mod chain;
mod diagnosis;
mod fault;
mod inclusion;
mod simulate;
#[cfg(test)]
mod tests;

use crate::Error;
use crate::sum::sum;
pub use bootstrap::{ReferralBootstrap, ReferralShare, Resampling};
use chain::Chain;
pub use diagnosis::{Homophily, NetworkSizes, SeedSeries, Transitions, Waves};
pub use fault::ReferralFault;

/// Largest share of people who may lack a network size.
const MOST_MISSING: f64 = 0.2;
/// Waves after the seeds that an estimate needs.
const FEWEST_WAVES: usize = 3;
/// Largest share of the sample that may descend from one seed.
const MOST_FROM_ONE_SEED: f64 = 0.7;

/// How shares are estimated from a referral sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReferralMethod {
    /// RDS-I: who recruits whom, and how large networks are.
    SalganikHeckathorn,
    /// RDS-II: everybody counts one over the size of their network.
    VolzHeckathorn,
    /// Gile's successive sampling, for a sample that is a good part of a population of known size.
    SuccessiveSampling {
        /// People in the population.
        population: f64,
    },
}

/// Shares of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupShares {
    /// Codes of the groups, in their order.
    pub groups: Vec<u32>,
    /// The share of each; they add to 1.
    pub shares: Vec<f64>,
}

/// A checked referral sample, in the order of recruitment.
///
/// # Example
/// ```
/// use stats::{Referral, ReferralMethod};
/// // One seed; the others were recruited in a chain of five.
/// let recruiters = vec![None, Some(0), Some(1), Some(2), Some(3)];
/// let degrees = vec![Some(2.0), Some(4.0), Some(4.0), Some(2.0), Some(4.0)];
/// let sample = Referral::new(recruiters, degrees)?;
/// assert_eq!(sample.waves().by_wave, [1, 1, 1, 1, 1]);
/// assert_eq!(sample.network_sizes().harmonic, 5.0 / 1.75);
/// // Everybody descends from one seed, so no share is given.
/// let group = [Some(0), Some(1), Some(0), Some(1), Some(0)];
/// assert!(sample.shares(&group, ReferralMethod::VolzHeckathorn).is_err());
/// # Ok::<(), stats::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Referral {
    recruiters: Vec<Option<usize>>,
    degrees: Vec<Option<f64>>,
    /// Row of the seed that each row descends from.
    seeds: Vec<usize>,
    waves: Vec<usize>,
}

impl Referral {
    /// Checks and makes a referral sample.
    ///
    /// `recruiters` has the row of everybody's recruiter, none for a seed; recruiters stand before their
    /// recruits. `degrees` has how many people of the population everybody knows, none when not answered.
    ///
    /// # Errors
    /// [`Error::NoRows`], [`Error::RowsDiffer`], [`ReferralFault::RecruiterNotBefore`],
    /// [`Error::NotPositive`] for a network size.
    pub fn new(recruiters: Vec<Option<usize>>, degrees: Vec<Option<f64>>) -> Result<Referral, Error> {
        if recruiters.is_empty() {
            return Err(Error::NoRows);
        }
        if degrees.len() != recruiters.len() {
            let (expected, got) = (recruiters.len(), degrees.len());
            return Err(Error::RowsDiffer { what: "network sizes", expected, got });
        }
        let (mut seeds, mut waves) = (Vec::new(), Vec::new());
        for (row, recruiter) in recruiters.iter().enumerate() {
            match *recruiter {
                None => {
                    seeds.push(row);
                    waves.push(0);
                }
                Some(recruiter) if recruiter < row => {
                    seeds.push(seeds[recruiter]);
                    waves.push(waves[recruiter] + 1);
                }
                Some(recruiter) => {
                    return Err(Error::Referral(ReferralFault::RecruiterNotBefore { row, recruiter }));
                }
            }
        }
        for (row, degree) in degrees.iter().enumerate() {
            if let Some(degree) = degree.filter(|degree| !degree.is_finite() || *degree <= 0.0) {
                return Err(Error::NotPositive { what: "network size", row, value: degree });
            }
        }
        Ok(Referral { recruiters, degrees, seeds, waves })
    }

    /// Number of people.
    pub fn rows(&self) -> usize {
        self.recruiters.len()
    }

    /// Shares of the groups of a trait, with its code for every row; missing ones count nowhere.
    ///
    /// RDS-II: p_g = sum over g of 1/d over sum of 1/d. RDS-I: p_g ~ pi_g/D_g with pi the stationary
    /// distribution of who recruits whom, S, and D_g = n_g/sum over g of 1/d; seeds are not recruits but
    /// their networks count. Successive sampling: everybody counts one over their chance to be included,
    /// where N_k people of network size k and their chances f_k(N) fit each other.
    ///
    /// # Errors
    /// Referral is not given up silently: [`ReferralFault::DegreesMissing`], [`Error::TooFew`] waves
    /// or groups, [`ReferralFault::SeedDominates`], [`ReferralFault::GroupApart`],
    /// [`ReferralFault::PopulationBelowSample`], [`Error::RowsDiffer`].
    ///
    /// # Source
    /// Salganik and Heckathorn 2004, Sociological Methodology 34, 193-240; Volz and Heckathorn 2008,
    /// Journal of Official Statistics 24, 79-97; Gile 2011, Journal of the American Statistical
    /// Association 106, 135-146; R `RDS::RDS.I.estimates`, `RDS.II.estimates`, `RDS.SS.estimates`.
    pub fn shares(&self, group: &[Option<u32>], method: ReferralMethod) -> Result<GroupShares, Error> {
        self.check()?;
        let (chain, groups) = self.chain(group)?;
        chain.check_crossing(&groups)?;
        Ok(GroupShares { shares: chain.shares(method, &groups)?, groups })
    }

    /// Weights of everybody that add to `population`: one over the network size, or one over Gile's chance
    /// of inclusion. People without a network size weigh 0.
    ///
    /// # Errors
    /// As for [`Referral::shares`]; RDS-I has no weights of its own and gives those of RDS-II.
    ///
    /// # Source
    /// R `RDS::compute.weights`, `gile.ss.weights`.
    pub fn weights(&self, method: ReferralMethod, population: f64) -> Result<Vec<f64>, Error> {
        self.check()?;
        let known: Vec<f64> = self.degrees.iter().flatten().copied().collect();
        let mut chances = match method {
            ReferralMethod::SuccessiveSampling { population } => inclusion::chances(&known, population)?,
            _ => known,
        }
        .into_iter();
        let plain: Vec<f64> = self
            .degrees
            .iter()
            .map(|degree| degree.and_then(|_| chances.next()).map_or(0.0, |chance| 1.0 / chance))
            .collect();
        let whole = sum(plain.iter().copied());
        Ok(plain.into_iter().map(|weight| weight * population / whole).collect())
    }

    /// Refuses a sample from which referral cannot estimate.
    fn check(&self) -> Result<(), Error> {
        let rows = self.rows();
        let missing = self.degrees.iter().filter(|degree| degree.is_none()).count();
        if missing as f64 > MOST_MISSING * rows as f64 {
            return Err(Error::Referral(ReferralFault::DegreesMissing { missing, rows }));
        }
        let waves = self.waves.iter().copied().max().unwrap_or(0);
        if waves < FEWEST_WAVES {
            return Err(Error::TooFew { what: "waves of recruits", got: waves, needed: FEWEST_WAVES });
        }
        for seed in self.seed_rows() {
            let people = self.seeds.iter().filter(|own| **own == seed).count();
            if people as f64 > MOST_FROM_ONE_SEED * rows as f64 {
                return Err(Error::Referral(ReferralFault::SeedDominates { seed, people, rows }));
            }
        }
        Ok(())
    }

    fn seed_rows(&self) -> impl Iterator<Item = usize> {
        (0..self.rows()).filter(|row| self.recruiters[*row].is_none())
    }

    /// Groups, networks and links of the people whose group is known, and the codes of the groups.
    fn chain(&self, group: &[Option<u32>]) -> Result<(Chain, Vec<u32>), Error> {
        let (places, groups) = self.places(group)?;
        if groups.len() < 2 {
            return Err(Error::TooFew { what: "groups", got: groups.len(), needed: 2 });
        }
        let mut chain = Chain::new(groups.len());
        for (place, degree) in places.iter().zip(&self.degrees) {
            if let (Some(place), Some(degree)) = (place, degree) {
                chain.add(*place, *degree);
            }
        }
        for (place, recruiter) in places.iter().zip(&self.recruiters) {
            if let (Some(to), Some(from)) = (place, recruiter.and_then(|recruiter| places[recruiter])) {
                chain.link(from, *to);
            }
        }
        Ok((chain, groups))
    }

    /// The place of everybody's group among the groups that occur.
    fn places(&self, group: &[Option<u32>]) -> Result<(Vec<Option<usize>>, Vec<u32>), Error> {
        if group.len() != self.rows() {
            return Err(Error::RowsDiffer { what: "group", expected: self.rows(), got: group.len() });
        }
        let groups: std::collections::BTreeSet<u32> = group.iter().flatten().copied().collect();
        let groups: Vec<u32> = groups.into_iter().collect();
        let place = |code: &Option<u32>| code.map(|code| groups.partition_point(|known| *known < code));
        Ok((group.iter().map(place).collect(), groups))
    }
}
