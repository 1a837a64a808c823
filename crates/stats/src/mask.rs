//! Domains: which rows of the whole design an estimate is about.

/// A domain, as one yes or no per row of the design.
///
/// A domain never makes the data smaller: rows outside stay in the design, where their clusters still
/// count. Dropping them first would give a wrong variance without any symptom.
///
/// # Example
/// ```
/// use stats::Mask;
/// let women = Mask::from(vec![true, false, true]);
/// let answered = Mask::from_fn(3, |row| row != 0);
/// assert_eq!(women.and(&answered).count(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask(Vec<bool>);

impl Mask {
    /// Every one of `rows` rows.
    pub fn all(rows: usize) -> Mask {
        Mask(vec![true; rows])
    }

    /// The rows for which `inside` is true, asked once per row in order.
    pub fn from_fn(rows: usize, inside: impl FnMut(usize) -> bool) -> Mask {
        Mask((0..rows).map(inside).collect())
    }

    /// The rows that are in both domains.
    ///
    /// # Panics
    /// When the domains have different numbers of rows: they then belong to different designs.
    pub fn and(&self, other: &Mask) -> Mask {
        assert_eq!(self.rows(), other.rows(), "domains of two different designs");
        Mask(self.0.iter().zip(&other.0).map(|(a, b)| *a && *b).collect())
    }

    /// The rows outside the domain.
    pub fn not(&self) -> Mask {
        Mask(self.0.iter().map(|inside| !inside).collect())
    }

    /// Number of rows of the whole design.
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// Number of rows inside the domain, whatever their weight.
    pub fn count(&self) -> usize {
        self.0.iter().filter(|inside| **inside).count()
    }

    /// Whether `row` is inside.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn contains(&self, row: usize) -> bool {
        self.0[row]
    }

    /// The domain as a slice, one entry per row.
    pub fn as_slice(&self) -> &[bool] {
        &self.0
    }
}

impl From<Vec<bool>> for Mask {
    fn from(inside: Vec<bool>) -> Mask {
        Mask(inside)
    }
}
