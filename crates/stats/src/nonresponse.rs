//! Letting those who responded stand for those like them who did not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::replicate::Step;
use crate::{Design, Error, Mask};

/// Multiplies the weights of respondents by (sum w in their class)/(sum w of respondents in it).
///
/// Who did not respond gets weight 0. `classes` has a code per row. The new weights are taken as fixed; with
/// replicates the step is repeated in each.
///
/// # Errors
/// [`Error::ClassWithoutRespondents`] when a class with weight has no respondent: merge it with another.
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 15.6.
pub fn nonresponse_classes(design: &Design, classes: &[u32], responded: &Mask) -> Result<Design, Error> {
    design.check_rows("classes", classes.len())?;
    design.check_rows("responded", responded.rows())?;
    let mut places = BTreeMap::new();
    for class in classes {
        let next = places.len() as u32;
        places.entry(*class).or_insert(next);
    }
    // Two cells per class: who did not respond, and who did.
    let cell = |row: usize| 2 * places[&classes[row]] + u32::from(responded.contains(row));
    let cells: Vec<u32> = (0..design.rows()).map(cell).collect();
    let mut labels = vec![0; places.len()];
    places.iter().for_each(|(class, place)| labels[*place as usize] = *class);
    let mut sums = vec![0.0; 2 * labels.len()];
    cells.iter().zip(design.weights()).for_each(|(cell, weight)| sums[*cell as usize] += weight);
    let factors = factors(&sums, &labels)?;
    let weights = design.weights().iter().zip(&cells).map(|(weight, cell)| weight * factors[*cell as usize]);
    let weights: Vec<f64> = weights.collect();
    let Some(replicates) = design.replicates() else { return design.with_weights(weights) };
    let refactor = |(replicate, sums): (usize, &Vec<f64>)| {
        self::factors(sums, &labels).map_err(|cause| Error::InReplicate { replicate, cause: Box::new(cause) })
    };
    let sums = replicates.cell_sums(&cells, sums.len());
    let factors = sums.iter().enumerate().map(refactor).collect::<Result<Vec<_>, _>>()?;
    let step = Step::Cells { cells, factors };
    Ok(design.reweighted(Arc::new(weights)).replicated(replicates.after(step)))
}

/// 0 for those who did not respond, (sum of the class)/(sum of its respondents) for those who did.
fn factors(sums: &[f64], labels: &[u32]) -> Result<Vec<f64>, Error> {
    let mut factors = Vec::with_capacity(sums.len());
    for (pair, class) in sums.chunks(2).zip(labels) {
        let (all, answered) = (pair[0] + pair[1], pair[1]);
        if all > 0.0 && answered == 0.0 {
            return Err(Error::ClassWithoutRespondents { class: *class });
        }
        factors.extend([0.0, if answered > 0.0 { all / answered } else { 0.0 }]);
    }
    Ok(factors)
}
