//! Drawing without replacement with unequal chances.

use std::sync::Arc;

use crate::design::Stage;
use crate::linear::Linearised;
use crate::sum::sum;
use crate::{Design, Error, Lonely};

/// What is known of the chances that two units are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub enum JointChances {
    /// Nothing: V = sum_h n/(n-1) sum_j (1 - p_j)(t_j - mean_h)^2.
    Brewer,
    /// Approximated as p_i p_j (n - 1)/(n - (p_i + p_j)/2).
    Overton(PairVariance),
    /// Approximated as p_i p_j (n - 1)/(n - p_i - p_j + c).
    HartleyRao {
        /// c, sum p^2/n over the population of a stratum; none for its estimate, the mean of p in the sample.
        constant: Option<f64>,
        /// How pairs make a variance.
        variance: PairVariance,
    },
    /// Known: one row and one column per first-stage unit, in the order of their first rows.
    Known {
        /// Chances of pairs; on the diagonal those of units.
        chances: Vec<Vec<f64>>,
        /// How pairs make a variance.
        variance: PairVariance,
    },
}

/// How pairs make a variance, from D_ij = (p_ij - p_i p_j)/p_ij and unit totals t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairVariance {
    /// Horvitz and Thompson: sum_ij D_ij t_i t_j.
    HorvitzThompson,
    /// Yates and Grundy: -1/2 sum_ij D_ij (t_i - t_j)^2; for samples of a fixed size.
    YatesGrundy,
}

/// Known joint chances differing from independence by less are taken as independent, as the reference does.
const INDEPENDENT: f64 = 1e-4;

/// Chances of first-stage units.
#[derive(Clone, Debug)]
pub(crate) struct Unequal {
    chances: Vec<f64>,
    joint: JointChances,
    /// Mean chance of each stratum.
    means: Vec<f64>,
}

impl Design {
    /// The same sample, drawn without replacement with unequal chances.
    ///
    /// `chances` has one entry per row, the same within a first-stage cluster. Weights stay what they are;
    /// those of the draw are 1/chance. Later stages and population counts no longer count.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`], [`Error::ChanceNotUsable`], [`Error::LonelyCluster`] unless the design says
    /// remove or certainty.
    ///
    /// # Source
    /// Brewer 2002, Combined Survey Sampling Inference, chapter 9; Overton and Stehman 1995; Hartley and Rao
    /// 1962; Horvitz and Thompson 1952; Yates and Grundy 1953; R `survey::svydesign(pps = )`.
    pub fn with_unequal_chances(&self, chances: &[f64], joint: JointChances) -> Result<Design, Error> {
        self.check_rows("chances", chances.len())?;
        let first = &self.stages()[0];
        let units = first.strata_of_units.len();
        let mut of_units = vec![f64::NAN; units];
        for (row, chance) in chances.iter().enumerate() {
            let own = &mut of_units[first.unit_of(row)];
            if !(*chance > 0.0 && *chance <= 1.0) || (!own.is_nan() && *own != *chance) {
                return Err(Error::ChanceNotUsable { row, chance: *chance });
            }
            *own = *chance;
        }
        check_joint(&joint, units)?;
        let lonely = first
            .members()
            .into_iter()
            .position(|members| members.len() == 1 && of_units[members[0] as usize] < 1.0);
        if let (Some(stratum), Lonely::Fail | Lonely::Adjust | Lonely::Average) = (lonely, self.lonely().0) {
            return Err(Error::LonelyCluster { stage: 1, stratum: first.strata[stratum].label });
        }
        let mean = |members: Vec<u32>| {
            sum(members.iter().map(|unit| of_units[*unit as usize])) / members.len().max(1) as f64
        };
        let means = first.members().into_iter().map(mean).collect();
        Ok(self.drawn_unequally(Arc::new(Unequal { chances: of_units, joint, means })))
    }
}

fn check_joint(joint: &JointChances, units: usize) -> Result<(), Error> {
    let JointChances::Known { chances, .. } = joint else { return Ok(()) };
    let sizes = || std::iter::once(chances.len()).chain(chances.iter().map(Vec::len));
    if let Some(got) = sizes().find(|size| *size != units) {
        return Err(Error::RowsDiffer { what: "joint chances", expected: units, got });
    }
    let wrong = |row: &Vec<f64>| row.iter().copied().find(|chance| !(*chance > 0.0 && *chance <= 1.0));
    match chances.iter().enumerate().find_map(|(row, chances)| wrong(chances).map(|chance| (row, chance))) {
        Some((row, chance)) => Err(Error::ChanceNotUsable { row, chance }),
        None => Ok(()),
    }
}

