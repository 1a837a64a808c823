//! Agreement with R's package `survey`, number by number.
//!
//! `tests/r/compare.R` reads `tests/r/responses.csv`, an export of this program, and writes `tests/r/expected.json`;
//! the versions of R and of the package stand in it. Here the same file goes through `read_coded` and `estimates`.
//! Where the two need a newcomer's answers afresh: `cargo test -p estimates -- --ignored`, then the script.

use std::{collections::BTreeMap, fs, path::Path};

use estimates::{EstimateRow, Recipe, Respondent, Study, read_coded, read_recipe, write_coded};
use notation::Sources;
use responses::State;
use serde_json::Value;
use survey::{Answer, Answers, Kind, Language, Missing, Question, Survey};

use crate::toy::Seed;

/// Largest difference, relative for numbers above 1.
const TOLERANCE: f64 = 1e-9;

fn here() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/r"))
}

fn newcomers() -> (Survey, Recipe) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../surveys/newcomer-needs");
    let mut sources = Sources::new();
    for name in [
        "newcomer-needs.survey",
        "newcomer-needs.recipe",
        "fr.po",
        "ar.po",
        "margins/halifax-2021/status.csv",
        "margins/halifax-2021/period.csv",
    ] {
        sources.insert(name.to_owned(), fs::read_to_string(folder.join(name)).unwrap());
    }
    let (survey, findings) = survey::read(&sources);
    let survey = survey.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources, false)));
    let (recipe, findings) = read_recipe(&sources, &survey);
    assert!(findings.is_empty(), "{}", notation::draw(&findings, &sources, false));
    (survey, recipe.unwrap())
}

#[test]
fn every_number_equals_that_of_r() {
    let (survey, recipe) = newcomers();
    let people = read_coded(&fs::read_to_string(here().join("responses.csv")).unwrap(), &survey).unwrap();
    let study = Study::new(survey, recipe, people, None).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(here().join("expected.json")).unwrap()).unwrap();
    assert_eq!(expected["respondents"].as_u64().unwrap() as usize, study.respondents().len());
    let (mut compared, mut withheld) = (0, 0);
    let mut counted: Counted<'_> = BTreeMap::new();
    for row in expected["estimates"].as_array().unwrap() {
        let asked = (row["question"].as_str().unwrap(), row["by"].as_str());
        let rows = counted.entry(asked).or_insert_with(|| study.estimates(asked.0, asked.1).unwrap());
        match compare(rows, row) {
            true => compared += 1,
            false => withheld += 1,
        }
    }
    assert!(compared >= 150, "only {compared} numbers could be compared, {withheld} are withheld");
}

#[test]
fn the_weights_are_those_of_r() {
    let (survey, recipe) = newcomers();
    let people = read_coded(&fs::read_to_string(here().join("responses.csv")).unwrap(), &survey).unwrap();
    let study = Study::new(survey, recipe, people, None).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(here().join("expected.json")).unwrap()).unwrap();
    let weights = study.weights();
    near(weights.iter().copied().fold(f64::INFINITY, f64::min), &expected["weights"]["lowest"], "lowest");
    near(weights.iter().copied().fold(0.0, f64::max), &expected["weights"]["highest"], "highest");
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    near(
        weights.len() as f64 * squares / (sum * sum),
        &expected["weights"]["design_effect"],
        "design effect",
    );
}

/// What was counted already, by question and groups.
type Counted<'v> = BTreeMap<(&'v str, Option<&'v str>), Vec<EstimateRow>>;

/// Whether our row is shown; then it must agree.
fn compare(rows: &[EstimateRow], expected: &Value) -> bool {
    let text = |name: &str| expected[name].as_str();
    let (of, choice) = (text("question").unwrap(), text("choice").unwrap());
    let is = |row: &&EstimateRow| {
        row.choice == choice && row.group.as_ref().map(survey::ChoiceId::as_str) == text("group")
    };
    let row = rows.iter().find(is).unwrap_or_else(|| panic!("no row for {expected}"));
    let Some(numbers) = row.numbers else { return false };
    assert_eq!(numbers.respondents as u64, expected["respondents"].as_u64().unwrap(), "{expected}");
    for (name, got) in [
        ("value", numbers.value),
        ("standard_error", numbers.standard_error),
        ("low", numbers.low),
        ("high", numbers.high),
    ] {
        near(got, &expected[name], &format!("{name} of {of}.{choice} in {:?}", text("group")));
    }
    true
}

