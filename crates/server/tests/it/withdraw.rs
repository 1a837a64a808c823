use axum::http::StatusCode;
use responses::Event;

use crate::{
    fixture::{open, survey},
    journey::finish,
    phone::Phone,
};

fn number(text: &str) -> String {
    text.split("<output id=\"number\" dir=\"ltr\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_number_takes_everything_back() {
    let server = open(survey());
    let (_, thanks) = finish(&server, "en").await;
    let number = number(&thanks.text);
    assert_eq!(number.len(), 14, "{number}");
    let mut phone = Phone::new(&server);
    let ask = phone.get("/sample/withdraw?lang=ar").await;
    let shuffled: String = number.replace(' ', "-");
    let sure = phone.press(&ask, "next", &[("number", &shuffled)]).await;
    assert!(ask.text.contains("dir=\"rtl\"") && sure.text.contains("value=\"erase\""));
    assert_eq!(server.store.responses("sample").unwrap().len(), 1, "nothing is erased before she confirms");
    let gone = phone.press(&sure, "erase", &[("number", &number)]).await;
    assert_eq!(gone.status, StatusCode::OK);
    assert!(gone.text.contains("مُحيت إجاباتك"));
    assert!(server.store.responses("sample").unwrap().is_empty());
    let again = phone.post("/sample/withdraw", &[("number", &number), ("_go", "next")]).await;
    assert!(again.text.contains("already taken back"));
}

#[tokio::test]
async fn erasing_asks_for_the_seal_of_the_page_that_warned() {
    let server = open(survey());
    let (_, thanks) = finish(&server, "en").await;
    let mut phone = Phone::new(&server);
    let number = number(&thanks.text);
    let asked = phone.post("/sample/withdraw", &[("number", &number), ("_go", "erase")]).await;
    assert!(asked.text.contains("This cannot be undone."));
    assert_eq!(server.store.responses("sample").unwrap().len(), 1);
}

#[tokio::test]
async fn a_mistyped_number_is_refused_and_kept_through_a_change_of_language() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let refused = phone.post("/sample/withdraw", &[("number", "1234"), ("_go", "next")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.field("number"), "1234");
    let french = phone.post("/sample/withdraw", &[("number", "1234"), ("_go", "lang:fr")]).await;
    assert_eq!((french.status, french.field("number")), (StatusCode::OK, "1234".into()));
}

#[tokio::test]
async fn everything_can_be_erased_from_the_review() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.begin("en").await;
    for screen in ["about", "typed", "hard-before", "hard", "needs"] {
        let shown = phone.get(&format!("/sample/q/{screen}")).await;
        phone.go(&shown, "next", &[("age", "adult")]).await;
    }
    let review = phone.get("/sample/review").await;
    let sure = phone.press(&review, "erase", &[]).await;
    let number = sure.field("number");
    let gone = phone.press(&sure, "erase", &[("number", &number)]).await;
    assert!(gone.text.contains("Your answers are erased"));
    assert_eq!(server.store.tally("sample").unwrap().happened(Event::Withdrawn), 1);
    assert_eq!(phone.get("/sample/review").await.status, StatusCode::FORBIDDEN, "the cookie is gone");
}
