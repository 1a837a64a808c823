//! Consent: the first stored fact, or only a total.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use responses::{InvitationState, Job, Mode, Receipt, Recorded, ResponseId};
use survey::{Answers, EndId, FormId, Language, Question};

use crate::{
    Error,
    app::App,
    filled::Filled,
    pages::{invitation, page, preferred, see_other, welcome::closed},
    posted::{Go, Posted},
    screen::shown_from,
    seal::{Purpose, Token},
    taken,
    throttle::{Act, Sender},
    views::{
        Voice,
        forms::FORM,
        welcome::{self, CHANNEL, INVITATION},
    },
    visitor::{self, Visitor},
};

/// Take the consent: begin a response, count a refusal, or ask again.
pub(crate) async fn begin(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Sender(from): Sender,
    posted: Posted,
) -> Result<Response, Error> {
    let language = preferred(&app, query.as_deref(), &headers);
    if let Go::Language(tag) = posted.go() {
        let after = channel(&posted).map(|code| format!("?c={code}")).unwrap_or_default();
        return Ok(see_other(&app.path(&format!("/{}{after}", app.language_or_source(Some(&tag))))));
    }
    if let Some(closed) = closed(&app, language, &headers, StatusCode::FORBIDDEN) {
        return Ok(closed);
    }
    let Some(token) = Token::open(app.sealer(), Purpose::Begin, &[], "", posted.seal()) else {
        return Ok(again(&app, language, &posted, StatusCode::FORBIDDEN, Some("notice.seal"), &[]));
    };
    let Some(form) = chosen(&app, language, &posted) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again(&app, language, &posted, status, Some("notice.form"), &[]));
    };
    let consent = std::slice::from_ref(app.survey.consent());
    let taken = taken::take(&app.asking(&form), consent, posted.raw(), &Answers::default());
    if !taken.refusals.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again(&app, language, &posted, status, None, &taken.refusals));
    }
    let invitation = posted.control(INVITATION);
    if let Some(closed) = closed_to(&app, invitation, &token.nonce).await? {
        return Ok(invitation::refuse(&app, language, closed, StatusCode::FORBIDDEN));
    }
    if !app.throttle.is_free(Act::Begin, from, app.today()) {
        let status = StatusCode::TOO_MANY_REQUESTS;
        return Ok(again(&app, language, &posted, status, Some("notice.crowd"), &[]));
    }
    app.throttle.count(Act::Begin, from, app.today());
    let (mode, channel) = (mode(&app, &headers), channel(&posted));
    let sent = Sent { language, form: &form, mode, channel, invitation, nonce: token.nonce };
    let outcome = match taken.end {
        Some(end) => decline(&app, &sent, &end).await,
        None => accept(&app, &sent, taken.given).await,
    };
    match outcome {
        Err(error) if error.is_passing() => {
            tracing::error!(event = "begin", cause = %error);
            let status = error.status();
            Ok(again(&app, language, &posted, status, Some("notice.not_saved"), &[]))
        }
        outcome => outcome,
    }
}

struct Sent<'s> {
    language: &'s Language,
    form: &'s FormId,
    mode: Mode,
    channel: Option<&'s str>,
    invitation: Option<&'s str>,
    nonce: [u8; 16],
}

/// Why who holds this invitation, or none, may not begin. Whoever began with this very copy of the page may
/// go on, if it was this copy that used the code up.
async fn closed_to(
    app: &App,
    invitation: Option<&str>,
    nonce: &[u8; 16],
) -> Result<Option<InvitationState>, Error> {
    let Some(code) = invitation else {
        return Ok(app.is_invited_only().then_some(InvitationState::Unknown));
    };
    match invitation::state(app, code).await? {
        InvitationState::Unused => Ok(None),
        InvitationState::Used if app.begun(nonce).await?.is_some() => Ok(None),
        closed => Ok(Some(closed)),
    }
}

/// The code of the channel she came by; whether it counts is the store's to say.
fn channel(posted: &Posted) -> Option<&str> {
    posted.control(CHANNEL).filter(|code| responses::is_channel_code(code))
}

/// The form that was chosen, among those offered in her language; where nothing was to be chosen, the first of them.
fn chosen(app: &App, language: &Language, posted: &Posted) -> Option<FormId> {
    let mut offered = app.survey.forms_in(language).into_iter();
    match posted.control(FORM) {
        Some(name) => offered.find(|form| form.as_str() == name),
        None => offered.next(),
    }
}

