//! Stopping, and going on later by the number.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use responses::{Number, State as Standing};

use crate::{
    Error,
    app::App,
    pages::{finish::speak, page, parameter, preferred, see_other, withdraw::find},
    posted::{Go, Posted},
    throttle::Sender,
    views::{Listener, Voice, resume as view},
    visitor::{self, Visitor},
};

/// What was said so far is kept: the number that leads back to it.
pub(crate) async fn saved(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Error> {
    let held = app.held(visitor.id).await?;
    let walk = app.walk(&held.form, &held.answers);
    let asked = parameter(query.as_deref(), "lang").and_then(|tag| app.language_of(&held.form, tag));
    let listener = Listener { form: &held.form, answers: &walk.answers };
    let voice = Voice::to(&app, asked.unwrap_or(&held.language), listener);
    let number = app.store.number(&visitor.id).to_string();
    Ok(page(StatusCode::OK, view::saved(&voice, &number)))
}

/// Ask for the number.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    page(StatusCode::OK, view::ask(&Voice::new(&app, preferred(&app, query.as_deref(), &headers)), "", None))
}

/// Lead her to where she stopped, in the language of this page where her form has it.
pub(crate) async fn resume(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    sender: Sender,
    posted: Posted,
) -> Result<Response, Error> {
    let typed = posted.control("number").unwrap_or_default();
    if let Go::Language(tag) = posted.go() {
        let voice = Voice::new(&app, app.language_or_source(Some(&tag)));
        return Ok(page(StatusCode::OK, view::ask(&voice, typed, None)));
    }
    let language = preferred(&app, query.as_deref(), &headers);
    let voice = Voice::new(&app, language);
    let refuse = |why| Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::ask(&voice, typed, Some(why))));
    let Ok(number) = Number::read(typed) else { return refuse("withdraw.mistyped") };
    let Some((id, standing)) = find(&app, number, sender).await? else { return refuse("withdraw.unknown") };
    match standing {
        Standing::Begun | Standing::Saved => {}
        Standing::Withdrawn => return Err(Error::Withdrawn),
        _ => return Err(Error::AlreadySent),
    }
    let held = app.held(id).await?;
    let wanted = app.language_of(&held.form, language.tag()).filter(|wanted| **wanted != held.language);
    if let Some(wanted) = wanted {
        speak(&app, id, &held, wanted.clone()).await?;
    }
    let mut response = see_other(&app.path("/review")).into_response();
    let cookie = visitor::give(&app, &Visitor { id, by_number: true });
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
