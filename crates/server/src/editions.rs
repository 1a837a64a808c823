//! Several editions of one survey: who is half way goes on in the one she began, everybody else begins the newest.

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use axum::{Router, extract::Request, http::HeaderMap};
use survey::Fingerprint;
use tower::ServiceExt;

use crate::{
    app::App,
    routes,
    visitor::{self, Visitor},
};

/// The parts of an address under which somebody answers.
const ANSWERING: [&str; 4] = ["q", "review", "finish", "saved"];

/// The newest edition, with the earlier ones for whoever began in them. Where there is none, nothing is looked up.
pub(crate) fn routes(newest: &Arc<App>, earlier: Vec<App>) -> Router {
    let router = routes::routes(newest.clone());
    if earlier.is_empty() {
        return router;
    }
    let routers: BTreeMap<Fingerprint, Router> =
        earlier.into_iter().map(|app| (app.version, routes::routes(Arc::new(app)))).collect();
    let (app, routers) = (newest.clone(), Arc::new(routers));
    Router::new().fallback_service(tower::service_fn(move |request: Request| {
        let (app, routers, router) = (app.clone(), routers.clone(), router.clone());
        async move {
            let began = match visitor(&app, request.uri().path(), request.headers()) {
                Some(visitor) => began(&app, visitor).await,
                None => None,
            };
            let chosen = began.and_then(|version| routers.get(&version).cloned()).unwrap_or(router);
            Ok::<_, Infallible>(chosen.oneshot(request).await.unwrap_or_else(|never| match never {}))
        }
    }))
}

/// Who sends this, where she is answering.
fn visitor(app: &App, path: &str, headers: &HeaderMap) -> Option<Visitor> {
    let under = path.strip_prefix(&app.path("/"))?;
    let is_answering = ANSWERING.contains(&under.split('/').next().unwrap_or_default());
    visitor::visitor(app, headers).filter(|_| is_answering)
}

/// The edition she began.
async fn began(app: &App, visitor: Visitor) -> Option<Fingerprint> {
    let store = app.store.clone();
    let version = tokio::task::spawn_blocking(move || store.version_of(&visitor.id)).await;
    version.ok()?.ok()?
}
