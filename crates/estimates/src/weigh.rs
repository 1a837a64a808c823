//! From a recipe to weights with a mean of 1.

mod base;

use std::collections::BTreeMap;

use stats::{
    CalibrateOptions, Centre, Design, Distance, Limit, Missing, RakeOptions, ReplicateKind, TrimOptions,
};
use survey::{QuestionId, Survey};

use crate::{
    Error, LeftOut, MarginUsed, Number, Recipe, Uncovered, code, coded, recipe::margin_of,
    respondent::Counted,
};

/// A design with its weights, and how they were made.
pub(crate) struct Weighed {
    /// Weights with a mean of 1.
    pub(crate) design: Design,
    /// The margins they were fitted to.
    pub(crate) margins: Vec<MarginUsed>,
    /// Rounds of raking.
    pub(crate) rounds: usize,
    /// The largest relative gap that trimming left.
    pub(crate) off: Option<f64>,
}

/// Weighs everybody by the recipe.
///
/// Every margin is scaled to the number of respondents, so the weights have a mean of 1 and margins whose source
/// rounded them apart still agree. Who is in no category that the margin covers keeps an own share.
///
/// # Errors
/// [`Error::NobodyToCount`], [`Error::NoColumns`], [`Error::CategoryTooSmall`], and [`Error::Weighing`] with the cause.
pub(crate) fn weigh(survey: &Survey, recipe: &Recipe, counted: &Counted) -> Result<Weighed, Error> {
    let people = &counted.people;
    if people.is_empty() {
        return Err(Error::NobodyToCount { left_out: counted.left_out() });
    }
    let parts = base::parts(survey, recipe, counted)?;
    let design = Design::new(parts).map_err(Error::Weighing)?;
    let design = replicated(recipe, design)?;
    if recipe.rake.is_empty() {
        let (design, off) = trimmed(recipe, design, &[])?;
        return Ok(Weighed { design, margins: Vec::new(), rounds: 0, off });
    }
    let margins = recipe
        .rake
        .iter()
        .map(|question| margin(survey, recipe, question, counted))
        .collect::<Result<Vec<_>, _>>()?;
    let (design, rounds) = fitted(recipe, &design, &margins)?;
    let (design, off) = trimmed(recipe, design, &margins)?;
    let used = recipe.rake.iter().zip(&margins);
    Ok(Weighed {
        design,
        margins: used.filter_map(|(question, margin)| describe(survey, recipe, question, margin)).collect(),
        rounds,
        off,
    })
}

/// Weights that meet the margins, and the rounds it took: by raking, or within bounds by the distance that is smooth
/// there, since with the clipped one weights crowd at the ends.
fn fitted(recipe: &Recipe, design: &Design, margins: &[stats::Margin]) -> Result<(Design, usize), Error> {
    let Some(bounds) = recipe.bounds else {
        let raked =
            stats::rake(design, margins, &RakeOptions::with(missing(recipe))).map_err(Error::Raking)?;
        return Ok((raked.design, raked.report.rounds));
    };
    let options = CalibrateOptions { distance: Distance::Logit { bounds }, prescale: None };
    let found = stats::calibrate_to_margins(design, margins, missing(recipe), &options);
    let found = found.map_err(Error::Raking)?;
    Ok((found.design, found.rounds))
}

/// With replicates where the recipe wants a bootstrap: whatever weighs the sample then weighs each of them again.
fn replicated(recipe: &Recipe, design: Design) -> Result<Design, Error> {
    let Some(bootstrap) = recipe.bootstrap else { return Ok(design) };
    let (replicates, seed) = (bootstrap.replicates as usize, bootstrap.seed);
    let kind = ReplicateKind::Bootstrap { replicates, seed };
    design.with_replicates(kind, Centre::MeanOfReplicates).map_err(Error::Weighing)
}

fn missing(recipe: &Recipe) -> Missing {
    match recipe.uncovered {
        Uncovered::OwnShare => Missing::OwnShare,
        Uncovered::Refuse => Missing::Refuse,
    }
}

