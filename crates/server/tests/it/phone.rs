//! A phone without JavaScript: it knows links, forms and one cookie.

use std::io::Read;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use tower::ServiceExt;

use crate::fixture::Box;

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// Bytes on the wire.
    pub(crate) size: usize,
}

impl Shown {
    pub(crate) fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The value of a hidden field or input.
    pub(crate) fn field(&self, name: &str) -> String {
        let found = self.text.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let tag =
            found.unwrap_or_else(|| panic!("no field `{name}` in {}", self.text)).split('>').next().unwrap();
        tag.split("value=\"").nth(1).map_or("", |value| value.split('"').next().unwrap()).to_owned()
    }

    /// Whether the radio button or checkbox is chosen.
    pub(crate) fn is_chosen(&self, name: &str, value: &str) -> bool {
        let tags = self.text.split("<input").map(|tag| tag.split('>').next().unwrap());
        let mut ours = tags.filter(|tag| {
            tag.contains(&format!("name=\"{name}\"")) && tag.contains(&format!("value=\"{value}\""))
        });
        ours.next().is_some_and(|tag| tag.contains("checked"))
    }

    pub(crate) fn action(&self) -> String {
        self.text
            .split("<form")
            .nth(1)
            .unwrap()
            .split("action=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .into()
    }
}

/// One person's browser.
#[derive(Clone)]
pub(crate) struct Phone {
    router: Router,
    pub(crate) cookie: Option<String>,
    pub(crate) extra: Vec<(&'static str, &'static str)>,
}

impl Phone {
    pub(crate) fn new(of: &Box) -> Phone {
        Phone { router: of.router.clone(), cookie: None, extra: Vec::new() }
    }

    /// The same phone, with its cookie, before a server that was started again.
    pub(crate) fn moves_to(&mut self, server: &Box) {
        self.router = server.router.clone();
    }

    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Shown {
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
        self.send(Method::POST, path, Body::from(body.join("&"))).await
    }

    /// Fill in the form of a page and press a button.
    pub(crate) async fn press(&mut self, on: &Shown, go: &str, pairs: &[(&str, &str)]) -> Shown {
        let seal = on.field("_t");
        let mut all = vec![("_t", seal.as_str()), ("_go", go)];
        all.extend(pairs);
        self.post(&on.action(), &all).await
    }

    /// Press a button and follow where it leads.
    pub(crate) async fn go(&mut self, on: &Shown, go: &str, pairs: &[(&str, &str)]) -> Shown {
        let sent = self.press(on, go, pairs).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        self.follow(&sent).await
    }

    pub(crate) async fn follow(&mut self, sent: &Shown) -> Shown {
        let mut to = sent.to().to_owned();
        for _ in 0..20 {
            let shown = self.get(to.split('#').next().unwrap()).await;
            if shown.status != StatusCode::SEE_OTHER {
                return shown;
            }
            to = shown.to().to_owned();
        }
        panic!("too many redirects, last to {to}")
    }

    /// Give consent in one language.
    pub(crate) async fn begin(&mut self, language: &str) -> Shown {
        let first = self.get(&format!("/sample/{language}")).await;
        self.go(&first, "next", &[("agree", "yes")]).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Body) -> Shown {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "box.test");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in &self.extra {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.cookie =
                (!cookie.contains("Max-Age=0")).then(|| cookie.split(';').next().unwrap().to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = if parts.headers.get(header::CONTENT_ENCODING).is_some() {
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
            text
        } else {
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        Shown { status: parts.status, headers: parts.headers, text, size: bytes.len() }
    }
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