impl Unequal {
    /// The covariance matrix of linearised estimates.
    pub(crate) fn covariance(&self, first: &Stage, estimates: &[Linearised]) -> Vec<Vec<f64>> {
        let members = first.members();
        let moved: Vec<Vec<f64>> =
            estimates.iter().map(|one| self.apply(first, &members, one.first_stage())).collect();
        let entry = |one: usize, other: usize| {
            let (a, b) = (estimates[one].first_stage(), estimates[other].first_stage());
            let cross = sum(a.iter().zip(&moved[other]).map(|(a, moved)| a * moved));
            match self.pairs() {
                Some(PairVariance::YatesGrundy) => {
                    let products: Vec<f64> = a.iter().zip(b).map(|(a, b)| a * b).collect();
                    cross - sum(self.apply(first, &members, &products))
                }
                _ => cross,
            }
        };
        (0..estimates.len())
            .map(|one| (0..estimates.len()).map(|other| entry(one, other)).collect())
            .collect()
    }

    fn pairs(&self) -> Option<PairVariance> {
        match &self.joint {
            JointChances::Brewer => None,
            JointChances::Overton(variance)
            | JointChances::HartleyRao { variance, .. }
            | JointChances::Known { variance, .. } => Some(*variance),
        }
    }

    /// D t, with Brewer's distances from the mean written as a matrix too.
    fn apply(&self, first: &Stage, members: &[Vec<u32>], totals: &[f64]) -> Vec<f64> {
        if let JointChances::Known { chances, .. } = &self.joint {
            let row = |unit: usize| {
                sum((0..totals.len()).map(|other| self.known(chances, unit, other) * totals[other]))
            };
            return (0..totals.len()).map(row).collect();
        }
        let mut moved = vec![0.0; totals.len()];
        for members in members.iter().filter(|members| members.len() > 1) {
            for unit in members {
                let unit = *unit as usize;
                moved[unit] = match self.joint {
                    JointChances::Brewer => 0.0,
                    _ => sum(members.iter().map(|other| {
                        self.approximate(first, members.len(), unit, *other as usize)
                            * totals[*other as usize]
                    })),
                };
            }
            if self.joint == JointChances::Brewer {
                self.brewer(members, totals, &mut moved);
            }
        }
        moved
    }

    /// n/(n-1) C'F C t, with C the distances from the mean and F the diagonal of 1 - p.
    fn brewer(&self, members: &[u32], totals: &[f64], moved: &mut [f64]) {
        let n = members.len() as f64;
        let mean = sum(members.iter().map(|unit| totals[*unit as usize])) / n;
        let far = |unit: &u32| (1.0 - self.chances[*unit as usize]) * (totals[*unit as usize] - mean);
        let far: Vec<f64> = members.iter().map(far).collect();
        let centre = sum(far.iter().copied()) / n;
        for (unit, far) in members.iter().zip(&far) {
            moved[*unit as usize] = n / (n - 1.0) * (far - centre);
        }
    }

    fn known(&self, chances: &[Vec<f64>], unit: usize, other: usize) -> f64 {
        let independent = chances[unit][unit] * chances[other][other];
        let share = (chances[unit][other] - independent) / chances[unit][other];
        match unit == other {
            true => 1.0 - self.chances[unit],
            false => {
                if share.abs() < INDEPENDENT {
                    0.0
                } else {
                    share
                }
            }
        }
    }

    /// D_ij of two units of a stratum of `count`.
    fn approximate(&self, first: &Stage, count: usize, unit: usize, other: usize) -> f64 {
        if unit == other {
            return 1.0 - self.chances[unit];
        }
        let (n, both) = (count as f64, self.chances[unit] + self.chances[other]);
        let drawn = match self.joint {
            JointChances::HartleyRao { constant, .. } => {
                both - constant.unwrap_or(self.means[first.stratum_of(unit)])
            }
            _ => both / 2.0,
        };
        // Two units that are certain are drawn independently.
        if both >= 2.0 { 0.0 } else { 1.0 - (n - drawn) / (n - 1.0) }
    }
}
