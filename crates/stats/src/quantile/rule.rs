//! What a quantile is, between the values that were seen.

use crate::Mask;
use crate::sum::running_sums;

/// Shares closer than this are the same: sums of weights would otherwise decide by rounding.
const SAME: f64 = 1e-9;

/// What stands between two values; names as in R's `qrule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum QuantileRule {
    /// The smallest value with at least the share at or below it; also Hyndman and Fan's first. The default.
    #[default]
    Math,
    /// The same, but half way to the next value when the share is met exactly; also Hyndman and Fan's second.
    School,
    /// Shah and Vaish's: a step at (cumulated relative weight + (1 - w)/2)/(n + 1).
    ShahVaish,
    /// As `Math`, but the value above at a tie of an odd number of values.
    Hf3,
    /// Linear between cumulated shares.
    Hf4,
    /// Linear between the middles of the steps.
    Hf5,
    /// Linear between cumulated weights over the sum and one more weight.
    Hf6,
    /// Linear between the cumulated weights before each value: what spreadsheets do.
    Hf7,
    /// Linear between positions a third below the steps.
    Hf8,
    /// Linear between positions three eighths below the steps.
    Hf9,
}

/// Values of a domain in order, with the weights below and of each.
pub(super) struct Sorted {
    pub(super) values: Vec<f64>,
    weights: Vec<f64>,
    /// Weight up to and including each value.
    sums: Vec<f64>,
    /// Distance at which shares are the same.
    same: f64,
}

impl Sorted {
    pub(super) fn new(values: &[f64], weights: &[f64], domain: &Mask) -> Sorted {
        let held = |row: &usize| domain.contains(*row) && weights[*row] != 0.0;
        let mut rows: Vec<(f64, f64)> =
            (0..values.len()).filter(held).map(|row| (values[row], weights[row])).collect();
        rows.sort_by(|one, other| one.0.total_cmp(&other.0));
        Sorted::from(rows)
    }

    fn from(rows: Vec<(f64, f64)>) -> Sorted {
        let (values, weights): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let sums = running_sums(&weights);
        Sorted { values, weights, sums, same: SAME }
    }

    /// The same with ties of shares decided by the last digit.
    pub(super) fn to_the_digit(&self) -> Sorted {
        Sorted {
            same: 0.0,
            values: self.values.clone(),
            weights: self.weights.clone(),
            sums: self.sums.clone(),
        }
    }

    /// One entry per distinct value.
    fn distinct(&self) -> Sorted {
        let mut rows: Vec<(f64, f64)> = Vec::new();
        for (value, weight) in self.values.iter().zip(&self.weights) {
            match rows.last_mut() {
                Some(last) if last.0 == *value => last.1 += weight,
                _ => rows.push((*value, *weight)),
            }
        }
        Sorted::from(rows)
    }

    fn total(&self) -> f64 {
        self.sums.last().copied().unwrap_or(0.0)
    }

    /// Weight before a value.
    fn before(&self, at: usize) -> f64 {
        if at == 0 { 0.0 } else { self.sums[at - 1] }
    }

    /// How many values have no more than the share at or below them, and whether the last has exactly it.
    fn reached(&self, share: f64) -> (usize, bool) {
        let total = self.total();
        let count = self.sums.partition_point(|sum| *sum <= (share + self.same) * total);
        (count, count > 0 && (self.sums[count - 1] / total - share).abs() <= self.same)
    }

    /// The value after `count` values, or the last.
    fn after(&self, count: usize) -> f64 {
        self.values[count.min(self.values.len() - 1)]
    }

    /// The value at `share` on the line through (position of a value, value); the nearest value outside.
    fn line(&self, share: f64, position: impl Fn(usize) -> f64) -> f64 {
        let places: Vec<f64> = (0..self.values.len()).map(position).collect();
        let next = places.partition_point(|place| *place < share);
        match next {
            0 => self.values[0],
            _ if next == places.len() => self.values[next - 1],
            _ => {
                let part = (share - places[next - 1]) / (places[next] - places[next - 1]);
                self.values[next - 1] + part * (self.values[next] - self.values[next - 1])
            }
        }
    }
}

impl QuantileRule {
    /// The quantile of a share.
    ///
    /// # Source
    /// Hyndman and Fan 1996, The American Statistician 50, 361-365, with weights as R `survey` has them.
    pub(super) fn read(self, sorted: &Sorted, share: f64) -> f64 {
        let (total, count) = (sorted.total(), sorted.values.len());
        let sums = &sorted.sums;
        let last = sorted.weights[count - 1];
        match self {
            _ if count == 1 => sorted.values[0],
            QuantileRule::Math => step(sorted, share, |below, _, _| below),
            QuantileRule::School => step(sorted, share, |below, above, _| (below + above) / 2.0),
            QuantileRule::Hf3 => {
                step(&sorted.distinct(), share, |below, above, at| if at % 2 == 0 { below } else { above })
            }
            QuantileRule::ShahVaish => shah_vaish(sorted, share),
            QuantileRule::Hf4 => sorted.line(share, |at| sums[at] / total),
            QuantileRule::Hf5 => sorted.line(share, |at| (sums[at] - sorted.weights[at] / 2.0) / total),
            QuantileRule::Hf6 => sorted.line(share, |at| sums[at] / (total + last)),
            QuantileRule::Hf7 => sorted.line(share, |at| sorted.before(at) / sorted.before(count - 1)),
            QuantileRule::Hf8 => {
                sorted.line(share, |at| (sorted.before(at) + 2.0 * sums[at]) / 3.0 / (total + last / 3.0))
            }
            QuantileRule::Hf9 => sorted
                .line(share, |at| (sorted.before(at) * 3.0 + sums[at] * 5.0) / 8.0 / (total + last / 4.0)),
        }
    }
}

/// The value in which the share falls; `tied` decides between two values when it falls between them.
fn step(sorted: &Sorted, share: f64, tied: impl Fn(f64, f64, usize) -> f64) -> f64 {
    match sorted.reached(share) {
        (count, true) => tied(sorted.values[count - 1], sorted.after(count), count),
        (count, false) => sorted.after(count),
    }
}

fn shah_vaish(sorted: &Sorted, share: f64) -> f64 {
    let count = sorted.values.len();
    let mean = sorted.total() / count as f64;
    let place = |at: usize| (sorted.sums[at] / mean + 0.5 - sorted.weights[at] / 2.0) / (count + 1) as f64;
    // Places are not in order when weights differ much: the reference sorts them with their values.
    let mut places: Vec<(f64, f64)> = (0..count).map(|at| (place(at), sorted.values[at])).collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    let next = places.partition_point(|one| one.0 <= share);
    places[next.saturating_sub(1)].1
}
