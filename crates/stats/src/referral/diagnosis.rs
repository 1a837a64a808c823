//! What to look at before believing an estimate from referral.

use super::Referral;
use super::chain::Chain;
use crate::{Error, ReferralMethod};

/// How recruitment spread from the seeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waves {
    /// Rows of the seeds.
    pub seeds: Vec<usize>,
    /// People per wave, seeds first.
    pub by_wave: Vec<usize>,
    /// All descendants of each seed.
    pub descendants: Vec<usize>,
    /// Most people whom one person recruited.
    pub most_recruits: usize,
}

impl Waves {
    /// Share of the sample that is the largest seed or descends from it.
    pub fn largest_share(&self) -> f64 {
        let people: usize = self.by_wave.iter().sum();
        self.descendants.iter().max().map_or(0, |largest| largest + 1) as f64 / people as f64
    }
}

/// How many people everybody knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkSizes {
    /// n / sum 1/d, the mean in the population.
    pub harmonic: f64,
    /// sum d / n, the mean in the sample.
    pub arithmetic: f64,
    /// People who did not say.
    pub missing: usize,
}

/// Who recruited whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Transitions {
    /// Codes of the groups, in their order.
    pub groups: Vec<u32>,
    /// Recruitments, rows recruiting columns.
    pub counts: Vec<Vec<f64>>,
}

/// Whether groups recruit among themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Homophily {
    /// Codes of the groups, in their order.
    pub groups: Vec<u32>,
    /// Recruitments within groups over what independence of recruiter and recruit lets expect.
    pub recruitment: f64,
    /// Heckathorn's index per group: 1 only among themselves, 0 as by chance, -1 never.
    pub index: Vec<f64>,
}

/// The estimate from one seed's descendants, as they come.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedSeries {
    /// Row of the seed.
    pub seed: usize,
    /// Rows of the seed and its descendants.
    pub rows: Vec<usize>,
    /// Shares of the groups by RDS-II after each of these rows.
    pub shares: Vec<Vec<f64>>,
}

impl Referral {
    /// Waves, seeds and what came from them.
    pub fn waves(&self) -> Waves {
        let mut by_wave = vec![0; self.waves.iter().max().map_or(0, |last| last + 1)];
        self.waves.iter().for_each(|wave| by_wave[*wave] += 1);
        let seeds: Vec<usize> = self.seed_rows().collect();
        let family = |seed: &usize| self.seeds.iter().filter(|own| *own == seed).count() - 1;
        let mut recruits = vec![0; self.rows()];
        self.recruiters.iter().flatten().for_each(|recruiter| recruits[*recruiter] += 1);
        Waves {
            descendants: seeds.iter().map(family).collect(),
            seeds,
            by_wave,
            most_recruits: recruits.into_iter().max().unwrap_or(0),
        }
    }

    /// Mean network sizes of those who said.
    pub fn network_sizes(&self) -> NetworkSizes {
        let known: Vec<f64> = self.degrees.iter().flatten().copied().collect();
        let n = known.len() as f64;
        NetworkSizes {
            harmonic: n / known.iter().map(|degree| 1.0 / degree).sum::<f64>(),
            arithmetic: known.iter().sum::<f64>() / n,
            missing: self.rows() - known.len(),
        }
    }

    /// Counts of who recruited whom; seeds are not recruits.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`]; [`Error::TooFew`] with fewer than two groups.
    ///
    /// # Source
    /// R `RDS::count.transitions`.
    pub fn transitions(&self, group: &[Option<u32>]) -> Result<Transitions, Error> {
        let (chain, groups) = self.chain(group)?;
        Ok(Transitions { groups, counts: chain.links })
    }

