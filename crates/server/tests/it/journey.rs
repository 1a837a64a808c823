use axum::http::StatusCode;
use responses::State;
use survey::{Answer, Missing};

use crate::{
    fixture::{Box, language, open, survey},
    phone::{Phone, Shown},
};

pub(crate) const ABOUT: &[(&str, &str)] =
    &[("age", "adult"), ("way", "other"), ("way.other.words", "by boat")];
pub(crate) const TYPED: &[(&str, &str)] =
    &[("household", "٣"), ("arrival", "2019"), ("area", "b3h 4r2"), ("wish", "مكتبة <b>")];
pub(crate) const NEEDS: &[(&str, &str)] = &[
    ("needs", "work"),
    ("needs", "housing"),
    ("top.1", "work"),
    ("top.2", "health"),
    ("feel.here", "3"),
    ("feel.there", "prefer_not"),
];

/// The sample in a language besides its own.
fn also_in(tag: &str) -> survey::Survey {
    let mut survey = survey();
    survey.languages.push(survey::Offered { language: language(tag), draft: false });
    for words in survey.words_mut() {
        words.translations.insert(language(tag), format!("{tag}({})", words.source));
    }
    survey
}

#[tokio::test]
async fn who_keeps_another_calendar_is_told_the_year_it_is_in_ours() {
    let server = open(also_in("fa"));
    let mut phone = Phone::new(&server);
    let first = phone.begin("fa").await;
    let typed = phone.go(&first, "next", ABOUT).await;
    assert!(typed.text.contains("Gregorian calendar: this year is <bdi>2027</bdi>."), "{}", typed.text);
    assert!(typed.text.contains("aria-describedby=\"arrival-calendar\""));
    assert!(typed.text.contains("<option value=\"2019\">۲۰۱۹</option>"), "in the digits of the language");
    let before = phone.go(&typed, "next", TYPED).await;
    let hard = phone.go(&before, "next", &[]).await;
    let after = phone.go(&hard, "next", &[]).await;
    let needs = phone.go(&after, "next", &[]).await;
    let review = phone.go(&needs, "next", NEEDS).await;
    assert!(
        review.text.contains("<bdi>۲۰۱۹</bdi>") && review.text.contains("<bdi>۳</bdi>"),
        "{}",
        review.text
    );
    let english = phone.go(&review, "lang:en", &[]).await;
    assert!(english.text.contains("<bdi>2019</bdi>") && english.text.contains("<bdi>3</bdi>"));
    assert!(!english.text.contains("Gregorian"));
}

/// From the first screen to the review.
async fn answer_all(phone: &mut Phone, first: &Shown) -> Shown {
    let typed = phone.go(first, "next", ABOUT).await;
    let before = phone.go(&typed, "next", TYPED).await;
    let hard = phone.go(&before, "next", &[]).await;
    let after = phone.go(&hard, "next", &[("unfair", "prefer_not")]).await;
    let needs = phone.go(&after, "next", &[]).await;
    phone.go(&needs, "next", NEEDS).await
}

pub(crate) async fn finish(server: &Box, language: &str) -> (Phone, Shown) {
    let mut phone = Phone::new(server);
    let first = phone.begin(language).await;
    let review = answer_all(&mut phone, &first).await;
    let thanks = phone.press(&review, "finish", &[]).await;
    assert_eq!(thanks.status, StatusCode::OK, "{}", thanks.text);
    (phone, thanks)
}

#[tokio::test]
async fn a_whole_survey_is_answered_under_its_codes() {
    let server = open(survey());
    let (phone, thanks) = finish(&server, "en").await;
    assert!(thanks.text.contains("<output id=\"number\" dir=\"ltr\">"));
    assert_eq!(phone.cookie, None, "the cookie is taken away");
    let response = server.store.responses("sample").unwrap().remove(0);
    assert_eq!(response.state, State::Finished);
    let given = |id: &str| response.answers.given[id].clone();
    assert_eq!(given("way"), Answer::One("other".into()));
    assert_eq!(response.answers.specified[&("way".into(), "other".into())], "by boat");
    assert_eq!(given("household"), Answer::Number(3.0));
    assert_eq!(given("area"), Answer::Area("B3H".into()));
    assert_eq!(given("wish"), Answer::Words("مكتبة <b>".into()));
    assert_eq!(given("unfair"), Answer::Missing(Missing::PreferNot));
    assert_eq!(given("course"), Answer::Missing(Missing::NotAsked));
    assert_eq!(given("top"), Answer::Ranked(vec!["work".into(), "health".into()]));
}

#[tokio::test]
async fn a_journey_in_arabic_is_right_to_left_on_every_page() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample/ar").await;
    let mut pages = vec![first.clone()];
    let about = phone.go(&first, "next", &[("agree", "yes")]).await;
    let typed = phone.go(&about, "next", ABOUT).await;
    let before = phone.go(&typed, "next", TYPED).await;
    let hard = phone.go(&before, "next", &[]).await;
    let after = phone.go(&hard, "next", &[]).await;
    let needs = phone.go(&after, "next", &[]).await;
    let refused = phone.press(&needs, "next", &[("needs", "none"), ("needs", "work")]).await;
    let review = phone.go(&needs, "next", NEEDS).await;
    let thanks = phone.press(&review, "finish", &[]).await;
    let ask = phone.get("/sample/withdraw?lang=ar").await;
    let privacy = phone.get("/sample/privacy?lang=ar").await;
    pages.extend([about, typed, before, hard, after, needs, refused, review, thanks, ask, privacy]);
    for page in pages {
        assert!(page.text.contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", page.text);
        assert!(page.text.contains("هذه الترجمة مسوّدة"), "the draft is admitted");
    }
}

