//! All tables of the newcomer survey on 600 respondents: weighing them, counting every question alone and by two
//! others with its intervals and contrasts, and withholding over all of it.
//!
//! Peers on 800 people and 40 domain tables, as measured by this project: R survey 4.5 0.41-0.46 s after 0.9-1.3 s of
//! loading; svy 0.11-0.14 s after 0.30-0.55 s of import.

#![expect(clippy::unwrap_used, reason = "a bench without its survey has nothing to measure")]

use std::{fs, path::Path};

use divan::Bencher;
use estimates::{Query, Recipe, Respondent, Study, read_coded, read_recipe};
use notation::Sources;
use survey::{Kind, Survey};

fn main() {
    divan::main();
}

fn read() -> (Survey, Recipe, Vec<Respondent>) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("../../surveys/newcomer-needs");
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
    let survey = survey::read(&sources).0.unwrap();
    let recipe = read_recipe(&sources, &survey).0.unwrap();
    let text = fs::read_to_string(here.join("tests/r/responses.csv")).unwrap();
    let people = read_coded(&text, &survey).unwrap();
    let people = people.iter().cycle().take(600).cloned().collect();
    (survey, recipe, people)
}

fn queries(survey: &Survey) -> Vec<Query> {
    let counted = survey
        .questions()
        .map(|(_, question)| question)
        .filter(|question| !question.choices().is_empty() && !matches!(question.kind, Kind::Consent { .. }));
    let all = counted.flat_map(|question| {
        [None, Some("arrive_period"), Some("stay_kind")]
            .map(|by| Query::Shares { question: question.id.clone(), by: by.map(Into::into) })
    });
    all.collect()
}

#[divan::bench]
fn weigh(bencher: Bencher<'_, '_>) {
    let (survey, recipe, people) = read();
    bencher
        .with_inputs(|| (survey.clone(), recipe.clone(), people.clone()))
        .bench_values(|(survey, recipe, people)| Study::new(survey, recipe, people, None).unwrap());
}

#[divan::bench]
fn every_table(bencher: Bencher<'_, '_>) {
    let (survey, recipe, people) = read();
    let queries = queries(&survey);
    let study = Study::new(survey, recipe, people, None).unwrap();
    bencher.bench(|| study.release(&queries).unwrap().tables.len());
}

#[divan::bench]
fn one_table(bencher: Bencher<'_, '_>) {
    let (survey, recipe, people) = read();
    let study = Study::new(survey, recipe, people, None).unwrap();
    bencher.bench(|| study.estimates("svc_need", Some("arrive_period")).unwrap().len());
}
