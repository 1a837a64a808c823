//! P values of many comparisons at once.

use crate::Error;

/// How p values are adjusted for the number of comparisons in their family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// As they are.
    None,
    /// Times the size of the family; guards against a single false finding.
    Bonferroni,
    /// Bonferroni step by step, never worse; for headline claims.
    Holm,
    /// Benjamini and Hochberg's share of false findings; for tables of which groups differ.
    BenjaminiHochberg,
}

/// P values adjusted over the family they are given as, in the order given.
///
/// # Errors
/// [`Error::NotAProbability`] when a p value is not between 0 and 1.
///
/// # Source
/// Holm 1979, Scandinavian Journal of Statistics 6, 65-70; Benjamini and Hochberg 1995, Journal of the
/// Royal Statistical Society B 57, 289-300; R `p.adjust`.
///
/// # Example
/// ```
/// use stats::{Adjustment, p_adjust};
/// assert_eq!(p_adjust(&[0.01, 0.5], Adjustment::Bonferroni), Ok(vec![0.02, 1.0]));
/// ```
pub fn p_adjust(p: &[f64], adjustment: Adjustment) -> Result<Vec<f64>, Error> {
    if let Some(position) = p.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(Error::NotAProbability { position, p: p[position] });
    }
    let size = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![0.0; p.len()];
    match adjustment {
        Adjustment::None => adjusted.copy_from_slice(p),
        Adjustment::Bonferroni => adjusted.iter_mut().zip(p).for_each(|(out, p)| *out = (p * size).min(1.0)),
        Adjustment::Holm => {
            let mut largest = 0.0_f64;
            for (rank, position) in order.into_iter().enumerate() {
                largest = largest.max((size - rank as f64) * p[position]).min(1.0);
                adjusted[position] = largest;
            }
        }
        Adjustment::BenjaminiHochberg => {
            let mut smallest = 1.0_f64;
            for (rank, position) in order.into_iter().enumerate().rev() {
                smallest = smallest.min(size / (rank + 1) as f64 * p[position]);
                adjusted[position] = smallest;
            }
        }
    }
    Ok(adjusted)
}
