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

/// Most bytes of a page on the wire.
const PAGE_MOST: usize = 20_000;

/// Every page of the survey in every language, weighed as it goes over the wire; the table is printed.
#[tokio::test]
async fn every_page_is_light_in_every_language() {
    let server = newcomers();
    println!("| page | en | fr | ar |  (gzip, bytes; the first page may have 13,000, any other {PAGE_MOST})");
    let mut weighed: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for tag in ["en", "fr", "ar"] {
        let mut phone = Phone::new(&server);
        phone.extra = vec![("accept-encoding", "gzip")];
        let mut add = |page: &str, size: usize| weighed.entry(page.to_owned()).or_default().insert(tag, size);
        let first = phone.get(&format!("/newcomer-needs/{tag}")).await;
        add("(first)", first.size);
        let mut screen = phone.go(&first, "next", &[("agree", "yes")]).await;
        while !screen.action().ends_with("/finish") {
            add(screen.action().rsplit('/').next().unwrap(), screen.size);
            screen = phone.go(&screen, "next", &MANY_FACTS).await;
        }
        add("review", screen.size);
        let thanks = phone.press(&screen, "finish", &[]).await;
        add("thanks", thanks.size);
        for page in ["privacy", "help", "resume", "withdraw"] {
            add(page, phone.get(&format!("/newcomer-needs/{page}?lang={tag}")).await.size);
        }
    }
    for (page, sizes) in &weighed {
        let size = |tag| sizes.get(tag).map_or("-".to_owned(), usize::to_string);
        println!("| {page} | {} | {} | {} |", size("en"), size("fr"), size("ar"));
        let most = if page == "(first)" { 13_000 } else { PAGE_MOST };
        assert!(sizes.values().all(|size| *size <= most && *size > 1_000), "{page}: {sizes:?}");
    }
    assert!(weighed.len() > 30);
}

/// What brings up as many screens as one person can see.
const MANY_FACTS: [(&str, &str); 11] = [
    ("elig_area", "live"),
    ("age_group", "a65"),
    ("born_canada", "no"),
    ("svc_need", "work"),
    ("svc_knew", "knew_none"),
    ("lang_class", "waiting"),
    ("educ_high", "bachelor"),
    ("lf_status", "looking"),
    ("kid_ages", "under5"),
    ("discrim_any", "yes"),
    ("stay_intent", "not_sure"),
];

/// The screens somebody passes who agrees in this language and answers so, as the last parts of their addresses.
async fn way(language: &str, facts: &[(&str, &str)]) -> String {
    let server = newcomers();
    let mut phone = Phone::new(&server);
    let first = phone.get(&format!("/newcomer-needs/{language}")).await;
    let mut screen = phone.go(&first, "next", &[("agree", "yes")]).await;
    let direction = if language == "ar" { "rtl" } else { "ltr" };
    let mut way = Vec::new();
    while !screen.action().ends_with("/finish") {
        way.push(screen.action().rsplit('/').next().unwrap().to_owned());
        assert!(screen.text.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")));
        screen = phone.go(&screen, "next", facts).await;
    }
    way.join(" ")
}

const FACTS: [(&str, &str); 4] =
    [("elig_area", "live"), ("age_group", "a65"), ("born_canada", "no"), ("svc_need", "work")];

#[tokio::test]
async fn its_short_form_is_what_arabic_readers_meet_in_its_order() {
    let expected = "you coming work home life fairness-before fairness fairness-after need knew";
    assert_eq!(way("ar", &FACTS).await, expected);
}

#[tokio::test]
async fn its_screens_follow_what_was_answered() {
    let expected = "you coming here roots classes school work family home travel health health-after life life-2 \
                    fairness-before fairness fairness-after need knew news future future-2 person";
    assert_eq!(way("en", &FACTS).await, expected);
    let more = [
        ("lang_class", "waiting"),
        ("educ_high", "bachelor"),
        ("lf_status", "looking"),
        ("kid_ages", "under5"),
        ("discrim_any", "yes"),
        ("svc_knew", "knew_none"),
        ("stay_intent", "not_sure"),
    ];
    let expected = "you coming here roots classes classes-2 school school-2 work work-2 family family-2 home travel \
                    health health-after life life-2 fairness-before fairness fairness-2 fairness-after need knew \
                    barrier news future future-2 person";
    assert_eq!(way("fr", &[FACTS.as_slice(), &more].concat()).await, expected);
}
