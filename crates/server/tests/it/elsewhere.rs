//! Pages that are not there, not in this way, or not for this visitor any more.

use axum::http::StatusCode;

use crate::{
    fixture::{open, survey},
    journey::{ABOUT, finish},
    phone::Phone,
};

#[tokio::test]
async fn going_back_after_sending_alarms_nobody() {
    let server = open(survey());
    let (mut phone, _) = finish(&server, "en").await;
    for path in ["/sample/q/about", "/sample/review"] {
        let shown = phone.get(path).await;
        assert_eq!(shown.status, StatusCode::FORBIDDEN);
        assert!(shown.text.contains("You have already sent your answers, or you have not begun yet."));
        assert!(
            shown.text.contains("href=\"/sample/en\"")
                && shown.text.contains("href=\"/sample/withdraw?lang=en\"")
        );
        assert!(!shown.text.contains("did not work"));
        let french = phone.get(&format!("{path}?lang=fr")).await;
        assert!(shown.text.contains(&format!("href=\"{path}?lang=fr\"")), "the same page in French");
        assert!(french.text.contains("Vous avez déjà envoyé vos réponses"));
    }
}

#[tokio::test]
async fn a_wrong_seal_has_words_of_its_own() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.begin("en").await;
    let refused = phone.post("/sample/finish", &[("_t", "nonsense"), ("_go", "finish")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("We could not check the form you sent"));
    assert!(refused.text.contains("href=\"/sample/review\""));
    assert!(!refused.text.contains("<nav"), "an answer to a form cannot be asked for in another language");
}

#[tokio::test]
async fn only_ends_that_an_answer_leads_to_can_be_looked_at() {
    let mut survey = survey();
    let mut unused = survey.ends[1].clone();
    unused.id = "unused".into();
    survey.ends.push(unused);
    let server = open(survey);
    let mut phone = Phone::new(&server);
    for (end, status) in [
        ("declined", StatusCode::OK),
        ("too_young", StatusCode::OK),
        ("done", StatusCode::NOT_FOUND),
        ("unused", StatusCode::NOT_FOUND),
        ("nowhere", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(phone.get(&format!("/sample/stopped/{end}")).await.status, status, "{end}");
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_is_told_from_one_asked_in_the_wrong_way() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    assert_eq!(phone.get("/sample/q/zzz").await.status, StatusCode::NOT_FOUND);
    assert_eq!(phone.post("/sample/q/zzz", ABOUT).await.status, StatusCode::NOT_FOUND);
    assert_eq!(phone.get("/sample/nowhere/at/all").await.status, StatusCode::NOT_FOUND);
    for path in ["/sample/finish", "/sample/begin"] {
        let shown = phone.get(path).await;
        assert_eq!(
            (shown.status, &shown.headers["allow"]),
            (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().unwrap())
        );
        assert!(shown.text.contains("a button leads here") && !shown.text.contains("did not work"));
    }
    for path in ["/sample", "/sample/review", "/sample/privacy"] {
        let refused = phone.post(path, &[]).await;
        assert_eq!(
            (refused.status, &refused.headers["allow"]),
            (StatusCode::METHOD_NOT_ALLOWED, &"GET,HEAD".parse().unwrap())
        );
    }
}

#[tokio::test]
async fn an_address_that_is_not_ours_is_never_repeated() {
    let server = open(survey());
    let shown = Phone::new(&server).get("//evil.test/x").await;
    assert!(shown.status == StatusCode::NOT_FOUND && !shown.text.contains("evil.test"));
}
