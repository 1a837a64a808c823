//! The survey that stands in this repository, as a phone meets it.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    fixture::{Box, open},
    phone::Phone,
};

fn add(folder: &Path, inside: &str, sources: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{name}/"), sources);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            sources.insert(name, text);
        }
    }
}

fn newcomers() -> Box {
    let mut sources = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../surveys/newcomer-needs");
    add(&folder, "", &mut sources);
    let (survey, findings) = survey::read(&sources);
    open(survey.unwrap_or_else(|| panic!("{findings:#?}")))
}

#[tokio::test]
async fn its_first_page_is_light_in_every_language() {
    let server = newcomers();
    let mut phone = Phone::new(&server);
    phone.extra = vec![("accept-encoding", "gzip")];
    for tag in ["en", "fr", "ar"] {
        let first = phone.get(&format!("/newcomer-needs/{tag}")).await;
        assert!(first.size > 2_000 && first.size <= 13_000, "{tag}: {} bytes", first.size);
    }
}

#[tokio::test]
async fn its_screens_are_short_and_in_its_order() {
    let server = newcomers();
    let mut phone = Phone::new(&server);
    let first = phone.get("/newcomer-needs/ar").await;
    let mut screen = phone.go(&first, "next", &[("agree", "yes")]).await;
    let mut way = Vec::new();
    while !screen.action().ends_with("/finish") {
        way.push(screen.action().rsplit('/').next().unwrap().to_owned());
        assert!(screen.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
        let facts =
            [("elig_area", "live"), ("age_group", "a65"), ("born_canada", "no"), ("svc_need", "work")];
        screen = phone.go(&screen, "next", &facts).await;
    }
    let expected =
        "you coming roots work life life-2 fairness-before fairness fairness-after need knew future";
    assert_eq!(way.join(" "), expected);
}
