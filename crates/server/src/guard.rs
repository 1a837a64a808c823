//! The guard at the door: who may send, what every answer carries, and what is logged.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};

use crate::{
    Error,
    app::App,
    pages,
    views::{self, frame::Switch},
};

/// What every answer carries, beside the content security policy.
const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // Under `no-referrer` browsers send `Origin: null` with an honest form.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    ("cache-control", "no-store"),
];

/// Refuse forms sent from other sites. An absent or opaque origin is no pass: the seal of the form decides then.
pub(crate) async fn refuse_other_sites(request: Request, next: Next) -> Result<Response, Error> {
    if *request.method() == Method::POST && is_from_another_site(request.headers()) {
        return Err(Error::OtherSite);
    }
    Ok(next.run(request).await)
}

fn is_from_another_site(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if matches!(text(HeaderName::from_static("sec-fetch-site")), Some("cross-site" | "same-site")) {
        return true;
    }
    match text(header::ORIGIN) {
        None | Some("null") => false,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_none() || host != text(header::HOST)
        }
    }
}

/// Put an error into the visitor's words, and every header on every answer.
pub(crate) async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let language = pages::preferred(&app, request.uri().query(), request.headers()).clone();
    let may_be_found = request.uri().path().matches('/').count() <= 2 && *request.method() != Method::POST;
    let here = (*request.method() == Method::GET).then(|| page_here(&app, request.uri().path()));
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions().get::<Error>().cloned() {
        tracing::warn!(event = "refused", status = response.status().as_u16(), cause = %error);
        let switch = here.as_deref().map_or(Switch::Not, |before| Switch::Link { before, after: "" });
        let page = views::plain::problem(&views::Voice::new(&app, &language), &error, switch);
        let (parts, _) = response.into_parts();
        response = (parts.status, Html(page.into_string())).into_response();
        response.headers_mut().extend(parts.headers.into_iter().filter_map(keep));
    }
    put_headers(&app, may_be_found, response.headers_mut());
    response
}

/// Where a failed page is asked for again in another language; of a path that is not ours nothing is repeated.
fn page_here(app: &App, path: &str) -> String {
    let path = if path.starts_with(&app.path("/")) { path } else { &app.path("") };
    format!("{path}?lang=")
}

fn keep((name, value): (Option<HeaderName>, HeaderValue)) -> Option<(HeaderName, HeaderValue)> {
    name.filter(|name| [header::RETRY_AFTER, header::ALLOW].contains(name)).map(|name| (name, value))
}

fn put_headers(app: &App, may_be_found: bool, headers: &mut HeaderMap) {
    let policy = HeaderValue::from_str(&app.policy).expect("our policy is made of ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.behind_https {
        let year = HeaderValue::from_static("max-age=63072000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if !may_be_found {
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
}

/// Log the event and its duration: never an address, an id, a code or an answer.
#[expect(clippy::disallowed_methods, reason = "the server measures how long it takes")]
pub(crate) async fn log(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    app.counts.answered(response.status().as_u16());
    tracing::info!(
        event = route.as_ref().map_or("unknown", |route| route.as_str()),
        method = %method,
        status = response.status().as_u16(),
        microseconds = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}
