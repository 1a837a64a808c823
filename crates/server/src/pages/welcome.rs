//! The pages anybody may look at: nothing is written here.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use survey::{End, Language, Question};

use crate::{
    Error,
    app::App,
    days::Field,
    filled::Filled,
    pages::{page, parameter, preferred, see_other},
    seal::{Purpose, Token},
    views::{Voice, invitation, plain, welcome},
    visitor::visitor,
};

/// One survey is open: the way there.
pub(crate) async fn only_survey(State(app): State<Arc<App>>) -> Response {
    see_other(&app.path(""))
}

/// The first page, in the browser's language if it is on offer.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.as_deref();
    first(&app, preferred(&app, query, &headers), Link::of(query), &headers)
}

/// The first page in one language.
pub(crate) async fn show_in(
    State(app): State<Arc<App>>,
    Path(tag): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = app.language(&tag).ok_or(Error::NoPage)?;
    Ok(first(&app, language, Link::of(query.as_deref()), &headers))
}

/// The first page. A link may name the form; where that is not to be had in this language, the choice stands open.
pub(crate) fn first(app: &App, language: &Language, link: Link<'_>, headers: &HeaderMap) -> Response {
    if let Some(closed) = closed(app, language, headers, StatusCode::OK) {
        return closed;
    }
    if link.invitation.is_none() && app.is_invited_only() {
        return page(StatusCode::OK, invitation::needed(&Voice::new(app, language)));
    }
    let seal = Token::draw(0).seal(app.sealer(), Purpose::Begin, &[], "");
    let named = app.forms().find(|each| Some(each.as_str()) == link.form);
    app.opened.count(link.channel);
    let form = named.filter(|form| app.survey.offers(form, language));
    let first = welcome::First {
        seal: &seal,
        filled: &Filled::default(),
        form,
        named,
        channel: link.channel,
        invitation: link.invitation,
        refusals: &[],
        notice: None,
    };
    page(StatusCode::OK, welcome::first(&Voice::new(app, language), &first))
}

/// What a link to the first page carries.
#[derive(Clone, Copy, Default)]
pub(crate) struct Link<'l> {
    /// The form it names.
    pub(crate) form: Option<&'l str>,
    /// The code of the channel it was given out by.
    pub(crate) channel: Option<&'l str>,
    /// The code of the invitation it is.
    pub(crate) invitation: Option<&'l str>,
}

impl<'l> Link<'l> {
    fn of(query: Option<&'l str>) -> Link<'l> {
        let channel = parameter(query, "c").filter(|code| responses::is_channel_code(code));
        Link { form: parameter(query, "form"), channel, invitation: None }
    }
}

/// After the last day, the page that says so.
pub(crate) fn closed(
    app: &App,
    language: &Language,
    headers: &HeaderMap,
    status: StatusCode,
) -> Option<Response> {
    let Field::Over(last) = app.field() else { return None };
    let has_begun = visitor(app, headers).is_some();
    Some(page(status, plain::closed(&Voice::new(app, language), last, has_begun)))
}

/// A last page for those who declined or cannot take part.
pub(crate) async fn stopped(
    State(app): State<Arc<App>>,
    Path(end): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let end = app.survey.end(&end).filter(|end| is_last_for_somebody(&app, end)).ok_or(Error::NoPage)?;
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    Ok(page(StatusCode::OK, plain::stopped(&voice, end)))
}

/// Whether an answer leads to this end; `done` is shown only to who sent her answers.
fn is_last_for_somebody(app: &App, end: &End) -> bool {
    let ends =
        |question: &Question| question.choices().iter().any(|choice| choice.end.as_ref() == Some(&end.id));
    let code = end.id.as_str();
    code != "done" && (code == "declined" || app.survey.questions().any(|(_, question)| ends(question)))
}

/// What is kept and what is not.
pub(crate) async fn privacy(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let voice = Voice::new(&app, preferred(&app, query.as_deref(), &headers));
    page(StatusCode::OK, plain::privacy(&voice))
}

/// Alive, and able to keep answers: asked by a timer of our own, since looking never writes.
pub(crate) async fn healthz(State(app): State<Arc<App>>) -> (StatusCode, String) {
    let status = if app.counts.is_well() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, app.counts.health())
}

/// No such page.
pub(crate) async fn nowhere() -> Error {
    Error::NoPage
}

/// A page that is only asked for, or only sent to.
pub(crate) async fn not_this_way() -> Error {
    Error::NotThisWay
}