    /// Whether groups recruit among themselves: trace over expected trace, and Heckathorn's H.
    ///
    /// H = (S - P)/(1 - P) when S >= P, else (S - P)/P, with S the part of a group's recruits from the
    /// group and P its share by RDS-I.
    ///
    /// # Errors
    /// As for [`Referral::shares`].
    ///
    /// # Source
    /// Heckathorn 2002, Social Problems 49, 11-34; R `RDS::homophily.estimates(recruitment = TRUE)`.
    pub fn homophily(&self, group: &[Option<u32>]) -> Result<Homophily, Error> {
        let shares = self.shares(group, ReferralMethod::SalganikHeckathorn)?;
        let (chain, groups) = self.chain(group)?;
        let own = chain.transitions();
        let index = |(place, share): (usize, &f64)| {
            let beyond = own[place][place] - share;
            if beyond >= 0.0 { beyond / (1.0 - share) } else { beyond / share }
        };
        let index = shares.shares.iter().enumerate().map(index).collect();
        Ok(Homophily { recruitment: trace_over_expected(&chain), index, groups })
    }

    /// Mean network size of each group over that of `reference`, in the order of the other groups.
    ///
    /// # Errors
    /// [`Error::TooFew`] without the reference or without another group, [`Error::RowsDiffer`].
    ///
    /// # Source
    /// Gile, Johnston and Salganik 2015; R `RDS::differential.activity.estimates`.
    pub fn differential_activity(&self, group: &[Option<u32>], reference: u32) -> Result<Vec<f64>, Error> {
        let (chain, groups) = self.chain(group)?;
        let sizes = chain.network_sizes();
        let place = groups.iter().position(|code| *code == reference);
        let place =
            place.ok_or(Error::TooFew { what: "people of the reference group", got: 0, needed: 1 })?;
        let others = (0..groups.len()).filter(|other| *other != place);
        Ok(others.map(|other| sizes[other] / sizes[place]).collect())
    }

    /// Shares by RDS-II from the first k people, for each k of `at`: a series that should level off.
    ///
    /// # Errors
    /// [`Error::EmptyDomain`] when nobody among the first k has a group and a network size,
    /// [`Error::RowsDiffer`].
    ///
    /// # Source
    /// Gile, Johnston and Salganik 2015, Journal of the Royal Statistical Society A 178, 241-269;
    /// R `RDS::convergence.plot`.
    pub fn convergence(&self, group: &[Option<u32>], at: &[usize]) -> Result<Vec<Vec<f64>>, Error> {
        let rows: Vec<usize> = (0..self.rows()).collect();
        at.iter().map(|k| self.shares_of(group, &rows[..rows.len().min(*k)])).collect()
    }

    /// The series of [`Referral::convergence`] for each seed's descendants alone: they should meet.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`].
    ///
    /// # Source
    /// Gile, Johnston and Salganik 2015; R `RDS::bottleneck.plot`.
    pub fn bottleneck(&self, group: &[Option<u32>]) -> Result<Vec<SeedSeries>, Error> {
        self.places(group)?;
        let series = |seed: usize| {
            let known = |row: &usize| {
                self.seeds[*row] == seed && group[*row].is_some() && self.degrees[*row].is_some()
            };
            let rows: Vec<usize> = (0..self.rows()).filter(known).collect();
            let shares = (1..=rows.len()).map(|k| self.shares_of(group, &rows[..k]));
            Ok(SeedSeries { seed, shares: shares.collect::<Result<_, Error>>()?, rows })
        };
        self.seed_rows().map(series).collect()
    }

    fn shares_of(&self, group: &[Option<u32>], rows: &[usize]) -> Result<Vec<f64>, Error> {
        let (places, groups) = self.places(group)?;
        let mut chain = Chain::new(groups.len());
        for row in rows {
            if let (Some(place), Some(degree)) = (places[*row], self.degrees[*row]) {
                chain.add(place, degree);
            }
        }
        chain.shares(ReferralMethod::VolzHeckathorn, &groups)
    }
}

fn trace_over_expected(chain: &Chain) -> f64 {
    let size = chain.links.len();
    let rows: Vec<f64> = chain.links.iter().map(|row| row.iter().sum()).collect();
    let columns = (0..size).map(|column| chain.links.iter().map(|row| row[column]).sum::<f64>());
    let whole: f64 = rows.iter().sum();
    let expected: f64 = rows.iter().zip(columns).map(|(row, column)| row * column / whole).sum();
    (0..size).map(|place| chain.links[place][place]).sum::<f64>() / expected
}
