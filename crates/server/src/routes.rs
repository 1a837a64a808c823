//! The table of addresses, and what every request passes on its way in.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use tower_http::{CompressionLevel, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{
    Error, Setup,
    app::App,
    editions, guard,
    pages::{begin, draw, finish, help, invitation, question, resume, review, welcome, withdraw},
    posted::BODY_MOST,
};

/// Longest a request may take, body and answer together: slow phones are not attackers.
const LONGEST: Duration = Duration::from_secs(60);

/// The collection box as a service: it publishes the survey into the store, then answers requests.
///
/// # Errors
/// If the survey cannot be published, or the server's own words cannot be read.
pub fn router(setup: Setup) -> Result<Router, Error> {
    let (newest, earlier) = App::open(setup)?;
    Ok(editions::routes(&Arc::new(newest), earlier))
}

pub(crate) fn routes(app: Arc<App>) -> Router {
    let survey = Router::new()
        .route("/", get(welcome::show))
        .route("/{lang}", get(welcome::show_in))
        .route("/begin", post(begin::begin))
        .route("/q/{screen}", get(question::show).post(question::answer))
        .route("/saved", get(resume::saved))
        .route("/resume", get(resume::show).post(resume::resume))
        .route("/review", get(review::show))
        .route("/finish", post(finish::finish))
        .route("/withdraw", get(withdraw::show).post(withdraw::withdraw))
        .route("/stopped/{end}", get(welcome::stopped))
        .route("/draw", get(draw::show).post(draw::enter))
        .route("/contact", get(draw::show).post(draw::enter))
        .route("/privacy", get(welcome::privacy))
        .route("/help", get(help::show));
    Router::new()
        .route("/", get(welcome::only_survey))
        .route("/i/{code}", get(invitation::show))
        .route("/exit", get(help::exit))
        .route("/healthz", get(welcome::healthz))
        .nest(&app.path(""), survey)
        .fallback(welcome::nowhere)
        .method_not_allowed_fallback(welcome::not_this_way)
        .layer(middleware::from_fn(guard::refuse_other_sites))
        .layer(DefaultBodyLimit::max(BODY_MOST))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
        .layer(middleware::from_fn_with_state(app.clone(), guard::dress))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(middleware::from_fn_with_state(app.clone(), guard::log))
        .with_state(app)
}
