//! Time until something happens: the weeks until a service was received.

mod curve;
mod hazard;
mod log_rank;
mod risk;
#[cfg(test)]
mod tests;

use crate::{Design, Error, Mask};
pub use curve::kaplan_meier;
pub use hazard::{HazardRegression, hazard_regression};
pub use log_rank::{LogRank, log_rank};

/// How long each row was watched, and whether it ended with the event.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// Time until the event, or until watching ended without it; one per row of the design.
    pub times: &'a [f64],
    /// Whether the time ended with the event; one per row of the design.
    pub happened: &'a [bool],
}

impl Waiting<'_> {
    /// The rows of a domain with a weight, in order; checked.
    fn rows(&self, design: &Design, domain: &Mask) -> Result<Vec<usize>, Error> {
        design.check_rows("times", self.times.len())?;
        design.check_rows("happened", self.happened.len())?;
        design.check_rows("domain", domain.rows())?;
        let counts = |row: &usize| domain.contains(*row) && design.weights()[*row] > 0.0;
        let rows: Vec<usize> = (0..design.rows()).filter(counts).collect();
        if rows.is_empty() {
            return Err(Error::EmptyDomain);
        }
        if let Some(row) = rows.iter().find(|row| !self.times[**row].is_finite()) {
            return Err(Error::ValueNotFinite { row: *row });
        }
        if !rows.iter().any(|row| self.happened[*row]) {
            return Err(Error::NoEvents);
        }
        Ok(rows)
    }
}
