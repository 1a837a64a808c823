//! Merging categories of a margin, on respondents and population alike.

use std::collections::BTreeMap;

use crate::{Error, Margin};

/// Merges categories: each key of `joins` goes into the category that is its value.
///
/// Respondents move, targets are added, and the category that was left keeps its place with a target
/// of 0, so that codes stay what they were. A merge is a recorded decision, never automatic.
///
/// # Errors
/// [`Error::CollapseUnknown`] for a code without a label, [`Error::CollapseChained`] when a category is
/// merged into one that is merged itself.
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// let margin = stats::Margin {
///     name: "language".into(),
///     codes: vec![Some(0), Some(2)],
///     targets: vec![Some(10.0), Some(20.0), Some(5.0)],
///     labels: vec!["Arabic".into(), "other".into(), "Tagalog".into()],
/// };
/// let merged = stats::collapse(&margin, &BTreeMap::from([(2, 1)]))?;
/// assert_eq!(merged.codes, [Some(0), Some(1)]);
/// assert_eq!(merged.targets, [Some(10.0), Some(25.0), Some(0.0)]);
/// # Ok::<(), stats::Error>(())
/// ```
pub fn collapse(margin: &Margin, joins: &BTreeMap<u32, u32>) -> Result<Margin, Error> {
    let mut merged = margin.clone();
    for (from, into) in joins {
        check(margin, joins, *from, *into)?;
        let (from, into) = (*from as usize, *into as usize);
        // A category of the sample alone has no place among the targets.
        if from < merged.targets.len() {
            let moved = merged.targets[from].replace(0.0);
            if merged.targets.len() <= into {
                merged.targets.resize(into + 1, None);
            }
            merged.targets[into] = add(merged.targets[into], moved);
        }
    }
    for code in merged.codes.iter_mut().flatten() {
        *code = joins.get(code).copied().unwrap_or(*code);
    }
    Ok(merged)
}

fn check(margin: &Margin, joins: &BTreeMap<u32, u32>, from: u32, into: u32) -> Result<(), Error> {
    let known = |code: u32| (code as usize) < margin.labels.len();
    if let Some(code) = [from, into].into_iter().find(|code| !known(*code)) {
        return Err(Error::CollapseUnknown { margin: margin.name.clone(), code });
    }
    if joins.contains_key(&into) {
        let category = margin.labels[from as usize].clone();
        return Err(Error::CollapseChained { margin: margin.name.clone(), category });
    }
    Ok(())
}

fn add(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}
