//! One pass over the rows.

use std::ops::Range;

use crate::{Mask, chunks};

/// Sums over the rows of a unit or cell that are in the domain.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    /// Rows with a weight.
    pub(crate) rows: f64,
    /// sum w.
    pub(crate) weight: f64,
    /// sum w^2.
    pub(crate) squares: f64,
    /// sum w y.
    pub(crate) value: f64,
}

impl Sums {
    fn count(&mut self, weight: f64, value: f64) {
        self.rows += f64::from(u8::from(weight != 0.0));
        self.weight += weight;
        self.squares += weight * weight;
        self.value += weight * value;
    }

    pub(crate) fn add(&mut self, other: &Sums) {
        self.rows += other.rows;
        self.weight += other.weight;
        self.squares += other.squares;
        self.value += other.value;
    }
}

/// Sums by code, codes being below `count`; without values y is 1.
pub(crate) fn sum_by_code(
    (codes, count): (&[u32], usize),
    weights: &[f64],
    domain: &Mask,
    values: Option<&[f64]>,
) -> Vec<Sums> {
    let inside = domain.as_slice();
    // What is outside becomes 0 without a branch: domains are rarely in any order.
    let zero = |inside: bool, number: f64| if inside { number } else { 0.0 };
    by_chunk(weights.len(), count, |rows, sums| {
        let weighed = codes[rows.clone()].iter().zip(&weights[rows.clone()]).zip(&inside[rows.clone()]);
        let mut add = |code: u32, weight: f64, value: f64| sums[code as usize].count(weight, value);
        match values {
            None => weighed.for_each(|((code, w), inside)| add(*code, zero(*inside, *w), 1.0)),
            Some(values) => weighed.zip(&values[rows]).for_each(|(((code, w), inside), value)| {
                add(*code, zero(*inside, *w), zero(*inside, *value));
            }),
        }
    })
}

/// Sums by the code that each row has, below `count`, for codes that are not written down.
pub(crate) fn sum_by(
    weights: &[f64],
    count: usize,
    values: Option<&[f64]>,
    code: impl Fn(usize) -> u32 + Sync,
) -> Vec<Sums> {
    by_chunk(weights.len(), count, |rows, sums| {
        let weighed = rows.clone().zip(&weights[rows.clone()]);
        let mut add = |row: usize, weight: f64, value: f64| sums[code(row) as usize].count(weight, value);
        match values {
            None => weighed.for_each(|(row, weight)| add(row, *weight, 1.0)),
            Some(values) => {
                weighed.zip(&values[rows]).for_each(|((row, weight), value)| add(row, *weight, *value));
            }
        }
    })
}

/// Chunks of rows summed by themselves and added in their order, whatever the number of threads.
fn by_chunk(rows: usize, count: usize, add: impl Fn(Range<usize>, &mut [Sums]) + Sync) -> Vec<Sums> {
    let parts = chunks::map(rows, 4 * count, |rows| {
        let mut sums = vec![Sums::default(); count];
        add(rows, &mut sums);
        sums
    });
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_default();
    parts.for_each(|part| whole.iter_mut().zip(&part).for_each(|(whole, part)| whole.add(part)));
    whole
}
