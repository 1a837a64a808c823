use std::{
    future::{Future, poll_fn},
    task::Poll,
    time::Duration,
};

use age::secrecy::ExposeSecret;
use axum::http::StatusCode;
use responses::{Draw, EntryKind, InvitationState, Invitations, StudyKey, StudySecret};
use server::Apart;
use survey::{Date, Survey};
use tempfile::TempDir;

use crate::{
    fixture::{Box, open_with, survey, words},
    journey::finish,
    phone::{Phone, Shown},
};

/// A collection box with invitations and a draw.
struct Whole {
    server: Box,
    invitations: Invitations,
    draw: Draw,
    secret: StudySecret,
    _folder: TempDir,
}

fn whole(invited_only: bool) -> Whole {
    whole_of(survey(), invited_only)
}

fn whole_of(mut survey: Survey, invited_only: bool) -> Whole {
    survey.draw = Some(words("survey:draw", "Three gift cards of 50 dollars."));
    let folder = tempfile::tempdir().unwrap();
    let identity = age::x25519::Identity::generate();
    let secret = StudySecret::read(identity.to_string().expose_secret()).unwrap();
    let server = open_with(survey, |setup| {
        let keys = setup.store.keys();
        setup.apart = Some(Apart {
            invitations: Invitations::open(folder.path(), keys).unwrap(),
            draw: Draw::open(folder.path(), keys).unwrap(),
            key: Some(StudyKey::read(&identity.to_public().to_string()).unwrap()),
            invited_only,
        });
    });
    let keys = server.store.keys();
    let invitations = Invitations::open(folder.path(), keys).unwrap();
    let draw = Draw::open(folder.path(), keys).unwrap();
    Whole { invitations, draw, secret, server, _folder: folder }
}

