//! Recipes with slips: each file of `tests/cases` holds a recipe and, below `--- findings`, what is said of it.
//!
//! A new case is a new file. `BLESS=1 cargo test -p estimates` writes what is said now below the recipe: read it.

use std::{collections::BTreeSet, fs, path::Path};

use estimates::read_recipe;
use notation::Severity;

use crate::toy::{self, survey};

const PARTING: &str = "--- findings\n";

#[test]
fn every_case_says_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut seen = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let (recipe, expected) = text.split_once(PARTING).unwrap_or((&text, ""));
        let mut sources = toy::sources();
        sources.insert("toy.recipe".into(), recipe.to_owned());
        let (read, findings) = read_recipe(&sources, &survey());
        let drawn = notation::draw(&findings, &sources, false);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, format!("{recipe}{PARTING}{drawn}")).unwrap();
        } else {
            assert_eq!(drawn.trim(), expected.trim(), "{name}");
        }
        let code = &name[..4];
        assert!(
            code == "good" || findings.iter().any(|finding| finding.code == code),
            "{name} misses its code"
        );
        assert!(
            findings.iter().all(|finding| finding.remedy.is_some()),
            "{name} has a finding without a remedy"
        );
        let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
        assert_eq!(read.is_none(), errors, "{name}");
        seen.insert(code.to_owned());
    }
    let all = (1..=17).map(|number| format!("E{number:03}")).chain(["good".to_owned()]);
    assert_eq!(seen, all.collect(), "every code has a case");
}

#[test]
fn of_two_promises_the_stricter_rules() {
    let survey = survey();
    let mut sources = toy::sources();
    let recipe = sources["toy.recipe"].clone();
    assert_eq!(toy::recipe(&survey).policy.cell, 5);
    sources.insert("toy.recipe".into(), recipe.replace("cell 5", "cell 12"));
    assert_eq!(read_recipe(&sources, &survey).0.unwrap().policy.cell, 12);
    let mut stricter = survey;
    stricter.suppress = 15;
    assert_eq!(read_recipe(&sources, &stricter).0.unwrap().policy.cell, 15);
}

#[test]
fn without_a_recipe_there_is_a_finding() {
    let mut sources = toy::sources();
    sources.remove("toy.recipe");
    let (recipe, findings) = read_recipe(&sources, &survey());
    assert!(recipe.is_none());
    assert_eq!(findings[0].code, "E002");
}
