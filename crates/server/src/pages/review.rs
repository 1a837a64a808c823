//! All answers on one page, before they are sent.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use responses::Held;
use survey::Walk;

use crate::{
    Error,
    app::App,
    pages::{page, see_other},
    screen::{Screen, first_unseen, place, shown_from},
    seal,
    views::{Listener, Voice, review as view},
    visitor::Visitor,
};

/// Show every answer with a way to change it.
pub(crate) async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Result<Response, Error> {
    let held = app.held(visitor.id).await?;
    match unseen(&app, &held) {
        Some(path) => Ok(see_other(&path)),
        None => Ok(page(StatusCode::OK, drawn(&app, visitor, &held, None))),
    }
}

/// The review as a page.
pub(crate) fn drawn(app: &App, visitor: Visitor, held: &Held, notice: Option<&'static str>) -> maud::Markup {
    let walk = app.walk(&held.form, &held.answers);
    let screens = app.screens(&held.form);
    let receipt = seal::seal_response(app.sealer(), "receipt", &app.survey.name, &visitor.id);
    let drawn = view::Drawn {
        walk: &walk,
        place: place(&app.survey, screens, screens.len(), &walk),
        drafts: &drafts(app, held, &walk),
        receipt: &receipt,
        by_number: visitor.by_number,
        notice,
    };
    let listener = Listener { form: &held.form, answers: &walk.answers };
    view::review(&Voice::to(app, &held.language, listener), &drawn)
}

/// Where a question waits that she was never shown.
fn unseen(app: &App, held: &Held) -> Option<String> {
    let walk = app.walk(&held.form, &held.answers);
    let screens = app.screens(&held.form);
    let first = first_unseen(&app.survey, screens, &walk);
    let index = shown_from(&app.survey, screens, first, &walk)?;
    Some(app.path(&format!("/q/{}", screens[index].id)))
}

/// The screens where something was typed that was not looked at yet.
fn drafts<'a>(app: &'a App, held: &Held, walk: &Walk<'_>) -> Vec<&'a Screen> {
    let is_draft = |screen: &&Screen| {
        let pairs = held.drafts.get(&screen.id).and_then(|draft| draft.pairs.as_ref());
        pairs.is_some() && screen.is_shown(&app.survey, walk)
    };
    app.screens(&held.form).iter().filter(is_draft).collect()
}

/// Where something is left to do before the whole can be sent.
pub(crate) fn unfinished(app: &App, held: &Held) -> Option<String> {
    let walk = app.walk(&held.form, &held.answers);
    let draft = drafts(app, held, &walk).first().map(|screen| view::path(app, screen));
    unseen(app, held).or(draft)
}
