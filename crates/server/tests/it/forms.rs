//! One bank of questions, several forms.

use axum::http::StatusCode;
use responses::State;
use survey::{Answer, Form, Missing, Offered, Survey};

use crate::{
    fixture::{Box, language, open, survey, words},
    phone::{Phone, Shown},
};

/// The sample with a short form, which alone is offered in Somali.
fn with_short() -> Survey {
    let mut survey = survey();
    let short = Form {
        id: "short".into(),
        title: words("form.short", "Short form, about 5 minutes"),
        keeps: ["age", "household", "needs"].map(|id| id.into()).into(),
        languages: vec![Offered { language: language("so"), draft: true }],
    };
    survey.forms = vec![short];
    for words in survey.words_mut().into_iter().filter(|words| words.path.starts_with("agree")) {
        words.translations.insert(language("so"), format!("so({})", words.source));
    }
    survey.forms[0].title.translations.insert(language("so"), "Foomka gaaban".into());
    survey
}

/// The visible words of a page, tags left out.
fn seen(page: &Shown) -> String {
    let body = page.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let words = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words);
    words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn begun(server: &Box, path: &str, form: &str) -> (Phone, Shown) {
    let mut phone = Phone::new(server);
    let first = phone.get(path).await;
    let about = phone.go(&first, "next", &[("agree", "yes"), ("_form", form)]).await;
    (phone, about)
}

#[tokio::test]
async fn the_first_page_offers_the_forms_with_the_whole_chosen() {
    let server = open(with_short());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/en").await;
    assert!(first.is_chosen("_form", "full") && !first.is_chosen("_form", "short"));
    let seen = seen(&first);
    assert!(seen.contains("All questions about 8 pages"), "{seen}");
    assert!(seen.contains("Short form, about 5 minutes about 4 pages"), "{seen}");
    assert!(first.text.find("_form").unwrap() < first.text.find("name=\"agree\"").unwrap());
    let plain = Phone::new(&open(survey())).get("/sample/en").await;
    assert!(!plain.text.contains("_form"), "a survey without forms has nothing to choose");
}

#[tokio::test]
async fn a_link_names_the_form_in_every_language_that_has_it() {
    let server = open(with_short());
    let mut phone = Phone::new(&server);
    for path in ["/sample/fr?form=short", "/sample?form=short"] {
        let first = phone.get(path).await;
        assert!(first.is_chosen("_form", "short"), "{path}");
        assert!(first.text.contains("href=\"/sample/ar?form=short\""), "the link keeps it");
    }
    let unknown = phone.get("/sample/fr?form=tiny%22").await;
    assert_eq!(unknown.status, StatusCode::OK, "a mistyped link leads to the choice");
    assert!(unknown.is_chosen("_form", "full") && !unknown.text.contains("tiny"));
}

