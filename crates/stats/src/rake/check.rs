//! Whether margins and respondents fit each other, before any raking.

use super::{Margin, Missing};
use crate::sum::sum;
use crate::{Design, Error};

/// Relative difference of two margin totals that is rounding of the input, not disagreement.
const SAME_TOTAL: f64 = 1e-9;

/// Margins as the fit needs them.
pub(super) struct Prepared {
    pub(super) margins: Vec<Ready>,
}

/// A margin in which every row has a category and every category has a target and weight.
pub(super) struct Ready {
    pub(super) name: String,
    /// Category of each row.
    pub(super) codes: Vec<u32>,
    /// Target of each category.
    pub(super) targets: Vec<f64>,
    /// Label of each category; the rest of those not covered comes last, under no label of its own.
    pub(super) labels: Vec<Option<String>>,
    /// Sum of the weights before in each category.
    pub(super) before: Vec<f64>,
    /// Respondents with a weight in each category.
    pub(super) respondents: Vec<usize>,
}

pub(super) fn prepare(design: &Design, margins: &[Margin], missing: Missing) -> Result<Prepared, Error> {
    if margins.is_empty() {
        return Err(Error::NoMargins);
    }
    let margins =
        margins.iter().map(|margin| ready(design, margin, missing)).collect::<Result<Vec<_>, _>>()?;
    Ok(Prepared { margins })
}

/// Every margin adds up to what the first adds up to.
pub(super) fn check_totals(margins: &[Margin], ready: &[Ready]) -> Result<(), Error> {
    let total = |margin: &Margin| sum(margin.targets.iter().flatten().copied());
    let first_total = total(&margins[0]);
    for (other, name) in margins.iter().zip(ready.iter().map(|margin| &margin.name)) {
        let second_total = total(other);
        if (second_total - first_total).abs() > SAME_TOTAL * first_total.abs() {
            let (first, second) = (ready[0].name.clone(), name.clone());
            return Err(Error::MarginTotalsDiffer { first, first_total, second, second_total });
        }
    }
    Ok(())
}

fn ready(design: &Design, margin: &Margin, missing: Missing) -> Result<Ready, Error> {
    design.check_rows("margin", margin.codes.len())?;
    check_targets(margin)?;
    let (before, respondents) = count(design, margin)?;
    let uncovered = margin.targets.len();
    for (code, target) in margin.targets.iter().enumerate() {
        match target {
            Some(target) if *target > 0.0 && before[code] == 0.0 => {
                let (margin, category) = (margin.name.clone(), label(margin, code));
                return Err(Error::CategoryWithoutRespondents { margin, category, target: *target });
            }
            Some(target) if *target == 0.0 && before[code] > 0.0 => {
                return Err(without_target(margin, code, &respondents));
            }
            None if missing == Missing::Refuse && respondents[code] > 0 => {
                return Err(without_target(margin, code, &respondents));
            }
            _ => {}
        }
    }
    if missing == Missing::Refuse && respondents[uncovered] > 0 {
        let (margin, respondents) = (margin.name.clone(), respondents[uncovered]);
        return Err(Error::MarginUnanswered { margin, respondents });
    }
    Ok(gather(margin, &before, &respondents))
}

fn check_targets(margin: &Margin) -> Result<(), Error> {
    let bad = |target: &Option<f64>| target.is_some_and(|target| !target.is_finite() || target < 0.0);
    if margin.labels.len() < margin.targets.len() {
        let code = margin.labels.len() as u32;
        let (margin, labels) = (margin.name.clone(), margin.labels.len());
        return Err(Error::CodeWithoutLabel { margin, code, labels });
    }
    if let Some(code) = margin.targets.iter().position(bad) {
        let target = margin.targets[code].unwrap_or(f64::NAN);
        return Err(Error::TargetNotUsable {
            margin: margin.name.clone(),
            category: label(margin, code),
            target,
        });
    }
    if margin.targets.iter().flatten().all(|target| *target == 0.0) {
        return Err(Error::TargetNotUsable {
            margin: margin.name.clone(),
            category: "all".into(),
            target: 0.0,
        });
    }
    Ok(())
}

/// Weights and weighted respondents per category; the last entry is for missing answers.
fn count(design: &Design, margin: &Margin) -> Result<(Vec<f64>, Vec<usize>), Error> {
    let categories = margin.targets.len();
    let (mut before, mut respondents) = (vec![0.0; categories + 1], vec![0; categories + 1]);
    let mut strangers = std::collections::BTreeMap::new();
    for (weight, code) in design.weights().iter().zip(&margin.codes) {
        match code.map(|code| code as usize) {
            Some(code) if code >= categories => *strangers.entry(code).or_insert(0) += 1,
            code => {
                let slot = code.unwrap_or(categories);
                before[slot] += weight;
                respondents[slot] += usize::from(*weight > 0.0);
            }
        }
    }
    match strangers.into_iter().next() {
        None => Ok((before, respondents)),
        Some((code, _)) if code >= margin.labels.len() => {
            let (name, labels) = (margin.name.clone(), margin.labels.len());
            Err(Error::CodeWithoutLabel { margin: name, code: code as u32, labels })
        }
        Some((code, respondents)) => {
            let (margin, category) = (margin.name.clone(), label(margin, code));
            Err(Error::CategoryWithoutTarget { margin, category, respondents })
        }
    }
}

fn without_target(margin: &Margin, code: usize, respondents: &[usize]) -> Error {
    Error::CategoryWithoutTarget {
        margin: margin.name.clone(),
        category: label(margin, code),
        respondents: respondents[code],
    }
}

fn label(margin: &Margin, code: usize) -> String {
    margin.labels[code].clone()
}

/// Leaves out categories that have neither target nor respondents, and makes one of those not covered.
fn gather(margin: &Margin, before: &[f64], respondents: &[usize]) -> Ready {
    let rest = margin.targets.len();
    let covered = |code: &usize| margin.targets[*code].is_some_and(|target| target > 0.0);
    let kept: Vec<usize> = (0..rest).filter(covered).collect();
    let mut slots = vec![kept.len() as u32; rest + 1];
    kept.iter().enumerate().for_each(|(slot, code)| slots[*code] = slot as u32);
    let total = sum(margin.targets.iter().flatten().copied());
    let everyone = sum(before.iter().copied());
    let uncovered: Vec<usize> = (0..=rest).filter(|code| !kept.contains(code)).collect();
    let share = sum(uncovered.iter().map(|code| before[*code])) / everyone;
    let mut ready = Ready {
        name: margin.name.clone(),
        codes: margin.codes.iter().map(|code| slots[code.map_or(rest, |code| code as usize)]).collect(),
        targets: kept.iter().map(|code| margin.targets[*code].unwrap_or(0.0) * (1.0 - share)).collect(),
        labels: kept.iter().map(|code| Some(label(margin, *code))).collect(),
        before: kept.iter().map(|code| before[*code]).collect(),
        respondents: kept.iter().map(|code| respondents[*code]).collect(),
    };
    // Rows of weight 0 may stand there alone; they need a slot but no target.
    if ready.codes.iter().any(|slot| *slot as usize == kept.len()) {
        ready.targets.push(total * share);
        ready.labels.push(None);
        ready.before.push(share * everyone);
        ready.respondents.push(uncovered.iter().map(|code| respondents[*code]).sum());
    }
    ready
}
