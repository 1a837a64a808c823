//! Whether margins and respondents fit each other, before any raking.

use super::cells::{Cells, cross};
use super::{Margin, Missing, Targets};
use crate::sum::sum;
use crate::{Design, Error};

/// Relative difference of two margin totals that is rounding of the input, not disagreement.
const SAME_TOTAL: f64 = 1e-9;

/// A margin in which every cell has a category and every category has a target and weight.
pub(super) struct Ready {
    pub(super) name: String,
    /// Population figure of each category that has one.
    population: Vec<f64>,
    /// Target of each category: the population figures, less what those not covered keep.
    pub(super) targets: Vec<f64>,
    /// Label of each category; the rest of those not covered comes last, under no label of its own.
    pub(super) labels: Vec<Option<String>>,
    /// Sum of the weights before in each category.
    pub(super) before: Vec<f64>,
    /// Respondents with a weight in each category.
    pub(super) respondents: Vec<usize>,
}

/// Rows collapsed to cells, and margins that fit them.
pub(super) fn prepare(
    design: &Design,
    margins: &[Margin],
    missing: Missing,
    targets: Targets,
) -> Result<(Cells, Vec<Ready>), Error> {
    if margins.is_empty() {
        return Err(Error::NoMargins);
    }
    for margin in margins {
        design.check_rows("margin", margin.codes.len())?;
        check_targets(margin)?;
    }
    let mut cells = cross(design.weights(), margins);
    let people = match targets {
        Targets::Counts => 1.0,
        Targets::Shares => sum(cells.sums.iter().map(|sums| sums.weight)),
    };
    let mut prepared = Vec::new();
    for (margin, categories) in margins.iter().zip(&mut cells.categories) {
        let counted = Counted::new(margin, categories, &cells.sums);
        counted.check(missing)?;
        prepared.push(counted.gather(categories, people));
    }
    match targets {
        Targets::Counts => check_totals(margins)?,
        Targets::Shares => margins.iter().try_for_each(check_shares)?,
    }
    Ok((cells, prepared))
}

fn check_shares(margin: &Margin) -> Result<(), Error> {
    let total = sum(margin.targets.iter().flatten().copied());
    match (total - 1.0).abs() <= SAME_TOTAL {
        true => Ok(()),
        false => Err(Error::SharesNotOne { margin: margin.name.clone(), total }),
    }
}

/// Every margin adds up to what the first adds up to.
fn check_totals(margins: &[Margin]) -> Result<(), Error> {
    let total = |margin: &Margin| sum(margin.targets.iter().flatten().copied());
    let first_total = total(&margins[0]);
    for other in margins {
        let second_total = total(other);
        if (second_total - first_total).abs() > SAME_TOTAL * first_total.abs() {
            let (first, second) = (margins[0].name.clone(), other.name.clone());
            return Err(Error::MarginTotalsDiffer { first, first_total, second, second_total });
        }
    }
    Ok(())
}

fn check_targets(margin: &Margin) -> Result<(), Error> {
    let bad = |target: &Option<f64>| target.is_some_and(|target| !target.is_finite() || target < 0.0);
    if margin.labels.len() < margin.targets.len() {
        let code = margin.labels.len() as u32;
        let (margin, labels) = (margin.name.clone(), margin.labels.len());
        return Err(Error::CodeWithoutLabel { margin, code, labels });
    }
    let unusable = |category: String, target: f64| Error::TargetNotUsable {
        margin: margin.name.clone(),
        category,
        target,
    };
    if let Some(code) = margin.targets.iter().position(bad) {
        return Err(unusable(margin.labels[code].clone(), margin.targets[code].unwrap_or(f64::NAN)));
    }
    match margin.targets.iter().flatten().all(|target| *target == 0.0) {
        true => Err(unusable("all".into(), 0.0)),
        false => Ok(()),
    }
}

