//! The ends of the interval of a quantile.

use super::rule::Sorted;
use super::{QuantileInterval, QuantileOptions, at_most};
use crate::estimate::tail;
use crate::proportion::{ProportionInterval, share_interval};
use crate::{Design, Error, Interval, Mask, mean};

/// What is asked, and of whom.
pub(super) struct Asked<'a> {
    pub(super) design: &'a Design,
    pub(super) values: &'a [f64],
    pub(super) domain: &'a Mask,
    pub(super) options: &'a QuantileOptions,
    pub(super) sorted: &'a Sorted,
    pub(super) t: f64,
}

type Ends = (Option<f64>, Option<f64>);

impl Asked<'_> {
    pub(super) fn ends(&self, share: f64, value: f64) -> Result<Ends, Error> {
        match self.options.interval {
            QuantileInterval::Repeated => self.repeated(share, value),
            QuantileInterval::Score => self.score(share),
            QuantileInterval::Mean => self.woodruff(value, ProportionInterval::Mean),
            QuantileInterval::Beta => self.woodruff(value, ProportionInterval::Beta),
            QuantileInterval::LinearisedLogit => self.woodruff(value, ProportionInterval::LinearisedLogit),
            QuantileInterval::Arcsine => self.woodruff(value, ProportionInterval::Arcsine),
        }
    }

    /// The interval of the share at or below the quantile, read back through the rule.
    fn woodruff(&self, value: f64, method: ProportionInterval) -> Result<Ends, Error> {
        let share = mean(self.design, &at_most(self.values, value), self.domain)?;
        let Some(Interval { low, high }) =
            share_interval(self.design, &share, method, tail(self.options.level)?)
        else {
            return Ok((None, None));
        };
        let read = |share: f64| self.options.rule.read(self.sorted, share);
        Ok(((low >= 0.0).then(|| read(low)), (high <= 1.0).then(|| read(high))))
    }

    /// value -+ t standard errors of the quantile's replicates.
    fn repeated(&self, share: f64, value: f64) -> Result<Ends, Error> {
        let replicates = self.design.replicates().ok_or(Error::NoReplicates)?;
        if replicates.is_jackknife() {
            return Err(Error::JackknifeOfQuantile);
        }
        let one = |replicate: usize| {
            let sorted = Sorted::new(self.values, &replicates.weights(replicate), self.domain);
            match sorted.values.is_empty() {
                true => Err(Error::InReplicate { replicate, cause: Box::new(Error::EmptyDomain) }),
                false => Ok(vec![self.options.rule.read(&sorted, share)]),
            }
        };
        let repeated = (0..replicates.count()).map(one).collect::<Result<Vec<_>, _>>()?;
        let reach = self.t * replicates.covariance(&[value], &repeated)?[0][0].sqrt();
        Ok((Some(value - reach), Some(value + reach)))
    }

    fn score(&self, share: f64) -> Result<Ends, Error> {
        Ok((self.score_end(share, self.t)?, self.score_end(share, -self.t)?))
    }

    /// Where the score statistic passes `limit`, read back through the unweighted share of rows up to there.
    ///
    /// The statistic is a step function of the value; where it jumps over the limit, the side that is nearer
    /// to it is taken, as a root finder does.
    fn score_end(&self, share: f64, limit: f64) -> Result<Option<f64>, Error> {
        let mut steps = self.sorted.values.clone();
        steps.dedup();
        let (mut below, mut above) = (0, steps.len() - 1);
        let (mut left, mut right) = (self.statistic(steps[0], share)? - limit, f64::NEG_INFINITY);
        if left < 0.0 || steps.len() < 2 {
            return Ok(None);
        }
        while above - below > 1 {
            let middle = (below + above) / 2;
            let here = self.statistic(steps[middle], share)? - limit;
            if here >= 0.0 { (below, left) = (middle, here) } else { (above, right) = (middle, here) }
        }
        let value = if left.abs() <= right.abs() { steps[below] } else { steps[above] };
        let counted = |row: &usize| self.domain.contains(*row);
        let rows: Vec<usize> = (0..self.values.len()).filter(counted).collect();
        let up_to = rows.iter().filter(|row| self.values[**row] <= value).count();
        // With equal weights this share is always a tie; the reference lets the last digit decide it.
        Ok(Some(self.options.rule.read(&self.sorted.to_the_digit(), up_to as f64 / rows.len() as f64)))
    }

    /// Mean of 1(y > value) - (1 - share) over its standard error.
    fn statistic(&self, value: f64, share: f64) -> Result<f64, Error> {
        let below = mean(self.design, &at_most(self.values, value), self.domain)?;
        Ok((share - below.value) / below.standard_error)
    }
}
