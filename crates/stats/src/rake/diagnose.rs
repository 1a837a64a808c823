//! Why raking could not meet its margins.

use super::check::Ready;
use super::fit::{Fitted, Problem};
use crate::Error;

/// A contradiction between two margins where there is one, else the largest remaining gap.
pub(super) fn explain(problem: &Problem<'_>, margins: &[Ready], fitted: &Fitted) -> Error {
    let (margin, category) = fitted.worst;
    contradicted(problem, margins).unwrap_or_else(|| Error::RakingUnfinished {
        rounds: fitted.rounds,
        margin: margins[margin].name.clone(),
        category: name(&margins[margin], category),
        gap: fitted.gap,
    })
}

/// The first contradiction between two margins.
pub(super) fn contradicted(problem: &Problem<'_>, margins: &[Ready]) -> Option<Error> {
    let others = |one: usize| (0..margins.len()).filter(move |other| *other != one);
    let mut pairs = (0..margins.len()).flat_map(|one| others(one).map(move |other| (one, other)));
    pairs.find_map(|(one, other)| contradiction(problem, margins, one, other))
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