#[tokio::test]
async fn switching_to_french_half_way_keeps_place_and_answers() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("ar").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    assert!(typed.text.contains("ع(Asking household?)"));
    // Nothing of this is valid yet; it is kept all the same.
    let half = [("household", "many"), ("area", "B3"), ("wish", "مكتبة")];
    let french = phone.go(&typed, "lang:fr", &half).await;
    assert!(french.text.contains("<html lang=\"fr\" dir=\"ltr\">"));
    assert!(french.text.contains("fr(Asking household?)"), "the same place");
    assert_eq!(french.field("household"), "many");
    assert_eq!(french.field("area"), "B3");
    assert!(french.text.contains("مكتبة</textarea>"));
    let back = phone.go(&french, "back", &half).await;
    assert!(back.text.contains("fr(Asking way?)"));
    assert!(back.is_chosen("age", "adult") && back.is_chosen("way", "other"));
    assert_eq!(back.field("way.other.words"), "by boat");
    let again = phone.go(&back, "next", ABOUT).await;
    assert_eq!(again.field("household"), "many", "the draft waits where it was typed");
}

#[tokio::test]
async fn a_screen_with_nothing_asked_is_skipped_both_ways() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let course = phone.go(&about, "next", &[("age", "adult"), ("way", "study")]).await;
    assert!(course.text.contains("Asking course?"), "a question that looks at the screen before");
    let about = phone.go(&course, "back", &[]).await;
    let typed = phone.go(&about, "next", &[("age", "adult"), ("way", "work")]).await;
    assert!(typed.text.contains("Asking household?"));
    assert!(phone.get("/sample/q/about-2").await.to().ends_with("/q/typed"));
    let back = phone.go(&typed, "back", &[]).await;
    assert!(back.text.contains("Asking way?"));
}

#[tokio::test]
async fn a_hard_part_is_skipped_with_one_press_and_says_where_help_is() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    let before = phone.go(&typed, "next", TYPED).await;
    assert!(before.text.contains("This part is hard.") && before.text.contains("Skip this part"));
    let after = phone.go(&before, "skip", &[]).await;
    assert!(after.text.contains("Call 211."));
    let response = server.store.responses("sample").unwrap().remove(0);
    assert_eq!(response.answers.given["unfair"], Answer::Missing(Missing::PreferNot));
}

#[tokio::test]
async fn the_review_lets_every_answer_be_changed() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.begin("en").await;
    let review = answer_all(&mut phone, &first).await;
    for said in ["way other", "by boat", "needs work", "Rather not", "B3H"] {
        assert!(review.text.contains(said), "{said}");
    }
    assert!(review.text.contains("/sample/q/about?from=review#f-way"));
    let about = phone.get("/sample/q/about?from=review").await;
    // The change asks something new: that first, then the review again.
    let course = phone.go(&about, "next", &[("age", "adult"), ("way", "study")]).await;
    assert!(course.text.contains("Asking course?"));
    let review = phone.go(&course, "next", &[("course", "long")]).await;
    assert!(review.text.contains("course long") && review.text.contains("Send my answers"));
    let french = phone.go(&review, "lang:fr", &[]).await;
    assert!(french.text.contains("fr(course long)"));
}

#[tokio::test]
async fn what_was_typed_and_left_is_looked_at_before_anything_is_sent() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.begin("en").await;
    let review = answer_all(&mut phone, &first).await;
    let typed = phone.get("/sample/q/typed").await;
    phone.go(&typed, "back", &[("household", "lots")]).await;
    let sent = phone.press(&review, "finish", &[]).await;
    assert_eq!(sent.to(), "/sample/q/typed?from=review");
    let listed = phone.get("/sample/review").await;
    assert!(listed.text.contains("not saved yet"), "the review says where");
    assert_eq!(phone.follow(&sent).await.field("household"), "lots");
}

#[tokio::test]
async fn a_question_without_a_translation_is_shown_whole_in_the_source() {
    let mut survey = survey();
    let course = survey.pages[1].questions.iter_mut().find(|question| question.id.as_str() == "way").unwrap();
    if let survey::Kind::One { choices, .. } = &mut course.kind {
        choices[0].words.translations.clear();
    }
    let server = open(survey);
    let mut phone = Phone::new(&server);
    let about = phone.begin("ar").await;
    let whole =
        about.text.split("<div lang=\"en\" dir=\"ltr\">").nth(1).expect("the fallback declares itself");
    let whole = whole.split("</fieldset>").next().unwrap();
    assert!(whole.contains("Asking way?") && whole.contains("way other") && whole.contains("Rather not"));
    assert!(!whole.contains("ع("), "never two languages in one question");
}
