use axum::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::{
    fixture::{open, open_with, survey},
    journey::ABOUT,
    phone::{Phone, Shown},
};

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let groups =
        bits.as_bytes().chunks(6).map(|group| format!("{:0<6}", std::str::from_utf8(group).unwrap()));
    let mut text: String =
        groups.map(|group| char::from(LETTERS[usize::from_str_radix(&group, 2).unwrap()])).collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn policy(page: &Shown) -> String {
    let style = page.text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    format!(
        "default-src 'none'; style-src 'sha256-{}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        base64(&Sha256::digest(style.as_bytes()))
    )
}

#[tokio::test]
async fn every_answer_carries_exactly_these_headers() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    let refused = phone.press(&about, "next", &[]).await;
    let missing = phone.get("/elsewhere").await;
    for page in [phone.get("/sample").await, about, refused, missing] {
        assert_eq!(page.headers["content-security-policy"], policy(&page));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(page.headers[name], value);
        }
        assert!(!page.headers.contains_key("strict-transport-security"));
        for inline in ["style=", "<script", "onclick", "onload", "javascript:"] {
            assert!(!page.text.contains(inline), "{inline}");
        }
    }
    assert_eq!(phone.get("/sample/q/about").await.headers["x-robots-tag"], "noindex");
    assert!(!phone.get("/sample").await.headers.contains_key("x-robots-tag"));
}

#[tokio::test]
async fn the_cookie_is_closed_to_scripts_and_to_other_sites() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample").await;
    let sent = phone.press(&first, "next", &[("agree", "yes")]).await;
    let cookie = sent.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("sd=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn behind_https_the_cookie_is_bound_to_the_host_and_https_is_demanded() {
    let server = open_with(survey(), |setup| setup.behind_https = true);
    let mut phone = Phone::new(&server);
    let first = phone.get("/sample").await;
    assert_eq!(first.headers["strict-transport-security"], "max-age=63072000");
    let sent = phone.press(&first, "next", &[("agree", "yes")]).await;
    let cookie = sent.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sd=") && cookie.contains("; Secure"), "{cookie}");
    assert_eq!(phone.follow(&sent).await.status, StatusCode::OK);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused_and_store_nothing() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    let about = phone.begin("en").await;
    for (name, value, taken) in [
        ("sec-fetch-site", "cross-site", false),
        ("sec-fetch-site", "same-site", false),
        ("origin", "https://evil.test", false),
        ("origin", "nonsense", false),
        ("sec-fetch-site", "same-origin", true),
        ("origin", "http://box.test", true),
        ("origin", "null", true),
    ] {
        phone.extra = vec![(name, value)];
        let sent = phone.press(&about, "next", ABOUT).await;
        let status = if taken { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(sent.status, status, "{name}: {value}");
        assert_eq!(server.store.responses("sample").unwrap()[0].pages, u32::from(taken), "{name}: {value}");
    }
}

#[tokio::test]
async fn a_seal_of_another_response_or_screen_is_no_pass() {
    let server = open(survey());
    let (mut mine, mut hers) = (Phone::new(&server), Phone::new(&server));
    let my_page = mine.begin("en").await;
    let her_page = hers.begin("en").await;
    let crossed = hers.press(&my_page, "next", ABOUT).await;
    assert_eq!(crossed.status, StatusCode::FORBIDDEN);
    assert!(crossed.is_chosen("way", "other"), "what was typed is given back");
    let typed = mine.get("/sample/q/typed").await;
    let seal = typed.field("_t");
    let sent = mine.post("/sample/q/about", &[("_t", &seal), ("_go", "next"), ("age", "adult")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert_eq!(hers.press(&her_page, "next", ABOUT).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_forged_cookie_is_nobody() {
    let server = open(survey());
    let mut phone = Phone::new(&server);
    phone.cookie = Some(format!("sd={}.{}", "0".repeat(32), "0".repeat(64)));
    assert_eq!(phone.get("/sample/q/about").await.status, StatusCode::FORBIDDEN);
    phone.cookie = Some("sd=ü".into());
    assert_eq!(phone.get("/sample/review").await.status, StatusCode::FORBIDDEN);
}
