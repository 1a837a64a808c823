//! Pages and durable saves per second over loopback, 64 phones at once, phones and server on the same machine.
//!
//! Peers, measured on a machine of this size: LimeSurvey 6.1.8 shows 9.9 first pages per second and core; ODK
//! Central documents 41 submissions of 250 questions per second.

#[path = "../tests/it/fixture.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "it belongs to the tests, which use more of it")]
mod fixture;

use std::time::{Duration, Instant};

use responses::Store;
use server::{Clock, Setup};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::oneshot,
    task::JoinSet,
};

const PHONES: usize = 64;
const LONG: Duration = Duration::from_secs(3);

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let long = if std::env::args().any(|each| each == "--test") { Duration::from_millis(50) } else { LONG };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(folder.path()).expect("a store can be opened there");
    let survey = fixture::survey();
    let clock = Clock::Fixed(fixture::DAY);
    let setup = Setup { survey, store, clock, demonstration: false, behind_https: false, apart: None };
    let runtime = Runtime::new().expect("a runtime can be started");
    runtime.block_on(measure(setup, long));
}

async fn measure(setup: Setup, long: Duration) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    let (stop, stopped) = oneshot::channel::<()>();
    let ended = async move { drop(stopped.await) };
    let served = tokio::spawn(server::serve(listener, setup, ended));
    for (what, goal, saves) in [
        ("first pages, gzip, per second", "2,000 per core", false),
        ("durable page saves per second", "1,000", true),
    ] {
        let mut waits = all_phones(port, long, saves).await;
        waits.sort_unstable();
        let rate = waits.len() as f64 / long.as_secs_f64();
        let at = |share: usize| waits.get(waits.len() * share / 100).copied().unwrap_or_default();
        println!("{what}: {rate:.0} (goal {goal}); median {:?}, 99th percentile {:?}", at(50), at(99));
    }
    let _ = stop.send(());
    served.await.expect("the server ran").expect("the server stopped in order");
}

async fn all_phones(port: u16, long: Duration, saves: bool) -> Vec<Duration> {
    let mut phones = JoinSet::new();
    for _ in 0..PHONES {
        phones.spawn(async move { if saves { save(port, long).await } else { look(port, long).await } });
    }
    phones.join_all().await.concat()
}

async fn look(port: u16, long: Duration) -> Vec<Duration> {
    let mut line = connect(port).await;
    let request = "GET /sample/ar HTTP/1.1\r\nhost: box\r\naccept-encoding: gzip\r\n\r\n";
    let (begun, mut waits) = (now(), Vec::new());
    while begun.elapsed() < long {
        let sent = now();
        exchange(&mut line, request).await;
        waits.push(sent.elapsed());
    }
    waits
}

async fn save(port: u16, long: Duration) -> Vec<Duration> {
    let mut line = connect(port).await;
    let first = exchange(&mut line, "GET /sample/en HTTP/1.1\r\nhost: box\r\n\r\n").await;
    let consent = format!("_t={}&agree=yes", seal(&first));
    let begun = exchange(&mut line, &post("/sample/begin", "", &consent)).await;
    let cookie =
        begun.split("sd=").nth(1).and_then(|rest| rest.split(';').next()).expect("a cookie").to_owned();
    let page = format!("GET /sample/q/about HTTP/1.1\r\nhost: box\r\ncookie: sd={cookie}\r\n\r\n");
    let seal = seal(&exchange(&mut line, &page).await);
    let (begun, mut waits) = (now(), Vec::new());
    while begun.elapsed() < long {
        let body = format!("_t={seal}&age=adult&way=other&way.other.words={}", waits.len());
        let sent = now();
        let saved = exchange(&mut line, &post("/sample/q/about", &cookie, &body)).await;
        assert!(saved.starts_with("HTTP/1.1 303"), "{saved}");
        waits.push(sent.elapsed());
    }
    waits
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

async fn connect(port: u16) -> TcpStream {
    let line = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
    line.set_nodelay(true).expect("a socket can be told so");
    line
}

fn post(path: &str, cookie: &str, body: &str) -> String {
    let length = body.len();
    let kind = "application/x-www-form-urlencoded";
    format!(
        "POST {path} HTTP/1.1\r\nhost: box\r\ncookie: sd={cookie}\r\ncontent-type: {kind}\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

fn seal(page: &str) -> String {
    let rest = page.split("name=\"_t\" value=\"").nth(1).unwrap_or_else(|| panic!("no seal in {page}"));
    rest.split('"').next().expect("a text has a first part").to_owned()
}

/// One request and its whole answer, lossily as text: a length in its head, or chunks up to an empty one.
async fn exchange(line: &mut TcpStream, request: &str) -> String {
    line.write_all(request.as_bytes()).await.expect("the server reads");
    let mut bytes = Vec::with_capacity(16_384);
    loop {
        assert_ne!(line.read_buf(&mut bytes).await.expect("the server answers"), 0, "the server hung up");
        if is_whole(&bytes) {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    match length {
        Some(length) => bytes.len() >= end + 4 + length,
        None => bytes.ends_with(b"\r\n0\r\n\r\n"),
    }
}
