//! Taking answers back by the number.

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use maud::Markup;
use responses::{Job, Number, ResponseId, State as Standing};
use survey::Language;

use crate::{
    Error,
    app::App,
    pages::{page, preferred},
    posted::{Go, Posted},
    seal::{Purpose, Token},
    throttle::{Act, Sender},
    views::{
        Voice,
        withdraw::{self as view, Said},
    },
    visitor,
};

/// Ask for the number.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    let over = app.withdrawal_over().map(|_| view::said(&voice, Said::Over));
    page(StatusCode::OK, over.unwrap_or_else(|| view::ask(&voice, "", None)))
}

/// Say what will be erased, and erase it once that is confirmed.
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    sender: Sender,
    posted: Posted,
) -> Result<Response, Error> {
    let typed = posted.control("number").unwrap_or_default();
    let go = posted.go();
    let language = match &go {
        Go::Language(tag) => app.language_or_source(Some(tag)),
        _ => preferred(&app, query.as_deref(), &headers),
    };
    let voice = Voice::new(&app, language);
    if let Some(said) = Said::of(&posted, app.sealer()) {
        return Ok(page(StatusCode::OK, view::said(&voice, said)));
    }
    if let (Go::Language(_), None) = (&go, posted.control("_sure")) {
        return Ok(page(StatusCode::OK, view::ask(&voice, typed, None)));
    }
    let refuse = |why| Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::ask(&voice, typed, Some(why))));
    let Ok(number) = Number::read(typed) else { return refuse("withdraw.mistyped") };
    let Some((id, standing)) = find(&app, number, sender).await? else { return refuse("withdraw.unknown") };
    let is_sealed = Token::open(app.sealer(), Purpose::Erase, &id.0, "", posted.seal()).is_some();
    match (standing, go) {
        (Standing::Withdrawn, _) => Ok(page(StatusCode::OK, view::said(&voice, Said::Already))),
        (standing, _) if is_too_late(&app, standing) => {
            Ok(page(StatusCode::FORBIDDEN, view::said(&voice, Said::Over)))
        }
        (_, Go::Erase) if is_sealed => erase(&app, language, id).await,
        _ => Ok(page(StatusCode::OK, confirmation(&voice, id))),
    }
}

/// What was never sent can always be erased.
fn is_too_late(app: &App, standing: Standing) -> bool {
    app.withdrawal_over().is_some() && !matches!(standing, Standing::Begun | Standing::Saved)
}

/// The page that says what will be erased.
pub(crate) fn confirmation(voice: &Voice<'_>, id: ResponseId) -> Markup {
    let store = &voice.app.store;
    let seal = Token::draw(0).seal(voice.app.sealer(), Purpose::Erase, &id.0, "");
    view::confirm(voice, &store.number(&id).to_string(), &seal)
}

async fn erase(app: &App, language: &Language, id: ResponseId) -> Result<Response, Error> {
    app.record(Job::Withdraw { response: id, today: app.today() }).await?;
    let mut response = page(StatusCode::OK, view::said(&Voice::new(app, language), Said::Erased));
    response.headers_mut().insert(header::SET_COOKIE, visitor::take_away(app));
    Ok(response)
}

/// The response of a number; a well-formed number that leads nowhere is counted as a try.
pub(crate) async fn find(
    app: &App,
    number: Number,
    Sender(from): Sender,
) -> Result<Option<(ResponseId, Standing)>, Error> {
    if !is_try_free(app) || !app.throttle.is_free(Act::WrongNumber, from, app.today()) {
        return Err(Error::TooManyTries);
    }
    let store = app.store.clone();
    let found = tokio::task::spawn_blocking(move || store.find(&number)).await;
    let found = found.map_err(|_| Error::Interrupted)??;
    if found.is_none() {
        app.tries.lock().unwrap_or_else(PoisonError::into_inner).count += 1;
        app.throttle.count(Act::WrongNumber, from, app.today());
    }
    Ok(found)
}

/// Wrong numbers in an hour, from everywhere together, before nobody may try any more.
const TRIES_MOST: u32 = 200;

/// Wrong numbers tried in the hour now running.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    since: Option<Instant>,
    count: u32,
}

#[expect(clippy::disallowed_methods, reason = "the server slows down guessing")]
fn is_try_free(app: &App) -> bool {
    let mut tries = app.tries.lock().unwrap_or_else(PoisonError::into_inner);
    let is_over = tries.since.is_none_or(|since| since.elapsed() > Duration::from_secs(3600));
    if is_over {
        *tries = Tries { since: Some(Instant::now()), count: 0 };
    }
    tries.count < TRIES_MOST
}
