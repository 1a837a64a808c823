//! All answers on one page, before they are sent.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use responses::{Held, ResponseId};

use crate::{
    Error,
    app::App,
    pages::{page, see_other},
    screen::{first_unseen, place, shown_from},
    seal,
    views::{Voice, review},
    visitor::Visitor,
};

/// Show every answer with a way to change it.
pub(crate) async fn show(State(app): State<Arc<App>>, Visitor(id): Visitor) -> Result<Response, Error> {
    let held = app.held(id).await?;
    match unfinished(&app, &held) {
        Some(path) => Ok(see_other(&path)),
        None => Ok(page(StatusCode::OK, drawn(&app, id, &held, None))),
    }
}

/// The review as a page.
pub(crate) fn drawn(app: &App, id: ResponseId, held: &Held, notice: Option<&'static str>) -> maud::Markup {
    let walk = app.survey.walk(&held.answers, app.today());
    let receipt = seal::seal_response(app.store.keys(), "receipt", &app.survey.name, &id);
    let drawn = review::Drawn {
        walk: &walk,
        place: place(&app.survey, &app.screens, app.screens.len(), &walk),
        receipt: &receipt,
        notice,
    };
    review::review(&Voice::new(app, &held.language), &drawn)
}

/// The first screen that was never sent, or where something typed was not looked at yet.
pub(crate) fn unfinished(app: &App, held: &Held) -> Option<String> {
    let walk = app.survey.walk(&held.answers, app.today());
    let unseen = shown_from(&app.survey, &app.screens, first_unseen(&app.survey, &app.screens, &walk), &walk);
    let is_draft = |index: &usize| {
        let screen = &app.screens[*index];
        let pairs = held.drafts.get(&screen.id).and_then(|draft| draft.pairs.as_ref());
        pairs.is_some() && screen.is_shown(&app.survey, &walk)
    };
    let draft = (0..app.screens.len()).find(is_draft);
    let index = match (unseen, draft) {
        (Some(unseen), Some(draft)) => unseen.min(draft),
        (one, other) => one.or(other)?,
    };
    Some(app.path(&format!("/q/{}", app.screens[index].id)))
}