/// What stands in each category of a margin; then in categories without a target, and without an answer.
struct Counted<'a> {
    margin: &'a Margin,
    before: Vec<f64>,
    respondents: Vec<usize>,
    rows: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn new(margin: &'a Margin, categories: &[u32], sums: &[super::cells::Sums]) -> Counted<'a> {
        let slots = margin.targets.len() + 2;
        let mut counted =
            Counted { margin, before: vec![0.0; slots], respondents: vec![0; slots], rows: vec![0; slots] };
        for (category, sums) in categories.iter().zip(sums) {
            counted.before[*category as usize] += sums.weight;
            counted.respondents[*category as usize] += sums.respondents;
            counted.rows[*category as usize] += sums.rows;
        }
        counted
    }

    fn check(&self, missing: Missing) -> Result<(), Error> {
        let (margin, stranger) = (self.margin, self.margin.targets.len());
        if self.rows[stranger] > 0 {
            return Err(self.strangers());
        }
        for (code, target) in margin.targets.iter().enumerate() {
            match target {
                Some(target) if *target > 0.0 && self.before[code] == 0.0 => {
                    return Err(without_respondents(&margin.name, &margin.labels[code], *target));
                }
                Some(target) if *target == 0.0 && self.before[code] > 0.0 => return Err(self.no_target(code)),
                None if missing == Missing::Refuse && self.respondents[code] > 0 => {
                    return Err(self.no_target(code));
                }
                _ => {}
            }
        }
        match self.respondents[stranger + 1] {
            respondents if missing == Missing::Refuse && respondents > 0 => {
                Err(Error::MarginUnanswered { margin: margin.name.clone(), respondents })
            }
            _ => Ok(()),
        }
    }

    fn no_target(&self, code: usize) -> Error {
        let (margin, category) = (self.margin.name.clone(), self.margin.labels[code].clone());
        Error::CategoryWithoutTarget { margin, category, respondents: self.respondents[code] }
    }

    /// The smallest code that has no place among the targets.
    fn strangers(&self) -> Error {
        let margin = self.margin;
        let outside = || margin.codes.iter().flatten().filter(|code| **code as usize >= margin.targets.len());
        let code = outside().copied().min().unwrap_or(0);
        let (name, labels) = (margin.name.clone(), margin.labels.len());
        match margin.labels.get(code as usize) {
            None => Error::CodeWithoutLabel { margin: name, code, labels },
            Some(label) => Error::CategoryWithoutTarget {
                margin: name,
                category: label.clone(),
                respondents: outside().filter(|own| **own == code).count(),
            },
        }
    }

    /// Leaves out categories that have neither target nor respondents, and makes one of those not covered.
    /// A target counts `people` times.
    fn gather(&self, categories: &mut [u32], people: f64) -> Ready {
        let (margin, slots) = (self.margin, self.before.len());
        let covered = |code: &usize| margin.targets.get(*code).copied().flatten().is_some_and(|t| t > 0.0);
        let (kept, uncovered): (Vec<usize>, Vec<usize>) = (0..slots).partition(covered);
        let mut places = vec![kept.len() as u32; slots];
        (0..).zip(&kept).for_each(|(place, code)| places[*code] = place);
        categories.iter_mut().for_each(|category| *category = places[*category as usize]);
        let mut ready = Ready {
            name: margin.name.clone(),
            population: kept.iter().map(|code| people * margin.targets[*code].unwrap_or(0.0)).collect(),
            targets: Vec::new(),
            labels: kept.iter().map(|code| Some(margin.labels[*code].clone())).collect(),
            before: kept.iter().map(|code| self.before[*code]).collect(),
            respondents: kept.iter().map(|code| self.respondents[*code]).collect(),
        };
        // Rows of weight 0 may stand there alone; they need a slot but no target.
        if uncovered.iter().any(|code| self.rows[*code] > 0) {
            ready.labels.push(None);
            ready.before.push(sum(uncovered.iter().map(|code| self.before[*code])));
            ready.respondents.push(uncovered.iter().map(|code| self.respondents[*code]).sum());
        }
        ready.targets = ready.targets_for(&ready.before);
        ready
    }
}

pub(super) fn without_respondents(margin: &str, category: &str, target: f64) -> Error {
    Error::CategoryWithoutRespondents { margin: margin.into(), category: category.into(), target }
}

impl Ready {
    /// Margin and category, one name per category.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |label: &Option<String>| match label {
            Some(label) => format!("{} {label}", self.name),
            None => format!("{} not covered", self.name),
        };
        self.labels.iter().map(name).collect()
    }

    /// Targets that leave those not covered the share they have under weights that add up to `before`.
    pub(super) fn targets_for(&self, before: &[f64]) -> Vec<f64> {
        let rest = before.get(self.population.len()).copied();
        let share = rest.map_or(0.0, |rest| rest / sum(before.iter().copied()));
        let covered = self.population.iter().map(|count| count * (1.0 - share));
        covered.chain(rest.map(|_| sum(self.population.iter().copied()) * share)).collect()
    }
}
