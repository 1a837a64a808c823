//! Checks refuse, warnings ask once, and shuffled choices keep their order for one visitor.

use axum::http::StatusCode;
use survey::{Condition, Kind, Rule, Survey, Words};

use crate::{
    fixture::{open, survey},
    journey::ABOUT,
    phone::Phone,
};

fn with(change: impl FnOnce(&mut Survey)) -> Survey {
    let mut survey = survey();
    change(&mut survey);
    survey
}

fn of_area(survey: &mut Survey, words: &str) -> Rule {
    let question = survey.question("area").unwrap().id.clone();
    let holds = Condition::AreaIn { question, areas: vec!["B3H".into()] };
    Rule { holds, words: Words::new("area:rule", words) }
}

const FAR: &[(&str, &str)] = &[("household", "3"), ("area", "V5K")];

#[tokio::test]
async fn a_warning_is_shown_once_and_may_be_passed() {
    let server = open(with(|survey| {
        let rule = of_area(survey, "That is far away. Is it right?");
        survey.pages[2].questions[2].warn = Some(rule);
    }));
    let mut phone = Phone::new(&server);
    let first = phone.begin("en").await;
    let typed = phone.go(&first, "next", ABOUT).await;
    let asked = phone.press(&typed, "next", FAR).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text.contains("That is far away."));
    let onward = phone.go(&asked, "next", &[("household", "3"), ("area", "V5K"), ("_warned", "area")]).await;
    assert_eq!(onward.status, StatusCode::OK);
    assert!(asked.text.contains("name=\"_warned\" value=\"area\""));
}

#[tokio::test]
async fn a_check_refuses_in_its_own_words_however_often() {
    let server = open(with(|survey| {
        let rule = of_area(survey, "We ask only about one place.");
        survey.pages[2].questions[2].check = Some(rule);
    }));
    let mut phone = Phone::new(&server);
    let first = phone.begin("en").await;
    let typed = phone.go(&first, "next", ABOUT).await;
    for _ in 0..2 {
        let refused = phone.press(&typed, "next", FAR).await;
        assert!(refused.text.contains("We ask only about one place."));
        assert!(!refused.text.contains("_warned"));
    }
}

#[tokio::test]
async fn languages_and_dates_are_drawn_and_taken() {
    let server = open(with(|survey| {
        let language = |tag: &str| survey::Choice::new(tag.into(), Words::new("", tag));
        let mut other = language("other");
        other.specify = true;
        let questions = &mut survey.pages[2].questions;
        questions[0].kind = Kind::Language { choices: vec![language("fr"), language("ar"), other] };
        questions[2].kind = Kind::Date { first: None, last: None, to_day: false };
    }));
    let mut phone = Phone::new(&server);
    let first = phone.begin("en").await;
    let typed = phone.go(&first, "next", ABOUT).await;
    assert!(typed.text.contains("<option value=\"ar\" lang=\"ar\" dir=\"rtl\">العربية</option>"));
    let refused = phone.press(&typed, "next", &[("household", "ar"), ("area", "May 2026")]).await;
    assert!(refused.text.contains("Please write a year and a month"));
    let onward = phone.go(&refused, "next", &[("household", "ar"), ("area", "2026/5")]).await;
    assert_eq!(onward.status, StatusCode::OK);
    let again = phone.go(&onward, "back", &[]).await;
    assert!(again.text.contains("value=\"2026-05\""));
}
