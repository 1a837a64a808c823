use axum::http::StatusCode;
use responses::{Event, ResponseId};

use crate::{
    fixture::{open, survey},
    journey::finish,
    phone::Phone,
};

pub(crate) fn number(text: &str) -> String {
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

#[tokio::test]
async fn what_was_done_is_said_again_in_another_language() {
    let server = open(survey());
    let (_, thanks) = finish(&server, "en").await;
    let number = number(&thanks.text);
    let mut phone = Phone::new(&server);
    let ask = phone.get("/sample/withdraw?lang=en").await;
    let sure = phone.press(&ask, "next", &[("number", &number)]).await;
    let french = phone.press(&sure, "lang:fr", &[("number", &number), ("_sure", "yes")]).await;
    assert!(french.text.contains("Effacer toutes vos réponses?"));
    let gone = phone.press(&french, "erase", &[("number", &number)]).await;
    assert!(gone.text.contains("Vos réponses sont effacées"));
    let said = gone.field("_said");
    for (tag, words) in [("en", "Your answers are erased"), ("ar", "مُحيت إجاباتك")] {
        let again = phone.press(&gone, &format!("lang:{tag}"), &[("_said", &said)]).await;
        assert!(again.status == StatusCode::OK && again.text.contains(words), "{tag}");
        assert!(!again.text.contains("name=\"number\""), "no empty form");
    }
    let already = phone.post("/sample/withdraw?lang=en", &[("number", &number)]).await;
    let said = already.field("_said");
    let again = phone.press(&already, "lang:fr", &[("_said", &said)]).await;
    assert!(again.text.contains("Ces réponses ont déjà été retirées"));
    let forged = phone.post("/sample/withdraw?lang=en", &[("_said", "erased"), ("_t", "00")]).await;
    assert!(!forged.text.contains("Your answers are erased"));
}

#[tokio::test]
async fn the_thanks_are_said_again_in_another_language_with_the_number() {
    let server = open(survey());
    let (mut phone, thanks) = finish(&server, "en").await;
    let french = phone.press(&thanks, "lang:fr", &[]).await;
    assert_eq!((french.status, number(&french.text)), (StatusCode::OK, number(&thanks.text)));
    assert!(french.text.contains("Votre code"));
}

#[tokio::test]
async fn guessing_numbers_ends_soon_and_slips_of_the_hand_do_not_count() {
    let server = open(survey());
    let (_, thanks) = finish(&server, "en").await;
    let mut phone = Phone::new(&server);
    let guess = |each: u32| {
        let mut id = [7; 16];
        id[..4].copy_from_slice(&each.to_le_bytes());
        server.store.number(&ResponseId(id)).to_string()
    };
    for _ in 0..250 {
        let slip = phone.post("/sample/withdraw", &[("number", "1234 5678")]).await;
        assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for each in 0..200 {
        let wrong = phone.post("/sample/withdraw", &[("number", &guess(each))]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{each}");
    }
    let right = number(&thanks.text);
    for typed in [guess(200), right] {
        let refused = phone.post("/sample/withdraw", &[("number", &typed)]).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "right and wrong look the same");
    }
}
