//! Every file under `tests/cases/` is a report and the findings it must have, word for word.
//!
//! A file is the report, then other files after lines as `--- fr.po`, and last `--- findings` with what is drawn. To
//! add a case, write one without findings and run the tests with `WRITE_FINDINGS=1`; then read what was written.

use std::{collections::BTreeSet, fs, path::PathBuf};

use notation::{Sources, draw};
use survey::Survey;

/// Every code of this crate.
const CODES: [&str; 25] = [
    "R001", "R002", "R003", "R004", "R005", "R006", "R007", "R008", "R009", "R010", "R011", "R012", "R013",
    "R014", "R015", "R016", "R025", "R026", "R029", "R030", "R032", "R040", "R041", "R042", "R060",
];

const SURVEY: &str = "\
survey    case
title     A case
version   2027.1
source    en
host      Somebody who asks
contact   Coordinator, 555-0100
list agree5  ordered  best last
  - 1  Strongly disagree
  - 2  Disagree
  - 3  Neither
  - 4  Agree
  - 5  Strongly agree

page body  The questions
consent agree
  ? Shall we begin?
  - yes  Yes
  - no   No  [end declined]
many needs
  ? What did you need?
  - housing  A home
  - work     A job
  - none     None of these  [only]
  role outcome
grid life  of agree5
  ? How is life?
  | welcome  We are welcome
  | heard    We are heard
  role outcome
one period
  ? When did you come?
  - early  Before 2020
  - late   2020 or later
  role profile

end declined  Thank you
";

fn survey() -> Survey {
    let sources: Sources = [("case.survey".to_owned(), SURVEY.to_owned())].into();
    let (survey, findings) = survey::read(&sources);
    survey.unwrap_or_else(|| panic!("{}", draw(&findings, &sources, false)))
}

fn paths() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_has_exactly_its_findings() {
    let survey = survey();
    let write = std::env::var_os("WRITE_FINDINGS").is_some();
    let mut seen = BTreeSet::new();
    for path in paths() {
        let text = fs::read_to_string(&path).unwrap();
        let (written, wanted) = text.split_once("--- findings\n").unwrap_or((&text, ""));
        let mut sources = Sources::new();
        let mut file = "case.report".to_owned();
        for line in written.split_inclusive('\n') {
            match line.strip_prefix("--- ") {
                Some(next) => file = next.trim().to_owned(),
                None => sources.entry(file.clone()).or_default().push_str(line),
            }
        }
        let (report, findings) = report::read(&sources, &survey);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!findings.is_empty() || report.is_some(), "`{name}` gives neither report nor finding");
        seen.extend(findings.iter().map(|finding| finding.code));
        let drawn = draw(&findings, &sources, false);
        if write {
            fs::write(&path, format!("{written}--- findings\n{drawn}")).unwrap();
        } else {
            assert_eq!(drawn, wanted, "{name}");
        }
    }
    for code in CODES {
        assert!(seen.contains(code), "no case has {code}");
    }
}
