//! Groups, network sizes and links: all that an estimate from referral needs.

use super::{ReferralMethod, inclusion};
use crate::matrix::Rows;
use crate::sum::sum;
use crate::{Error, ReferralFault};

#[derive(Clone)]
pub(super) struct Chain {
    groups: Vec<usize>,
    degrees: Vec<f64>,
    /// Recruitments, rows recruiting columns.
    pub(super) links: Rows,
}

impl Chain {
    pub(super) fn new(groups: usize) -> Chain {
        Chain { groups: Vec::new(), degrees: Vec::new(), links: vec![vec![0.0; groups]; groups] }
    }

    pub(super) fn add(&mut self, group: usize, degree: f64) {
        self.groups.push(group);
        self.degrees.push(degree);
    }

    pub(super) fn link(&mut self, from: usize, to: usize) {
        self.links[from][to] += 1.0;
    }

    fn people(&self) -> impl Iterator<Item = (usize, f64)> {
        self.groups.iter().copied().zip(self.degrees.iter().copied())
    }

    /// sum over each group of `of`(network size).
    pub(super) fn sums(&self, of: impl Fn(f64) -> f64) -> Vec<f64> {
        let part =
            |group: usize| sum(self.people().filter(|(own, _)| *own == group).map(|(_, degree)| of(degree)));
        (0..self.links.len()).map(part).collect()
    }

    /// n_g / sum over the group of 1/d.
    pub(super) fn network_sizes(&self) -> Vec<f64> {
        self.sums(|_| 1.0)
            .iter()
            .zip(self.sums(|degree| 1.0 / degree))
            .map(|(n, inverse)| n / inverse)
            .collect()
    }

    /// A group that neither recruits others nor is recruited by them cannot be placed beside them.
    pub(super) fn check_crossing(&self, groups: &[u32]) -> Result<(), Error> {
        for (place, group) in groups.iter().enumerate() {
            let others = || (0..groups.len()).filter(|other| *other != place);
            if others().all(|other| self.links[place][other] + self.links[other][place] == 0.0) {
                return Err(Error::Referral(ReferralFault::GroupApart { group: *group }));
            }
        }
        Ok(())
    }

    pub(super) fn shares(&self, method: ReferralMethod, groups: &[u32]) -> Result<Vec<f64>, Error> {
        let plain = match method {
            ReferralMethod::VolzHeckathorn => self.sums(|degree| 1.0 / degree),
            ReferralMethod::SalganikHeckathorn => {
                let sizes = self.network_sizes();
                self.stationary(groups)?.iter().zip(sizes).map(|(pi, size)| pi / size).collect()
            }
            ReferralMethod::SuccessiveSampling { population } => {
                let chances = inclusion::chances(&self.degrees, population)?;
                let mut sums = vec![0.0; groups.len()];
                self.groups.iter().zip(chances).for_each(|(group, chance)| sums[*group] += 1.0 / chance);
                sums
            }
        };
        let whole: f64 = plain.iter().sum();
        match whole.is_finite() && whole > 0.0 {
            true => Ok(plain.into_iter().map(|part| part / whole).collect()),
            false => Err(Error::EmptyDomain),
        }
    }

    /// Shares of each row of the links.
    pub(super) fn transitions(&self) -> Rows {
        let share = |row: &Vec<f64>| {
            let whole: f64 = row.iter().sum();
            row.iter().map(|count| if whole > 0.0 { count / whole } else { 0.0 }).collect()
        };
        self.links.iter().map(share).collect()
    }

    /// The distribution that recruitment leaves as it is, by taking one group after the other out.
    ///
    /// # Source
    /// Grassmann, Taksar and Heyman 1985, Operations Research 33, 1107-1116.
    fn stationary(&self, groups: &[u32]) -> Result<Vec<f64>, Error> {
        if let Some(place) = self.unreached() {
            return Err(Error::Referral(ReferralFault::GroupApart { group: groups[place] }));
        }
        let mut flows = self.transitions();
        for last in (1..flows.len()).rev() {
            let out: f64 = flows[last][..last].iter().sum();
            let onward = flows[last].clone();
            for row in flows.iter_mut().take(last) {
                row[last] /= out;
                let through = row[last];
                (0..last).for_each(|column| row[column] += through * onward[column]);
            }
        }
        let mut parts = vec![1.0; flows.len()];
        for place in 1..parts.len() {
            parts[place] = (0..place).map(|before| parts[before] * flows[before][place]).sum();
        }
        let whole: f64 = parts.iter().sum();
        Ok(parts.into_iter().map(|part| part / whole).collect())
    }

    /// A group that recruitment does not lead to from some other, or away from.
    fn unreached(&self) -> Option<usize> {
        let size = self.links.len();
        let mut leads: Vec<Vec<bool>> =
            self.links.iter().map(|row| row.iter().map(|count| *count > 0.0).collect()).collect();
        for middle in 0..size {
            let onward = leads[middle].clone();
            for row in leads.iter_mut().filter(|row| row[middle]) {
                row.iter_mut().zip(&onward).for_each(|(here, there)| *here |= there);
            }
        }
        (0..size).find(|place| (0..size).any(|other| !leads[*place][other] || !leads[other][*place]))
    }
}
