use responses::{ChannelKind, Job};

use crate::{
    fixture::{Box, open, survey},
    phone::Phone,
};

fn with_channel() -> Box {
    let server = open(survey());
    let (survey, code, words) = ("sample".to_owned(), "abc234".to_owned(), "Monday class".to_owned());
    server.store.record(Job::OpenChannel { survey, code, words, kind: ChannelKind::Class }).unwrap();
    server
}

/// Declined, begun.
fn totals(server: &Box) -> (u64, u64) {
    let channel = &server.store.channels("sample").unwrap()[0];
    (channel.declined, channel.begun)
}

#[tokio::test]
async fn the_link_of_a_class_is_kept_through_languages_and_refusals() {
    let server = with_channel();
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample?c=abc234").await;
    assert!(first.text.contains("href=\"/sample/ar?c=abc234\""), "the languages keep it");
    let arabic = phone.get("/sample/ar?c=abc234").await;
    assert_eq!(arabic.field("_c"), "abc234");
    let refused = phone.press(&arabic, "next", &[("_c", "abc234")]).await;
    assert_eq!(refused.field("_c"), "abc234", "an empty consent asks again");
    phone.go(&refused, "next", &[("_c", "abc234"), ("agree", "yes")]).await;
    let mut other = Phone::new(&server);
    let first = other.get("/sample/en?c=abc234").await;
    other.press(&first, "next", &[("_c", "abc234"), ("agree", "no")]).await;
    assert_eq!(totals(&server), (1, 1));
}

#[tokio::test]
async fn a_code_of_nobody_opens_the_survey_all_the_same() {
    let server = with_channel();
    for code in ["zzz999", "%3Cscript%3E", "", "ABC"] {
        let mut phone = Phone::new(&server);
        let first = phone.get(&format!("/sample/en?c={code}")).await;
        assert!(!first.text.contains("<script"), "{code}");
        let about = phone.go(&first, "next", &[("_c", code), ("agree", "yes")]).await;
        assert!(about.action().contains("/q/about"), "{code}");
    }
    assert_eq!(totals(&server), (0, 0));
}
