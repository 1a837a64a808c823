//! Checking, as a person does it.

use std::{fs, process::Command};

use serde_json::Value;

use crate::{
    running::Running,
    study::{said, soundings},
    translate::{copy, edit},
};

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

#[test]
fn a_survey_is_printed_as_a_tree_and_its_schema_beside_it() {
    let (out, error, code) = said(&soundings(&["check", "surveys/newcomer-needs", "--ast"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let tree: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(tree["survey"], "newcomer-needs");
    let (out, _, code) = said(&soundings(&["check", "--schema", "ast"]));
    let schema: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    for key in schema["required"].as_array().unwrap() {
        assert!(tree.get(key.as_str().unwrap()).is_some(), "{key}");
    }
    let (out, _, _) = said(&soundings(&["check", "--schema", "findings"]));
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["$id"], "urn:soundings:finding");
}

#[test]
fn of_a_survey_with_an_error_there_is_no_tree() {
    let folder = copy("no_tree");
    edit(&folder.join("newcomer-needs.survey"), "many svc_need", "mnay svc_need");
    let (out, error, code) = said(&soundings(&["check", "--ast", &folder.to_string_lossy()]));
    assert_eq!((out.as_str(), code), ("", Some(1)));
    assert!(error.contains("error[S001]"), "{error}");
}

#[test]
fn a_watched_survey_is_checked_again_when_it_changes_until_ctrl_c() {
    let folder = copy("watched");
    let file = folder.join("newcomer-needs.survey");
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundings"));
    command.args(["check", "--watch"]).arg(&folder);
    let watch = Running::start(command);
    let good = watch.wait_for("files checked");
    assert!(good.ends_with("nothing to mend"), "{good}");
    edit(&file, "many svc_need", "mnay svc_need");
    watch.wait_for("error[S001]");
    watch.wait_for("checked again");
    edit(&file, "mnay svc_need", "many svc_need");
    assert_eq!(watch.wait_for("files checked"), good);
    fs::remove_file(folder.join("fr.po")).unwrap();
    watch.wait_for("there is no `fr.po`");
    assert_eq!(watch.stop(), Some(0));
}
