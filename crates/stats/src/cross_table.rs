//! How many people stand in each combination of two answers.

use crate::linear::sum_by_code;
use crate::numbers::width;
use crate::{Design, Error, Mask};

/// Sums of weights in a domain, by the codes of two columns: one row per code of the first.
///
/// Codes count from 0; rows of the design without one or the other are left out. Estimates with standard
/// errors are [`totals`](crate::totals) of 0/1 columns; this is the table itself.
///
/// # Errors
/// [`Error::RowsDiffer`] for a column or domain of another length.
///
/// # Source
/// R `survey::svytable`.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![2.0, 3.0, 5.0], Basis::Probability))?;
/// let (housed, language) = ([Some(0), Some(1), Some(1)], [Some(0), Some(0), None]);
/// assert_eq!(cross_table(&design, &housed, &language, &Mask::all(3))?, [[2.0], [3.0]]);
/// # Ok::<(), Error>(())
/// ```
pub fn cross_table(
    design: &Design,
    one: &[Option<u32>],
    other: &[Option<u32>],
    domain: &Mask,
) -> Result<Vec<Vec<f64>>, Error> {
    design.check_rows("first column", one.len())?;
    design.check_rows("second column", other.len())?;
    design.check_rows("domain", domain.rows())?;
    let count = |codes: &[Option<u32>]| width(&codes.iter().flatten().copied().collect::<Vec<u32>>());
    let (rows, columns) = (count(one), count(other));
    if rows * columns == 0 {
        return Ok(vec![Vec::new(); rows]);
    }
    // The cell after the last is for those without an answer.
    let cell = |(one, other): (&Option<u32>, &Option<u32>)| match (one, other) {
        (Some(one), Some(other)) => one * columns as u32 + other,
        _ => (rows * columns) as u32,
    };
    let cells: Vec<u32> = one.iter().zip(other).map(cell).collect();
    let sums = sum_by_code((&cells, rows * columns + 1), design.weights(), domain, None);
    let weights: Vec<f64> = sums.iter().map(|sums| sums.weight).collect();
    Ok(weights[..rows * columns].chunks(columns).map(<[f64]>::to_vec).collect())
}
