//! A working copy on show.

use responses::Store;
use server::{Clock, Preview};
use survey::{Date, Survey, Words};

use crate::{
    fixture::{Box, DAY, survey},
    phone::Phone,
};

fn on_show(survey: Survey, day: Date) -> (Preview, Box) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let preview = Preview::open(survey, store.clone(), Clock::Fixed(day), None).unwrap();
    let router = preview.router();
    (preview, Box { folder, store, router })
}

#[tokio::test]
async fn every_page_says_that_nothing_is_kept_on_any_day() {
    let dated = || Survey { field: Some((DAY, DAY)), ..survey() };
    for day in [Date::constant(2020, 1, 1), DAY, Date::constant(2031, 1, 1)] {
        let (_, server) = on_show(dated(), day);
        let mut phone = Phone::new(&server);
        let about = phone.begin("en").await;
        assert!(about.action().contains("/q/about"), "{day}: {}", about.text);
        for page in [about, phone.get("/sample/en").await, phone.get("/sample/privacy").await] {
            assert!(page.text.contains("Preview: nothing you enter here is kept."), "{day}: {}", page.text);
            assert!(!page.text.contains("Errors in the working copy") && !page.text.contains("a try-out"));
        }
    }
}

#[tokio::test]
async fn a_changed_survey_is_shown_at_once_to_those_who_are_answering_too() {
    let (preview, server) = on_show(survey(), DAY);
    let mut phone = Phone::new(&server);
    phone.begin("en").await;
    let changed = Survey { title: Words::new("survey:title", "Another title"), ..survey() };
    preview.show(changed.clone(), 0).unwrap();
    let page = phone.get("/sample/q/about").await;
    assert!(page.text.contains("Another title") && page.action().contains("/q/about"), "{}", page.text);
    preview.show(changed, 3).unwrap();
    let page = phone.get("/sample/q/about").await;
    assert!(page.text.contains("Errors in the working copy: <bdi>3</bdi>"), "{}", page.text);
}
