//! Help that teaches: every verb says what it does, and every flag what it takes.

use crate::study::{folder, said, soundings};

const VERBS: &[&str] = &[
    "new",
    "check",
    "diff",
    "fmt",
    "translate",
    "preview",
    "serve",
    "rehearse",
    "export",
    "estimate",
    "report",
    "channel",
    "poster",
    "invite",
    "draw",
    "keys",
    "backup",
    "restore",
    "review",
    "doctor",
    "anonymize",
    "demo",
];

#[test]
fn every_verb_explains_itself() {
    let (help, _, _) = said(&soundings(&["--help"]));
    for verb in VERBS {
        assert!(help.contains(verb), "`{verb}` is missing in the help");
        let (own, _, code) = said(&soundings(&[verb, "--help"]));
        assert_eq!(code, Some(0));
        assert!(own.lines().next().is_some_and(|line| line.len() > 20), "{own}");
        let flags =
            own.lines().filter(|line| line.trim_start().starts_with("--") || line.starts_with("Commands"));
        assert!(flags.count() >= 1, "`{verb}` explains no flag: {own}");
    }
}

#[test]
fn a_report_in_a_language_it_lacks_is_refused_with_those_it_has() {
    let data = folder().join("data").to_string_lossy().into_owned();
    let out = folder().join("elsewhere").to_string_lossy().into_owned();
    let words = ["report", "reports/newcomer-needs", "--data", &data, "--out", &out, "--lang", "uk"];
    let (_, error, code) = said(&soundings(&words));
    assert_eq!(code, Some(1));
    assert!(error.contains("`uk`") && error.contains("en, fr"), "{error}");
}

#[test]
fn a_demonstration_empties_no_folder_but_its_own() {
    let path = folder().join("surveys").to_string_lossy().into_owned();
    let (_, error, code) = said(&soundings(&["demo", "--once", "--dir", &path]));
    assert_eq!(code, Some(1));
    assert!(error.contains("--dir"), "{error}");
    assert!(folder().join("surveys/newcomer-needs").exists());
}
