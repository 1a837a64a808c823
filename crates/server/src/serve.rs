//! Serving until told to stop, and stopping without losing anything.

use std::future::Future;

use tokio::net::TcpListener;

use crate::{Error, Setup, router};

/// Serve until `shutdown` comes to pass; then answer what was begun, drain the store, and return.
///
/// # Errors
/// If the survey cannot be published or the listener fails.
pub async fn serve(
    listener: TcpListener,
    setup: Setup,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let store = setup.store.clone();
    let router = router(setup)?;
    let served = axum::serve(listener, router).with_graceful_shutdown(shutdown).await;
    let closed = tokio::task::spawn_blocking(move || store.close()).await;
    closed.map_err(|_| Error::Interrupted)??;
    served.map_err(|cause| Error::Listen(cause.to_string()))
}
