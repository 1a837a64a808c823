//! The built program under load over loopback, phones and server on the same machine: first pages and durable saves per
//! second, how long they take, and what memory the server needs after 100,000 responses. `cargo xtask load` runs it.
//!
//! Peers, measured on two shared cores: LimeSurvey 6.1.8 shows 9.9 first pages per second and core and 3.5 pages of ten
//! questions; ODK Central documents 41 submissions of 250 questions per second on a host of 2 GB.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
    task::JoinSet,
};

const PHONES: usize = 64;
/// A phone on a quiet day: so many saves a second of all together.
const QUIET: u64 = 200;

fn main() {
    // `cargo test --benches` only wants to know that it is built.
    if std::env::args().any(|each| each == "--test") {
        return;
    }
    let given = std::env::args().nth(1).and_then(|each| each.parse().ok());
    let responses = given.unwrap_or(100_000);
    let runtime = Runtime::new().expect("a runtime can be started");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let newcomers = Serving::start(&root.join("surveys/newcomer-needs"), &folder.path().join("one"));
    let waits = runtime.block_on(all_phones(Act::Look { port: newcomers.port }, Duration::from_secs(5)));
    tell("first pages in Arabic, gzip", "5,000; LimeSurvey 9.9", &waits, 5);
    drop(newcomers);
    let survey = folder.path().join("ten");
    fs::create_dir(&survey).expect("a folder can be made");
    fs::write(survey.join("ten.survey"), ten_questions()).expect("a file can be written");
    let server = Serving::start(&survey, &folder.path().join("two"));
    let port = server.port;
    let waits = runtime.block_on(all_phones(Act::Save { port, pause: None }, Duration::from_secs(5)));
    tell("durable saves of a page", "2,000; ODK Central 41 of 250", &waits, 5);
    let pause = Some(Duration::from_millis(1_000 * PHONES as u64 / QUIET));
    let waits = runtime.block_on(all_phones(Act::Save { port, pause }, Duration::from_secs(5)));
    tell("the same at 200 a second", "99th percentile 100 ms", &waits, 5);
    println!("server with few responses: {}", server.memory());
    let begun = now();
    let left = Arc::new(AtomicU64::new(responses));
    runtime.block_on(all_phones(Act::Answer { port, left }, Duration::MAX));
    println!("{responses} people begun, answered and finished in {:.0?}", begun.elapsed());
    println!("server with {responses} responses: {} (goal 64 MB)", server.memory());
}

fn tell(what: &str, goal: &str, waits: &[Duration], seconds: usize) {
    let mut waits = waits.to_vec();
    waits.sort_unstable();
    let at = |share: usize| waits.get(waits.len() * share / 100).copied().unwrap_or_default();
    let rate = waits.len() / seconds;
    println!(
        "{what}: {rate} per second (goal {goal}); median {:.1?}, 99th percentile {:.1?}",
        at(50),
        at(99)
    );
}

/// A survey of one page of ten questions.
fn ten_questions() -> String {
    let question = |at: usize| format!("one q{at}  of ease\n  ? Question number {at}?\n  role outcome\n");
    let questions: String = (0..10).map(question).collect();
    format!(
        "survey    ten\ntitle     Ten questions\nversion   2027.1\nsource    en\nhost      Somebody\neligible  Anybody\n\
         contact   Coordinator, 555-0100\nethics    A board\nfield     2020-02-01..2040-03-15\n\
         withdraw  2040-03-31\nsuppress  below 10\nallow     prefer_not\n\
         missing prefer_not  Rather not say\nlist ease  ordered\n  - hard  Hard\n  - neither  Neither\n  - easy  Easy\n\
         page start  Before you begin\nconsent agree\n  ? Shall we begin?\n  - yes  Yes\n  - no   No  [end declined]\n\
         page body  Ten questions\n{questions}end declined  Thank you\nend done  Thank you\n"
    )
}

/// The built program, serving a folder.
struct Serving {
    child: Child,
    port: u16,
}

