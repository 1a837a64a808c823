//! Raking again in every replicate, to its own convergence.

use super::RakeOptions;
use super::bounded::meet;
use super::cells::Cells;
use super::check::{Ready, without_respondents};
use super::fit::Problem;
use crate::replicate::Step;
use crate::{Error, Replicates, chunks};

/// The factors of each cell in each replicate.
pub(super) fn repeat(
    replicates: &Replicates,
    cells: &Cells,
    margins: &[Ready],
    options: &RakeOptions,
) -> Result<Step, Error> {
    let sums = replicates.cell_sums(&cells.of_rows, cells.sums.len());
    let one = |replicate: usize| {
        let factors = rake_one(&sums[replicate], &cells.categories, margins, options);
        factors.map_err(|cause| Error::InReplicate { replicate, cause: Box::new(cause) })
    };
    let factors = chunks::each(sums.len(), one).into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Step::Cells { cells: cells.of_rows.clone(), factors })
}

fn rake_one(
    before: &[f64],
    categories: &[Vec<u32>],
    margins: &[Ready],
    options: &RakeOptions,
) -> Result<Vec<f64>, Error> {
    let aims = margins.iter().zip(categories).map(|(margin, categories)| aim(margin, categories, before));
    let targets = aims.collect::<Result<Vec<_>, _>>()?;
    let problem = Problem { categories, before, targets: &targets };
    Ok(meet(&problem, margins, options)?.factors)
}

/// Targets of a margin in a replicate, where those not covered have a share of their own.
fn aim(margin: &Ready, categories: &[u32], before: &[f64]) -> Result<Vec<f64>, Error> {
    let mut sums = vec![0.0; margin.targets.len()];
    categories.iter().zip(before).for_each(|(category, weight)| sums[*category as usize] += weight);
    let targets = margin.targets_for(&sums);
    let empty = (0..sums.len()).find(|at| sums[*at] <= 0.0 && targets[*at] > 0.0);
    match empty {
        None => Ok(targets),
        Some(at) => {
            let category = margin.labels[at].as_deref().unwrap_or("not covered");
            Err(without_respondents(&margin.name, category, targets[at]))
        }
    }
}
