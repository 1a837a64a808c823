//! Degrees of freedom of replicates: how many of them say something new.

use super::Replicates;
use crate::{Design, Mask, chunks};

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
            true => *self.rank.get_or_init(|| rank(self.products(domain))),
            false => rank(self.products(domain)),
        }
    }

    /// W'W for the matrix W of replicate weights, row by row or collapsed to groups.
    fn products(&self, domain: &Mask) -> Vec<Vec<f64>> {
        let lengths = self.grouping().map(|(groups, count)| {
            let mut squares = vec![0.0_f64; count];
            for (row, base) in self.base.iter().enumerate().filter(|(row, _)| domain.contains(*row)) {
                squares[groups.map_or(row, |groups| groups[row] as usize)] += base * base;
            }
            squares.iter().map(|square| square.sqrt()).collect::<Vec<f64>>()
        });
        let column = |replicate: usize| -> Vec<f64> {
            let (entries, lengths) = match &lengths {
                Some(lengths) => (self.group_factors(replicate), lengths),
                None => {
                    let rows = self.weights(replicate).into_iter().zip(domain.as_slice());
                    return rows.map(|(weight, inside)| if *inside { weight } else { 0.0 }).collect();
                }
            };
            entries.iter().zip(lengths).map(|(entry, length)| entry * length).collect()
        };
        let columns: Vec<Vec<f64>> = (0..self.count()).map(column).collect();
        chunks::each(columns.len(), |one| {
            (0..=one).map(|other| product(&columns[one], &columns[other])).collect()
        })
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

/// Rank by Cholesky's decomposition of the lower half of W'W, leaving out columns that add nothing.
fn rank(mut lower: Vec<Vec<f64>>) -> usize {
    let mut kept: Vec<usize> = Vec::new();
    for row in 0..lower.len() {
        let length = lower[row][row];
        for (place, &column) in kept.iter().enumerate() {
            let before: f64 = kept[..place].iter().map(|&k| lower[row][k] * lower[column][k]).sum();
            lower[row][column] = (lower[row][column] - before) / lower[column][column];
        }
        let left = length - kept.iter().map(|&k| lower[row][k] * lower[row][k]).sum::<f64>();
        if left > SAME * length && length > 0.0 {
            lower[row][row] = left.sqrt();
            kept.push(row);
        }
    }
    kept.len()
}