#[tokio::test]
async fn a_form_that_is_not_offered_is_never_begun() {
    let server = open(with_short());
    for (path, form) in [("/sample/en", "tiny"), ("/sample/so", "full")] {
        let mut phone = Phone::new(&server);
        let first = phone.get(path).await;
        let again = phone.press(&first, "next", &[("agree", "yes"), ("_form", form)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(again.text.contains("Please choose again how many questions"), "{path}");
        assert!(again.is_chosen("agree", "yes"), "what was chosen stays");
    }
    assert!(server.store.responses("sample").unwrap().is_empty());
}

#[tokio::test]
async fn the_short_form_asks_only_what_it_keeps() {
    let server = open(with_short());
    let (mut phone, about) = begun(&server, "/sample/en", "short").await;
    assert!(seen(&about).contains("Asking age?") && !seen(&about).contains("Asking way?"));
    assert!(about.text.contains("Page <bdi>1</bdi> of about <bdi>4</bdi>"));
    let typed = phone.go(&about, "next", &[("age", "adult"), ("way", "work")]).await;
    assert!(seen(&typed).contains("Asking household?") && !seen(&typed).contains("Asking wish?"));
    let needs = phone.go(&typed, "next", &[("household", "3")]).await;
    assert!(seen(&needs).contains("Asking needs?") && !seen(&needs).contains("Asking top?"));
    let review = phone.go(&needs, "next", &[("needs", "work")]).await;
    assert!(review.text.contains("/sample/q/needs?from=review") && !seen(&review).contains("Asking top?"));
    let thanks = phone.press(&review, "finish", &[]).await;
    assert_eq!(thanks.status, StatusCode::OK);
    let response = server.store.responses("sample").unwrap().remove(0);
    assert_eq!((response.form.as_str(), response.state), ("short", State::Finished));
    let given = |id: &str| response.answers.given[id].clone();
    assert_eq!(given("household"), Answer::Number(3.0));
    assert_eq!(given("way"), Answer::Missing(Missing::NotInForm), "what was never asked was not taken");
    assert_eq!(given("unfair"), Answer::Missing(Missing::NotInForm));
    assert_eq!(given("wish"), Answer::Missing(Missing::NotInForm));
}

#[tokio::test]
async fn a_screen_of_another_form_is_not_there() {
    let mut survey = with_short();
    survey.forms[0].keeps.remove("needs");
    let server = open(survey);
    let (mut phone, _) = begun(&server, "/sample/en", "short").await;
    assert_eq!(phone.get("/sample/q/needs").await.status, StatusCode::NOT_FOUND);
    let (mut phone, _) = begun(&server, "/sample/en", "full").await;
    assert_ne!(phone.get("/sample/q/needs").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_language_of_one_form_leads_to_it_and_back_to_no_other() {
    let server = open(with_short());
    let mut phone = Phone::new(&server);
    phone.extra = vec![("accept-language", "so-CA")];
    let first = phone.get("/sample").await;
    assert!(first.text.contains("<html lang=\"so\"") && first.text.contains("Soomaali"));
    assert!(seen(&first).contains("Foomka gaaban") && !first.text.contains("_form"), "nothing to choose");
    let about = phone.go(&first, "next", &[("agree", "yes")]).await;
    assert!(about.text.contains("This translation is a draft"));
    assert_eq!(server.store.responses("sample").unwrap()[0].form.as_str(), "short");
    for tag in ["en", "fr", "ar", "so"] {
        assert!(about.text.contains(&format!("value=\"lang:{tag}\"")), "{tag} has the short form");
    }
    let english = phone.go(&about, "lang:en", &[]).await;
    assert!(english.text.contains("<html lang=\"en\"") && !seen(&english).contains("Asking way?"));
    assert!(english.text.contains("value=\"lang:so\""), "the way back");
}

#[tokio::test]
async fn the_whole_cannot_be_switched_into_a_language_that_lacks_it() {
    let server = open(with_short());
    let (mut phone, about) = begun(&server, "/sample/fr", "full").await;
    assert!(about.text.contains("value=\"lang:ar\"") && !about.text.contains("value=\"lang:so\""));
    let still = phone.go(&about, "lang:so", &[]).await;
    assert!(still.text.contains("<html lang=\"fr\""), "a forged button changes nothing");
}

#[tokio::test]
async fn who_goes_back_to_the_first_page_may_choose_another_form() {
    let server = open(with_short());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/en").await;
    phone.go(&first, "next", &[("agree", "yes"), ("_form", "full")]).await;
    let about = phone.go(&first, "next", &[("agree", "yes"), ("_form", "short")]).await;
    assert!(!seen(&about).contains("Asking way?"));
    let responses = server.store.responses("sample").unwrap();
    assert_eq!(responses.iter().map(|each| each.form.as_str()).collect::<Vec<_>>(), ["short"]);
}

#[tokio::test]
async fn an_answer_that_ends_the_survey_ends_every_form_even_at_the_second_tap() {
    let server = open(with_short());
    let (mut phone, about) = begun(&server, "/sample/en", "short").await;
    let mut other = phone.clone();
    for phone in [&mut phone, &mut other] {
        let ended = phone.press(&about, "next", &[("age", "young")]).await;
        assert_eq!(ended.to(), "/sample/stopped/too_young?lang=en");
    }
    assert!(server.store.responses("sample").unwrap().is_empty());
}
