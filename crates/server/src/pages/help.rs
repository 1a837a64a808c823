//! Help, and the quick way out.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

use crate::{
    app::App,
    pages::{page, parameter, preferred, see_other},
    views::{Voice, help as view},
    visitor,
};

/// How to answer, stop, leave, and find help.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    page(StatusCode::OK, view::help(&Voice::new(&app, preferred(&app, query.as_deref(), &headers))))
}

/// Where somebody lands who must leave at once: pages everybody opens.
const WEATHER: &str = "https://weather.gc.ca/";
const WEATHER_IN_FRENCH: &str = "https://meteo.gc.ca/";

/// Forget who answers on this device and show the weather. Nothing is written: what was saved stays saved.
pub(crate) async fn exit(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let is_french = parameter(query.as_deref(), "lang") == Some("fr");
    let mut response = see_other(if is_french { WEATHER_IN_FRENCH } else { WEATHER });
    let headers = response.headers_mut();
    headers.insert(header::SET_COOKIE, visitor::take_away(&app));
    let all = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    headers.insert(HeaderName::from_static("clear-site-data"), all);
    response
}