fn near(got: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    let off = (got - expected).abs() / expected.abs().max(1.0);
    assert!(off <= TOLERANCE, "{what}: {got} is not {expected} (off by {off:e})");
}

/// Writes `responses.csv` from seeded answers, for the script to read.
#[test]
#[ignore = "writes tests/r/responses.csv; run compare.R after it"]
fn write_responses() {
    let (survey, _) = newcomers();
    let seed = &mut Seed(2027);
    let people: Vec<Respondent> = (0..620).map(|_| newcomer(&survey, seed)).collect();
    fs::write(here().join("responses.csv"), write_coded(&survey, &people, None).responses).unwrap();
}

/// Somebody who answers by chance, but not evenly, and leaves out what people leave out.
fn newcomer(survey: &Survey, seed: &mut Seed) -> Respondent {
    let today = survey::Date::constant(2027, 2, 14);
    let mut answers = Answers::default();
    loop {
        let walk = survey.walk(&answers, today);
        let open = walk.asked.iter().find(|question| {
            !answers.given.contains_key(&question.id) && !matches!(question.kind, Kind::Note)
        });
        let Some(question) = open.filter(|_| walk.end.is_none()) else { break };
        let answer = chance(question, &walk.answers, today, seed);
        answers.given.insert(question.id.clone(), answer);
    }
    let language = Language::of_tag(["en", "fr", "ar"][seed.draw(&[7, 2, 1])]).unwrap();
    let state = if seed.below(30) == 0 { State::Saved } else { State::Finished };
    Respondent { language, state, synthetic: true, answers: survey.settle(&answers, today) }
}

fn chance(question: &Question, answers: &Answers, today: survey::Date, seed: &mut Seed) -> Answer {
    if !question.is_needed() && seed.below(25) == 0 {
        return Answer::Missing(*question.allow.first().unwrap_or(&Missing::NoAnswer));
    }
    let offered = question.offered(answers, today);
    let pick = |seed: &mut Seed| {
        let ends = |choice: &&survey::Choice| choice.end.is_some();
        let weight = |(place, choice): (usize, &&survey::Choice)| {
            if ends(choice) { 1 } else { 30 / (place as u64 + 2) + 8 }
        };
        offered[seed.draw(&offered.iter().enumerate().map(weight).collect::<Vec<_>>())].id.clone()
    };
    match &question.kind {
        Kind::Many { .. } => match offered.iter().find(|choice| choice.only).filter(|_| seed.below(9) == 0) {
            Some(only) => Answer::Many([only.id.clone()].into()),
            None => {
                let some = (0..1 + seed.below(4)).map(|_| pick(seed));
                let only = |code: &survey::ChoiceId| {
                    question.choice(code.as_str()).is_some_and(|choice| choice.only)
                };
                let some: std::collections::BTreeSet<_> = some.filter(|code| !only(code)).collect();
                if some.is_empty() { Answer::Missing(Missing::NoAnswer) } else { Answer::Many(some) }
            }
        },
        Kind::Rank { top, .. } => {
            Answer::Ranked(offered.iter().take(*top).map(|choice| choice.id.clone()).collect())
        }
        Kind::Grid { choices, .. } => {
            let rows = question.offered_rows(answers, today);
            let mark = |seed: &mut Seed| choices[seed.draw(&vec![3; choices.len()])].id.clone();
            Answer::Rows(rows.iter().map(|row| (row.id.clone(), Answer::One(mark(seed)))).collect())
        }
        Kind::Year { .. } => Answer::Year(2026 - (seed.below(6) * seed.below(6)) as i16),
        Kind::Number { low, .. } => Answer::Number(*low + seed.below(5) as f64),
        Kind::Text { .. } => Answer::Missing(Missing::NoAnswer),
        Kind::Fsa => Answer::Area("B3H".into()),
        _ => Answer::One(pick(seed)),
    }
}
