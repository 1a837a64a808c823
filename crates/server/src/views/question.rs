//! A screen of questions.

use maud::{Markup, html};
use survey::{Answers, Date, Kind, Question, Refusal};

use crate::{
    filled::Filled,
    screen::{Part, Place, Screen},
    signals::TRAP,
    views::{
        Voice, choices,
        frame::{Form, Frame, Switch, frame},
        grid,
        refusal::{beside, summary, warned},
        typed,
    },
};

/// What is drawn of a screen.
pub(crate) struct Drawn<'d> {
    /// The screen.
    pub(crate) screen: &'d Screen,
    /// Its questions that are asked.
    pub(crate) asked: &'d [&'d Question],
    /// The answers that decide what is offered.
    pub(crate) answers: &'d Answers,
    /// The day.
    pub(crate) today: Date,
    /// What orders shuffled choices for this visitor.
    pub(crate) seed: u64,
    /// How far the visitor has come.
    pub(crate) place: Place,
    /// Whether there is a screen before.
    pub(crate) can_go_back: bool,
    /// What stands in the fields.
    pub(crate) filled: &'d Filled,
    /// Questions with an answer that is not shown.
    pub(crate) unseen: &'d [&'d Question],
    /// What was refused.
    pub(crate) refusals: &'d [Refusal],
    /// Something to say first.
    pub(crate) notice: Option<&'d str>,
    /// The hidden seal.
    pub(crate) seal: &'d str,
    /// Where the form is sent.
    pub(crate) action: &'d str,
}

/// A screen as a page.
pub(crate) fn screen(voice: &Voice<'_>, drawn: &Drawn<'_>) -> Markup {
    let page = drawn.screen.page(&voice.app.survey);
    let title = voice.plain_words(&page.title);
    let title = title.as_ref();
    let unique = match drawn.screen.id.rsplit_once('-') {
        Some((_, number)) if number.parse::<u32>().is_ok() => format!("{title} ({number})"),
        Some((_, "before")) => voice.plain_labelled(title, voice.plain("part.before")),
        Some((_, "after")) => voice.plain_labelled(title, voice.plain("part.after")),
        _ => title.to_owned(),
    };
    let mut hidden = vec![("_t", drawn.seal)];
    hidden.extend(warned(drawn.refusals));
    let around = Frame {
        title: &unique,
        refused: !drawn.refusals.is_empty(),
        switch: Switch::Button,
        form: Some(Form { action: drawn.action, hidden: &hidden, enter: "next" }),
        place: Some(drawn.place),
        leave: page.sensitive.is_some() || drawn.asked.iter().any(|question| question.sensitive),
    };
    let main = html! {
        @if let Some(notice) = drawn.notice { p.notice.warning role="alert" { (voice.say(notice)) } }
        (summary(voice, drawn.refusals))
        h1 { (voice.words(&page.title)) }
        @match &drawn.screen.part {
            Part::Warning => { @if let Some(words) = &page.sensitive { p.lead { (voice.words(words)) } } }
            Part::Support => { @if let Some(words) = &page.support { p.lead { (voice.words(words)) } } }
            Part::Questions(_) => { @for question in drawn.asked { (one(voice, drawn, question)) } }
        }
        (buttons(voice, drawn))
        (trap(voice))
    };
    frame(voice, &around, &main)
}

/// Nobody sees it, nobody reaches it with the keyboard, and who meets it all the same reads that it stays empty.
fn trap(voice: &Voice<'_>) -> Markup {
    html! {
        label.hidden aria-hidden="true" {
            (voice.say("leave_empty"))
            input name=(TRAP) tabindex="-1" autocomplete="off";
        }
    }
}

fn buttons(voice: &Voice<'_>, drawn: &Drawn<'_>) -> Markup {
    html! {
        div.buttons {
            button.go name="_go" value="next" { (voice.say("continue")) }
            @if drawn.screen.part == Part::Warning {
                button name="_go" value="skip" { (voice.say("skip_part")) }
            }
            @if drawn.can_go_back { button.plain name="_go" value="back" { (voice.say("back")) } }
            button.plain name="_go" value="save" { (voice.say("save")) }
        }
    }
}

/// One question, whole in one language.
fn one(voice: &Voice<'_>, drawn: &Drawn<'_>, question: &Question) -> Markup {
    let inner = voice.of_question(question);
    let is_fallback = inner.wanted != voice.wanted;
    let asked = Asked {
        voice: inner,
        errors: beside(&inner.inside(voice), question, drawn.refusals),
        question,
        drawn,
    };
    let body = draw(&asked);
    html! {
        @if is_fallback {
            p.notice { (voice.say("fallback")) }
            div lang=(inner.wanted) dir=(inner.wanted.direction().as_str()) { (body) }
        } @else {
            (body)
        }
    }
}

/// A question with all it takes to draw it.
pub(crate) struct Asked<'a> {
    /// The voice in the question's language.
    pub(crate) voice: Voice<'a>,
    /// What was refused of it, in words.
    pub(crate) errors: Markup,
    /// The question.
    pub(crate) question: &'a Question,
    /// The screen it stands on.
    pub(crate) drawn: &'a Drawn<'a>,
}

fn draw(asked: &Asked<'_>) -> Markup {
    match &asked.question.kind {
        Kind::Consent { .. } | Kind::One { .. } => choices::one(asked),
        Kind::Many { .. } => choices::many(asked),
        Kind::Rank { top, .. } => typed::rank(asked, *top),
        Kind::Grid { .. } => grid::grid(asked),
        Kind::Number { decimals, unit, .. } => typed::number(asked, *decimals, unit.as_ref()),
        Kind::Year { first, last } => typed::year(asked, *first, last.unwrap_or(asked.drawn.today.year())),
        Kind::Language { choices } => typed::language(asked, choices),
        Kind::Date { to_day, .. } => typed::date(asked, *to_day),
        Kind::Fsa => typed::area(asked),
        Kind::Text { .. } => typed::text(asked),
        Kind::Note => {
            html! { @if let Some(words) = &asked.question.asks { p.lead { (asked.voice.words(words)) } } }
        }
        Kind::Calc { .. } | Kind::Computed { .. } => html! {},
    }
}

/// The words of the question.
pub(crate) fn wording(asked: &Asked<'_>) -> Markup {
    html! { @if let Some(words) = &asked.question.asks { (asked.voice.words(words)) } }
}

/// The hint and the errors, which stand between the question and its fields.
pub(crate) fn before_fields(asked: &Asked<'_>) -> Markup {
    html! {
        @if let Some(hint) = &asked.question.hint {
            p.hint id={ (asked.question.id) "-hint" } { (asked.voice.words(hint)) }
        }
        @if asked.drawn.unseen.iter().any(|unseen| unseen.id == asked.question.id) {
            p.hint { (asked.voice.say("unseen")) }
        }
        (asked.errors)
    }
}
