//! Clients that mean harm, or are only broken, over a real socket: a clear refusal each, nothing stored, nothing down.

use std::{net::SocketAddr, time::Duration};

use responses::Store;
use server::Setup;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::fixture::{setup, survey};

/// A collection box on a socket of its own.
struct Served {
    at: SocketAddr,
    store: Store,
    _folder: TempDir,
}

async fn serve(behind_https: bool) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let setup = Setup { behind_https, ..setup(survey(), store.clone()) };
    tokio::spawn(server::serve(listener, setup, std::future::pending()));
    Served { at, store, _folder: folder }
}

impl Served {
    /// Send bytes as they are; what comes back until the other side hangs up.
    async fn raw(&self, bytes: &[u8]) -> String {
        let mut line = TcpStream::connect(self.at).await.unwrap();
        // A server that refuses early may hang up before everything is sent.
        let _ = line.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = line.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn get(&self, path: &str) -> String {
        self.raw(format!("GET {path} HTTP/1.1\r\nhost: box\r\nconnection: close\r\n\r\n").as_bytes()).await
    }

    async fn post(&self, path: &str, headers: &str, body: &[u8]) -> String {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: box\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n{headers}\r\n",
            body.len()
        );
        self.raw(&[head.as_bytes(), body].concat()).await
    }

