//! Checking, as a person does it.

use crate::study::{said, soundings};

#[test]
fn a_check_ends_with_how_long_each_survey_takes() {
    let (out, _, code) = said(&soundings(&["check", "surveys/newcomer-needs", "reports/newcomer-needs"]));
    assert_eq!(code, Some(0));
    let last = out.lines().last().unwrap();
    assert!(last.starts_with("newcomer-needs.survey: full about "), "{out}");
    assert!(last.contains(" minutes (at most "), "{out}");
    let (json, _, _) = said(&soundings(&["check", "surveys/newcomer-needs", "--json"]));
    assert_eq!(json, "", "programs read findings only");
}