/// A rehearsed response says so itself, or comes in where nobody is asked; it stays marked for ever.
fn mode(app: &App, headers: &HeaderMap) -> Mode {
    let rehearsed = app.demonstration || headers.contains_key("soundings-rehearsal");
    if rehearsed { Mode::Rehearsal } else { Mode::OwnDevice }
}

async fn decline(app: &App, sent: &Sent<'_>, end: &EndId) -> Result<Response, Error> {
    let job = Job::Decline {
        survey: app.survey.name.clone(),
        language: sent.language.clone(),
        mode: sent.mode,
        channel: sent.channel.map(str::to_owned),
        nonce: sent.nonce,
        today: app.today(),
    };
    app.record(job).await?;
    Ok(see_other(&app.path(&format!("/stopped/{end}?lang={}", sent.language))))
}

async fn accept(app: &Arc<App>, sent: &Sent<'_>, answers: Vec<Recorded>) -> Result<Response, Error> {
    let job = Job::Begin {
        survey: app.survey.name.clone(),
        version: app.version,
        form: sent.form.clone(),
        nonce: sent.nonce,
        language: sent.language.clone(),
        mode: sent.mode,
        channel: sent.channel.map(str::to_owned),
        answers: answers.clone(),
        today: app.today(),
    };
    // On a task of its own: who hangs up stops this request, and would else begin without using the code up.
    let (whole, code, nonce) = (Arc::clone(app), sent.invitation.map(str::to_owned), sent.nonce);
    let begun = tokio::spawn(async move { begin_once(&whole, job, code.as_deref(), &nonce).await });
    let Some(id) = begun.await.map_err(|_| Error::Interrupted)?? else {
        return Ok(invitation::refuse(app, sent.language, InvitationState::Used, StatusCode::FORBIDDEN));
    };
    let given = answers.into_iter().map(|each| (each.question, each.answer)).collect();
    let answers = Answers { given, ..Answers::default() };
    let (walk, screens) = (app.walk(sent.form, &answers), app.screens(sent.form));
    let first = shown_from(&app.survey, screens, 0, &walk);
    let path = first.map_or("/review".to_owned(), |index| format!("/q/{}", screens[index].id));
    let mut response = see_other(&app.path(&path)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, visitor::give(app, &Visitor { id, by_number: false }));
    Ok(response)
}

/// Begin first and use the code up then: whoever is cut off in between keeps her turn. None where somebody else used it.
async fn begin_once(
    app: &Arc<App>,
    job: Job,
    invitation: Option<&str>,
    nonce: &[u8; 16],
) -> Result<Option<ResponseId>, Error> {
    let Receipt::Begun(id) = app.record(job).await? else { return Err(Error::Interrupted) };
    match invitation {
        Some(code) => Ok(invitation::spend(app, code, nonce, id).await?.then_some(id)),
        None => Ok(Some(id)),
    }
}

/// The first page once more, with what was chosen. After a failure the seal stays, so that a retry is the same.
fn again(
    app: &App,
    language: &Language,
    posted: &Posted,
    status: StatusCode,
    notice: Option<&'static str>,
    refusals: &[survey::Refusal],
) -> Response {
    let consent: &Question = app.survey.consent();
    let kept = Token::open(app.sealer(), Purpose::Begin, &[], "", posted.seal());
    let seal = kept.unwrap_or_else(|| Token::draw(0)).seal(app.sealer(), Purpose::Begin, &[], "");
    let filled = Filled::of_pairs(&posted.0, &[consent]);
    let form = chosen(app, language, posted);
    let first = welcome::First {
        seal: &seal,
        filled: &filled,
        form: form.as_ref(),
        named: form.as_ref(),
        channel: channel(posted),
        invitation: posted.control(INVITATION),
        refusals,
        notice,
    };
    let mut response = page(status, welcome::first(&Voice::new(app, language), &first));
    let wait = match status {
        StatusCode::SERVICE_UNAVAILABLE => Some("5"),
        StatusCode::TOO_MANY_REQUESTS => Some("900"),
        _ => None,
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static(seconds));
    }
    response
}
