use axum::http::StatusCode;
use responses::{Event, Mode, State};

use crate::{
    fixture::{language, open, survey},
    phone::Phone,
};

#[tokio::test]
async fn one_survey_is_open_and_the_root_leads_to_it() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    assert_eq!(phone.get("/").await.to(), "/sample");
    let first = phone.get("/sample").await;
    assert_eq!(first.status, StatusCode::OK);
    for endonym in ["English", "Français", "العربية"] {
        assert!(first.text.contains(endonym), "{endonym}");
    }
    assert_eq!(phone.get("/sample/xx").await.status, StatusCode::NOT_FOUND);
    assert_eq!(phone.get("/healthz").await.text, "ok\n");
}

#[tokio::test]
async fn the_first_page_speaks_the_language_of_the_browser() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.extra = vec![("accept-language", "ti, ar-SY;q=0.9, fr;q=0.8")];
    assert!(phone.get("/sample").await.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[tokio::test]
async fn consent_begins_a_response_once_however_often_it_is_sent() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/fr").await;
    let mut other = phone.clone();
    let sent = phone.press(&first, "next", &[("agree", "yes")]).await;
    assert_eq!((sent.status, sent.to()), (StatusCode::SEE_OTHER, "/sample/q/about"));
    other.press(&first, "next", &[("agree", "yes")]).await;
    assert_eq!(phone.cookie, other.cookie, "two taps make one response");
    let tally = server.store.tally("sample").unwrap();
    assert_eq!(tally.states.get(&(State::Begun, language("fr"), Mode::OwnDevice)), Some(&1));
}

#[tokio::test]
async fn a_rehearsed_response_is_marked_for_ever() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.extra = vec![("soundings-rehearsal", "1")];
    phone.begin("en").await;
    assert_eq!(server.store.responses("sample").unwrap()[0].mode, Mode::Rehearsal);
}

#[tokio::test]
async fn declining_keeps_a_total_and_nothing_else() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/ar").await;
    let end = phone.go(&first, "next", &[("agree", "no")]).await;
    assert!(end.text.contains("ع(Saying declined.)"), "{}", end.text);
    assert!(end.text.contains("dir=\"rtl\""));
    phone.press(&first, "next", &[("agree", "no")]).await;
    assert_eq!(phone.cookie, None);
    let tally = server.store.tally("sample").unwrap();
    assert_eq!((tally.happened(Event::Declined), tally.happened(Event::Begun)), (1, 0));
    assert!(server.store.responses("sample").unwrap().is_empty());
}

#[tokio::test]
async fn consent_cannot_be_left_empty() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/en").await;
    let refused = phone.press(&first, "next", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("id=\"agree-error\"") && refused.text.contains("role=\"alert\""));
    assert!(refused.text.contains("<title>Error: Sample survey</title>"));
}

#[tokio::test]
async fn an_answer_that_ends_the_survey_leaves_a_total_and_nothing_else() {
    let server = open(survey());
    for pages_before in [0, 1] {
        let mut phone = Phone::new(&server);
        let mut screen = phone.begin("en").await;
        for _ in 0..pages_before {
            phone.press(&screen, "next", &[("age", "adult"), ("way", "work")]).await;
            screen = phone.get("/sample/q/about").await;
        }
        let mut second_tap = phone.clone();
        let end = phone.go(&screen, "next", &[("age", "young"), ("way", "study")]).await;
        let repeated = second_tap.press(&screen, "next", &[("age", "young"), ("way", "study")]).await;
        assert_eq!(repeated.to(), "/sample/stopped/too_young?lang=en");
        let other = second_tap.press(&screen, "next", &[("age", "adult")]).await;
        assert_eq!(other.status, StatusCode::FORBIDDEN);
        assert!(end.text.contains("Saying too_young."));
        assert!(server.store.responses("sample").unwrap().is_empty() && phone.cookie.is_none());
    }
    let tally = server.store.tally("sample").unwrap();
    assert_eq!((tally.happened(Event::ScreenedOut), tally.happened(Event::Withdrawn)), (2, 0));
    assert!(tally.states.is_empty());
}
