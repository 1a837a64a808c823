//! The margins met, freely or within bounds of g.

use super::check::Ready;
use super::fit::{Fitted, Problem, fit};
use super::{RakeOptions, diagnose};
use crate::Error;
use crate::calibrate::rake_within;

/// Factors that meet the margins, or why there are none.
pub(super) fn meet(problem: &Problem<'_>, margins: &[Ready], options: &RakeOptions) -> Result<Fitted, Error> {
    let fitted = match options.bounds {
        None => fit(problem, options),
        Some(bounds) => match within(problem, margins, bounds) {
            // Margins that contradict each other cannot be met within any bounds, and that says more.
            Err(error) => return Err(diagnose::contradicted(problem, margins).unwrap_or(error)),
            Ok(fitted) => fitted,
        },
    };
    match fitted.meets(options.tolerance) {
        true => Ok(fitted),
        false => Err(diagnose::explain(problem, margins, &fitted)),
    }
}

fn within(problem: &Problem<'_>, margins: &[Ready], bounds: (f64, f64)) -> Result<Fitted, Error> {
    let row = |cell: usize| {
        let sides = problem.targets.iter().zip(problem.categories);
        sides.flat_map(move |(targets, categories)| {
            (0..targets.len()).map(move |code| f64::from(u8::from(categories[cell] as usize == code)))
        })
    };
    let rows: Vec<Vec<f64>> = (0..problem.before.len()).map(|cell| row(cell).collect()).collect();
    let names: Vec<String> = margins.iter().flat_map(Ready::names).collect();
    let (factors, rounds) =
        rake_within(rows, problem.before, names, problem.targets.concat(), (problem.people(), bounds))?;
    Ok(problem.measure(factors, rounds))
}
