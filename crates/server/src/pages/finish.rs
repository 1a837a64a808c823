//! Sending the whole: the response is closed, and the receipt shown.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use responses::{Held, Job, ResponseId, State as Standing};
use survey::Language;

use crate::{
    Error,
    app::App,
    pages::{page, review, see_other, withdraw},
    posted::{Go, Posted},
    screen::{first_unseen, shown_before},
    seal, signals, taken,
    views::{Listener, Voice, plain},
    visitor::{self, Visitor},
};

/// Close the response, or go where another button of the review leads. The seal of this form names the response, so
/// that a repeated submission shows the same number after the cookie is gone.
pub(crate) async fn finish(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Error> {
    let sealed = posted.seal();
    let id = seal::open_response(app.sealer(), "receipt", &app.survey.name, sealed).ok_or(Error::Seal)?;
    let by_number = visitor::visitor(&app, &headers).is_some_and(|visitor| visitor.by_number);
    let visitor = Visitor { id, by_number };
    let held = app.held_in_any_state(id).await?;
    match (held.state, posted.go()) {
        (Standing::Withdrawn, _) => Err(Error::Withdrawn),
        (Standing::Begun | Standing::Saved, Go::Next) => close(&app, visitor, &held).await,
        (Standing::Begun | Standing::Saved, go) => elsewhere(&app, id, &held, &go).await,
        (_, Go::Language(tag)) => Ok(thanks(&app, id, &held, app.language_of(&held.form, &tag), sealed)),
        _ => Ok(thanks(&app, id, &held, None, sealed)),
    }
}

async fn close(app: &App, visitor: Visitor, held: &Held) -> Result<Response, Error> {
    if let Some(path) = review::unfinished(app, held) {
        return Ok(see_other(&path));
    }
    let id = visitor.id;
    let settled = taken::recorded(&app.survey.settle(&held.form, &held.answers, app.today()));
    let evidence = signals::of_response(app, held, &app.weights);
    match app.record(Job::Finish { response: id, settled, evidence, today: app.today() }).await {
        Ok(_) => {
            let sealed = seal::seal_response(app.sealer(), "receipt", &app.survey.name, &id);
            Ok(thanks(app, id, held, None, &sealed))
        }
        Err(error) if error.is_passing() => {
            tracing::error!(event = "finish", cause = %error);
            let mut response =
                page(error.status(), review::drawn(app, visitor, held, Some("notice.not_saved")));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            Ok(response)
        }
        Err(error) => Err(error),
    }
}

async fn elsewhere(app: &App, id: ResponseId, held: &Held, go: &Go) -> Result<Response, Error> {
    match go {
        Go::Language(tag) => {
            let language = app.language_of(&held.form, tag).unwrap_or(&held.language).clone();
            speak(app, id, held, language).await?;
            Ok(see_other(&app.path("/review")))
        }
        Go::Erase => {
            let voice = Voice::new(app, &held.language);
            Ok(page(StatusCode::OK, withdraw::confirmation(&voice, id)))
        }
        _ => {
            let (walk, screens) = (app.walk(&held.form, &held.answers), app.screens(&held.form));
            let first = first_unseen(&app.survey, screens, &walk);
            let last = shown_before(&app.survey, screens, first, &walk);
            let path = last.map_or("/review".to_owned(), |index| format!("/q/{}", screens[index].id));
            Ok(see_other(&app.path(&path)))
        }
    }
}

/// Remember the language chosen where no question is asked, as a page of its own without answers.
pub(crate) async fn speak(app: &App, id: ResponseId, held: &Held, language: Language) -> Result<(), Error> {
    let job = Job::Page {
        response: id,
        page: "review".to_owned(),
        nonce: seal::nonce(),
        body: app.store.keys().mac("body", &[language.tag().as_bytes()]),
        seen: held.drafts.get("review").map_or(0, |draft| draft.revision),
        given: Vec::new(),
        draft: None,
        language,
        seconds: None,
        signals: Vec::new(),
        today: app.today(),
    };
    app.record(job).await.map(drop)
}

fn thanks(app: &App, id: ResponseId, held: &Held, language: Option<&Language>, sealed: &str) -> Response {
    let number = app.store.number(&id).to_string();
    let walk = app.walk(&held.form, &held.answers);
    let listener = Listener { form: &held.form, answers: &walk.answers };
    let voice = Voice::to(app, language.unwrap_or(&held.language), listener);
    let mut response = page(StatusCode::OK, plain::thanks(&voice, &number, sealed));
    response.headers_mut().insert(header::SET_COOKIE, visitor::take_away(app));
    response
}
