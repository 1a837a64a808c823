//! Single-use invitations: looked at as often as one likes, used up when a response begins.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use responses::{InvitationState, Job, ResponseId};
use survey::Language;

use crate::{
    Error,
    app::App,
    pages::{
        page, preferred,
        welcome::{Link, first},
    },
    views::{Voice, invitation as view},
};

/// The first page for who holds an invitation. Looking uses nothing up.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = preferred(&app, query.as_deref(), &headers);
    match state(&app, &code).await? {
        InvitationState::Unused => {
            let link = Link { invitation: Some(&code), ..Link::default() };
            Ok(first(&app, language, link, &headers))
        }
        closed => Ok(refuse(&app, language, closed, StatusCode::OK)),
    }
}

/// Where an invitation stands; where there are none, every code is unknown.
pub(crate) async fn state(app: &App, code: &str) -> Result<InvitationState, Error> {
    let Some(apart) = app.apart.clone() else { return Ok(InvitationState::Unknown) };
    let (survey, code) = (app.survey.name.clone(), code.to_owned());
    let state = tokio::task::spawn_blocking(move || apart.invitations.state(&survey, &code)).await;
    Ok(state.map_err(|_| Error::Interrupted)??)
}

/// Use up the invitation of a response that this copy of the first page began; of who came second with the same code
/// nothing is kept.
pub(crate) async fn spend(app: &App, code: &str, nonce: &[u8; 16], id: ResponseId) -> Result<bool, Error> {
    let Some(apart) = app.apart.clone() else { return Ok(false) };
    let (survey, code, nonce) = (app.survey.name.clone(), code.to_owned(), *nonce);
    let spent = tokio::task::spawn_blocking(move || apart.invitations.spend(&survey, &code, &nonce)).await;
    let spent = spent.map_err(|_| Error::Interrupted)??;
    if !spent {
        app.record(Job::ScreenOut { response: id, today: app.today() }).await?;
    }
    Ok(spent)
}

/// The page that says why an invitation does not open the survey.
pub(crate) fn refuse(app: &App, language: &Language, state: InvitationState, status: StatusCode) -> Response {
    page(status, view::closed(&Voice::new(app, language), state))
}

impl App {
    /// Whether only an invitation opens the survey.
    pub(crate) fn is_invited_only(&self) -> bool {
        self.apart.as_ref().is_some_and(|apart| apart.invited_only)
    }
}
