//! Who could still be reached by the event at each event time.

use super::Waiting;
use crate::matrix::Rows;

/// Sums over a set of rows: w e, w e x and w e x x', with e = exp(x'b).
#[derive(Clone)]
struct Sums {
    zeroth: f64,
    first: Vec<f64>,
    second: Rows,
}

impl Sums {
    fn none(size: usize) -> Sums {
        Sums { zeroth: 0.0, first: vec![0.0; size], second: vec![vec![0.0; size]; size] }
    }

    fn add(&mut self, weight: f64, x: &[f64]) {
        self.zeroth += weight;
        for (place, line) in self.second.iter_mut().enumerate() {
            self.first[place] += weight * x[place];
            line.iter_mut().zip(x).for_each(|(entry, value)| *entry += weight * x[place] * value);
        }
    }
}

/// One event time under Efron's rule: m ties leave the set one m-th at a time.
pub(super) struct EventTime {
    pub(super) time: f64,
    /// Mean over the ties of the mean of x in the set.
    pub(super) mean: Vec<f64>,
    /// sum over the ties of w/S, for those who stay; and of w xbar/S.
    pub(super) hazard: f64,
    pub(super) hazard_mean: Vec<f64>,
    /// The same for those who leave, each tie counted with what is left of them.
    pub(super) leaving: f64,
    pub(super) leaving_mean: Vec<f64>,
}

/// The event times ascending, and the partial likelihood with its derivatives.
pub(super) struct RiskSets {
    pub(super) times: Vec<EventTime>,
    pub(super) likelihood: f64,
    pub(super) score: Vec<f64>,
    pub(super) information: Rows,
}

/// Rows with their terms: what the sets are made of.
pub(super) struct Watched<'a> {
    pub(super) waiting: Waiting<'a>,
    pub(super) rows: &'a [usize],
    /// x of each row, in the order of `rows`.
    pub(super) terms: &'a Rows,
    /// x'b of each row, in the order of `rows`.
    pub(super) predictor: &'a [f64],
    pub(super) weights: &'a [f64],
}

impl RiskSets {
    /// Walks from the last time to the first, letting rows enter.
    pub(super) fn new(watched: &Watched<'_>) -> RiskSets {
        let size = watched.terms.first().map_or(0, Vec::len);
        let time = |at: &usize| watched.waiting.times[watched.rows[*at]];
        let mut order: Vec<usize> = (0..watched.rows.len()).collect();
        order.sort_by(|a, b| time(b).total_cmp(&time(a)));
        let mut sets = RiskSets {
            times: Vec::new(),
            likelihood: 0.0,
            score: vec![0.0; size],
            information: vec![vec![0.0; size]; size],
        };
        let mut all = Sums::none(size);
        for ties in order.chunk_by(|a, b| time(a) == time(b)) {
            let mut leaving = Sums::none(size);
            let (mut count, mut weight) = (0_usize, 0.0);
            for at in ties {
                let row = watched.rows[*at];
                let scaled = watched.weights[row] * watched.predictor[*at].exp();
                all.add(scaled, &watched.terms[*at]);
                if watched.waiting.happened[row] {
                    leaving.add(scaled, &watched.terms[*at]);
                    count += 1;
                    weight += watched.weights[row];
                    sets.reach(watched.weights[row], watched.predictor[*at], &watched.terms[*at]);
                }
            }
            if weight > 0.0 {
                sets.pass(time(&ties[0]), count, weight / count as f64, &all, &leaving);
            }
        }
        sets.times.reverse();
        sets
    }

    /// A row that the event reached.
    fn reach(&mut self, weight: f64, predictor: f64, x: &[f64]) {
        self.likelihood += weight * predictor;
        self.score.iter_mut().zip(x).for_each(|(sum, x)| *sum += weight * x);
    }

    /// An event time with `count` ties of mean weight `weight`.
    fn pass(&mut self, time: f64, count: usize, weight: f64, all: &Sums, leaving: &Sums) {
        let size = all.first.len();
        let zeros = || vec![0.0; size];
        let mut event = EventTime {
            time,
            mean: zeros(),
            hazard: 0.0,
            hazard_mean: zeros(),
            leaving: 0.0,
            leaving_mean: zeros(),
        };
        for tie in 0..count {
            let gone = tie as f64 / count as f64;
            let people = all.zeroth - gone * leaving.zeroth;
            let mean: Vec<f64> =
                all.first.iter().zip(&leaving.first).map(|(a, l)| (a - gone * l) / people).collect();
            event.add(weight / people, 1.0 - gone, &mean, count as f64);
            self.likelihood -= weight * people.ln();
            for (place, line) in self.information.iter_mut().enumerate() {
                self.score[place] -= weight * mean[place];
                for (other, entry) in line.iter_mut().enumerate() {
                    let square = (all.second[place][other] - gone * leaving.second[place][other]) / people;
                    *entry += weight * (square - mean[place] * mean[other]);
                }
            }
        }
        self.times.push(event);
    }
}

impl EventTime {
    fn add(&mut self, hazard: f64, left: f64, mean: &[f64], ties: f64) {
        self.hazard += hazard;
        self.leaving += left * hazard;
        for (place, mean) in mean.iter().enumerate() {
            self.mean[place] += mean / ties;
            self.hazard_mean[place] += hazard * mean;
            self.leaving_mean[place] += left * hazard * mean;
        }
    }
}
