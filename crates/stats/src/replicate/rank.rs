//! Degrees of freedom of replicates: how many of them say something new.

use super::Replicates;
use crate::{Design, Mask};

/// Squared share of a column's length below which it adds nothing to those before it.
const SAME: f64 = 1e-10;

impl Replicates {
    /// Rank of the replicate weights of a domain, rows by replicates.
    ///
    /// A column whose part not explained by those before is shorter than 1e-5 of itself adds nothing.
    ///
    /// # Source
    /// R `survey::degf` for replicate designs.
    pub(crate) fn rank(&self, design: &Design, domain: &Mask) -> usize {
        let inside = || domain.as_slice().iter();
        let everyone = inside().all(|inside| *inside)
            || inside().zip(design.weights()).all(|(inside, weight)| *inside || *weight == 0.0);
        match everyone {
            true => *self.rank.get_or_init(|| self.rank_of(domain)),
            false => self.rank_of(domain),
        }
    }

    fn rank_of(&self, domain: &Mask) -> usize {
        let lengths = self.lengths(domain);
        let places: Vec<usize> = (0..lengths.len()).filter(|place| lengths[*place] > 0.0).collect();
        let count = self.count();
        if places.len() > 2 * count {
            // Some of the rows can show that no replicate is explained by others; never that one is.
            let every = places.len() / (2 * count) + 1;
            let some: Vec<usize> = places.iter().copied().step_by(every).collect();
            if some.len() >= count && self.rank_at(&some, &lengths) == count {
                return count;
            }
        }
        self.rank_at(&places, &lengths)
    }

    /// Length of the base weights of each group of rows in the domain.
    fn lengths(&self, domain: &Mask) -> Vec<f64> {
        let Some((groups, count)) = self.grouping() else {
            return domain.as_slice().iter().map(|inside| f64::from(u8::from(*inside))).collect();
        };
        let mut squares = vec![0.0_f64; count];
        for (row, base) in self.base.iter().enumerate().filter(|(row, _)| domain.contains(*row)) {
            squares[groups.map_or(row, |groups| groups[row] as usize)] += base * base;
        }
        squares.iter().map(|square| square.sqrt()).collect()
    }

    /// Rank of the weights at some places, by Cholesky's decomposition of W'W without columns that add nothing.
    fn rank_at(&self, places: &[usize], lengths: &[f64]) -> usize {
        let (mut columns, mut lower): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
        for replicate in 0..self.count() {
            if columns.len() == places.len() {
                break;
            }
            let weights = match self.grouping() {
                Some(_) => self.group_factors(replicate),
                None => self.weights(replicate),
            };
            let column: Vec<f64> = places.iter().map(|place| weights[*place] * lengths[*place]).collect();
            let mut row: Vec<f64> = Vec::with_capacity(columns.len() + 1);
            for (place, (kept, line)) in columns.iter().zip(&lower).enumerate() {
                let left = product(&column, kept) - product(&row, &line[..place]);
                row.push(left / line[place]);
            }
            let length = product(&column, &column);
            let left = length - product(&row, &row);
            if length > 0.0 && left > SAME * length {
                row.push(left.sqrt());
                columns.push(column);
                lower.push(row);
            }
        }
        columns.len()
    }
}

/// a'b, in four sums that a processor adds at once.
fn product(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a, b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum::<f64>() + rest
}
