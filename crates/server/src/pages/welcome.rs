//! The pages anybody may look at: nothing is written here.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use crate::{
    Error,
    app::App,
    filled::Filled,
    pages::{page, preferred, see_other},
    seal::{Purpose, Token},
    views::{Voice, plain, welcome},
};

/// One survey is open: the way there.
pub(crate) async fn only_survey(State(app): State<Arc<App>>) -> Response {
    see_other(&app.path(""))
}

/// The first page, in the browser's language if it is on offer.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    first(&app, &Voice::new(&app, preferred(&app, query.as_deref(), &headers)))
}

/// The first page in one language.
pub(crate) async fn show_in(State(app): State<Arc<App>>, Path(tag): Path<String>) -> Result<Response, Error> {
    let language = app.language(&tag).ok_or(Error::NoPage)?;
    Ok(first(&app, &Voice::new(&app, language)))
}

fn first(app: &App, voice: &Voice<'_>) -> Response {
    let seal = Token::draw(0).seal(app.store.keys(), Purpose::Begin, &[], "");
    let form = welcome::First { seal: &seal, filled: &Filled::default(), refusals: &[], notice: None };
    page(StatusCode::OK, welcome::first(voice, &form))
}

/// A last page for those who declined or cannot take part.
pub(crate) async fn stopped(
    State(app): State<Arc<App>>,
    Path(end): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let end = app.survey.end(&end).ok_or(Error::NoPage)?;
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    Ok(page(StatusCode::OK, plain::stopped(&voice, end)))
}

/// What is kept and what is not.
pub(crate) async fn privacy(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    page(StatusCode::OK, plain::privacy(&voice))
}

/// Alive.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// No such page, or not in this way.
pub(crate) async fn nowhere() -> Error {
    Error::NoPage
}
