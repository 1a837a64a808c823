//! One screen of questions: shown, answered, left.

mod visit;

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use responses::{Job, Receipt, ResponseId};
use survey::{Answers, Language, Question, Refusal};

use crate::{
    Error,
    app::App,
    filled::Filled,
    pages::{page, preferred, question::visit::Visit, see_other},
    posted::{Go, Posted},
    screen::{Part, Screen},
    seal::{Purpose, Token},
    signals,
    taken::{self, Taken},
    views::stale,
    visitor::{self, Visitor},
};

/// The screen an address names: whether there is one of this name is asked before who asks.
pub(crate) struct OnScreen(String);

impl FromRequestParts<Arc<App>> for OnScreen {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<OnScreen, Error> {
        let name = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Error::NoPage)?;
        Some(OnScreen(name.0)).filter(|screen| app.has_screen(&screen.0)).ok_or(Error::NoPage)
    }
}

/// Show a screen with the answers so far; one with nothing on it leads to the next.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    OnScreen(screen): OnScreen,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let visit = Visit::open(&app, visitor, &screen, query.as_deref()).await?;
    let walk = visit.walk();
    if !visit.screen().is_shown(&app.survey, &walk) {
        return Ok(see_other(&visit.path_on(&walk)));
    }
    let filled = visit.filled(&walk);
    let token = visit.token(visit.revision());
    Ok(visit.draw(StatusCode::OK, &visit.held.language, &filled, &token, &[], None))
}

/// Take what was sent, and go where the pressed button leads.
pub(crate) async fn answer(
    State(app): State<Arc<App>>,
    OnScreen(screen): OnScreen,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Error> {
    let id = visitor.id;
    let visit = match Visit::open(&app, visitor, &screen, query.as_deref()).await {
        Err(Error::NoVisitor) => return ended_before(&app, id, &screen, &headers, &posted),
        visit => visit?,
    };
    let Some(token) = Token::open(app.sealer(), Purpose::Screen, &id.0, &visit.screen().id, posted.seal())
    else {
        let walk = visit.walk();
        let filled = Filled::of_pairs(&posted.0, &visit.asked(&walk));
        let token = visit.token(visit.revision());
        let language = &visit.held.language;
        return Ok(visit.draw(StatusCode::FORBIDDEN, language, &filled, &token, &[], Some("notice.seal")));
    };
    let mut whole = posted.clone();
    whole.0.extend(visit.unseen_answers(&posted));
    let sent = Sent { posted: &posted, whole: &whole, token };
    match posted.go() {
        Go::Next => visit.next(&sent).await,
        Go::Skip => visit.skip(&sent).await,
        Go::Language(tag) => {
            let language = app.language_of(&visit.held.form, &tag).unwrap_or(&visit.held.language).clone();
            visit.leave(&sent, &language, visit.path_of(visit.index)).await
        }
        Go::Back => visit.leave(&sent, &visit.held.language, visit.path_back()).await,
        Go::Save => visit.leave(&sent, &visit.held.language, app.path("/saved")).await,
        Go::Erase => visit.leave(&sent, &visit.held.language, visit.path_of(visit.index)).await,
    }
}

/// The second tap on an answer that ended the survey: of the first, nothing is kept but the seal in her own form.
fn ended_before(
    app: &App,
    id: ResponseId,
    screen: &str,
    headers: &HeaderMap,
    posted: &Posted,
) -> Result<Response, Error> {
    Token::open(app.sealer(), Purpose::Screen, &id.0, screen, posted.seal()).ok_or(Error::NoVisitor)?;
    // Which form it was is gone with the rest; the questions that can end the survey are in every one.
    let end = app.forms().find_map(|form| {
        let screen = app.screens(form).iter().find(|each| each.id == screen)?;
        let questions = screen.questions(&app.survey);
        taken::take(&app.asking(form), questions, posted.raw(), &Answers::default()).end
    });
    let end = end.ok_or(Error::NoVisitor)?;
    Ok(see_other(&app.path(&format!("/stopped/{end}?lang={}", preferred(app, None, headers)))))
}

struct Sent<'s> {
    posted: &'s Posted,
    /// With the answers that she was not shown and left as they are.
    whole: &'s Posted,
    token: Token,
}

/// What of a sent screen is to be kept.
struct Kept<'k> {
    taken: Taken,
    draft: Option<String>,
    language: &'k Language,
}

