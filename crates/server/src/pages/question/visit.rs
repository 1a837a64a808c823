//! A screen in the hands of a visitor: what stands on it, and where its buttons lead.

use axum::{http::StatusCode, response::Response};
use responses::{Band, Held, ResponseId};
use survey::{Answers, Language, Question, Refusal, Walk};

use crate::{
    Error,
    app::App,
    filled::{Filled, Pairs},
    pages::{page, parameter},
    posted::Posted,
    screen::{Screen, first_unseen, is_asked, place, shown_before, shown_from},
    seal::{Purpose, Token},
    views::{Listener, Voice, question as view},
    visitor::Visitor,
};

/// A screen in the hands of a visitor.
pub(super) struct Visit<'a> {
    pub(super) app: &'a App,
    pub(super) id: ResponseId,
    pub(super) held: Held,
    pub(super) index: usize,
    /// Whether she came from the review, and returns there.
    pub(super) to_review: bool,
    /// Whether she came back by the number.
    pub(super) by_number: bool,
}

impl<'a> Visit<'a> {
    pub(super) async fn open(
        app: &'a App,
        visitor: Visitor,
        screen: &str,
        query: Option<&str>,
    ) -> Result<Visit<'a>, Error> {
        let Visitor { id, by_number } = visitor;
        let held = app.held(id).await?;
        let mut screens = app.screens(&held.form).iter();
        let index = screens.position(|each| each.id == screen).ok_or(Error::NoPage)?;
        Ok(Visit { app, id, held, index, to_review: parameter(query, "from") == Some("review"), by_number })
    }

    /// A token for a page shown now.
    pub(super) fn token(&self, revision: u32) -> Token {
        Token::draw(revision).shown(self.app.clock.seconds())
    }

    /// About how long she looked at the page of this token.
    pub(super) fn looked(&self, token: &Token) -> Option<Band> {
        let seconds = self.app.clock.seconds().checked_sub(token.shown)?;
        Some(Band::of_seconds(seconds)).filter(|_| token.shown > 0)
    }

    pub(super) fn screen(&self) -> &'a Screen {
        &self.screens()[self.index]
    }

    /// The screens of her form.
    pub(super) fn screens(&self) -> &'a [Screen] {
        self.app.screens(&self.held.form)
    }

    /// Her way through her form, as far as the stored answers lead.
    pub(super) fn walk(&self) -> Walk<'a> {
        self.app.walk(&self.held.form, &self.held.answers)
    }

    /// The voice to her on this way.
    pub(super) fn voice<'v>(&'v self, language: &'v Language, walk: &'v Walk<'_>) -> Voice<'v> {
        Voice::to(self.app, language, Listener { form: &self.held.form, answers: &walk.answers })
    }

    pub(super) fn questions(&self) -> &'a [Question] {
        self.screen().questions(&self.app.survey)
    }

    pub(super) fn asked(&self, walk: &Walk<'_>) -> Vec<&'a Question> {
        self.questions().iter().filter(|question| is_asked(question, walk)).collect()
    }

    pub(super) fn revision(&self) -> u32 {
        self.held.drafts.get(&self.screen().id).map_or(0, |draft| draft.revision)
    }

    /// What she may see in the fields: sensitive answers given before she came back by the number are not among it.
    pub(super) fn filled(&self, walk: &Walk<'_>) -> Filled {
        let stored = self.stored(walk);
        match self.by_number {
            true => stored.without(|question| question.sensitive, &self.asked(walk)),
            false => stored,
        }
    }

    /// The answers she left blank since she was not shown that they are there.
    pub(super) fn unseen_answers(&self, posted: &Posted) -> Pairs {
        if !self.by_number {
            return Pairs::new();
        }
        let walk = self.walk();
        let asked = self.asked(&walk);
        let typed = Filled::of_pairs(&posted.0, &asked);
        let is_unseen = |question: &Question| question.sensitive && !typed.touches(question);
        let seen = |question: &Question| !is_unseen(question);
        self.stored(&walk).without(seen, &asked).pairs()
    }

    /// The questions whose stored answers she is not shown.
    fn unseen(&self, walk: &Walk<'_>, asked: &[&'a Question]) -> Vec<&'a Question> {
        let stored = self.stored(walk);
        let is_unseen =
            |question: &&Question| self.by_number && question.sensitive && stored.touches(question);
        asked.iter().copied().filter(is_unseen).collect()
    }

    /// What is stored of the fields: the draft if one was left here, or else the answers.
    pub(super) fn stored(&self, walk: &Walk<'_>) -> Filled {
        let draft = self.held.drafts.get(&self.screen().id).and_then(|draft| draft.pairs.as_deref());
        match draft.and_then(|pairs| serde_json::from_str::<Pairs>(pairs).ok()) {
            Some(pairs) => Filled::of_pairs(&pairs, &self.asked(walk)),
            None => Filled::of_answers(&self.held.answers, &self.asked(walk)),
        }
    }

    pub(super) fn draw(
        &self,
        status: StatusCode,
        language: &Language,
        filled: &Filled,
        token: &Token,
        refusals: &[Refusal],
        notice: Option<&'static str>,
    ) -> Response {
        let app = self.app;
        let walk = self.walk();
        let seal = token.seal(app.sealer(), Purpose::Screen, &self.id.0, &self.screen().id);
        let asked = self.asked(&walk);
        let drawn = view::Drawn {
            screen: self.screen(),
            asked: &asked,
            answers: &walk.answers,
            today: app.today(),
            seed: seed(&self.id),
            place: place(&app.survey, self.screens(), self.index, &walk),
            can_go_back: shown_before(&app.survey, self.screens(), self.index, &walk).is_some(),
            filled,
            unseen: &self.unseen(&walk, &asked),
            refusals,
            notice,
            seal: &seal,
            action: &self.path_of(self.index),
        };
        page(status, view::screen(&self.voice(language, &walk), &drawn))
    }

    pub(super) fn path_of(&self, index: usize) -> String {
        let from = if self.to_review { "?from=review" } else { "" };
        self.app.path(&format!("/q/{}{from}", self.screens()[index].id))
    }

    pub(super) fn path_on(&self, walk: &Walk<'_>) -> String {
        let next = shown_from(&self.app.survey, self.screens(), self.index, walk);
        next.map_or_else(|| self.app.path("/review"), |index| self.path_of(index))
    }

    /// Where Continue leads: to the next screen, or for someone from the review to what her change newly asks.
    pub(super) fn path_after(&self, index: usize, answers: &Answers) -> String {
        let app = self.app;
        let walk = app.walk(&self.held.form, answers);
        let first = if self.to_review { first_unseen(&app.survey, self.screens(), &walk) } else { index };
        let next = shown_from(&app.survey, self.screens(), first, &walk);
        next.map_or_else(|| app.path("/review"), |index| self.path_of(index))
    }

    pub(super) fn path_back(&self) -> String {
        if self.to_review {
            return self.app.path("/review");
        }
        let walk = self.walk();
        let before = shown_before(&self.app.survey, self.screens(), self.index, &walk);
        self.path_of(before.unwrap_or(self.index))
    }
}

/// What orders shuffled choices for one visitor: as random and as lasting as the id of the response.
fn seed(id: &ResponseId) -> u64 {
    let [one, two, three, four, five, six, seven, eight, ..] = id.0;
    u64::from_le_bytes([one, two, three, four, five, six, seven, eight])
}
