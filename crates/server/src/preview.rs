//! A working copy on show: every page says that nothing is kept, and the survey can be exchanged while it is served.

use std::{
    convert::Infallible,
    future::Future,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{Router, extract::Request};
use responses::Store;
use survey::Survey;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::{Clock, Error, Logo, Setup, app::App, routes::routes, serve::serve_router};

/// A survey on show.
///
/// It is open on every day, before and after its dates. Whoever is answering when the survey is exchanged goes on
/// with the new one, and keeps what it still asks.
#[derive(Clone)]
pub struct Preview {
    shown: Arc<RwLock<Router>>,
    store: Store,
    clock: Clock,
    logo: Option<Logo>,
}

impl Preview {
    /// Show a survey. The store is the caller's to throw away.
    ///
    /// # Errors
    /// If the survey cannot be published into the store.
    pub fn open(survey: Survey, store: Store, clock: Clock, logo: Option<Logo>) -> Result<Preview, Error> {
        let shown = router(survey, 0, store.clone(), clock, logo.clone())?;
        Ok(Preview { shown: Arc::new(RwLock::new(shown)), store, clock, logo })
    }

    /// Show this survey from now on. Where the working copy has `errors`, it is the last one without, and says so.
    ///
    /// # Errors
    /// If the survey cannot be published into the store; what was shown stays.
    pub fn show(&self, survey: Survey, errors: usize) -> Result<(), Error> {
        let shown = router(survey, errors, self.store.clone(), self.clock, self.logo.clone())?;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        Ok(())
    }

    /// The survey as it is shown when a request comes.
    pub fn router(&self) -> Router {
        let shown = self.shown.clone();
        Router::new().fallback_service(tower::service_fn(move |request: Request| {
            let now = shown.read().unwrap_or_else(PoisonError::into_inner).clone();
            async move { Ok::<_, Infallible>(now.oneshot(request).await.unwrap_or_else(|never| match never {})) }
        }))
    }

    /// Serve until `shutdown` comes to pass.
    ///
    /// # Errors
    /// If the store fails while closing.
    pub async fn serve(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Error> {
        serve_router(listener, self.router(), self.store.clone(), shutdown).await
    }
}

fn router(
    survey: Survey,
    errors: usize,
    store: Store,
    clock: Clock,
    logo: Option<Logo>,
) -> Result<Router, Error> {
    let setup = Setup {
        survey,
        earlier: Vec::new(),
        store,
        clock,
        demonstration: false,
        behind_https: false,
        apart: None,
        weights: Default::default(),
        logo,
    };
    let (mut app, _) = App::open(setup)?;
    app.preview = Some(errors);
    Ok(routes(Arc::new(app)))
}

impl App {
    /// Whether nobody is asked for real, so that no day is too early or too late.
    pub(crate) fn is_played(&self) -> bool {
        self.demonstration || self.preview.is_some()
    }
}
