//! Survey files laid out, as a person does it.

use std::fs;

use crate::{
    study::{said, soundings},
    translate::{copy, edit},
};

#[test]
fn our_own_surveys_are_laid_out() {
    let (out, error, code) = said(&soundings(&["fmt", "--check", "surveys"]));
    assert_eq!((out.as_str(), error.as_str(), code), ("", "", Some(0)));
}

#[test]
fn what_is_out_of_line_is_said_then_mended() {
    let file = copy("untidy").join("newcomer-needs.survey");
    let path = file.to_string_lossy().into_owned();
    let tidy = fs::read_to_string(&file).unwrap();
    edit(&file, "  - no   No, thank you  [end declined]", "  - no No, thank you [end declined]");
    let untidy = fs::read_to_string(&file).unwrap();
    let (out, _, code) = said(&soundings(&["fmt", "--check", &path]));
    assert!(out.contains("is not laid out") && code == Some(1), "{out}");
    assert_eq!(fs::read_to_string(&file).unwrap(), untidy);
    assert_eq!(said(&soundings(&["fmt", &path])).2, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), tidy);
    edit(&file, "many svc_need", "mnay svc_need");
    let (_, error, code) = said(&soundings(&["fmt", &path]));
    assert!(error.contains("error[S001]") && error.contains("left alone") && code == Some(1), "{error}");
    assert_eq!(said(&soundings(&["fmt", "nowhere"])).2, Some(2));
}
