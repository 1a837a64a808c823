//! Chances of inclusion under successive sampling: drawn one by one, the better known the sooner.

use crate::distributions::normal_above;
use crate::{Error, ReferralFault};

/// Points at which the time of the last draw is looked at.
const POINTS: usize = 240;
/// Standard deviations around its expectation.
const REACH: f64 = 8.0;
const ROUNDS: usize = 500;
const SETTLED: f64 = 1e-10;

/// The chance of everybody to be among the people of `degrees`, drawn from `population` people.
///
/// The population has N_k people of network size k; N_k = N (v_k/f_k)/sum(v/f), where v_k of them are in
/// the sample and f_k is the chance of one of them under successive sampling from N. Gile simulates f;
/// here draws become arrivals after exponential times of rate k, so that f_k = 1 - E exp(-k T) with T
/// the arrival after which the sample is full. The number of arrivals is taken as normal, an error of
/// the order of one over the sample, and no random number is needed.
///
/// # Errors
/// [`ReferralFault::PopulationBelowSample`].
///
/// # Source
/// Gile 2011, Journal of the American Statistical Association 106, 135-146; Rosen 1972 for the times.
pub(super) fn chances(degrees: &[f64], population: f64) -> Result<Vec<f64>, Error> {
    let sample = degrees.len();
    if !population.is_finite() || population < sample as f64 {
        return Err(Error::Referral(ReferralFault::PopulationBelowSample { population, sample }));
    }
    let mut sizes = degrees.to_vec();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let place = |degree: &f64| sizes.partition_point(|size| size < degree);
    let mut seen = vec![0.0; sizes.len()];
    degrees.iter().for_each(|degree| seen[place(degree)] += 1.0);
    let mut chances = sizes.clone();
    for _ in 0..ROUNDS {
        let next = of_classes(&sizes, &people(&seen, &chances, population), sample as f64);
        let moved = next.iter().zip(&chances).map(|(next, chance)| (next / chance - 1.0).abs());
        let moved = moved.fold(0.0, f64::max);
        chances = next;
        if moved < SETTLED {
            break;
        }
    }
    Ok(degrees.iter().map(|degree| chances[place(degree)]).collect())
}

/// N_k = N (v_k/f_k)/sum(v/f).
fn people(seen: &[f64], chances: &[f64], population: f64) -> Vec<f64> {
    let plain: Vec<f64> = seen.iter().zip(chances).map(|(seen, chance)| seen / chance).collect();
    let whole: f64 = plain.iter().sum();
    plain.into_iter().map(|part| part * population / whole).collect()
}

/// The chance of one person of each size to be among the first `sample` of `people`.
pub(super) fn of_classes(sizes: &[f64], people: &[f64], sample: f64) -> Vec<f64> {
    let whole: f64 = people.iter().sum();
    if whole <= sample + 0.5 {
        return vec![1.0; sizes.len()];
    }
    let times = times(sizes, people, sample);
    let at: Vec<(f64, f64)> = times.iter().map(|time| arrivals(sizes, people, *time)).collect();
    sizes.iter().map(|size| chance(*size, &times, &at, sample)).collect()
}

/// 1 - E exp(-k T), where T is the time at which `sample` others have arrived.
fn chance(size: f64, times: &[f64], arrived: &[(f64, f64)], sample: f64) -> f64 {
    let full = |(time, (mean, variance)): (&f64, &(f64, f64))| {
        let own = 1.0 - (-size * time).exp();
        let spread = (variance - own * (1.0 - own)).max(1e-12).sqrt();
        normal_above((sample - 0.5 - (mean - own)) / spread)
    };
    let full: Vec<f64> = times.iter().zip(arrived).map(full).collect();
    let middle = |pair: &[f64]| (-size * (pair[0] + pair[1]) / 2.0).exp();
    let steps = full.windows(2).zip(times.windows(2)).map(|(full, pair)| (full[1] - full[0]) * middle(pair));
    let before = full[0] * (-size * times[0]).exp();
    1.0 - before - steps.sum::<f64>()
}

/// Expected number of arrivals until a time, and its variance.
fn arrivals(sizes: &[f64], people: &[f64], time: f64) -> (f64, f64) {
    let (mut mean, mut variance) = (0.0, 0.0);
    for (size, count) in sizes.iter().zip(people) {
        let away = (-size * time).exp();
        mean += count * (1.0 - away);
        variance += count * away * (1.0 - away);
    }
    (mean, variance)
}

/// Times around the one at which as many arrivals are expected as the sample has.
fn times(sizes: &[f64], people: &[f64], sample: f64) -> Vec<f64> {
    let expected = |time: f64| arrivals(sizes, people, time).0;
    let (mut low, mut high) = (0.0, 1.0);
    while expected(high) < sample {
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if expected(middle) < sample { low = middle } else { high = middle }
    }
    let rate: f64 = sizes.iter().zip(people).map(|(size, count)| count * size * (-size * high).exp()).sum();
    let spread = arrivals(sizes, people, high).1.sqrt() / rate;
    let (from, to) = ((high - REACH * spread).max(0.0), high + REACH * spread);
    (0..=POINTS).map(|point| from + (to - from) * point as f64 / POINTS as f64).collect()
}
