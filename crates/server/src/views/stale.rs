//! Two versions of one screen, when another tab or device wrote meanwhile.

use maud::{Markup, html};
use survey::{Missing, Question};

use crate::{
    filled::Filled,
    screen::Screen,
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
        refusal::missing_words,
        review::labelled,
    },
};

/// Both versions of a screen.
pub(crate) struct Both<'b> {
    /// The screen.
    pub(crate) screen: &'b Screen,
    /// Its questions that are asked.
    pub(crate) asked: &'b [&'b Question],
    /// What is stored.
    pub(crate) stored: &'b Filled,
    /// What was sent from here.
    pub(crate) typed: &'b Filled,
    /// The hidden seal, made for what is stored now.
    pub(crate) seal: &'b str,
    /// Where the screen lives.
    pub(crate) here: &'b str,
    /// Whether she came back by the number: sensitive answers given before are not shown.
    pub(crate) by_number: bool,
}

/// Both versions side by side, differing questions only, and the choice between them.
pub(crate) fn both(voice: &Voice<'_>, both: &Both<'_>) -> Markup {
    let pairs = both.typed.pairs();
    let mut hidden: Vec<(&str, &str)> = vec![("_t", both.seal)];
    hidden.extend(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let around = Frame {
        title: voice.plain("stale"),
        refused: true,
        switch: Switch::Button,
        form: Some(Form { action: both.here, hidden: &hidden, enter: "next" }),
        place: None,
        leave: false,
    };
    let differs = |question: &&&Question| both.stored.differs(both.typed, question);
    let title = &both.screen.page(&voice.app.survey).title;
    let main = html! {
        h1 role="alert" { (voice.say("stale")) }
        p.lead { (voice.say("stale.lead")) }
        h2 { (voice.words(title)) }
        @for question in both.asked.iter().filter(differs) {
            @let inner = voice.of_question(question);
            section.both lang=(inner.wanted) dir=(inner.wanted.direction().as_str()) {
                @if let Some(words) = &question.asks { h3 { (inner.words(words)) } }
                dl {
                    div { dt { (inner.say("stale.stored")) } dd { (stored(&inner, question, both)) } }
                    div { dt { (inner.say("stale.typed")) } dd { (said(&inner, question, both.typed)) } }
                }
            }
        }
        div.buttons {
            button.go name="_go" value="next" { (voice.say("stale.use_typed")) }
            a.button href=(both.here) { (voice.say("stale.use_stored")) }
        }
    };
    frame(voice, &around, &main)
}

fn stored(voice: &Voice<'_>, question: &Question, both: &Both<'_>) -> Markup {
    match both.by_number && question.sensitive && both.stored.touches(question) {
        true => voice.say("review.unseen"),
        false => said(voice, question, both.stored),
    }
}

/// What stands in the fields of a question, codes turned into words.
fn said(voice: &Voice<'_>, question: &Question, filled: &Filled) -> Markup {
    let owned = |name: &str| name.split('.').next() == Some(question.id.as_str());
    let pairs: Vec<_> = filled.pairs().into_iter().filter(|(name, _)| owned(name)).collect();
    html! {
        @if pairs.is_empty() { (voice.say("unanswered")) }
        ul {
            @for (name, value) in &pairs {
                li {
                    @match row_of(question, name) {
                        Some(row) => (labelled(voice, row, &in_words(voice, question, value))),
                        None => (in_words(voice, question, value)),
                    }
                }
            }
        }
    }
}

fn row_of<'q>(question: &'q Question, name: &str) -> Option<&'q survey::Row> {
    let code = name.split('.').nth(1)?;
    question.rows().iter().find(|row| row.id.as_str() == code)
}

fn in_words(voice: &Voice<'_>, question: &Question, value: &str) -> Markup {
    if let Some(choice) = question.choice(value) {
        return voice.words(&choice.words);
    }
    match Missing::of_code(value).filter(|missing| question.allow.contains(missing)) {
        Some(missing) => missing_words(voice, missing),
        None => html! { span.typed dir="auto" { (value) } },
    }
}
