use responses::{Error, Store};
use server::{Clock, Setup};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::fixture::{DAY, survey};

#[tokio::test]
async fn it_serves_over_a_socket_and_drains_the_store_when_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let setup = Setup {
        survey: survey(),
        store: store.clone(),
        clock: Clock::Fixed(DAY),
        demonstration: false,
        behind_https: false,
        apart: None,
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(server::serve(listener, setup, async move { drop(stopped.await) }));
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(b"GET /healthz HTTP/1.1\r\nhost: box\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nok\n"), "{answer}");
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
    assert!(matches!(store.record(any_job()), Err(Error::Closed)));
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
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
