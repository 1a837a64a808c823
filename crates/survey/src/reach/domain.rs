//! The answers to a question that the conditions tell apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::named::Parts;
use crate::{Answer, Choice, ChoiceId, Kind, Missing, Question, RowId};

/// Beyond so many codes, sets are too many to try.
const CODES_MOST: usize = 12;
/// Beyond so many numbers, they are too many to try.
const NUMBERS_MOST: f64 = 400.0;

/// The answers to try; `None` where there are too many. Those that conditions name come first.
pub(super) fn domain(question: &Question, parts: &Parts, today: Date) -> Option<Vec<Answer>> {
    let mut values = match &question.kind {
        Kind::Many { choices, most, .. } => sets(choices, most.unwrap_or(usize::MAX), parts)?,
        Kind::Rank { choices, top, .. } => rankings(choices, *top, parts)?,
        Kind::Grid { choices, .. } => return grids(question, choices, parts),
        Kind::Number { low, high, decimals, .. } => {
            let step = 10_f64.powi(-i32::from(*decimals));
            numbers(*low, *high, step, parts)?.into_iter().map(Answer::Number).collect()
        }
        Kind::Year { first, last } => {
            let (low, high) = (f64::from(*first), f64::from(last.unwrap_or(today.year())));
            numbers(low, high, 1.0, parts)?.into_iter().map(|year| Answer::Year(year as i16)).collect()
        }
        Kind::Date { first, last, to_day } => {
            dates(*first, last.map(|last| last.on(today)), *to_day, parts, today)
        }
        Kind::Fsa => {
            let named = parts.areas.iter().cloned().chain(["X0X".to_owned()]);
            named.map(Answer::Area).collect()
        }
        Kind::Text { .. } => vec![Answer::Words("words".to_owned())],
        Kind::Note => Vec::new(),
        // Of what is computed from answers that are not tried out, anything may come.
        Kind::Calc { choices } => some_codes(choices.iter(), parts).into_iter().map(Answer::One).collect(),
        Kind::Computed { .. } => {
            let about = parts.numbers.iter().flat_map(|number| [*number, number - 1.0, number + 1.0]);
            about.chain([0.0]).map(Answer::Number).collect()
        }
        Kind::Consent { choices } | Kind::One { choices, .. } | Kind::Language { choices } => {
            let codes = some_codes(choices.iter().filter(|choice| choice.end.is_none()), parts);
            codes.into_iter().map(Answer::One).collect()
        }
    };
    values.extend(missing(question, parts).into_iter().map(Answer::Missing));
    Some(values)
}

/// The ways it can be missing that are told apart: those named, and one other.
fn missing(question: &Question, parts: &Parts) -> Vec<Missing> {
    let empty = (!question.is_needed()).then_some(Missing::NoAnswer);
    let elsewhere = [Missing::NotInForm, Missing::Unreadable];
    let elsewhere = elsewhere.into_iter().filter(|missing| parts.missing.contains(missing));
    let possible: Vec<Missing> = question.allow.iter().copied().chain(empty).chain(elsewhere).collect();
    let (mut told, others): (Vec<_>, Vec<_>) =
        possible.into_iter().partition(|missing| parts.missing.contains(missing));
    told.extend(others.first());
    told
}

/// The codes that are named, and one other; all of them where their order counts.
fn some_codes<'c>(choices: impl Iterator<Item = &'c Choice>, parts: &Parts) -> Vec<ChoiceId> {
    let is_named = |choice: &&Choice| parts.every_code || parts.codes.contains(&choice.id);
    let (named, others): (Vec<_>, Vec<_>) = choices.partition(is_named);
    named.into_iter().chain(others.into_iter().take(1)).map(|choice| choice.id.clone()).collect()
}

/// Sets of codes: any of those named, with some of the others beside them, and each that excludes the others alone.
fn sets(choices: &[Choice], most: usize, parts: &Parts) -> Option<Vec<Answer>> {
    let (alone, together): (Vec<&Choice>, Vec<&Choice>) = choices.iter().partition(|choice| choice.only);
    let (named, others): (Vec<&Choice>, Vec<&Choice>) =
        together.into_iter().partition(|choice| parts.codes.contains(&choice.id));
    let beside = if parts.counted { others.len() } else { others.len().min(1) };
    if named.len() > CODES_MOST || (1 << named.len()) * (beside + 1) > super::MOST {
        return None;
    }
    let mut sets = Vec::new();
    for chosen in (0..1_usize << named.len()).rev() {
        for beside in 0..=beside {
            let of_named = named.iter().enumerate().filter(|(place, _)| chosen & (1 << place) != 0);
            let codes = of_named.map(|(_, choice)| *choice).chain(others[..beside].iter().copied());
            let codes: BTreeSet<ChoiceId> = codes.map(|choice| choice.id.clone()).collect();
            if !codes.is_empty() && codes.len() <= most {
                sets.push(Answer::Many(codes));
            }
        }
    }
    let alone = some_codes(alone.into_iter(), parts);
    sets.extend(alone.into_iter().map(|code| Answer::Many([code].into())));
    Some(sets)
}

