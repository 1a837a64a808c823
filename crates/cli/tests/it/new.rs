//! A study of one's own from one of ours.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::study::{said, soundings};

/// An empty folder of this name.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn new(words: &[&str], dir: &Path) -> (String, String, Option<i32>) {
    let dir = dir.to_string_lossy();
    said(&soundings(&[&["new", "--dir", &dir], words].concat()))
}

#[test]
fn every_study_of_ours_checks_clean_under_another_name() {
    for (from, dir) in [
        ("newcomer-needs", empty("new_needs")),
        ("host-community", empty("new_host")),
        ("service-providers", empty("new_providers")),
    ] {
        let (out, error, code) = new(&["ours-too", "--from", from], &dir);
        assert_eq!((error.as_str(), code), ("", Some(0)));
        assert!(out.contains("Still in our words:") && out.contains("  contact "), "{out}");
        assert!(out.contains("soundings preview") && !out.contains("errors now"), "{out}");
        let surveys = dir.join("surveys").to_string_lossy().into_owned();
        let (out, error, code) = said(&soundings(&["check", &surveys]));
        assert!(out.contains("nothing to mend") && out.contains("ours-too.survey: full"), "{out}{error}");
        assert_eq!(code, Some(0));
    }
    let reports = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new_needs/reports");
    let (out, error, code) = said(&soundings(&["check", &reports.to_string_lossy()]));
    assert!(out.contains("nothing to mend") && code == Some(0), "{out}{error}");
}

#[test]
fn words_of_ones_own_are_put_in_and_the_translations_are_asked_for() {
    let dir = empty("new_words");
    let own = "host=Waterloo Region Immigration Partnership";
    let (out, error, code) = new(&["waterloo", "--set", own, "--set", "field=2028-02-01..2028-03-15"], &dir);
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let survey = fs::read_to_string(dir.join("surveys/waterloo/waterloo.survey")).unwrap();
    assert!(survey.starts_with("survey    waterloo\n"), "{survey}");
    assert!(survey.contains("\nhost      Waterloo Region Immigration Partnership\n"));
    assert!(survey.contains("\nfield     2028-02-01..2028-03-15\n"));
    assert!(!out.contains("  host ") && out.contains("  contact "), "{out}");
    assert!(out.contains("Your words for host are needed in") && out.contains("fr"), "{out}");
    let folder = dir.join("surveys/waterloo").to_string_lossy().into_owned();
    let (out, _, code) = said(&soundings(&["check", &folder]));
    assert!(out.contains("S081") && code == Some(1), "the French for our host must not stand: {out}");
}

#[test]
fn nothing_is_overwritten_and_unknown_words_are_refused() {
    let dir = empty("new_twice");
    assert_eq!(new(&["mine", "--from", "host-community"], &dir).2, Some(0));
    let (_, error, code) = new(&["mine"], &dir);
    assert!(error.contains("is there already") && code == Some(1), "{error}");
    assert!(!dir.join("reports/mine").exists());
    let (_, error, code) = new(&["other", "--set", "reigon=Laval"], &dir);
    assert!(error.contains("no word `reigon`") && code == Some(1), "{error}");
    assert!(!dir.join("surveys/other").exists());
    assert_eq!(new(&["Not A Name"], &dir).2, Some(2));
}
