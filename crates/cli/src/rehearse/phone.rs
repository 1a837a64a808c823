//! A phone without scripts: it knows links, forms, redirects and one cookie.

use std::{thread, time::Duration};

use anyhow::{Context, Result, bail};
use ureq::{
    Agent, Body,
    http::{Response, header},
};

use super::html::{Form, Html};

/// A page as it arrived.
pub(crate) struct Arrived {
    /// The path it came from, after redirects.
    pub(crate) path: String,
    /// The status it came with.
    pub(crate) status: u16,
    /// What it holds.
    pub(crate) html: Html,
}

/// One person's phone.
pub(crate) struct Phone {
    agent: Agent,
    /// Servers of one store, in turn.
    urls: Vec<String>,
    cookie: Option<String>,
    /// Tries when nobody answers.
    patience: u32,
    /// Requests sent so far.
    pub(crate) requests: u64,
}

/// Between two tries when nobody answers.
const PAUSE: Duration = Duration::from_millis(100);

/// How many such pauses a second has.
const TRIES_A_SECOND: u32 = 10;

/// More redirects than any honest page needs.
const HOPS: usize = 10;

impl Phone {
    /// A phone that reaches the servers at `urls`, one request after the other, and tries again for so many seconds
    /// when one does not answer, as a person on a bus does.
    pub(crate) fn new(agent: &Agent, urls: &[String], patience: u32) -> Phone {
        let urls = urls.iter().map(|url| url.trim_end_matches('/').to_owned()).collect();
        let patience = patience.saturating_mul(TRIES_A_SECOND);
        Phone { agent: agent.clone(), urls, cookie: None, patience, requests: 0 }
    }

    /// Whose turn it is.
    fn url(&self) -> &str {
        let turn = usize::try_from(self.requests).unwrap_or_default() % self.urls.len().max(1);
        self.urls.get(turn).map_or("", String::as_str)
    }

    /// An agent that leaves redirects and refusals to the phone.
    pub(crate) fn agent() -> Agent {
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false);
        config.timeout_global(Some(Duration::from_secs(30))).build().new_agent()
    }

    /// Open a page.
    pub(crate) fn open(&mut self, path: &str) -> Result<Arrived> {
        let response = self.patiently(|phone| phone.get(path))?;
        self.follow(path, response)
    }

    /// Press a button of a form after filling it.
    pub(crate) fn press(
        &mut self,
        form: &Form,
        fields: &[(String, String)],
        button: &str,
    ) -> Result<Arrived> {
        let mut body: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        body.push(("_go", button));
        let response = self.patiently(|phone| phone.post(&form.action, &body))?;
        self.follow(&form.action, response)
    }

    /// The opaque part of the cookie that names this visit.
    pub(crate) fn visit(&self) -> Option<&str> {
        self.cookie.as_deref()?.split_once('=')?.1.split('.').next()
    }

    fn follow(&mut self, path: &str, mut response: Response<Body>) -> Result<Arrived> {
        let mut path = path.to_owned();
        for _ in 0..HOPS {
            self.keep_cookie(&response);
            let status = response.status().as_u16();
            if !(300..400).contains(&status) {
                let text = response.body_mut().read_to_string().context("a page broke off")?;
                return Ok(Arrived { path, status, html: Html::read(&text) });
            }
            let to = response.headers().get(header::LOCATION).context("a redirect leads nowhere")?;
            path = to.to_str().context("a redirect leads to no readable place")?.to_owned();
            response = self.patiently(|phone| phone.get(&path))?;
        }
        bail!("`{path}` redirects in a circle")
    }

    fn patiently(
        &mut self,
        send: impl Fn(&Phone) -> Result<Response<Body>, ureq::Error>,
    ) -> Result<Response<Body>> {
        let servers = u32::try_from(self.urls.len()).unwrap_or(1).max(1);
        let mut failed = 0;
        loop {
            self.requests += 1;
            let outcome = send(self);
            let is_last = failed >= self.patience.saturating_mul(servers);
            match outcome {
                Ok(response) if response.status().as_u16() != 503 || is_last => return Ok(response),
                Err(error) if is_last => {
                    let all = self.urls.join(" nor ");
                    return Err(error).with_context(|| format!("no answer from {all}"));
                }
                _ => failed += 1,
            }
            // The next server is tried at once; only when every one was tried a person waits.
            if failed.is_multiple_of(servers) {
                thread::sleep(PAUSE);
            }
        }
    }

    fn get(&self, path: &str) -> Result<Response<Body>, ureq::Error> {
        let request = self.agent.get(format!("{}{path}", self.url()));
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie).call(),
            None => request.call(),
        }
    }

    fn post(&self, path: &str, body: &[(&str, &str)]) -> Result<Response<Body>, ureq::Error> {
        let request = self.agent.post(format!("{}{path}", self.url()));
        let request = request.header(header::ORIGIN, self.url()).header("Soundings-Rehearsal", "1");
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        request.send_form(body.iter().copied())
    }

    fn keep_cookie(&mut self, response: &Response<Body>) {
        for value in response.headers().get_all(header::SET_COOKIE) {
            let pair = value.to_str().ok().and_then(|text| text.split(';').next());
            self.cookie = pair.filter(|pair| !pair.ends_with('=')).map(str::to_owned);
        }
    }
}
