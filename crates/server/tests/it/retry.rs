use std::{collections::BTreeMap, fs};

use axum::http::StatusCode;
use survey::Answer;

use crate::{
    fixture::{Box, open, survey},
    journey::{ABOUT, TYPED, finish},
    phone::Phone,
};

/// Every file of the data folder with its bytes.
fn files(server: &Box) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let entries = fs::read_dir(server.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    // Readers of a write-ahead log keep their marks in its index, which holds no data.
    let kept = entries.filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"));
    kept.map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

#[tokio::test]
async fn get_never_writes() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    phone.go(&about, "next", ABOUT).await;
    let before = files(&server);
    for path in [
        "/",
        "/sample",
        "/sample/ar",
        "/sample/q/about",
        "/sample/q/typed",
        "/sample/q/typed?from=review",
        "/sample/review",
        "/sample/withdraw",
        "/sample/stopped/declined",
        "/sample/privacy",
        "/sample/q/nowhere",
        "/sample/finish",
        "/sample/begin",
        "/healthz",
    ] {
        phone.get(path).await;
    }
    assert!(before == files(&server), "a GET changed a file");
    phone.go(&about, "next", ABOUT).await;
    assert!(before == files(&server), "a repeated POST changed a file");
}

#[tokio::test]
async fn the_same_page_sent_again_is_stored_once_and_leads_the_same_way() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let once = phone.press(&about, "next", ABOUT).await;
    let twice = phone.press(&about, "next", ABOUT).await;
    assert_eq!((once.status, once.to()), (twice.status, twice.to()));
    let response = server.store.responses("sample").unwrap().remove(0);
    assert_eq!(response.pages, 1);
}

#[tokio::test]
async fn going_back_in_the_browser_and_changing_is_an_ordinary_edit() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    phone.go(&about, "next", ABOUT).await;
    // The browser shows its copy of the page: the old seal comes with new answers.
    let edited = phone.press(&about, "next", &[("age", "adult"), ("way", "work")]).await;
    assert_eq!(edited.status, StatusCode::SEE_OTHER);
    let stored = server.store.responses("sample").unwrap().remove(0).answers;
    assert_eq!(stored.given["way"], Answer::One("work".into()));
    assert!(stored.specified.is_empty());
}

#[tokio::test]
async fn an_older_tab_is_shown_both_versions_and_overwrites_nothing_unasked() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let older = phone.begin("en").await;
    let newer = phone.get("/sample/q/about").await;
    phone.go(&newer, "next", &[("age", "adult"), ("way", "work")]).await;
    let both = phone.press(&older, "next", &[("way", "study")]).await;
    assert_eq!(both.status, StatusCode::CONFLICT);
    assert!(both.text.contains("way work") && both.text.contains("way study"));
    assert!(!both.text.contains("Asking age?"), "left blank in the older tab: no difference");
    let stored = server.store.responses("sample").unwrap().remove(0).answers;
    assert_eq!(stored.given["way"], Answer::One("work".into()));
    let pairs = [("age", both.field("age")), ("way", both.field("way"))];
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    phone.go(&both, "next", &pairs).await;
    let stored = server.store.responses("sample").unwrap().remove(0).answers;
    assert_eq!(stored.given["way"], Answer::One("study".into()));
    assert_eq!(stored.given["age"], Answer::One("adult".into()), "a blank never replaces an answer");
}

#[tokio::test]
async fn finishing_twice_shows_the_same_number_without_a_cookie() {
    let server = open(survey());
    let (mut phone, thanks) = finish(&server, "en").await;
    let number =
        |text: &str| text.split("dir=\"ltr\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let again = phone.press(&thanks, "finish", &[]).await;
    assert_eq!(number(&again.text), number(&thanks.text));
    let french = phone.press(&thanks, "lang:fr", &[]).await;
    assert!(french.text.contains("<html lang=\"fr\"") && number(&french.text) == number(&thanks.text));
    assert_eq!(server.store.responses("sample").unwrap().len(), 1);
}

#[tokio::test]
async fn a_closed_store_gives_the_answers_back_with_503() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    server.store.clone().close().unwrap();
    let failed = phone.press(&typed, "next", TYPED).await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(failed.headers["retry-after"], "5");
    assert_eq!(failed.field("area"), "b3h 4r2");
    assert!(failed.text.contains("not saved yet"));
    assert_eq!(failed.field("_t"), typed.field("_t"), "a retry is the same submission");
}

#[tokio::test]
async fn a_disk_that_takes_too_long_gives_the_answers_back_and_a_retry_is_the_same() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let typed = phone.go(&about, "next", ABOUT).await;
    // Receipts are given on the writer's thread: while this one is, nothing is written.
    let (busy, free) = std::sync::mpsc::channel::<()>();
    server.store.submit(responses::Job::Canary, move |_| {
        let _ = free.recv();
    });
    let slow = phone.press(&typed, "next", TYPED).await;
    assert_eq!(
        (slow.status, &slow.headers["retry-after"]),
        (StatusCode::SERVICE_UNAVAILABLE, &"5".parse().unwrap())
    );
    assert!(slow.text.contains("not saved yet") && slow.field("area") == "b3h 4r2");
    drop(busy);
    let again = phone.press(&slow, "next", TYPED).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
}
