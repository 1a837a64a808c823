//! A phone says much about itself; nothing of it is in any file or in the log.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::program::{Serving, run};

const AGENT: &str = "Mozilla/5.0 (Linux; Android 9; Pocketphone-7431)";
const ADDRESS: &str = "203.0.113.77";
const REFERRER: &str = "https://messages.example/thread-5518";
const CHANNEL: &str = "zq7mosque";

/// One phone, talking over a socket with every header a phone sends.
struct Phone {
    port: u16,
    cookie: String,
}

impl Phone {
    fn send(&mut self, line: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            socket,
            "{line} HTTP/1.1\r\nhost: box\r\nconnection: close\r\nuser-agent: {AGENT}\r\nreferer: {REFERRER}\r\n\
             x-forwarded-for: {ADDRESS}\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        if let Some(cookie) = answer.split("set-cookie: ").nth(1) {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        answer
    }

    fn get(&mut self, path: &str) -> String {
        self.send(&format!("GET {path}"), "")
    }

    fn post(&mut self, path: &str, body: &str) -> String {
        self.send(&format!("POST {path}"), body)
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split(before)
        .nth(1)
        .unwrap_or_else(|| panic!("no `{before}` in {text}"))
        .split(after)
        .next()
        .unwrap()
}

/// She comes by a link, answers a page, looks for a number that is not hers, and goes.
fn visit(port: u16) -> (String, String) {
    let mut phone = Phone { port, cookie: String::new() };
    let first = phone.get(&format!("/newcomer-needs/en?c={CHANNEL}"));
    let seal = between(&first, "name=\"_t\" value=\"", "\"").to_owned();
    let consent = format!("_t={seal}&_channel={CHANNEL}&_form=short&consent=yes&agree=yes");
    let begun = phone.post("/newcomer-needs/begin", &consent);
    let path = between(&begun, "location: ", "\r").to_owned();
    let page = phone.get(&path);
    let seal = between(&page, "name=\"_t\" value=\"", "\"").to_owned();
    // Half an answer, kept as it was typed.
    let kept = phone.post(&path, &format!("_t={seal}&_go=save&arrival_year=20"));
    assert!(kept.starts_with("HTTP/1.1 303"), "{kept}");
    phone.post("/newcomer-needs/resume", "number=1234+5678+9012");
    phone.get("/newcomer-needs/no-such-page");
    (seal, phone.cookie)
}

fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(every_file(&path)) } else { files.push(path) }
    }
    files
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[expect(clippy::disallowed_methods, reason = "the times that must stand nowhere are those of this very run")]
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn nothing_of_the_phone_or_the_hour_is_on_the_disk_or_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let begun = seconds();
    let server = Serving::on_talkative(&data);
    let (seal, cookie) = visit(server.port());
    // The log of a server that is killed is all there is, too.
    server.cut_power();
    let ended = seconds();
    let log = fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(log.contains("\"event\":\"/newcomer-needs/begin\"") || log.contains("begin"), "{log}");
    assert!(log.lines().all(|line| line.starts_with('{') || line.starts_with("note:")), "{log}");
    let secrets = [AGENT, "Pocketphone", ADDRESS, REFERRER, "messages.example", CHANNEL, &seal, &cookie];
    let key = folder.path().join("key");
    let lock = run(&["keys", "new", "--out", &key.to_string_lossy()]);
    let (lock, out) = (String::from_utf8(lock.stdout).unwrap(), folder.path().join("answers.age"));
    let backup = run(&[
        "backup",
        "--data",
        &data.to_string_lossy(),
        "--for",
        lock.trim(),
        "--out",
        &out.to_string_lossy(),
    ]);
    assert!(backup.status.success());
    let mut files = every_file(&data);
    files.extend([data.with_extension("log"), out]);
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for secret in secrets {
            assert!(!holds(&bytes, secret.as_bytes()), "`{secret}` stands in {}", file.display());
        }
        assert!(!holds(&bytes, &[203, 0, 113, 77]), "the address stands in {}", file.display());
        for second in begun..=ended {
            let binary = u32::try_from(second).unwrap().to_be_bytes();
            let found = holds(&bytes, second.to_string().as_bytes()) || holds(&bytes, &binary);
            assert!(!found, "the second {second} stands in {}", file.display());
        }
    }
}
