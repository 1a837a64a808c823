//! Leaving a contact, for the draw or to be asked again: apart from the answers, and without having answered.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, RawQuery, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::Response,
};
use responses::EntryKind;

use crate::{
    Error,
    app::{Apart, App},
    days::Field,
    pages::{page, preferred},
    posted::{Go, Posted},
    seal::{Purpose, Token},
    throttle::{Act, Sender},
    views::{Voice, draw as view},
};

/// A contact has at least and at most so many characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=200;

/// What a contact is left for: the last part of the address says it, where this survey asks for one.
pub(crate) struct Leaving(EntryKind);

impl FromRequestParts<Arc<App>> for Leaving {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Leaving, Error> {
        let kind = match parts.uri.path().rsplit('/').next() {
            Some("draw") => EntryKind::Draw,
            _ => EntryKind::Contact,
        };
        app.offers(kind).then_some(Leaving(kind)).ok_or(Error::NoPage)
    }
}

/// Ask for a contact.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Leaving(kind): Leaving,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    if is_closed(&app) {
        return Ok(page(StatusCode::OK, view::closed(&voice, kind)));
    }
    Ok(page(StatusCode::OK, view::ask(&voice, kind, "", None)))
}

/// Keep a contact, sealed.
pub(crate) async fn enter(
    State(app): State<Arc<App>>,
    Leaving(kind): Leaving,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Sender(from): Sender,
    posted: Posted,
) -> Result<Response, Error> {
    let typed = posted.control("contact").unwrap_or_default().trim();
    if let Go::Language(tag) = posted.go() {
        let voice = Voice::new(&app, app.language_or_source(Some(&tag)));
        return Ok(page(StatusCode::OK, view::ask(&voice, kind, typed, None)));
    }
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    if is_closed(&app) {
        return Ok(page(StatusCode::FORBIDDEN, view::closed(&voice, kind)));
    }
    let refuse = |status, why| Ok(page(status, view::ask(&voice, kind, typed, Some(why))));
    if Token::open(app.sealer(), Purpose::Contact, &[], "", posted.seal()).is_none() {
        return refuse(StatusCode::FORBIDDEN, "notice.seal");
    }
    if !LENGTHS.contains(&typed.chars().count()) {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "draw.empty");
    }
    if !app.throttle.is_free(Act::Contact, from, app.today()) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "notice.crowd");
    }
    app.throttle.count(Act::Contact, from, app.today());
    match keep(&app, kind, typed).await {
        Ok(()) => Ok(page(StatusCode::OK, view::entered(&voice))),
        Err(cause) => {
            tracing::error!(event = "contact", cause = %cause);
            refuse(StatusCode::SERVICE_UNAVAILABLE, "notice.not_saved")
        }
    }
}

/// The list is published after the last day of the field: whoever came later would not be on it.
fn is_closed(app: &App) -> bool {
    matches!(app.field(), Field::Over(_))
}

async fn keep(app: &App, kind: EntryKind, contact: &str) -> Result<(), Error> {
    let apart: Arc<Apart> = app.apart.clone().ok_or(Error::NoPage)?;
    let (survey, contact) = (app.survey.name.clone(), contact.to_owned());
    let entered = tokio::task::spawn_blocking(move || match &apart.key {
        Some(key) => apart.draw.enter(&survey, kind, &contact, key),
        None => Err(responses::Error::Key),
    });
    Ok(entered.await.map_err(|_| Error::Interrupted)??)
}

impl App {
    /// Whether a contact is asked for: there must be a key to seal it to, and for the draw words on what can be won.
    pub(crate) fn offers(&self, kind: EntryKind) -> bool {
        let has_key = self.apart.as_ref().is_some_and(|apart| apart.key.is_some());
        has_key && (kind == EntryKind::Contact || self.survey.draw.is_some())
    }
}
