//! The days of the survey: before the first, after the last, and after the last to take answers back.

use axum::http::StatusCode;
use server::{Clock, Setup};
use survey::{Date, Survey};

use crate::{
    fixture::{Box, DAY, open, open_with, survey},
    journey::{ABOUT, finish},
    phone::Phone,
    withdraw::number,
};

const FIRST: Date = Date::constant(2027, 2, 10);
const EVE: Date = Date::constant(2027, 2, 9);
const AFTER: Date = Date::constant(2027, 2, 15);

/// A survey that asks until the day of the fixture.
fn dated() -> Survey {
    Survey { field: Some((FIRST, DAY)), ..survey() }
}

fn open_on(survey: Survey, day: Date) -> Box {
    open_with(survey, |setup| setup.clock = Clock::Fixed(day))
}

/// The same box on another day, and the same phone before it.
fn later(server: &mut Box, phone: &Phone, survey: Survey, day: Date) -> Phone {
    let (store, clock) = (server.store.clone(), Clock::Fixed(day));
    let setup = Setup {
        survey,
        store,
        clock,
        demonstration: false,
        behind_https: false,
        apart: None,
        weights: Default::default(),
        logo: None,
        earlier: Vec::new(),
    };
    server.router = server::router(setup).unwrap();
    let mut same = Phone::new(server);
    same.cookie.clone_from(&phone.cookie);
    same
}

#[tokio::test]
async fn before_the_first_day_every_page_says_that_answers_are_a_try_out() {
    let server = open_on(dated(), EVE);
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    assert!(about.text.contains("This survey opens on <bdi><time datetime=\"2027-02-10\">February 10, 2027"));
    for path in ["/sample/en", "/sample/privacy", "/sample/withdraw", "/sample/stopped/declined"] {
        assert!(phone.get(path).await.text.contains("a try-out"), "{path}");
    }
    assert!(phone.get("/sample/fr").await.text.contains("Cette enquête ouvre le <bdi>"));
    assert_eq!(phone.press(&about, "next", ABOUT).await.status, StatusCode::SEE_OTHER, "taken as ever");
    let (_, thanks) = finish(&server, "en").await;
    assert!(thanks.text.contains("a try-out"));
}

#[tokio::test]
async fn from_the_first_day_to_the_last_nothing_is_said() {
    for day in [FIRST, DAY] {
        let server = open_on(dated(), day);
        let about = Phone::new(&server).begin("en").await;
        assert!(!about.text.contains("a try-out") && !about.text.contains("closed"), "{day}");
    }
}

#[tokio::test]
async fn after_the_last_day_nobody_begins() {
    let mut server = open_on(dated(), DAY);
    let mut early = Phone::new(&server);
    let first = early.get("/sample/en").await;
    let mut phone = later(&mut server, &early, dated(), AFTER);
    for path in ["/sample", "/sample/en"] {
        let closed = phone.get(path).await;
        assert_eq!(closed.status, StatusCode::OK);
        assert!(closed.text.contains("This survey is closed") && closed.text.contains("902-555-0100"));
        assert!(closed.text.contains("datetime=\"2027-02-14\""));
        assert!(!closed.text.contains("name=\"agree\"") && !closed.text.contains("/sample/review"));
    }
    let french = phone.get("/sample/fr").await;
    assert!(french.text.contains("Cette enquête est terminée"));
    let refused = phone.press(&first, "next", &[("agree", "yes")]).await;
    assert_eq!((refused.status, &phone.cookie), (StatusCode::FORBIDDEN, &None));
    assert!(refused.text.contains("This survey is closed"));
    assert!(server.store.tally("sample").unwrap().events.is_empty());
}

#[tokio::test]
async fn who_began_before_may_finish_afterwards() {
    let mut server = open_on(dated(), DAY);
    let mut early = Phone::new(&server);
    early.begin("en").await;
    let mut phone = later(&mut server, &early, dated(), AFTER);
    let closed = phone.get("/sample/en").await;
    assert!(closed.text.contains("href=\"/sample/review\""), "the way on");
    let mut screen = phone.get("/sample/q/about").await;
    while !screen.action().ends_with("/finish") {
        assert!(screen.text.contains("you can still finish"), "{}", screen.text);
        screen = phone.go(&screen, "next", &[("age", "adult")]).await;
    }
    let thanks = phone.press(&screen, "finish", &[]).await;
    assert!(thanks.text.contains("id=\"number\""));
}

#[tokio::test]
async fn a_demonstration_is_open_on_every_day() {
    for day in [EVE, Date::constant(2031, 1, 1)] {
        let server = open_with(dated(), |setup| {
            (setup.clock, setup.demonstration) = (Clock::Fixed(day), true);
        });
        let (_, thanks) = finish(&server, "en").await;
        assert!(thanks.text.contains("id=\"number\"") && !thanks.text.contains("a try-out"), "{day}");
    }
}

#[tokio::test]
async fn no_promise_is_made_until_a_day_that_is_over() {
    let last = Date::constant(2027, 3, 31);
    let open_still = open_on(survey(), last);
    let (_, thanks) = finish(&open_still, "en").await;
    assert!(thanks.text.contains("take your answers back until") && thanks.text.contains("id=\"number\""));
    let over = open_on(survey(), Date::constant(2027, 4, 1));
    let (_, thanks) = finish(&over, "en").await;
    assert!(!thanks.text.contains("take your answers back until") && !thanks.text.contains("id=\"number\""));
    let privacy = Phone::new(&over).get("/sample/privacy").await;
    assert!(privacy.text.contains("The last day to take answers back was"));
}

#[tokio::test]
async fn after_the_last_day_to_take_answers_back_what_was_sent_stays() {
    let mut server = open_on(survey(), DAY);
    let (early, thanks) = finish(&server, "en").await;
    let number = number(&thanks.text);
    let mut phone = later(&mut server, &early, survey(), Date::constant(2027, 4, 1));
    let page = phone.get("/sample/withdraw?lang=en").await;
    assert!(
        page.text.contains("The last day to take answers back was") && page.text.contains("902-555-0100")
    );
    assert!(!page.text.contains("name=\"number\""));
    let arabic = phone.press(&page, "lang:ar", &[("_said", "over")]).await;
    assert!(arabic.text.contains("لم يعد ممكنًا سحب الإجابات"));
    for go in ["next", "erase"] {
        let refused = phone.post("/sample/withdraw?lang=en", &[("number", &number), ("_go", go)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(server.store.responses("sample").unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_never_sent_can_be_erased_on_every_day() {
    let server = open_on(survey(), Date::constant(2027, 4, 1));
    let mut phone = Phone::new(&server);
    let mut screen = phone.begin("en").await;
    while !screen.action().ends_with("/finish") {
        screen = phone.go(&screen, "next", &[("age", "adult")]).await;
    }
    let sure = phone.press(&screen, "erase", &[]).await;
    let number = sure.field("number");
    let gone = phone.press(&sure, "erase", &[("number", &number)]).await;
    assert!(gone.text.contains("Your answers are erased"));
}

#[tokio::test]
async fn without_dates_a_survey_is_open() {
    let server = open(survey());
    assert!(Phone::new(&server).get("/sample/en").await.text.contains("name=\"agree\""));
}
