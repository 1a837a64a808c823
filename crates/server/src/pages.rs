//! One file per act: from a request to what is stored and shown.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use maud::Markup;
use survey::Language;

use crate::app::App;

pub(crate) mod begin;
pub(crate) mod draw;
pub(crate) mod finish;
pub(crate) mod help;
pub(crate) mod invitation;
pub(crate) mod question;
pub(crate) mod resume;
pub(crate) mod review;
pub(crate) mod welcome;
pub(crate) mod withdraw;

/// A page of HTML with its status.
fn page(status: StatusCode, markup: Markup) -> Response {
    (status, Html(markup.into_string())).into_response()
}

/// Send the browser on with a GET.
fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// One parameter of an address.
fn parameter<'q>(query: Option<&'q str>, name: &str) -> Option<&'q str> {
    query?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(each, _)| *each == name)
        .map(|(_, value)| value)
}

/// The language an address asks for, or else the first of the browser's that people may choose, or the source.
pub(crate) fn preferred<'a>(app: &'a App, query: Option<&str>, headers: &HeaderMap) -> &'a Language {
    let asked = parameter(query, "lang").and_then(|tag| app.language(tag));
    asked.or_else(|| of_browser(app, headers)).unwrap_or(&app.survey.source)
}

/// The browser lists its languages in order; weights only repeat that order in practice.
fn of_browser<'a>(app: &'a App, headers: &HeaderMap) -> Option<&'a Language> {
    let listed = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    listed.split(',').find_map(|entry| {
        let tag = entry.split(';').next()?.trim();
        app.language(tag).or_else(|| app.language(tag.split('-').next()?))
    })
}
