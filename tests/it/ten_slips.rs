//! A researcher makes ten slips in one evening and hears of all of them in one run.

use std::{fs, path::Path};

use serde_json::Value;

use crate::program::{root, run};

/// File, what stood there, what stands there now, and the code of the finding.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("newcomer-needs.survey", "  when not svc_need has none\n", "  when not svc_ned has none\n", "S030"),
    ("newcomer-needs.survey", "has used_none\n  | settlement", "has used_non\n  | settlement", "S031"),
    ("newcomer-needs.survey", "  - both     English and French", "  - french   English and French", "S006"),
    ("newcomer-needs.survey", "one lf_status", "onee lf_status", "S001"),
    (
        "newcomer-needs.survey",
        "[when arrival_year in (2016..2021)]\n  - after",
        "[when arrival_year in (2016..2021]\n  - after",
        "S032",
    ),
    (
        "newcomer-needs.survey",
        "[when arrival_year < 2016]\n  - y2016",
        "[when arrival_year < economic]\n  - y2016",
        "S035",
    ),
    (
        "newcomer-needs.survey",
        "  hint If you are not sure, choose",
        "\thint If you are not sure, choose",
        "N001",
    ),
    ("newcomer-needs.survey", "  ? How often do you feel lonely?", "  How often do you feel lonely?", "S003"),
    ("fr.po", "msgid \"Year of arrival\"", "msgid \"Year of landing\"", "S081"),
    ("ar.po", "msgid \"Under 16\"\nmsgstr \"", "msgid \"Under 16\"\nmsgstr \"\"\n# \"", "S080"),
];

#[test]
fn ten_slips_are_found_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let study = folder.path().join("newcomer-needs");
    copy(&root().join("surveys/newcomer-needs"), &study);
    for (file, before, after, _) in SLIPS {
        slip(&study.join(file), before, after);
    }
    let path = study.to_string_lossy();
    let findings = as_data(&path);
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    let mut wanted: Vec<&str> = SLIPS.iter().map(|slip| slip.3).collect();
    codes.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(codes, wanted, "{findings:#?}");
    for finding in &findings {
        assert!(
            finding["line"].as_u64().unwrap() >= 1 && finding["column"].as_u64().unwrap() >= 1,
            "{finding}"
        );
        assert!(!finding["remedy"].as_str().unwrap_or_default().is_empty(), "no remedy: {finding}");
    }
    let drawn = run(&["check", &path]);
    let said = String::from_utf8_lossy(&drawn.stdout);
    assert_eq!(drawn.status.code(), Some(1));
    // What Arabic lacks is shown in English: it is not official, and holds nothing back.
    assert!(said.contains("9 errors, 1 warning"), "{said}");
    assert_eq!(said.matches("error[").count(), 9, "{said}");
    assert_eq!(said.matches("warning[S080]").count(), 1, "{said}");
}

#[test]
fn what_cannot_be_read_is_told_apart_from_what_must_be_mended() {
    assert_eq!(run(&["check", "surveys/newcomer-needs"]).status.code(), Some(0));
    assert_eq!(run(&["check", "surveys/nowhere"]).status.code(), Some(2));
}

fn as_data(path: &str) -> Vec<Value> {
    let checked = run(&["check", path, "--json"]);
    assert_eq!(checked.status.code(), Some(1));
    let lines = String::from_utf8(checked.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn slip(path: &Path, before: &str, after: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(text.matches(before).count(), 1, "`{before}` stands not once in {}", path.display());
    fs::write(path, text.replace(before, after)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