impl Serving {
    fn start(survey: &Path, data: &Path) -> Serving {
        let here = std::env::current_exe().expect("this program has a path");
        let program = here.parent().and_then(Path::parent).expect("a bench lies in `deps`").join("soundings");
        let mut command = Command::new(&program);
        command.args(["serve", "--rehearsal", "--listen", "127.0.0.1:0", "--data"]).arg(data).arg(survey);
        let child = command.env("SOUNDINGS_LOG", "error").stdout(Stdio::piped()).spawn();
        let mut child =
            child.unwrap_or_else(|cause| panic!("{}: {cause}: build it first", program.display()));
        let mut line = String::new();
        let said = BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line);
        said.expect("the server says where it is");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        Serving { child, port: port.unwrap_or_else(|| panic!("no port in `{line}`")) }
    }

    /// Resident memory now and at its highest, as the kernel counts it.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
        };
        format!("{} MB resident, {} MB at most", of("VmRSS:"), of("VmHWM:"))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What every phone does.
#[derive(Clone)]
enum Act {
    /// Open the first page.
    Look { port: u16 },
    /// Send a page of ten answers again and again, changed each time.
    Save { port: u16, pause: Option<Duration> },
    /// Begin, answer and finish, as long as somebody is left.
    Answer { port: u16, left: Arc<AtomicU64> },
}

async fn all_phones(act: Act, long: Duration) -> Vec<Duration> {
    let mut phones = JoinSet::new();
    for _ in 0..PHONES {
        let act = act.clone();
        phones.spawn(async move {
            match act {
                Act::Look { port } => look(port, long).await,
                Act::Save { port, pause } => save(port, long, pause).await,
                Act::Answer { port, left } => answer(port, &left).await,
            }
        });
    }
    phones.join_all().await.concat()
}

async fn look(port: u16, long: Duration) -> Vec<Duration> {
    let mut line = connect(port).await;
    let request = "GET /newcomer-needs/ar HTTP/1.1\r\nhost: box\r\naccept-encoding: gzip\r\n\r\n";
    let (begun, mut waits) = (now(), Vec::new());
    while begun.elapsed() < long {
        let sent = now();
        exchange(&mut line, request).await;
        waits.push(sent.elapsed());
    }
    waits
}

async fn save(port: u16, long: Duration, pause: Option<Duration>) -> Vec<Duration> {
    let mut line = connect(port).await;
    let cookie = begin(&mut line).await;
    let seal = seal(&exchange(&mut line, &get("/ten/q/body", &cookie)).await);
    let (begun, mut waits) = (now(), Vec::new());
    while begun.elapsed() < long {
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
        let body = ten_answers(&seal, waits.len());
        let sent = now();
        let saved = exchange(&mut line, &post("/ten/q/body", &cookie, &body)).await;
        assert!(saved.starts_with("HTTP/1.1 303"), "{saved}");
        waits.push(sent.elapsed());
    }
    waits
}

async fn answer(port: u16, left: &AtomicU64) -> Vec<Duration> {
    let mut line = connect(port).await;
    let take = |left: u64| left.checked_sub(1);
    while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
        let cookie = begin(&mut line).await;
        // The ten stand on more than one screen.
        let mut screen = "/ten/q/body".to_owned();
        while screen != "/ten/review" {
            let page = exchange(&mut line, &get(&screen, &cookie)).await;
            let sent = exchange(&mut line, &post(&screen, &cookie, &ten_answers(&seal(&page), 1))).await;
            screen = location(&sent);
        }
        let review = exchange(&mut line, &get("/ten/review", &cookie)).await;
        let last = post("/ten/finish", &cookie, &format!("_t={}&_go=next", seal(&review)));
        let thanks = exchange(&mut line, &last).await;
        assert!(thanks.starts_with("HTTP/1.1 200"), "{thanks}");
    }
    Vec::new()
}

fn ten_answers(seal: &str, other: usize) -> String {
    let code = ["hard", "neither", "easy"][other % 3];
    let rest: String = (1..10).map(|at| format!("&q{at}=easy")).collect();
    format!("_t={seal}&q0={code}{rest}")
}

/// Begin a response; the value of the cookie.
async fn begin(line: &mut TcpStream) -> String {
    let first = exchange(line, &get("/ten/en", "")).await;
    let begun = exchange(line, &post("/ten/begin", "", &format!("_t={}&agree=yes", seal(&first)))).await;
    begun.split("sd=").nth(1).and_then(|rest| rest.split(';').next()).expect("a cookie").to_owned()
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

fn get(path: &str, cookie: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: box\r\ncookie: sd={cookie}\r\n\r\n")
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

/// Where an answer leads.
fn location(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.strip_prefix("location: "));
    line.unwrap_or_else(|| panic!("no way on in {answer}")).to_owned()
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