/// The margin of a question, collapsed and scaled to the number of respondents.
fn margin(
    survey: &Survey,
    recipe: &Recipe,
    id: &QuestionId,
    counted: &Counted,
) -> Result<stats::Margin, Error> {
    let people = &counted.people;
    let unknown = || Error::UnknownQuestion { question: id.to_string(), near: None };
    let question = survey.question(id.as_str()).ok_or_else(unknown)?;
    coded::check_held(survey, question, people)?;
    let counts = &margin_of(survey, id).ok_or_else(unknown)?.counts;
    let count = |code: &str| counts.iter().find(|row| row.0 == code).and_then(|row| row.1);
    let total = counts.iter().filter_map(|row| row.1).sum::<u64>() as f64;
    let scaled = |count: u64| count as f64 * (people.len() as f64 / total);
    let whole = stats::Margin {
        name: id.to_string(),
        codes: code::categories(question, people),
        targets: question.choices().iter().map(|choice| count(choice.id.as_str()).map(scaled)).collect(),
        labels: question.choices().iter().map(|choice| choice.id.to_string()).collect(),
    };
    let place = |code: &survey::ChoiceId| question.choices().iter().position(|choice| choice.id == *code);
    let merges = recipe.collapses.iter().filter(|merge| merge.question == *id);
    let merges = merges.filter_map(|merge| Some((place(&merge.from)? as u32, place(&merge.into)? as u32)));
    let merged = stats::collapse(&whole, &merges.collect::<BTreeMap<_, _>>()).map_err(Error::Weighing)?;
    check_sizes(id, recipe.smallest, &merged, counted.left_out())?;
    Ok(merged)
}

/// A weight that rests on a few people makes those few speak for thousands.
fn check_sizes(
    id: &QuestionId,
    smallest: u32,
    margin: &stats::Margin,
    left_out: LeftOut,
) -> Result<(), Error> {
    for (number, target) in margin.targets.iter().enumerate() {
        let respondents = margin.codes.iter().filter(|code| **code == Some(number as u32)).count();
        if target.is_some_and(|target| target > 0.0) && respondents < smallest as usize {
            let category = margin.labels[number].clone();
            let question = id.clone();
            return Err(Error::CategoryTooSmall { question, category, respondents, smallest, left_out });
        }
    }
    Ok(())
}

/// Cuts the weights to the recipe's range; says by how much the margins are then off.
fn trimmed(
    recipe: &Recipe,
    design: Design,
    margins: &[stats::Margin],
) -> Result<(Design, Option<f64>), Error> {
    let Some((low, high)) = recipe.trim else { return Ok((design, None)) };
    let options =
        TrimOptions { lower: Some(Limit::Weight(low)), upper: Some(Limit::Weight(high)), strict: true };
    let cut = stats::trim(&design, &options).map_err(|source| Error::Trimming { low, high, source })?;
    let off = margins.iter().map(|margin| gap(margin, design.weights(), cut.weights())).fold(0.0, f64::max);
    Ok((cut, Some(off)))
}

/// The largest |after/before - 1| of the sums of the weights in a margin's categories.
fn gap(margin: &stats::Margin, before: &[f64], after: &[f64]) -> f64 {
    let sum = |weights: &[f64], code: Option<u32>| -> f64 {
        margin.codes.iter().zip(weights).filter(|(each, _)| **each == code).map(|(_, weight)| weight).sum()
    };
    let codes = (0..margin.targets.len()).map(|code| Some(code as u32));
    let pairs = codes.map(|code| (sum(before, code), sum(after, code)));
    pairs
        .filter(|(before, _)| *before > 0.0)
        .map(|(before, after)| (after / before - 1.0).abs())
        .fold(0.0, f64::max)
}

fn describe(survey: &Survey, recipe: &Recipe, id: &QuestionId, margin: &stats::Margin) -> Option<MarginUsed> {
    let table = margin_of(survey, id)?;
    let known = || margin.codes.iter().flatten();
    let outside = known().filter(|code| margin.targets.get(**code as usize).is_some_and(Option::is_none));
    let (outside, answered, everybody) = (outside.count(), known().count(), margin.codes.len());
    let missing = everybody - answered;
    let share = |people: usize, of: usize| Number::round(people as f64 / of.max(1) as f64, 2);
    let few = |people: usize| people > 0 && people < recipe.policy.cell as usize;
    Some(MarginUsed {
        question: id.clone(),
        path: table.path.clone(),
        source: table.source.clone(),
        rows: table.counts.clone(),
        uncovered: Some(share(outside, answered)),
        missing: (!few(missing) && !few(answered)).then(|| share(missing, everybody)),
    })
}
