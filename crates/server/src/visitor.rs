//! Who visits: the response named by the sealed cookie, and nothing else.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use responses::ResponseId;

use crate::{Error, app::App, seal};

const USE: &str = "cookie";
const USE_BY_NUMBER: &str = "cookie by number";

/// The response a visitor is answering.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visitor {
    /// Which.
    pub(crate) id: ResponseId,
    /// Whether she came back by the number, perhaps before other eyes: sensitive answers given before are not shown.
    pub(crate) by_number: bool,
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Visitor, Error> {
        visitor(app, &parts.headers).ok_or(Error::NoVisitor)
    }
}

/// The visitor a request's cookie names, if we sealed it.
pub(crate) fn visitor(app: &App, headers: &HeaderMap) -> Option<Visitor> {
    let name = cookie_name(app);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(each, _)| *each == name)
        .find_map(|(_, sealed)| {
            let open = |purpose| seal::open_response(app.sealer(), purpose, &app.survey.name, sealed);
            let begun = open(USE).map(|id| Visitor { id, by_number: false });
            begun.or_else(|| open(USE_BY_NUMBER).map(|id| Visitor { id, by_number: true }))
        })
}

/// The header that gives a visitor her cookie.
pub(crate) fn give(app: &App, visitor: &Visitor) -> HeaderValue {
    let purpose = if visitor.by_number { USE_BY_NUMBER } else { USE };
    cookie(app, &seal::seal_response(app.sealer(), purpose, &app.survey.name, &visitor.id), "")
}

/// The header that takes the cookie away.
pub(crate) fn take_away(app: &App) -> HeaderValue {
    cookie(app, "", "; Max-Age=0")
}

fn cookie(app: &App, value: &str, age: &str) -> HeaderValue {
    let secure = if app.behind_https { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", cookie_name(app));
    HeaderValue::from_str(&text).expect("a cookie of ours is made of ASCII")
}

/// Browsers keep the promises of the prefix only over HTTPS, where they refuse the cookie if one is broken.
fn cookie_name(app: &App) -> &'static str {
    if app.behind_https { "__Host-sd" } else { "sd" }
}
