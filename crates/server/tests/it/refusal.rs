use axum::http::StatusCode;

use crate::{
    fixture::{open, survey},
    journey::ABOUT,
    phone::Phone,
};

#[tokio::test]
async fn a_refused_page_keeps_what_was_typed_and_says_so_beside_the_field() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    let pairs = [("household", "99"), ("arrival", "2019"), ("area", "zzz"), ("wish", "a \"quiet\" park")];
    let refused = phone.press(&typed, "next", &pairs).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((refused.field("household"), refused.field("area")), ("99".into(), "zzz".into()));
    assert!(refused.text.contains("a &quot;quiet&quot; park</textarea>"));
    assert!(refused.text.contains("<option selected>2019</option>"));
    assert!(refused.text.contains("href=\"#f-household\"") && refused.text.contains("id=\"f-household\""));
    assert!(refused.text.contains("aria-describedby=\"household-hint household-error\""));
    assert!(refused.text.contains("from <bdi>1</bdi> to <bdi>20</bdi>"));
    assert!(refused.text.contains("<title>Error: Title typed"));
    // The accepted ones are on the disk already.
    let stored = server.store.responses("sample").unwrap().remove(0).answers;
    assert!(stored.given.contains_key("arrival") && !stored.given.contains_key("household"));
    let next = phone.go(&refused, "next", &[("household", "2"), ("arrival", "2019")]).await;
    assert!(next.text.contains("This part is hard."));
}

#[tokio::test]
async fn a_refusal_is_worded_in_the_visitors_language() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("fr").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    let refused = phone.press(&typed, "next", &[("wish", &"x".repeat(41))]).await;
    assert!(refused.text.contains("C’est trop long. Veuillez ne pas dépasser <bdi>40</bdi> caractères."));
}

#[tokio::test]
async fn contradictory_choices_are_refused_with_their_words() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.begin("en").await;
    let needs = phone.get("/sample/q/needs").await;
    let pairs = [("needs", "none"), ("needs", "work"), ("top.1", "work"), ("top.2", "work")];
    let refused = phone.press(&needs, "next", &pairs).await;
    assert!(refused.text.contains("“<bdi>needs none</bdi>” cannot be chosen together"));
    assert!(refused.text.contains("“<bdi>top work</bdi>” is chosen twice"));
    assert!(refused.text.contains("href=\"#f-top.2\"") && refused.text.contains("id=\"f-top.2\""));
    assert!(refused.is_chosen("needs", "none") && refused.is_chosen("needs", "work"));
}

#[tokio::test]
async fn codes_that_were_never_offered_are_refused() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let refused = phone.press(&about, "next", &[("age", "adult"), ("way", "teleport")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("id=\"way-error\""));
}

#[tokio::test]
async fn bodies_beyond_the_limits_are_refused() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let large = "x".repeat(70_000);
    let refused = phone.press(&about, "next", &[("wish", &large)]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let many = vec![("way", "work"); 501];
    assert_eq!(phone.press(&about, "next", &many).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_summary_names_each_question_and_then_the_reason() {
    let mut survey = survey();
    let short = survey.title.clone();
    survey.pages[2].questions[2].short = Some(short);
    let server = open(survey);
    for (language, age, area) in [
        ("en", "<bdi>Asking household?</bdi> – <bdi>Please", "<bdi>Sample survey</bdi> – <bdi>Please"),
        ("fr", "<bdi>fr(Asking household?)</bdi> – <bdi>Veuillez", "<bdi>fr(Sample survey)</bdi> – <bdi>"),
    ] {
        let mut phone = Phone::new(&server);
        let about = phone.begin(language).await;
        let typed = phone.go(&about, "next", ABOUT).await;
        let refused = phone.press(&typed, "next", &[("household", "99"), ("area", "zzz")]).await;
        assert!(refused.text.contains(&format!("<a href=\"#f-household\">{age}")), "{}", refused.text);
        assert!(refused.text.contains(&format!("<a href=\"#f-area\">{area}")), "{}", refused.text);
    }
}

#[tokio::test]
async fn what_must_be_answered_offers_not_to_answer_where_that_is_an_answer() {
    let mut survey = survey();
    let server = open(survey.clone());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let refused = phone.press(&about, "next", &[]).await;
    assert!(refused.text.contains("Please choose an answer here to go on."));
    survey.pages[1].questions[0].allow = vec![survey::Missing::PreferNot];
    let server = open(survey);
    for (language, words) in [
        ("en", "Please choose an answer, or “<bdi>Rather not</bdi>”."),
        ("fr", "Veuillez choisir une réponse, ou «\u{a0}<bdi>fr(Rather not)</bdi>\u{a0}»."),
    ] {
        let mut phone = Phone::new(&server);
        let about = phone.begin(language).await;
        let refused = phone.press(&about, "next", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(words), "{}", refused.text);
    }
}
