//! Why a referral sample cannot be estimated from.

/// Why a referral sample cannot be estimated from; part of [`Error`](crate::Error).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferralFault {
    /// A recruiter does not stand before the recruit.
    #[error("row {row} names as recruiter row {recruiter}, which does not stand before it")]
    RecruiterNotBefore {
        /// The row.
        row: usize,
        /// Its recruiter.
        recruiter: usize,
    },
    /// Too many people did not say how large their network is.
    #[error("{missing} of {rows} people have no network size: at most a fifth may lack it")]
    DegreesMissing {
        /// People without one.
        missing: usize,
        /// People in the sample.
        rows: usize,
    },
    /// Most of the sample descends from one seed.
    #[error("{people} of {rows} people descend from the seed in row {seed}: the sample is its network")]
    SeedDominates {
        /// Row of the seed.
        seed: usize,
        /// The seed and its descendants.
        people: usize,
        /// People in the sample.
        rows: usize,
    },
    /// A group recruits nobody outside, or is recruited by nobody outside.
    #[error("group {group} has no recruitment to and from the other groups, so its share cannot be known")]
    GroupApart {
        /// Code of the group.
        group: u32,
    },
    /// The population is smaller than the referral sample.
    #[error("a population of {population} cannot hold a sample of {sample} people")]
    PopulationBelowSample {
        /// Size of the population.
        population: f64,
        /// People in the sample.
        sample: usize,
    },
}