impl Visit<'_> {
    async fn next(&self, sent: &Sent<'_>) -> Result<Response, Error> {
        let app = self.app;
        let asking = app.asking(&self.held.form);
        let taken = taken::take(&asking, self.questions(), sent.whole.raw(), &self.held.answers);
        if let Some(end) = &taken.end {
            return self.stop(end.as_str()).await;
        }
        let refusals = taken.refusals.clone();
        let draft = (!refusals.is_empty()).then(|| self.draft(sent));
        let onward = self.path_after(self.index + 1, &taken.answers);
        let kept = Kept { taken, draft, language: &self.held.language };
        self.keep(sent, kept, |revision| {
            if refusals.is_empty() { see_other(&onward) } else { self.refuse(sent, &refusals, revision) }
        })
        .await
    }

    async fn skip(&self, sent: &Sent<'_>) -> Result<Response, Error> {
        let app = self.app;
        let page = self.screen().page(&app.survey);
        let part = page.questions.as_slice();
        let skipped = match self.screen().part {
            Part::Warning => taken::skip(&app.asking(&self.held.form), part, &self.held.answers),
            Part::Questions(_) | Part::Support => return Err(Error::NotAForm),
        };
        let is_of_part = |screen: &Screen| std::ptr::eq(screen.page(&app.survey), page);
        let over = self.screens()[self.index..].iter().skip(1);
        let questions = over.take_while(|screen| is_of_part(screen) && screen.part != Part::Support).count();
        let onward = self.path_after(self.index + 1 + questions, &skipped.answers);
        let kept = Kept { taken: skipped, draft: None, language: &self.held.language };
        self.keep(sent, kept, |_| see_other(&onward)).await
    }

    /// Go elsewhere with what was typed kept as it is, looked at only when she continues from here.
    async fn leave(&self, sent: &Sent<'_>, language: &Language, to: String) -> Result<Response, Error> {
        let walk = self.walk();
        let asked = self.asked(&walk);
        let typed = Filled::of_pairs(&sent.whole.0, &asked);
        let stored = Filled::of_answers(&self.held.answers, &asked);
        let differs = asked.iter().any(|question| typed.differs(&stored, question));
        let taken = Taken { answers: self.held.answers.clone(), ..Taken::default() };
        let kept = Kept { taken, draft: differs.then(|| self.draft(sent)), language };
        self.keep(sent, kept, |_| see_other(&to)).await
    }

    /// Send her to a last page; of someone who cannot take part nothing is kept.
    async fn stop(&self, end: &str) -> Result<Response, Error> {
        let to = self.app.path(&format!("/stopped/{end}?lang={}", self.held.language));
        self.app.record(Job::ScreenOut { response: self.id, today: self.app.today() }).await?;
        let mut response = see_other(&to);
        response.headers_mut().insert(header::SET_COOKIE, visitor::take_away(self.app));
        Ok(response)
    }

    /// Hand it to the store and answer only when the disk has it.
    async fn keep(
        &self,
        sent: &Sent<'_>,
        kept: Kept<'_>,
        then: impl FnOnce(u32) -> Response,
    ) -> Result<Response, Error> {
        let job = Job::Page {
            response: self.id,
            page: self.screen().id.clone(),
            nonce: sent.token.nonce,
            body: sent.posted.digest(self.app.store.keys()),
            seen: sent.token.revision,
            given: kept.taken.given,
            draft: kept.draft,
            language: kept.language.clone(),
            seconds: self.looked(&sent.token),
            signals: signals::of_page(sent.posted),
            today: self.app.today(),
        };
        match self.app.record(job).await {
            Ok(Receipt::Saved { revision, .. }) => Ok(then(revision)),
            Ok(Receipt::Stale { revision }) => Ok(self.show_both(sent, revision)),
            Ok(_) => Err(Error::Interrupted),
            Err(error) if error.is_passing() => Ok(self.give_back(sent, kept.language, &error)),
            Err(error) => Err(error),
        }
    }

    /// What was typed, as it is stored: every pair of this screen's questions.
    fn draft(&self, sent: &Sent<'_>) -> String {
        let questions: Vec<&Question> = self.questions().iter().collect();
        let pairs = Filled::of_pairs(&sent.whole.0, &questions).pairs();
        serde_json::to_string(&pairs).expect("pairs of texts can always be written as JSON")
    }

    fn refuse(&self, sent: &Sent<'_>, refusals: &[Refusal], revision: u32) -> Response {
        let walk = self.walk();
        let filled = Filled::of_pairs(&sent.posted.0, &self.asked(&walk));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        self.draw(status, &self.held.language, &filled, &self.token(revision), refusals, None)
    }

    /// The store is busy or broken: her answers come back on the page under the same seal, so that a retry is the
    /// same submission.
    fn give_back(&self, sent: &Sent<'_>, language: &Language, error: &Error) -> Response {
        tracing::error!(event = "page", cause = %error);
        let walk = self.walk();
        let filled = Filled::of_pairs(&sent.posted.0, &self.asked(&walk));
        let mut response =
            self.draw(error.status(), language, &filled, &sent.token, &[], Some("notice.not_saved"));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        response
    }

    /// Another tab or device wrote meanwhile: both versions, and she chooses.
    fn show_both(&self, sent: &Sent<'_>, revision: u32) -> Response {
        let walk = self.walk();
        let asked = self.asked(&walk);
        let stored = self.stored(&walk);
        let typed = Filled::of_pairs(&sent.whole.0, &asked).or_else(&stored, &asked);
        let seal =
            self.token(revision).seal(self.app.sealer(), Purpose::Screen, &self.id.0, &self.screen().id);
        let both = stale::Both {
            screen: self.screen(),
            asked: &asked,
            stored: &stored,
            typed: &typed,
            seal: &seal,
            here: &self.path_of(self.index),
            by_number: self.by_number,
        };
        let voice = self.voice(&self.held.language, &walk);
        page(StatusCode::CONFLICT, stale::both(&voice, &both))
    }
}
