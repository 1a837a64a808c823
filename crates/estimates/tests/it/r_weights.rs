//! Agreement with R's package `survey` where weights are made in other ways: within bounds, trimmed, by quota, by how many
//! somebody knows, by place. `tests/r/weights.R` writes `tests/r/weights.json`.

use std::{collections::BTreeMap, fs};

use estimates::{Base, Recipe, Study, read_coded};
use serde_json::Value;
use survey::{Margin, Survey};

use crate::r::{here, near, newcomers};

/// The study of the file, with a recipe that was changed.
fn study(change: impl Fn(&mut Survey, &mut Recipe)) -> Study {
    let (mut survey, mut recipe) = newcomers();
    recipe.policy.counts_to = 1;
    recipe.smallest = 1;
    change(&mut survey, &mut recipe);
    let people = read_coded(&with_numbers(), &survey).unwrap();
    Study::new(survey, recipe, people, None).unwrap()
}

/// The file with a column of numbers made up from its rows, as the script makes them.
fn with_numbers() -> String {
    let text = fs::read_to_string(here().join("responses.csv")).unwrap();
    let mut lines = text.lines();
    let mut with = format!("{},life_sat\n", lines.next().unwrap());
    for line in lines {
        let row: u32 = line.split(',').next().unwrap().parse().unwrap();
        let number = if row.is_multiple_of(13) { String::new() } else { (row * 7 % 11).to_string() };
        with.push_str(&format!("{line},{number}\n"));
    }
    with
}

/// Weights and estimates of a study, and those of R; how many estimates could be compared.
fn compare(study: &Study, name: &str, fewest: usize) {
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(here().join("weights.json")).unwrap()).unwrap();
    let expected = &expected[name];
    let weights = study.weights();
    near(weights.iter().copied().fold(f64::INFINITY, f64::min), &expected["lowest"], "lowest weight");
    near(weights.iter().copied().fold(0.0, f64::max), &expected["highest"], "highest weight");
    near(weights.iter().map(|weight| weight * weight).sum(), &expected["squares"], "squares of the weights");
    let mut asked = BTreeMap::new();
    let mut compared = 0;
    for row in expected["estimates"].as_array().unwrap() {
        let (of, choice) = (row["question"].as_str().unwrap(), row["choice"].as_str().unwrap());
        let rows = asked.entry(of).or_insert_with(|| study.estimates(of, None).unwrap());
        let Some(numbers) = rows.iter().find(|row| row.choice == choice).unwrap().numbers else { continue };
        near(numbers.value, &row["value"], &format!("{name}: value of {of}.{choice}"));
        near(
            numbers.standard_error,
            &row["standard_error"],
            &format!("{name}: standard error of {of}.{choice}"),
        );
        compared += 1;
    }
    assert!(compared >= fewest, "{name}: only {compared}");
}

#[test]
fn weights_within_bounds_are_those_of_r() {
    let study = study(|survey, recipe| {
        let table = fs::read_to_string(here().join("age.csv")).unwrap();
        let rows = table.lines().skip(2).map(|line| line.split_once(',').unwrap());
        let counts = rows.map(|(code, count)| (code.to_owned(), Some(count.parse().unwrap()))).collect();
        let path = "made-up/age".to_owned();
        survey.margins.insert(path.clone(), Margin { path: path.clone(), source: Vec::new(), counts });
        let questions = survey.pages.iter_mut().flat_map(|page| &mut page.questions);
        for question in questions.filter(|question| question.id.as_str() == "age_group") {
            question.margin = Some(path.clone());
        }
        recipe.rake = vec!["census_status".into(), "age_group".into()];
        recipe.bounds = Some((0.4, 1.9));
    });
    compare(&study, "bounded", 8);
}

#[test]
fn trimmed_weights_are_those_of_r() {
    compare(&study(|_, recipe| recipe.trim = Some((0.7, 1.3))), "trimmed", 8);
}

#[test]
fn quotas_are_brought_to_their_margin_as_r_does() {
    let quota = |_: &mut Survey, recipe: &mut Recipe| {
        recipe.rake.clear();
        recipe.base = Base::Quota("census_status".into());
    };
    compare(&study(quota), "quota", 8);
}

#[test]
fn who_knows_many_counts_for_less_as_in_r() {
    let referral = |_: &mut Survey, recipe: &mut Recipe| {
        recipe.rake.clear();
        recipe.base = Base::Referral("life_sat".into());
    };
    compare(&study(referral), "referral", 8);
}

#[test]
fn people_of_one_place_are_alike_as_in_r() {
    let visits = |_: &mut Survey, recipe: &mut Recipe| {
        recipe.rake.clear();
        recipe.base = Base::Visits { often: "life_sat".into(), venue: "age_group".into() };
    };
    compare(&study(visits), "visits", 4);
}