/// Sets of codes with each of them first.
fn rankings(choices: &[Choice], top: usize, parts: &Parts) -> Option<Vec<Answer>> {
    let sets = sets(choices, top, parts)?;
    let ranked = sets.iter().flat_map(|set| {
        let codes: Vec<ChoiceId> = set.codes().into_iter().cloned().collect();
        (0..codes.len()).map(move |first| {
            let mut ranked = codes.clone();
            ranked.swap(0, first);
            Answer::Ranked(ranked)
        })
    });
    Some(ranked.collect())
}

/// The numbers about each constant, and both ends; every one where they are computed with.
fn numbers(low: f64, high: f64, step: f64, parts: &Parts) -> Option<Vec<f64>> {
    // A range that is empty was said to be; of what was meant, both ends are known.
    let (low, high) = (low.min(high), high.max(low));
    if parts.every_number {
        let count = ((high - low) / step).round();
        let each = |place: u32| low + f64::from(place) * step;
        return (count <= NUMBERS_MOST).then(|| (0..=count as u32).map(each).collect());
    }
    let about = parts.numbers.iter().flat_map(|number| [*number, number - step, number + step]);
    let mut values: Vec<f64> =
        about.chain([low, high]).filter(|value| (low..=high).contains(value)).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    Some(values)
}

/// The days about each constant, or the months where no day is asked, and both ends.
fn dates(first: Option<Date>, last: Option<Date>, to_day: bool, parts: &Parts, today: Date) -> Vec<Answer> {
    let about = parts.days.iter().flat_map(|(low, high)| {
        let span = if to_day { 1.day() } else { 1.month() };
        [low.checked_sub(span), Ok(*low), Ok(*high), high.checked_add(span)]
            .into_iter()
            .filter_map(Result::ok)
    });
    let ends =
        [first, last].into_iter().flatten().chain((first.is_none() && last.is_none()).then_some(today));
    let asked = |day: Date| if to_day { day } else { day.first_of_month() };
    let low = first.map(asked);
    let fits = |day: &Date| low.is_none_or(|low| *day >= low) && last.is_none_or(|last| *day <= last);
    let days: BTreeSet<Date> = about.chain(ends).map(asked).filter(fits).collect();
    days.into_iter().map(Answer::Date).collect()
}

/// Grids: every code in each row that is named, and one code in all the others.
fn grids(question: &Question, choices: &[Choice], parts: &Parts) -> Option<Vec<Answer>> {
    let (named, others): (Vec<&RowId>, Vec<&RowId>) =
        question.rows().iter().map(|row| &row.id).partition(|row| parts.rows.contains(*row));
    let codes = choices.iter().map(|choice| Answer::One(choice.id.clone()));
    let missing: Vec<Missing> = missing(question, parts);
    let cells: Vec<Answer> = codes.chain(missing.first().map(|first| Answer::Missing(*first))).collect();
    // Of the rows that only `any row` and `every row` look at, one may differ from all the others.
    let free: Vec<Vec<&RowId>> = match others.split_first() {
        Some((one, rest)) if parts.all_rows && rest.is_empty() => vec![vec![one]],
        Some((one, rest)) if parts.all_rows => vec![vec![one], rest.to_vec()],
        _ => Vec::new(),
    };
    let groups: Vec<Vec<&RowId>> = named.into_iter().map(|row| vec![row]).chain(free).collect();
    let size = groups.iter().try_fold(1_usize, |size, _| {
        size.checked_mul(cells.len().max(1)).filter(|size| *size <= super::MOST)
    })?;
    let grid = |number: usize| {
        let mut rest = number;
        let mut rows: BTreeMap<RowId, Answer> = BTreeMap::new();
        for group in &groups {
            let cell = &cells[rest % cells.len()];
            rest /= cells.len();
            rows.extend(group.iter().map(|row| ((*row).clone(), cell.clone())));
        }
        Answer::Rows(rows)
    };
    let mut values: Vec<Answer> = if cells.is_empty() { Vec::new() } else { (0..size).map(grid).collect() };
    values.extend(missing.into_iter().map(Answer::Missing));
    Some(values)
}