    /// Begin from an address behind the proxy.
    async fn begin(&self, from: &str) -> String {
        let first = self.get("/sample/en").await;
        let seal = first.split("name=\"_t\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let forwarded = format!("x-forwarded-for: {from}\r\n");
        self.post("/sample/begin?lang=en", &forwarded, format!("_t={seal}&_go=next&agree=yes").as_bytes())
            .await
    }

    fn stored(&self) -> usize {
        self.store.responses("sample").unwrap().len()
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("no answer")
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let server = serve(false).await;
    let body = vec![b'a'; 70_000];
    assert_eq!(status(&server.post("/sample/begin", "", &body).await), "413");
    let fields = "a=1&".repeat(10_000);
    assert_eq!(status(&server.post("/sample/begin", "", fields.as_bytes()).await), "413");
    let head = format!("GET /sample HTTP/1.1\r\nhost: box\r\nx: {}\r\n\r\n", "y".repeat(20_000));
    assert_eq!(status(&server.raw(head.as_bytes()).await), "431");
    let many: String = (0..200).map(|each| format!("x{each}: y\r\n")).collect();
    assert_eq!(
        status(&server.raw(format!("GET /sample HTTP/1.1\r\nhost: box\r\n{many}\r\n").as_bytes()).await),
        "431"
    );
    assert_eq!((server.stored(), status(&server.get("/sample/en").await)), (0, "200"));
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let server = serve(false).await;
    for (body, expected) in [
        (&b"\xff\xfe=\xff"[..], "403"),
        (b"%ff%fe=%c3%28&agree=%ff", "403"),
        (b"%zz=%", "403"),
        (b"\0\0\0\0", "403"),
        (b"", "403"),
    ] {
        let answer = server.post("/sample/begin", "", body).await;
        assert!([expected, "400"].contains(&status(&answer)), "{body:?}: {answer}");
    }
    let json = server
        .raw(b"POST /sample/begin HTTP/1.1\r\nhost: box\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
        .await;
    assert!(["400", "415"].contains(&status(&json)), "{json}");
    assert!(
        !server.raw(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 a TLS hello\r\n\r\n").await.contains("200 OK")
    );
    assert!(!server.raw(b"GET /sample HTTP/9.9\r\n\r\n").await.contains("200 OK"));
    assert_eq!((server.stored(), status(&server.get("/sample/en").await)), (0, "200"));
}

#[tokio::test]
async fn tricks_with_paths_lead_nowhere() {
    let server = serve(false).await;
    for path in [
        "/sample/../../etc/passwd",
        "/sample/%2e%2e/%2e%2e/keys/secret",
        "/sample//q//about",
        "/sample/q/..%2f..%2fanswers.db",
        "/sample/q/about%00",
        "/sample/stopped/%ff",
        "//evil.example/",
        "/sample/stopped/<script>",
    ] {
        let answer = server.get(path).await;
        assert!(["404", "400", "403"].contains(&status(&answer)), "{path}: {answer}");
        assert!(!answer.contains("<script>"), "{path}");
    }
    let elsewhere = server.get("/sample?lang=en%0d%0aset-cookie:%20a=b").await;
    assert!(!elsewhere.contains("set-cookie"));
}

#[tokio::test]
async fn slow_clients_keep_nobody_waiting() {
    let server = serve(false).await;
    let mut slow = Vec::new();
    for each in 0..200 {
        let mut line = TcpStream::connect(server.at).await.unwrap();
        let begun = if each % 2 == 0 {
            "GET /sample HTTP/1.1\r\nhost: b".to_owned()
        } else {
            "POST /sample/begin HTTP/1.1\r\nhost: box\r\ncontent-length: 60000\r\n\r\na=".to_owned()
        };
        line.write_all(begun.as_bytes()).await.unwrap();
        slow.push(line);
    }
    let quick = tokio::time::timeout(Duration::from_secs(5), server.get("/sample/en")).await;
    assert_eq!(status(&quick.expect("an honest page is served meanwhile")), "200");
    drop(slow);
}

#[tokio::test]
async fn a_class_of_forty_behind_one_address_begins_and_a_flood_waits() {
    let server = serve(true).await;
    for person in 0..40 {
        let answer = server.begin("203.0.113.7").await;
        assert_eq!(status(&answer), "303", "person {person}: {answer}");
    }
    for _ in 40..300 {
        server.begin("203.0.113.7").await;
    }
    let answer = server.begin("203.0.113.7").await;
    assert_eq!(status(&answer), "429");
    assert!(
        answer.contains("retry-after: 900") && answer.contains("Many people have begun from your network")
    );
    assert!(answer.contains("value=\"yes\" checked"), "what she chose is still chosen");
    assert_eq!(status(&server.begin("203.0.114.7").await), "303", "other networks do not wait");
    assert_eq!(server.stored(), 301);
}

#[tokio::test]
async fn five_wrong_numbers_from_one_neighbourhood_are_enough() {
    let server = serve(true).await;
    let guess = async |from: &str, number: &str| {
        let forwarded = format!("x-forwarded-for: {from}\r\n");
        server.post("/sample/resume?lang=en", &forwarded, format!("number={number}").as_bytes()).await
    };
    let wrong: Vec<String> = (0..7)
        .map(|each| server.store.number(&responses::ResponseId([each; 16])).to_string().replace(' ', ""))
        .collect();
    for number in &wrong[..5] {
        assert_eq!(status(&guess("203.0.113.7", number).await), "422");
    }
    assert_eq!(status(&guess("203.0.113.99", &wrong[5]).await), "429", "the neighbour is the same");
    assert_eq!(status(&guess("203.0.113.7", "123").await), "422", "a slip of the hand is still told");
    assert_eq!(status(&guess("198.51.100.1", &wrong[6]).await), "422");
}

#[tokio::test]
async fn script_and_turned_text_are_shown_as_they_are_and_do_nothing() {
    let server = serve(false).await;
    let begun = server.begin("192.0.2.1").await;
    let cookie = begun.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let with = format!("cookie: {cookie}\r\n");
    let get = async |path: &str| {
        server
            .raw(format!("GET {path} HTTP/1.1\r\nhost: box\r\nconnection: close\r\n{with}\r\n").as_bytes())
            .await
    };
    let typed = get("/sample/q/typed").await;
    let seal = typed.split("name=\"_t\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // A script, and an override that would turn the rest of the page round.
    let wish = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE";
    let sent =
        server.post("/sample/q/typed", &with, format!("_t={seal}&_go=back&wish={wish}").as_bytes()).await;
    assert_eq!(status(&sent), "303", "{sent}");
    let again = get("/sample/q/typed").await;
    assert!(again.contains("&lt;script&gt;alert(1)") && !again.contains("<script"), "{again}");
}
