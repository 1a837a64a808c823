//! The program's own words: both files hold the same paths with the same inserts.

use std::{collections::BTreeMap, fs};

fn words(tag: &str) -> BTreeMap<String, String> {
    let path = format!("{}/text/{tag}.po", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap();
    let (po, findings) = survey::po::read(&path, &text);
    assert!(findings.is_empty(), "{findings:?}");
    po.live().map(|entry| (entry.path().unwrap().to_owned(), entry.text().unwrap().to_owned())).collect()
}

fn inserts(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn french_says_all_that_english_says() {
    let (english, french) = (words("en"), words("fr"));
    assert_eq!(english.keys().collect::<Vec<_>>(), french.keys().collect::<Vec<_>>());
    for (path, text) in &english {
        assert_eq!(inserts(text), inserts(&french[path]), "{path}");
    }
}

#[test]
fn every_path_the_program_speaks_exists() {
    let english = words("en");
    let mut files = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for call in ["say(\"", "fill(\"", "fill(\n            \""] {
            for rest in text.split(call).skip(1) {
                let name = rest.split('"').next().unwrap();
                if name.contains('.') {
                    assert!(english.contains_key(name), "`{name}` of {} is missing", path.display());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} paths were found");
}
