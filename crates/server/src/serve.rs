//! Serving until told to stop, and stopping without losing anything.

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use responses::{Job, Receipt, Store};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::{
    Error, Setup,
    app::App,
    days::Field,
    doors::{Doors, Entered},
    editions, metrics,
    throttle::Peer,
};

/// Longest a browser may take to say what it wants; an idle connection is closed after it, too.
const HEADERS_LONGEST: Duration = Duration::from_secs(10);
/// Room for the head of a request, in bytes: cookies and language lists fit many times over.
const HEADERS_MOST: usize = 8 * 1024;
/// Between two writings of totals that were counted in memory.
const BETWEEN_TOTALS: Duration = Duration::from_secs(10 * 60);
/// Between two looks for what has run out.
const BETWEEN_EXPIRIES: Duration = Duration::from_secs(60 * 60);
/// Longest wait for pages still being answered when told to stop.
const FAREWELL: Duration = Duration::from_secs(8);

/// Serve until `shutdown` comes to pass; then answer what was begun, drain the store, and return.
///
/// # Errors
/// If the survey cannot be published or the store fails while closing.
pub async fn serve(
    listener: TcpListener,
    setup: Setup,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    serve_watched(listener, setup, None, shutdown).await
}

/// The same with counters for the operator on a listener of their own, which belongs on the machine's own address.
///
/// # Errors
/// As [`serve`].
pub async fn serve_watched(
    listener: TcpListener,
    setup: Setup,
    metrics: Option<TcpListener>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (newest, earlier) = App::open(setup)?;
    let app = Arc::new(newest);
    let mut timers = vec![
        tokio::spawn(write_opened(app.clone())),
        tokio::spawn(expire(app.clone())),
        tokio::spawn(metrics::send_canaries(app.clone())),
    ];
    if let Some(listener) = metrics {
        let counters = metrics::routes(app.clone());
        timers.push(tokio::spawn(async move {
            if let Err(cause) = axum::serve(listener, counters).await {
                tracing::warn!(event = "metrics", cause = %cause);
            }
        }));
    }
    let (store, router, last) = (app.store.clone(), editions::routes(&app, earlier), app);
    let shutdown = async move {
        shutdown.await;
        timers.iter().for_each(tokio::task::JoinHandle::abort);
        last.opened.write(&last.survey.name, &last.store);
    };
    serve_router(listener, router, store, shutdown).await
}

/// Every hour, end what has run out.
async fn expire(app: Arc<App>) {
    let mut is_rewritten = false;
    loop {
        // Once the field is over, nothing in the store should tell in which order people came.
        if matches!(app.field(), Field::Over(_)) && !is_rewritten {
            is_rewritten = app.record(Job::Rewrite).await.is_ok();
            tracing::info!(event = "rewritten", is_rewritten);
        }
        let job = Job::Expire { survey: app.survey.name.clone(), today: app.today() };
        match app.record(job).await {
            Ok(Receipt::Expired { abandoned, unfinished }) => {
                tracing::info!(event = "expired", abandoned, unfinished);
            }
            Ok(_) => {}
            Err(cause) => tracing::warn!(event = "expire", cause = %cause),
        }
        tokio::time::sleep(BETWEEN_EXPIRIES).await;
    }
}

/// From time to time, write how many first pages were shown by channel.
async fn write_opened(app: Arc<App>) {
    loop {
        tokio::time::sleep(BETWEEN_TOTALS).await;
        app.opened.write(&app.survey.name, &app.store);
    }
}

/// Serve these pages until `shutdown` comes to pass, then drain the store behind them.
pub(crate) async fn serve_router(
    listener: TcpListener,
    router: Router,
    store: Store,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let graceful = GracefulShutdown::new();
    let (mut shutdown, doors) = (pin!(shutdown), Doors::default());
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => match doors.enter(from.ip()) {
                    Some(entered) => converse(stream, Peer(from.ip()), entered, router.clone(), graceful.watcher()),
                    // So many at once come from no class: the connection is closed and costs nothing more.
                    None => tracing::warn!(event = "too many connections from one neighbourhood"),
                },
                // Out of file descriptors, most likely: those who are here finish first.
                Err(cause) => {
                    tracing::warn!(event = "accept", cause = %cause);
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut shutdown => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!(event = "stopped before every page was answered");
    }
    let closed = tokio::task::spawn_blocking(move || store.close()).await;
    closed.map_err(|_| Error::Interrupted)?.map_err(Error::Store)
}

fn converse(stream: TcpStream, peer: Peer, entered: Entered, router: Router, watcher: Watcher) {
    let router = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_LONGEST)
        .max_buf_size(HEADERS_MOST)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::spawn(async move {
        let _entered = entered;
        if let Err(cause) = watcher.watch(connection).await {
            tracing::debug!(event = "hung up", cause = %cause);
        }
    });
}
