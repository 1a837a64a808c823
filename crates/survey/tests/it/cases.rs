//! Every file under `tests/cases/` is a survey and the findings it must have, word for word.
//!
//! A file is the survey, then other files after lines as `--- fr.po`, and last `--- findings` with what is drawn.
//! Files after lines as `--- published/2027.1/case.survey` are published together as that version. To
//! add a case, write one without findings and run the tests with `WRITE_FINDINGS=1`; then read what was written.

use std::{collections::BTreeSet, fs, path::PathBuf};

use survey::{Date, Drafts, Finding, Published, Sources, Survey, draw, gate, read};

/// Every code the crate can emit.
const CODES: &[&str] = &[
    "N001", "N002", "N003", "N004", "N005", "S001", "S002", "S003", "S004", "S005", "S006", "S007", "S008",
    "S009", "S010", "S011", "S012", "S030", "S031", "S032", "S033", "S034", "S035", "S036", "S037", "S038",
    "S039", "S040", "S050", "S051", "S052", "S053", "S060", "S061", "S062", "S063", "S064", "S065", "S066",
    "S070", "S079", "S080", "S081", "S082", "S083", "S084", "S085", "S086", "S087", "S088", "S089", "S090",
    "S091", "S092", "S093", "S100", "S101", "S102",
];

/// One file of `tests/cases/`.
struct Case {
    path: PathBuf,
    name: String,
    sources: Sources,
    findings: String,
    written: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases(folder: PathBuf) -> Vec<Case> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases stand beside the tests")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "survey"))
        .collect();
    paths.sort();
    paths.into_iter().map(case).collect()
}

fn case(path: PathBuf) -> Case {
    let text = fs::read_to_string(&path).expect("a case is text");
    let name = path.file_stem().and_then(|stem| stem.to_str()).expect("cases have plain names").to_owned();
    let (written, findings) = text.split_once("--- findings\n").unwrap_or((&text, ""));
    let mut sources = Sources::new();
    let mut file = "case.survey".to_owned();
    for line in written.split_inclusive('\n') {
        match line.strip_prefix("--- ") {
            Some(next) => {
                file = next.trim().to_owned();
                // A recording is a file that is there: nobody reads what is in it.
                sources.entry(file.clone()).or_default();
            }
            None => sources.entry(file.clone()).or_default().push_str(line),
        }
    }
    let sources = published(sources);
    Case { name, sources, findings: findings.to_owned(), written: written.to_owned(), path }
}

/// The sources with the files under `published/2027.1/` published as that version.
fn published(sources: Sources) -> Sources {
    let (mut sources, inside): (Sources, Sources) = sources
        .into_iter()
        .partition(|(name, _)| name.matches('/').count() < 2 || !name.starts_with("published/"));
    let versions: BTreeSet<&str> = inside.keys().filter_map(|name| name.split('/').nth(1)).collect();
    for version in versions {
        let folder = format!("published/{version}/");
        let files = inside
            .iter()
            .filter_map(|(name, text)| Some((name.strip_prefix(&folder)?.to_owned(), text.clone())));
        let files: Sources = files.collect();
        let (survey, findings) = read(&files);
        let survey =
            survey.unwrap_or_else(|| panic!("{version} is not whole:\n{}", draw(&findings, &files, false)));
        let text = Published::of(&survey, &files, Date::constant(2027, 1, 15)).write();
        sources.insert(format!("published/{version}.json"), text);
    }
    sources
}

/// What is found in a case: by the gate beyond what everybody reads, where its code is one of the gate's.
fn found(case: &Case) -> (Option<Survey>, Vec<Finding>) {
    let (survey, findings) = read(&case.sources);
    if !matches!(&case.name[..4], "S091" | "S092") {
        return (survey, findings);
    }
    let beyond = gate(&case.sources, Drafts::HeldBack).1.into_iter().filter(|each| !findings.contains(each));
    let beyond: Vec<Finding> = beyond.collect();
    let is_shut = beyond.iter().any(|finding| finding.severity == survey::Severity::Error);
    (survey.filter(|_| !is_shut), beyond)
}

/// Every case that has no finding, by its name.
pub(crate) fn good() -> Vec<(String, Sources)> {
    cases(folder().join("ok")).into_iter().map(|case| (case.name, case.sources)).collect()
}

/// The files of one case, by its name under `tests/cases/`.
pub(crate) fn sources(name: &str) -> Sources {
    case(folder().join(format!("{name}.survey"))).sources
}

/// The files of every case, the good ones included.
pub(crate) fn all() -> Vec<Sources> {
    cases(folder()).into_iter().chain(cases(folder().join("ok"))).map(|case| case.sources).collect()
}

#[test]
fn every_case_has_exactly_its_findings() {
    let write = std::env::var_os("WRITE_FINDINGS").is_some();
    let mut wrong = Vec::new();
    for case in cases(folder()) {
        let drawn = draw(&found(&case).1, &case.sources, false);
        if drawn != case.findings {
            if write {
                let text = format!("{}--- findings\n{drawn}", case.written);
                fs::write(&case.path, text).expect("the case can be written");
            }
            wrong.push(format!("{}\n{drawn}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_case_is_named_after_the_only_code_it_has() {
    for case in cases(folder()) {
        let code = &case.name[..4];
        let (survey, findings) = found(&case);
        let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code].into(), "{}", case.name);
        let error = findings.iter().any(|finding| finding.severity == survey::Severity::Error);
        assert_eq!(survey.is_none(), error, "{}", case.name);
    }
}

#[test]
fn every_code_has_a_case() {
    let named: BTreeSet<String> = cases(folder()).iter().map(|case| case.name[..4].to_owned()).collect();
    let wanted: BTreeSet<String> = CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(named, wanted);
}

#[test]
fn every_code_of_the_program_is_in_the_list() {
    let mut emitted = BTreeSet::new();
    for folder in ["src", "../notation/src"] {
        codes_under(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder), &mut emitted);
    }
    let wanted: BTreeSet<String> = CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(emitted, wanted);
}

/// Every `"S031"` and `"N001"` in the sources of a folder, comments and examples aside.
fn codes_under(folder: PathBuf, emitted: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources stand beside the tests") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            codes_under(path, emitted);
            continue;
        }
        let text = fs::read_to_string(path).expect("sources are text");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let quoted = line.split('"').skip(1).step_by(2);
            let is_code = |text: &&str| {
                text.len() == 4
                    && text.starts_with(['N', 'S'])
                    && text[1..].bytes().all(|digit| digit.is_ascii_digit())
            };
            emitted.extend(quoted.filter(is_code).map(str::to_owned));
        }
    }
}

#[test]
fn good_surveys_have_no_finding() {
    let good = cases(folder().join("ok"));
    assert!(!good.is_empty());
    for case in good {
        let (survey, findings) = read(&case.sources);
        assert_eq!(draw(&findings, &case.sources, false), "", "{}", case.name);
        assert!(survey.is_some(), "{}", case.name);
    }
}

#[test]
fn no_prefix_of_any_case_makes_the_reader_panic() {
    for case in cases(folder()).into_iter().chain(cases(folder().join("ok"))) {
        for (file, text) in &case.sources {
            let mut sources = case.sources.clone();
            let step = if file.ends_with(".json") { 97 } else { 5 };
            for (byte, _) in text.char_indices().step_by(step) {
                sources.insert(file.clone(), text[..byte].to_owned());
                let (_, findings) = read(&sources);
                if byte % 61 == 0 {
                    draw(&findings, &sources, false);
                    survey::json(&findings, &sources);
                }
            }
        }
    }
}
