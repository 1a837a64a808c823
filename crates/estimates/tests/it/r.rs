//! Agreement with R's package `survey`, number by number.
//!
//! `tests/r/compare.R` reads `tests/r/responses.csv`, an export of this program, and writes `tests/r/expected.json`;
//! the versions of R and of the package stand in it. Here the same file goes through `read_coded` and `estimates`.
//! Afresh: `soundings demo --once`, copy its `export/responses.csv` here, then run the script.

use std::{collections::BTreeMap, fs, path::Path};

use estimates::{Bootstrap, EstimateRow, Recipe, Study, read_coded, read_recipe};
use notation::Sources;
use serde_json::Value;
use stats::{Basis, Centre, Design, DesignParts, ReplicateKind};
use survey::Survey;

/// Largest difference, relative for numbers above 1.
const TOLERANCE: f64 = 1e-9;

pub(crate) fn here() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/r"))
}

pub(crate) fn newcomers() -> (Survey, Recipe) {
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
    let mut exact = recipe;
    // R knows no rounding; what is published has it.
    exact.policy.counts_to = 1;
    let study = Study::new(survey, exact, people, None).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(here().join("expected.json")).unwrap()).unwrap();
    assert_eq!(expected["respondents"].as_u64().unwrap() as usize, study.people().len());
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

pub(crate) fn near(got: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    let off = (got - expected).abs() / expected.abs().max(1.0);
    assert!(off <= TOLERANCE, "{what}: {got} is not {expected} (off by {off:e})");
}

const REPLICATES: u32 = 50;

/// The study of the file with a bootstrap of this seed.
fn bootstrapped() -> Study {
    let (survey, mut recipe) = newcomers();
    let people = read_coded(&fs::read_to_string(here().join("responses.csv")).unwrap(), &survey).unwrap();
    recipe.bootstrap = Some(Bootstrap { replicates: REPLICATES, seed: 7 });
    recipe.policy.counts_to = 1;
    Study::new(survey, recipe, people, None).unwrap()
}

/// How often each counted row of the export was drawn in each replicate.
fn draws(study: &Study) -> String {
    let n = study.people().len();
    let equal = DesignParts::weighted(vec![1.0; n], Basis::Unweighted);
    let kind = ReplicateKind::Bootstrap { replicates: REPLICATES as usize, seed: 7 };
    let design = Design::new(equal).unwrap().with_replicates(kind, Centre::MeanOfReplicates).unwrap();
    let replicates = design.replicates().unwrap();
    let columns: Vec<Vec<f64>> = (0..REPLICATES as usize).map(|each| replicates.weights(each)).collect();
    let mut text = "row".to_owned();
    (1..=REPLICATES).for_each(|each| text += &format!(",r{each}"));
    // Those who count stand in the order of the export.
    for (place, line) in study.weights_csv().lines().skip(1).enumerate() {
        text += &format!("\n{}", line.split(',').next().unwrap());
        for column in &columns {
            text += &format!(",{}", (column[place] * (n - 1) as f64 / n as f64).round());
        }
    }
    text + "\n"
}

/// With `SOUNDINGS_WRITE_DRAWS` set, the file is written anew.
#[test]
fn the_draws_are_those_in_the_file() {
    let (file, draws) = (here().join("draws.csv"), draws(&bootstrapped()));
    if std::env::var_os("SOUNDINGS_WRITE_DRAWS").is_some() {
        fs::write(&file, &draws).unwrap();
    }
    assert!(
        fs::read_to_string(file).unwrap() == draws,
        "run again with SOUNDINGS_WRITE_DRAWS=1, then bootstrap.R"
    );
}

#[test]
fn a_bootstrap_that_weighs_again_equals_that_of_r() {
    let study = bootstrapped();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(here().join("bootstrap.json")).unwrap()).unwrap();
    let mut compared = 0;
    for row in expected["estimates"].as_array().unwrap() {
        let (of, choice) = (row["question"].as_str().unwrap(), row["choice"].as_str().unwrap());
        let rows = study.estimates(of, None).unwrap();
        let Some(numbers) = rows.iter().find(|row| row.choice == choice).unwrap().numbers else { continue };
        near(numbers.value, &row["value"], &format!("value of {of}.{choice}"));
        let (got, wanted) = (numbers.standard_error, row["standard_error"].as_f64().unwrap());
        assert!((got / wanted - 1.0).abs() < 1e-8, "standard error of {of}.{choice}: {got} is not {wanted}");
        compared += 1;
    }
    assert!(compared >= 20, "only {compared}");
    // It is near that of linearization, and the same seed gives the same bytes.
    let again = bootstrapped().estimates("svc_need", None).unwrap();
    assert_eq!(again, study.estimates("svc_need", None).unwrap());
}
