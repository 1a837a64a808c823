//! The fifteen faults of which every other checker of forms passes some: each is found, as one finding, alone and all
//! in one file.

use std::collections::BTreeSet;

use survey::{Finding, Severity, Sources, read};

use crate::cases;

/// A fault by the name of its file, and the code it is found under.
const FAULTS: &[(&str, &str)] = &[
    ("F01_unknown_type", "S001"),
    ("F02_unknown_line", "S002"),
    ("F03_name_taken", "S005"),
    ("F04_code_taken", "S006"),
    ("F05_unknown_list", "S007"),
    ("F06_unknown_question", "S030"),
    ("F07_unknown_choice", "S031"),
    ("F08_bracket_open", "S032"),
    ("F09_comma_missing", "S033"),
    ("F10_unknown_function", "S034"),
    ("F11_types_differ", "S035"),
    ("F12_quotes", "S036"),
    ("F13_looks_forward", "S037"),
    ("F14_circle", "S037"),
    ("F15_blank_french", "S080"),
];

/// What a single fault is mended by, where a name is close.
const NEAR: &[(&str, &str)] = &[
    ("F01_unknown_type", "many"),
    ("F02_unknown_line", "when"),
    ("F05_unknown_list", "ease5"),
    ("F06_unknown_question", "needs"),
    ("F07_unknown_choice", "work"),
];

fn found(name: &str) -> (Sources, Vec<Finding>) {
    let sources = cases::sources(&format!("faults/{name}"));
    let (survey, findings) = read(&sources);
    assert!(survey.is_none(), "{name}");
    (sources, findings)
}

#[test]
fn each_fault_is_one_finding_with_its_place_and_its_remedy() {
    for (name, code) in FAULTS {
        let (sources, findings) = found(name);
        let drawn = survey::draw(&findings, &sources, false);
        assert_eq!(findings.len(), 1, "{name}:\n{drawn}");
        let finding = &findings[0];
        assert_eq!((finding.code, finding.severity), (*code, Severity::Error), "{name}:\n{drawn}");
        assert!(finding.at.start < finding.at.end && finding.remedy.is_some(), "{name}:\n{drawn}");
    }
}

#[test]
fn a_near_name_is_suggested() {
    for (name, near) in NEAR {
        let (_, findings) = found(name);
        assert_eq!(findings[0].fix.as_deref(), Some(*near), "{name}");
    }
}

#[test]
fn all_fifteen_are_found_in_one_run_of_one_file() {
    let (sources, findings) = found("all");
    let drawn = survey::draw(&findings, &sources, false);
    assert_eq!(findings.len(), FAULTS.len(), "{drawn}");
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    for (name, code) in FAULTS {
        let wanted = FAULTS.iter().filter(|fault| fault.1 == *code).count();
        assert_eq!(codes.iter().filter(|each| *each == code).count(), wanted, "{name}:\n{drawn}");
    }
    let lines: BTreeSet<(&str, usize)> = findings
        .iter()
        .map(|finding| (&*finding.at.file, notation::locate(&finding.at, &sources).line))
        .collect();
    assert_eq!(lines.len(), FAULTS.len(), "each stands on a line of its own:\n{drawn}");
}
