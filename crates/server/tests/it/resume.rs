use axum::http::{StatusCode, header};
use responses::State;
use survey::Answer;

use crate::{
    fixture::{Box, open, survey},
    phone::{Phone, Shown},
    withdraw::number,
};

/// The sample, where the hard question is sensitive.
fn sensitive() -> Box {
    let mut survey = survey();
    survey.pages[3].questions[0].sensitive = true;
    open(survey)
}

/// Somebody answers up to the needs and presses Save and stop there; the page that gives the number.
async fn stopped(server: &Box) -> (Phone, Shown) {
    let mut phone = Phone::new(server);
    let mut shown = phone.begin("en").await;
    for pairs in [[("age", "adult")], [("household", "3")], [("_", "")], [("unfair", "yes")], [("_", "")]] {
        shown = phone.go(&shown, "next", &pairs).await;
    }
    assert!(shown.action().contains("/q/needs"), "{}", shown.action());
    let saved = phone.go(&shown, "save", &[("needs", "work")]).await;
    (phone, saved)
}

async fn resumed(server: &Box, language: &str, number: &str) -> (Phone, Shown) {
    let mut other = Phone::new(server);
    let ask = other.get(&format!("/sample/resume?lang={language}")).await;
    let shown = other.go(&ask, "next", &[("number", number)]).await;
    (other, shown)
}

#[tokio::test]
async fn answers_go_on_by_the_number_on_another_device_in_another_language() {
    let server = sensitive();
    let (_, saved) = stopped(&server).await;
    assert!(saved.text.contains("Your answers are saved"), "{}", saved.text);
    let number = number(&saved.text);
    // Digits of her own script, and any dashes, are the same number.
    let eastern: String = number.chars().map(|each| each.to_digit(10).map_or('-', arabic)).collect();
    let (mut other, shown) = resumed(&server, "ar", &eastern).await;
    assert!(shown.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(shown.is_chosen("needs", "work"), "what was typed before Save waits in its field");
    let review = other.go(&shown, "next", &[("needs", "work")]).await;
    let thanks = other.press(&review, "finish", &[]).await;
    assert_eq!(thanks.status, StatusCode::OK);
    let responses = server.store.responses("sample").unwrap();
    assert_eq!((responses.len(), responses[0].state), (1, State::Finished));
    assert_eq!(responses[0].answers.get(&"unfair".into()), Some(&Answer::One("yes".into())));
}

fn arabic(digit: u32) -> char {
    char::from_u32(0x660 + digit).unwrap()
}

#[tokio::test]
async fn a_sensitive_answer_given_before_is_kept_and_not_shown() {
    let server = sensitive();
    let (mut phone, saved) = stopped(&server).await;
    let own = phone.get("/sample/q/hard").await;
    assert!(own.is_chosen("unfair", "yes"), "on her own device everything is as she left it");
    let (mut other, _) = resumed(&server, "en", &number(&saved.text)).await;
    let hidden = other.get("/sample/q/hard").await;
    assert!(!hidden.is_chosen("unfair", "yes") && hidden.text.contains("You answered this before."));
    let review = other.get("/sample/q/hard?from=review").await;
    other.go(&review, "next", &[]).await;
    let needs = other.get("/sample/q/needs").await;
    let review = other.go(&needs, "next", &[("needs", "work")]).await;
    assert!(review.text.contains("Answered, not shown here") && !review.text.contains("unfair yes"));
    other.press(&review, "finish", &[]).await;
    let answers = &server.store.responses("sample").unwrap()[0].answers;
    assert_eq!(answers.get(&"unfair".into()), Some(&Answer::One("yes".into())), "left empty, it is kept");
}

#[tokio::test]
async fn a_sensitive_answer_can_be_given_anew() {
    let server = sensitive();
    let (_, saved) = stopped(&server).await;
    let (mut other, _) = resumed(&server, "en", &number(&saved.text)).await;
    let hidden = other.get("/sample/q/hard").await;
    other.go(&hidden, "next", &[("unfair", "no")]).await;
    let needs = other.get("/sample/q/needs").await;
    let review = other.go(&needs, "next", &[("needs", "work")]).await;
    other.press(&review, "finish", &[]).await;
    let answers = &server.store.responses("sample").unwrap()[0].answers;
    assert_eq!(answers.get(&"unfair".into()), Some(&Answer::One("no".into())));
}

#[tokio::test]
async fn a_number_that_leads_nowhere_or_to_sent_answers_is_told_so() {
    let server = sensitive();
    let (mut phone, saved) = stopped(&server).await;
    let mut other = Phone::new(&server);
    let slip = other.post("/sample/resume", &[("number", "1234")]).await;
    assert_eq!((slip.status, slip.field("number")), (StatusCode::UNPROCESSABLE_ENTITY, "1234".into()));
    let french = other.post("/sample/resume", &[("number", "1234"), ("_go", "lang:fr")]).await;
    assert!(french.text.contains("Reprendre où vous en étiez") && french.field("number") == "1234");
    let needs = phone.get("/sample/q/needs").await;
    let review = phone.go(&needs, "next", &[("needs", "work")]).await;
    phone.press(&review, "finish", &[]).await;
    let sent = other.post("/sample/resume", &[("number", &number(&saved.text))]).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.text.contains("already sent") && !sent.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn leaving_forgets_who_answers_here_and_changes_nothing() {
    let server = sensitive();
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    assert!(!about.text.contains("/exit"), "no way out stands where nothing is hard");
    for screen in ["hard-before", "hard", "hard-after"] {
        let hard = phone.get(&format!("/sample/q/{screen}")).await;
        assert!(
            hard.text
                .contains("<a href=\"/exit?lang=en\" rel=\"nofollow\"><span class=\"hidden\">Emergency:"),
            "{screen}: {}",
            hard.text
        );
    }
    let before = phone.clone();
    let left = phone.get("/exit?lang=fr").await;
    assert_eq!((left.status, left.to()), (StatusCode::SEE_OTHER, "https://meteo.gc.ca/"));
    assert_eq!(left.headers["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
    assert_eq!(phone.get("/sample/review").await.status, StatusCode::FORBIDDEN, "the cookie is gone");
    let mut before = before;
    assert_eq!(before.get("/sample/q/about").await.status, StatusCode::OK, "nothing was erased");
}

#[tokio::test]
async fn help_names_the_support_lines_and_what_leaving_cannot_do() {
    let server = sensitive();
    for (language, words) in
        [("en", "cannot erase the history"), ("fr", "l’historique"), ("ar", "سجل متصفحك")]
    {
        let help = Phone::new(&server).get(&format!("/sample/help?lang={language}")).await;
        assert!(help.text.contains(words) && help.text.contains("Call 211."), "{language}");
    }
}
