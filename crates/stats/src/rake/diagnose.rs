//! Why raking could not meet its margins.

use super::check::Ready;
use super::fit::{Fitted, Problem};
use crate::Error;

/// A contradiction between two margins where there is one, else the largest remaining gap.
pub(super) fn explain(problem: &Problem<'_>, margins: &[Ready], fitted: &Fitted) -> Error {
    for one in 0..margins.len() {
        for other in 0..margins.len() {
            if one != other
                && let Some(error) = contradiction(problem, margins, one, other)
            {
                return error;
            }
        }
    }
    let (margin, category) = fitted.worst;
    Error::RakingUnfinished {
        rounds: fitted.rounds,
        margin: margins[margin].name.clone(),
        category: name(&margins[margin], category),
        gap: fitted.gap,
    }
}

/// A category of one margin whose respondents stand only where the other margin has too little room.
fn contradiction(problem: &Problem<'_>, margins: &[Ready], one: usize, other: usize) -> Option<Error> {
    let (a, b) = (&margins[one], &margins[other]);
    let (targets, others) = (&problem.targets[one], &problem.targets[other]);
    (0..targets.len()).find_map(|category| {
        let mut reached = vec![false; others.len()];
        for (cell, weight) in problem.before.iter().enumerate() {
            if *weight > 0.0 && problem.categories[one][cell] as usize == category {
                reached[problem.categories[other][cell] as usize] = true;
            }
        }
        let room: f64 =
            others.iter().zip(&reached).filter(|(_, here)| **here).map(|(target, _)| target).sum();
        (targets[category] > room * (1.0 + 1e-9)).then(|| Error::MarginsContradict {
            margin: a.name.clone(),
            category: name(a, category),
            target: targets[category],
            other: b.name.clone(),
            room,
        })
    })
}

fn name(margin: &Ready, category: usize) -> String {
    margin.labels[category].clone().unwrap_or_else(|| "not covered".to_string())
}
