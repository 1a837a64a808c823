//! The demonstration does the main job, and does it again to the same byte.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::program::run;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (once, again) = (demo(&folder.path().join("once"), "3"), demo(&folder.path().join("again"), "3"));
    assert_eq!(once.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (name, bytes) in &once {
        assert!(again[name] == *bytes, "`{name}` differs");
    }
    let other = demo(&folder.path().join("other"), "4");
    assert!(other["report/en/index.html"] != once["report/en/index.html"], "the seed changes nothing");
}

#[test]
fn both_reports_say_who_answered_and_that_nobody_did() {
    let folder = tempfile::tempdir().unwrap();
    let files = demo(&folder.path().join("demo"), "1");
    for (language, synthetic, weighted) in [("en", "synthetic", "Weighted"), ("fr", "synthétique", "pondéré")]
    {
        let page = String::from_utf8(files[&format!("report/{language}/index.html")].clone()).unwrap();
        assert!(page.contains(synthetic), "{language} does not say that the data are synthetic");
        assert!(
            page.to_lowercase().contains(&weighted.to_lowercase()),
            "{language} shows no weighted shares"
        );
        assert!(page.contains("n ="), "{language} names no sample size");
    }
    let export = String::from_utf8(files["export/responses.csv"].clone()).unwrap();
    assert!(export.lines().count() > 100 && export.contains("weight"));
    assert!(files.contains_key("export/codebook.csv"));
}

/// Run the demonstration with 200 people; the files it leaves for people, by name.
fn demo(folder: &Path, seed: &str) -> BTreeMap<String, Vec<u8>> {
    let path = folder.to_string_lossy();
    let done = run(&["demo", "--once", "--respondents", "200", "--seed", seed, "--dir", &path]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(said.lines().count(), 5, "{said}");
    let mut files = BTreeMap::new();
    for part in ["report", "export"] {
        for file in walk(&folder.join(part)) {
            let name = file.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            files.insert(name, fs::read(&file).unwrap());
        }
    }
    files
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
