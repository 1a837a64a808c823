//! A visitor who talks to the router directly: no socket, no browser, only forms and a cookie.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use server::{Clock, Setup};
use survey::{Date, Survey};
use tower::ServiceExt;

use crate::program::root;

/// The day these stories play on.
pub(crate) const TODAY: Date = Date::constant(2027, 2, 1);

/// The newcomer survey as it stands in the repository.
pub(crate) fn newcomer_needs() -> Survey {
    let (survey, findings) = survey::read(&sources());
    survey.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Every file of the newcomer survey.
pub(crate) fn sources() -> survey::Sources {
    let folder = root().join("surveys/newcomer-needs");
    let names = ["newcomer-needs.survey", "newcomer-needs.recipe", "fr.po", "ar.po"];
    let margins = ["status", "period"].map(|name| format!("margins/halifax-2021/{name}.csv"));
    let others = ["status", "period"].map(|name| format!("margins/st-johns-2021/{name}.csv"));
    let names = names.into_iter().map(str::to_owned).chain(margins).chain(others);
    names.map(|name| (name.clone(), std::fs::read_to_string(folder.join(name)).unwrap())).collect()
}

/// Somebody with a phone.
pub(crate) struct Visitor {
    router: Router,
    cookie: String,
    runtime: tokio::runtime::Runtime,
}

/// A page as it came.
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Visitor {
    /// Somebody in front of this store.
    pub(crate) fn new(store: &responses::Store) -> Visitor {
        let setup = Setup {
            survey: newcomer_needs(),
            store: store.clone(),
            clock: Clock::Fixed(TODAY),
            demonstration: false,
            behind_https: false,
            apart: None,
            weights: Default::default(),
            logo: None,
            earlier: Vec::new(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let router = runtime.block_on(async { server::router(setup) }).unwrap();
        Visitor { router, cookie: String::new(), runtime }
    }

    /// Open a page, following redirects.
    pub(crate) fn open(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, String::new())
    }

    /// Send the form of a page with these fields and one button.
    pub(crate) fn send(&mut self, page: &Page, fields: &[(&str, &str)], button: &str) -> Page {
        let action =
            if page.path.contains("/q/") { page.path.clone() } else { page.attribute("action=\"", button) };
        let mut body = vec![format!("_go={button}"), format!("_t={}", page.token())];
        body.extend(fields.iter().map(|(name, value)| format!("{name}={value}")));
        self.ask(Method::POST, &action, body.join("&"))
    }

    fn ask(&mut self, method: Method, path: &str, body: String) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "survey.test")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let router = self.router.clone();
        let (parts, bytes) = self.runtime.block_on(async {
            let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
            (parts, to_bytes(body, 1 << 20).await.unwrap())
        });
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            self.cookie = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        if let Some(to) = parts.headers.get(header::LOCATION) {
            let to = to.to_str().unwrap().to_owned();
            return self.open(&to);
        }
        Page { path: path.to_owned(), status: parts.status, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }
}

impl Page {
    fn token(&self) -> String {
        let at = self.text.find("name=\"_t\"").expect("the page has a token");
        let rest = &self.text[at..];
        let value = rest.split("value=\"").nth(1).unwrap();
        value.split('"').next().unwrap().to_owned()
    }

    /// The action of the form that holds this button.
    fn attribute(&self, attribute: &str, button: &str) -> String {
        let form =
            self.text.split("<form").find(|form| form.contains(&format!("value=\"{button}\""))).unwrap();
        form.split(attribute).nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// The withdrawal number on the last page.
    pub(crate) fn number(&self) -> String {
        let shown = self.text.split("id=\"number\"").nth(1).expect("the last page shows a number");
        shown.split('>').nth(1).unwrap().split('<').next().unwrap().trim().to_owned()
    }

    /// Whether this control is checked.
    pub(crate) fn is_checked(&self, name: &str, value: &str) -> bool {
        let inputs = self.text.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
        inputs
            .filter(|input| {
                input.contains(&format!("name=\"{name}\"")) && input.contains(&format!("value=\"{value}\""))
            })
            .any(|input| input.contains("checked"))
    }
}

/// What an ordinary newcomer answers, screen by screen.
pub(crate) const ANSWERS: &[(&str, &str)] = &[
    ("elig_area", "live"),
    ("age_group", "a25_34"),
    ("born_canada", "no"),
    ("arrival_year", "2019"),
    ("pathway", "economic"),
    ("stay_kind", "permanent"),
    ("region_birth", "africa"),
    ("mother_tongue", "french"),
    ("off_lang", "both"),
    ("lf_status", "full_time"),
    ("job_match", "little"),
    ("income_enough", "not_quite"),
    ("housing_issue", "cost"),
    ("belong_local", "some_strong"),
    ("community.welcome", "4"),
    ("discrim_any", "no"),
    ("svc_need", "housing"),
    ("svc_knew", "housing"),
    ("svc_used", "housing"),
    ("svc_helped.housing", "partly"),
    ("stay_intent", "definitely"),
    ("priorities.1", "housing"),
];

/// Give consent in a language; the first screen.
pub(crate) fn begin(visitor: &mut Visitor, language: &str) -> Page {
    let welcome = visitor.open(&format!("/newcomer-needs/{language}"));
    visitor.send(&welcome, &[("agree", "yes")], "next")
}

/// The answers to what stands on this screen.
pub(crate) fn for_screen(page: &Page) -> Vec<(&'static str, &'static str)> {
    let stands = |name: &str| page.text.contains(&format!("name=\"{name}\""));
    ANSWERS.iter().filter(|(name, _)| stands(name)).copied().collect()
}

/// Answer every screen from this one to the review and send it; the thank-you page.
pub(crate) fn answer_all(visitor: &mut Visitor, mut page: Page) -> Page {
    for _ in 0..60 {
        assert!(page.status.is_success(), "{} answered {}: {}", page.path, page.status, page.text);
        if page.path.ends_with("/review") {
            return visitor.send(&page, &[], "finish");
        }
        let fields = for_screen(&page);
        page = visitor.send(&page, &fields, "next");
    }
    panic!("the survey has no end: still at {}", page.path)
}
