//! Letting those who responded stand for those like them who did not.

use crate::{Design, Error, Mask};

/// Multiplies the weights of respondents by (sum w in their class)/(sum w of respondents in it).
///
/// Who did not respond gets weight 0. `classes` has a code per row. The new weights are taken as fixed.
///
/// # Errors
/// [`Error::ClassWithoutRespondents`] when a class with weight has no respondent: merge it with another.
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 15.6.
pub fn nonresponse_classes(design: &Design, classes: &[u32], responded: &Mask) -> Result<Design, Error> {
    design.check_rows("classes", classes.len())?;
    design.check_rows("responded", responded.rows())?;
    let mut sums = std::collections::BTreeMap::new();
    for (row, weight) in design.weights().iter().enumerate() {
        let (all, answered) = sums.entry(classes[row]).or_insert((0.0, 0.0));
        *all += weight;
        *answered += if responded.contains(row) { *weight } else { 0.0 };
    }
    if let Some((class, _)) = sums.iter().find(|(_, (all, answered))| *all > 0.0 && *answered == 0.0) {
        return Err(Error::ClassWithoutRespondents { class: *class });
    }
    let weights = design.weights().iter().enumerate().map(|(row, weight)| {
        let (all, answered) = sums[&classes[row]];
        if responded.contains(row) && *weight > 0.0 { weight * all / answered } else { 0.0 }
    });
    design.with_weights(weights.collect())
}
