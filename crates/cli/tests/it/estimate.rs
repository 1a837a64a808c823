//! `soundings estimate`: the same numbers from the store and from the file, and none where there must be none.

use serde_json::Value;

use crate::study::{folder, said, soundings};

fn estimate(from: &str, more: &[&str]) -> String {
    let path = match from {
        "--data" => folder().join("data"),
        _ => folder().join("export/responses.csv"),
    };
    let path = path.to_string_lossy().into_owned();
    let (out, error, code) =
        said(&soundings(&[&["estimate", "surveys/newcomer-needs", from, &path], more].concat()));
    assert_eq!(code, Some(0), "{error}");
    out
}

#[test]
fn the_store_and_the_exported_file_give_the_same_bytes() {
    for of in ["svc_need", "community", "belong_local", "arrival_year"] {
        let asked = ["--of", of, "--format", "json"];
        assert_eq!(estimate("--data", &asked), estimate("--responses", &asked), "{of}");
    }
    let by = ["--of", "svc_need", "--by", "arrive_period", "--format", "csv"];
    assert_eq!(estimate("--data", &by), estimate("--responses", &by));
}

#[test]
fn a_withheld_row_carries_no_number() {
    let rows = estimate("--data", &["--of", "svc_need", "--by", "age_group", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    let keys = ["question", "choice", "by", "group", "quality", "withheld"];
    let numbers = ["respondents", "value", "standard_error", "low", "high"];
    let (withheld, shown): (Vec<_>, Vec<_>) = rows.iter().partition(|row| !row["withheld"].is_null());
    assert!(!withheld.is_empty() && !shown.is_empty());
    for row in &rows {
        assert!(keys.iter().all(|key| row.get(key).is_some()), "{row}");
    }
    assert!(withheld.iter().all(|row| numbers.iter().all(|key| row.get(key).is_none())), "{withheld:?}");
    assert!(shown.iter().all(|row| numbers.iter().all(|key| row[key].is_number())), "{shown:?}");
}

#[test]
fn a_misspelt_question_is_told_with_the_near_one() {
    let data = folder().join("data").to_string_lossy().into_owned();
    let words = ["estimate", "surveys/newcomer-needs", "--data", &data, "--of", "svc_ned"];
    let (_, error, code) = said(&soundings(&words));
    assert_eq!(code, Some(1));
    assert!(error.contains("svc_ned") && error.contains("svc_need"), "{error}");
}

#[test]
fn a_folder_without_answers_is_not_made_by_looking() {
    let nowhere = folder().join("nowhere");
    let words =
        ["estimate", "surveys/newcomer-needs", "--data", &nowhere.to_string_lossy(), "--of", "svc_need"];
    let (_, error, code) = said(&soundings(&words));
    assert_eq!(code, Some(1));
    assert!(error.contains("nowhere"), "{error}");
    assert!(!nowhere.exists());
}

#[test]
fn the_weighting_is_told_and_its_weights_are_given() {
    let place = |name: &str| folder().join(name).to_string_lossy().into_owned();
    let (log, weights) = (place("weights.log"), place("weights.csv"));
    estimate("--data", &["--of", "belong_local", "--log", &log, "--weights-out", &weights]);
    let log = std::fs::read_to_string(log).unwrap();
    assert!(
        log.contains("census_status") && log.contains("not for publication") && log.contains("made up"),
        "{log}"
    );
    let weights = std::fs::read_to_string(weights).unwrap();
    let counted = log.split("counted ").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_eq!(weights.lines().count(), 1 + counted.parse::<usize>().unwrap());
}

#[test]
fn what_few_responses_that_wait_would_change_is_not_told() {
    let data = folder().join("data").to_string_lossy().into_owned();
    let words = ["estimate", "surveys/newcomer-needs", "--data", &data, "--of", "belong_local", "--held"];
    let (_, error, code) = said(&soundings(&words));
    assert!(code == Some(1) && error.contains("would tell what they said"), "{error}");
}

#[test]
fn a_wave_without_answers_is_not_compared() {
    let data = folder().join("data").to_string_lossy().into_owned();
    let words = ["estimate", "surveys/newcomer-needs", "--data", &data, "--of", "belong_local", "--waves"];
    let (_, error, code) = said(&soundings(&[&words[..], &["2025,2027"]].concat()));
    assert!(code == Some(1) && error.contains("2025"), "{error}");
    let (out, error, code) = said(&soundings(&[&words[..], &["2027,2027"]].concat()));
    assert!(code == Some(0) && out.contains("no clear change"), "{out}{error}");
}

#[test]
fn how_complete_the_answers_are_is_told_without_small_numbers() {
    let out = estimate("--data", &["--quality"]);
    assert!(out.contains("where people stopped") && out.contains("one place down all rows"), "{out}");
    let few = out.lines().filter(|line| line.contains('<')).count();
    assert!(few > 0, "small groups are bounded: {out}");
}