#[tokio::test]
async fn an_invitation_opens_the_survey_once_and_two_taps_are_one() {
    let whole = whole(true);
    let code = whole.invitations.issue("sample", "mailing", 1).unwrap().remove(0);
    let state = || whole.invitations.state("sample", &code).unwrap();
    let mut phone = Phone::new(&whole.server);
    let path = format!("/i/{code}");
    let first = phone.get(&path).await;
    assert!(first.text.contains(&format!("href=\"/i/{code}?lang=ar\"")), "the languages keep it");
    assert_eq!((first.field("_i"), state()), (code.clone(), InvitationState::Unused), "looking uses nothing");
    let agreed = [("_i", code.as_str()), ("agree", "yes")];
    let begun = phone.press(&first, "next", &agreed).await;
    let again = phone.press(&first, "next", &agreed).await;
    assert_eq!(
        (begun.status, again.status, state()),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER, InvitationState::Used)
    );
    assert_eq!(whole.server.store.responses("sample").unwrap().len(), 1);
    let mut other = Phone::new(&whole.server);
    let used = other.get(&path).await;
    assert!(used.text.contains("already used") && used.text.contains("/sample/resume"), "{}", used.text);
    let seal = first.field("_t");
    let late =
        other.post("/sample/begin?lang=en", &[("_t", &seal), ("_i", "aaaaaaaaaa"), ("agree", "yes")]).await;
    // The seal of the first page began a response before; with a code that is none it opens nothing, and loses nothing.
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert_eq!(whole.server.store.responses("sample").unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_comes_second_with_a_code_leaves_nothing() {
    let whole = whole(true);
    let code = whole.invitations.issue("sample", "mailing", 1).unwrap().remove(0);
    let (mut one, mut two) = (Phone::new(&whole.server), Phone::new(&whole.server));
    let first = one.get(&format!("/i/{code}")).await;
    let second = two.get(&format!("/i/{code}")).await;
    let agreed = [("_i", code.as_str()), ("agree", "yes")];
    assert_eq!(one.press(&first, "next", &agreed).await.status, StatusCode::SEE_OTHER);
    let late = two.press(&second, "next", &agreed).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert!(late.text.contains("already used") && two.cookie.is_none());
    assert_eq!(whole.server.store.responses("sample").unwrap().len(), 1);
}

#[tokio::test]
async fn two_taps_at_the_same_moment_are_one_response_that_stays() {
    let whole = whole(true);
    for code in whole.invitations.issue("sample", "mailing", 8).unwrap() {
        let mut phone = Phone::new(&whole.server);
        let first = phone.get(&format!("/i/{code}")).await;
        let (mut one, mut two) = (phone.clone(), phone.clone());
        let agreed = [("_i", code.as_str()), ("agree", "yes")];
        let taps = tokio::join!(one.press(&first, "next", &agreed), two.press(&first, "next", &agreed));
        assert_eq!((taps.0.status, taps.1.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        assert_eq!(one.follow(&taps.0).await.status, StatusCode::OK);
    }
    assert_eq!(whole.server.store.responses("sample").unwrap().len(), 8);
}

/// Press Continue and hang up as soon as the store has begun a response, before the server goes on.
async fn hang_up(whole: &Whole, phone: &Phone, first: &Shown, code: &str) {
    let begun = || whole.server.store.responses("sample").unwrap().len();
    let (before, mut phone) = (begun(), phone.clone());
    let agreed = [("_i", code), ("agree", "yes")];
    let mut sent = std::pin::pin!(phone.press(first, "next", &agreed));
    // Looked at once in a while: the writer and the readers have threads of their own, and what the server does beside
    // this request gets its turn.
    while begun() == before && poll_fn(|context| Poll::Ready(sent.as_mut().poll(context).is_pending())).await
    {
        tokio::task::yield_now().await;
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn whoever_hangs_up_keeps_her_turn_and_wins_no_second_one() {
    let whole = whole(true);
    let code = whole.invitations.issue("sample", "mailing", 1).unwrap().remove(0);
    let mut phone = Phone::new(&whole.server);
    let mut pages = Vec::new();
    for _ in 0..3 {
        pages.push(phone.get(&format!("/i/{code}")).await);
    }
    for first in &pages {
        hang_up(&whole, &phone, first, &code).await;
    }
    let mut settled = 0;
    while settled < 100 && whole.server.store.responses("sample").unwrap().len() != 1 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        settled += 1;
    }
    assert_eq!(whole.invitations.state("sample", &code).unwrap(), InvitationState::Used);
    let mut in_again = 0;
    for first in &pages {
        let again = phone.press(first, "next", &[("_i", &code), ("agree", "yes")]).await;
        in_again += usize::from(again.status == StatusCode::SEE_OTHER);
    }
    assert_eq!((in_again, whole.server.store.responses("sample").unwrap().len()), (1, 1));
}

#[tokio::test]
async fn where_only_invitations_open_everybody_else_is_told() {
    let whole = whole(true);
    let mut phone = Phone::new(&whole.server);
    for (path, words) in [
        ("/sample/en", "This survey is by invitation"),
        ("/sample/fr", "Cette enquête se fait sur invitation"),
        ("/i/aaaaaaaaaa?lang=en", "We do not know this invitation"),
        ("/i/%3Cscript%3E?lang=en", "We do not know this invitation"),
    ] {
        let told = phone.get(path).await;
        assert!(told.status == StatusCode::OK && told.text.contains(words), "{path}: {}", told.text);
        assert!(!told.text.contains("name=\"agree\"") && !told.text.contains("<script"), "{path}");
    }
    whole.invitations.issue("sample", "mailing", 1).unwrap();
    let codes = whole.invitations.issue("sample", "class", 1).unwrap();
    whole.invitations.revoke("sample", "class").unwrap();
    assert!(phone.get(&format!("/i/{}?lang=en", codes[0])).await.text.contains("no longer open"));
    let forced = phone.post("/sample/begin?lang=en", &[("agree", "yes")]).await;
    assert_eq!(forced.status, StatusCode::FORBIDDEN);
    assert!(whole.server.store.responses("sample").unwrap().is_empty());
}

#[tokio::test]
async fn the_draw_is_entered_without_answering_and_once() {
    let whole = whole(false);
    let mut phone = Phone::new(&whole.server);
    let ask = phone.get("/sample/draw?lang=en").await;
    assert!(ask.text.contains("Three gift cards") && ask.text.contains("You need not answer the survey"));
    assert!(phone.cookie.is_none() && ask.text.contains("autocomplete=\"email\""));
    let refused = phone.press(&ask, "next", &[("contact", "me")]).await;
    assert_eq!((refused.status, refused.field("contact")), (StatusCode::UNPROCESSABLE_ENTITY, "me".into()));
    let arabic = phone.press(&ask, "lang:ar", &[("contact", "amina@example.org")]).await;
    assert!(arabic.text.contains("dir=\"rtl\"") && arabic.field("contact") == "amina@example.org");
    for typed in ["amina@example.org", "Amina@Example.org "] {
        let entered = phone.press(&ask, "next", &[("contact", typed)]).await;
        assert!(entered.text.contains("we have your contact"), "{}", entered.text);
        assert!(!entered.text.to_lowercase().contains("amina"), "whether it was there is told to nobody");
    }
    let list = whole.draw.list("sample", EntryKind::Draw).unwrap();
    let opened = whole.draw.opened("sample", EntryKind::Draw, &whole.secret, &list).unwrap();
    assert_eq!((opened.len(), opened[0].contact.as_deref()), (1, Some("amina@example.org")));
    let unsealed = phone.post("/sample/draw?lang=en", &[("contact", "other@example.org")]).await;
    assert_eq!(unsealed.status, StatusCode::FORBIDDEN);
    assert_eq!(whole.draw.list("sample", EntryKind::Draw).unwrap().len(), 1);
}

#[tokio::test]
async fn the_thanks_lead_to_the_draw_and_say_that_it_lies_apart() {
    let whole = whole(false);
    let (mut phone, thanks) = finish(&whole.server, "fr").await;
    assert!(thanks.text.contains("href=\"/sample/draw?lang=fr\"") && thanks.text.contains("gardées à part"));
    let talk = phone.get("/sample/contact?lang=fr").await;
    let entered = phone.press(&talk, "next", &[("contact", "902-555-0100")]).await;
    assert!(entered.text.contains("Merci, nous avons vos coordonnées"));
    assert_eq!(whole.draw.list("sample", EntryKind::Contact).unwrap().len(), 1);
    let privacy = phone.get("/sample/privacy?lang=fr").await;
    assert!(privacy.text.contains("confidentielles"));
}

#[tokio::test]
async fn without_a_key_nobody_is_asked_for_a_contact() {
    let server = crate::fixture::open(survey());
    let (mut phone, thanks) = finish(&server, "en").await;
    assert!(!thanks.text.contains("/draw") && !thanks.text.contains("/contact"));
    assert_eq!(phone.get("/sample/draw").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_enters_after_the_last_day() {
    let mut over = survey();
    over.field = Some((Date::constant(2027, 1, 2), Date::constant(2027, 2, 1)));
    let whole = whole_of(over, false);
    let mut phone = Phone::new(&whole.server);
    let page = phone.get("/sample/draw?lang=en").await;
    assert!(
        page.text.contains("The last day is over") && !page.text.contains("name=\"contact\""),
        "{}",
        page.text
    );
    let sent = phone.post("/sample/draw?lang=en", &[("_t", "00"), ("contact", "amina@example.org")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert!(sent.text.contains("nothing you typed was kept"));
    assert!(whole.draw.list("sample", EntryKind::Draw).unwrap().is_empty());
}
