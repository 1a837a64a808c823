//! Sums that do not lose small terms.

/// Neumaier's compensated sum of `terms`, in their order.
///
/// # Source
/// Neumaier 1974, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen.
pub(crate) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for term in terms {
        let next = total + term;
        // The smaller of the two has lost its low digits in the addition.
        lost += if total.abs() >= term.abs() { (total - next) + term } else { (term - next) + total };
        total = next;
    }
    total + lost
}

/// The compensated sums of the first one, two, ... terms.
pub(crate) fn running_sums(terms: &[f64]) -> Vec<f64> {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    let add = |term: &f64| {
        let next = total + term;
        lost += if total.abs() >= term.abs() { (total - next) + term } else { (term - next) + total };
        total = next;
        total + lost
    };
    terms.iter().map(add).collect()
}
