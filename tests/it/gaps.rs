//! Newcomers say what they need, organizations what they offer, and a partnership sees where they miss each other.

use std::path::Path;

use serde_json::Value;

use crate::program::{Serving, run, soundings};

fn rehearse(survey: &str, data: &Path, people: &str) {
    let server = Serving::rehearsed(survey, data);
    let mut command = soundings();
    command.args(["rehearse", survey, "--url", &server.url, "--respondents", people, "--seed", "5"]);
    assert!(command.status().unwrap().success());
    server.stop();
}

fn gaps(folder: &Path, more: &[&str]) -> String {
    let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (data, services) = (place("newcomers"), place("services"));
    let words = ["estimate", "surveys/newcomer-needs", "--data", &data, "--gap", "--today", "2027-02-05"];
    let output = run(&[&words[..], &["--services", &services], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn needs_meet_services_and_small_groups_carry_no_number() {
    let folder = tempfile::tempdir().unwrap();
    rehearse("surveys/newcomer-needs", &folder.path().join("newcomers"), "260");
    rehearse("surveys/service-providers", &folder.path().join("services"), "14");
    let text = gaps(folder.path(), &[]);
    assert!(text.contains("who can act") && text.contains("C: did not know where to get it"), "{text}");
    let read: Value =
        serde_json::from_str(&gaps(folder.path(), &["--by", "stay_kind", "--format", "json"])).unwrap();
    let rows = read["rows"].as_array().unwrap();
    // Twelve needs, each of everybody and of the three groups of status.
    assert_eq!(rows.len(), 48);
    let cells = rows.iter().flat_map(|row| row["classes"].as_object().unwrap().values());
    let (withheld, shown): (Vec<_>, Vec<_>) = cells.partition(|cell| cell.get("withheld").is_some());
    assert!(!withheld.is_empty() && !shown.is_empty());
    assert!(withheld.iter().all(|cell| cell.as_object().unwrap().len() == 1), "{withheld:?}");
    let again = gaps(folder.path(), &["--by", "stay_kind", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), read, "the same inputs, the same bytes");

    // A survey nobody answered names no service: no gap is made of that.
    let nothing = folder.path().join("nothing");
    std::fs::write(&nothing, "").unwrap();
    let data = folder.path().join("newcomers").to_string_lossy().into_owned();
    let none = nothing.to_string_lossy().into_owned();
    let output = run(&["estimate", "surveys/newcomer-needs", "--data", &data, "--gap", "--services", &none]);
    assert!(!output.status.success());
}
