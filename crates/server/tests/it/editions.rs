//! A new edition comes while people are half way: they go on in the words they saw, and their response says so.

use axum::http::StatusCode;
use responses::State;
use server::Setup;
use survey::{Fingerprint, Survey, Version};

use crate::{
    fixture::{Box, open, setup, survey, words},
    phone::Phone,
    withdraw::number,
};

/// The sample a year later in the making: other words, a question less, and a page of another name.
fn second() -> Survey {
    let mut survey = survey();
    survey.version = Version { wave: 2027, edition: 2 };
    survey.pages[1].questions[0].asks = Some(words("age", "Tell us your age, please?"));
    let needs = survey.pages.last_mut().unwrap();
    needs.id = "wants".into();
    survey
}

/// The same folder, served by a program that knows both editions.
fn restarted(server: Box, earlier: Vec<Survey>) -> Box {
    let Box { folder, store, router } = server;
    drop(router);
    let setup = Setup { earlier, ..setup(second(), store.clone()) };
    Box { folder, store, router: server::router(setup).unwrap() }
}

fn fingerprint(survey: &Survey) -> Fingerprint {
    survey.fingerprint()
}

#[tokio::test]
async fn who_is_half_way_finishes_the_edition_she_began() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let next = phone.go(&about, "next", &[("age", "adult")]).await;
    phone.go(&next, "save", &[("household", "3")]).await;

    let server = restarted(server, vec![survey()]);
    // With the cookie she had: the words and pages of the first edition, and what she typed.
    phone.moves_to(&server);
    let mut shown = phone.get("/sample/q/about").await;
    assert!(shown.text.contains("Asking age?") && !shown.text.contains("Tell us your age"), "{}", shown.text);
    let review = phone.get("/sample/review").await;
    shown = phone.follow(&review).await;
    for pairs in [[("household", "3")], [("_", "")], [("unfair", "yes")], [("_", "")], [("needs", "work")]] {
        shown = phone.go(&shown, "next", &pairs).await;
    }
    let thanks = phone.press(&shown, "finish", &[]).await;
    assert_eq!(thanks.status, StatusCode::OK, "{}", thanks.text);
    let of = |state| {
        let all = server.store.responses("sample").unwrap();
        all.into_iter().filter(|each| each.state == state).map(|each| each.version).collect::<Vec<_>>()
    };
    assert_eq!(of(State::Finished), [fingerprint(&survey())]);

    // Somebody new begins the second edition, at the same time.
    let mut other = Phone::new(&server);
    let about = other.begin("en").await;
    assert!(about.text.contains("Tell us your age"), "{}", about.text);
    other.go(&about, "next", &[("age", "adult")]).await;
    assert_eq!(of(State::Saved), [fingerprint(&second())]);
}

#[tokio::test]
async fn the_number_leads_back_into_the_edition_it_came_from() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let next = phone.go(&about, "next", &[("age", "adult")]).await;
    let saved = phone.go(&next, "save", &[("household", "3")]).await;
    let number = number(&saved.text);
    let server = restarted(server, vec![survey()]);
    let mut other = Phone::new(&server);
    let ask = other.get("/sample/resume?lang=en").await;
    let shown = other.go(&ask, "next", &[("number", &number)]).await;
    assert!(shown.field("household") == "3", "{}", shown.text);
    let about = other.get("/sample/q/about").await;
    assert!(about.text.contains("Asking age?"), "{}", about.text);
}
