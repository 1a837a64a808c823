use responses::{Error, Store};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::fixture::{DAY, setup, survey};

#[tokio::test]
async fn it_serves_over_a_socket_and_drains_the_store_when_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let setup = setup(survey(), store.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(server::serve(listener, setup, async move { drop(stopped.await) }));
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(b"GET /healthz HTTP/1.1\r\nhost: box\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("ok: last commit "), "{answer}");
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
    assert!(matches!(store.record(any_job()), Err(Error::Closed)));
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn counters_stand_apart_and_tell_of_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let pages = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let counters = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (at, metrics_at) = (pages.local_addr().unwrap(), counters.local_addr().unwrap());
    let setup = setup(survey(), store.clone());
    tokio::spawn(server::serve_watched(pages, setup, Some(counters), std::future::pending()));
    let get = async |at, path: &str| {
        let mut line = TcpStream::connect(at).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: box\r\nconnection: close\r\n\r\n");
        line.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.unwrap();
        answer
    };
    get(at, "/sample/en").await;
    get(at, "/sample/nowhere").await;
    let counted = get(metrics_at, "/metrics").await;
    assert!(counted.contains("soundings_answers_total{status=\"200\"} 1"), "{counted}");
    assert!(counted.contains("status=\"404\"} 1") && counted.contains("soundings_seconds_since_commit"));
    assert!(!counted.contains("sample") && !counted.contains("language="), "nobody is in them: {counted}");
    assert!(get(at, "/metrics").await.starts_with("HTTP/1.1 404"), "visitors do not see them");
}

fn any_job() -> responses::Job {
    let language = survey::Language::english();
    let mode = responses::Mode::OwnDevice;
    responses::Job::Decline {
        survey: "sample".into(),
        language,
        mode,
        channel: None,
        nonce: [0; 16],
        today: DAY,
    }
}
