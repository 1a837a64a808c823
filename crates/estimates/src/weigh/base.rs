//! The weight everybody has before any margin is met, and where people were met.

use std::collections::BTreeMap;

use stats::{Basis, DesignParts};
use survey::{Question, QuestionId, Survey};

use crate::{
    Base, Error, People, Recipe, ResponseClass, code, coded,
    recipe::margin_of,
    respondent::{Counted, UNFINISHED},
};

/// The most people of whom a number may be unknown that weights rest on.
const MOST_UNKNOWN: f64 = 0.2;
/// A class of fewer respondents, or one that stands for more than so many times its number, cannot carry the others.
const FEWEST: usize = 20;
const MOST_TIMES: f64 = 3.0;

/// The sample before fitting, weights with a mean of 1.
///
/// # Errors
/// [`Error::NoColumns`], [`Error::CategoryTooSmall`], [`Error::BaseUnknown`], [`Error::ClassTooSmall`].
pub(super) fn parts(survey: &Survey, recipe: &Recipe, counted: &Counted) -> Result<DesignParts, Error> {
    let people = &counted.people;
    let mut weights = match &recipe.base {
        Base::Equal => vec![1.0; people.len()],
        Base::Quota(question) => quota(survey, recipe, question, counted)?,
        Base::Visits { often: number, .. } | Base::Referral(number) => one_over(survey, number, people)?,
    };
    if let Some(class) = &recipe.nonresponse {
        let factors = factors(survey, class, counted)?;
        weights.iter_mut().zip(factors).for_each(|(weight, factor)| *weight *= factor);
    }
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.iter_mut().for_each(|weight| *weight /= mean);
    let basis = match (&recipe.base, &recipe.frame) {
        (_, Some(_)) => Basis::Probability,
        (Base::Referral(_), None) => Basis::Referral,
        (Base::Equal, None) if recipe.rake.is_empty() => Basis::Unweighted,
        _ => Basis::NonprobabilityRaked,
    };
    let clusters = match &recipe.base {
        Base::Visits { venue, .. } => Some(clusters(survey, venue, people)?),
        _ => None,
    };
    Ok(DesignParts { clusters, ..DesignParts::weighted(weights, basis) })
}

/// N_c/n_c of the question's margin; who is in no category it counts keeps the weight of equals.
fn quota(survey: &Survey, recipe: &Recipe, id: &QuestionId, counted: &Counted) -> Result<Vec<f64>, Error> {
    let people = &counted.people;
    let question = known(survey, id, people)?;
    let counts = &margin_of(survey, id).ok_or_else(|| unknown(id))?.counts;
    let target = |code: u32| {
        let id = question.choices()[code as usize].id.as_str();
        counts.iter().find(|row| row.0 == id).and_then(|row| row.1).map(|count| count as f64)
    };
    let codes = code::categories(question, people);
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    codes.iter().flatten().for_each(|code| *found.entry(*code).or_default() += 1);
    let covered: Vec<u32> =
        (0..question.choices().len() as u32).filter(|code| target(*code).is_some()).collect();
    for code in covered.iter().filter(|code| target(**code) > Some(0.0)) {
        let respondents = found.get(code).copied().unwrap_or_default();
        if respondents < recipe.smallest as usize {
            let category = question.choices()[*code as usize].id.to_string();
            let (question, smallest, left_out) = (id.clone(), recipe.smallest, counted.left_out());
            return Err(Error::CategoryTooSmall { question, category, respondents, smallest, left_out });
        }
    }
    let inside: usize = covered.iter().filter_map(|code| found.get(code)).sum();
    let population: f64 = covered.iter().filter_map(|code| target(*code)).sum();
    let weight = |code: &Option<u32>| match code.and_then(|code| Some((target(code)?, found[&code]))) {
        Some((target, found)) => target / population * inside as f64 / found as f64,
        None => 1.0,
    };
    Ok(codes.iter().map(weight).collect())
}

/// One over a number, which counts 1 where it is less; who did not tell it weighs as much as the others on average.
///
/// # Source
/// Volz and Heckathorn 2008 for referral; MacKellar and others 2007 for venues.
fn one_over(survey: &Survey, id: &QuestionId, people: &People) -> Result<Vec<f64>, Error> {
    let question = known(survey, id, people)?;
    let (values, told) = code::numbers(question, people).ok_or_else(|| unknown(id))?;
    let (silent, all) = (people.len() - told.count(), people.len());
    if silent as f64 > MOST_UNKNOWN * all as f64 {
        return Err(Error::BaseUnknown { question: id.clone(), silent, people: all });
    }
    let inverse = |row: usize| 1.0 / values[row].max(1.0);
    let mean = (0..all).filter(|row| told.contains(*row)).map(inverse).sum::<f64>() / told.count() as f64;
    Ok((0..all).map(|row| if told.contains(row) { inverse(row) } else { mean }).collect())
}

/// The place each person was met at; who did not tell is alone at one.
fn clusters(survey: &Survey, id: &QuestionId, people: &People) -> Result<Vec<u32>, Error> {
    let question = known(survey, id, people)?;
    let venues = question.choices().len() as u32;
    let codes = code::categories(question, people).into_iter().zip(0..);
    Ok(codes.map(|(code, row): (Option<u32>, u32)| code.unwrap_or(venues + row)).collect())
}

/// (who began)/(who finished) of each person's class.
///
/// # Source
/// Saerndal, Swensson and Wretman 1992, section 15.6.
fn factors(survey: &Survey, class: &ResponseClass, counted: &Counted) -> Result<Vec<f64>, Error> {
    let (people, others) = (&counted.people, &counted.others);
    let name = |people: &People, row: usize| -> String {
        match class {
            ResponseClass::Language => people.language(row).to_owned(),
            ResponseClass::Form => people.form(row).to_owned(),
            ResponseClass::Question(id) => {
                people.columns(id).first().map_or("", |codes| codes.word(row)).to_owned()
            }
        }
    };
    if let ResponseClass::Question(id) = class {
        known(survey, id, people)?;
    }
    let gone = others.screened_out(survey);
    let began = |row: &usize| {
        let state = others.state(*row);
        others.is_synthetic(*row) == counted.synthetic
            && !gone[*row]
            && state.is_some_and(|state| UNFINISHED.contains(&state))
    };
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    (0..people.len()).for_each(|row| classes.entry(name(people, row)).or_default().0 += 1);
    for row in (0..others.len()).filter(began) {
        // Who stopped before the class was known tells nothing of it.
        if let Some((_, left)) = classes.get_mut(&name(others, row)).filter(|_| !name(others, row).is_empty())
        {
            *left += 1;
        }
    }
    for (class, (finished, left)) in &classes {
        let times = 1.0 + *left as f64 / *finished as f64;
        if *left > 0 && (*finished < FEWEST || times > MOST_TIMES) {
            return Err(Error::ClassTooSmall { class: class.clone(), finished: *finished, left: *left });
        }
    }
    let factor = |row: usize| {
        let (finished, left) = classes[&name(people, row)];
        1.0 + left as f64 / finished as f64
    };
    Ok((0..people.len()).map(factor).collect())
}

fn known<'s>(survey: &'s Survey, id: &QuestionId, people: &People) -> Result<&'s Question, Error> {
    let question = survey.question(id.as_str()).ok_or_else(|| unknown(id))?;
    coded::check_held(survey, question, people)?;
    Ok(question)
}

fn unknown(id: &QuestionId) -> Error {
    Error::UnknownQuestion { question: id.to_string(), near: None }
}
