//! All answers, each with a way to change it.

use maud::{Markup, html};
use survey::{Answer, Kind, Page, Question, Walk};

use crate::{
    app::App,
    screen::{Place, Screen, is_asked},
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
        put::{Put, number},
        refusal::missing_words,
    },
};

/// What is drawn of the review.
pub(crate) struct Drawn<'d> {
    /// The way through the survey.
    pub(crate) walk: &'d Walk<'d>,
    /// How far the visitor has come.
    pub(crate) place: Place,
    /// Screens where something was typed that was not looked at yet.
    pub(crate) drafts: &'d [&'d Screen],
    /// Whether she came back by the number, perhaps before other eyes.
    pub(crate) by_number: bool,
    /// The sealed receipt, which names the response.
    pub(crate) receipt: &'d str,
    /// Something to say first.
    pub(crate) notice: Option<&'d str>,
}

/// The review as a page.
pub(crate) fn review(voice: &Voice<'_>, drawn: &Drawn<'_>) -> Markup {
    let survey = &voice.app.survey;
    let around = Frame {
        title: voice.plain("review"),
        refused: false,
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path("/finish"),
            hidden: &[("_t", drawn.receipt)],
            enter: "finish",
        }),
        place: Some(drawn.place),
        leave: false,
    };
    let empty: Vec<&Question> = asked(drawn).filter(|question| !is_answered(drawn, question)).collect();
    let main = html! {
        @if let Some(notice) = drawn.notice { p.notice.warning role="alert" { (voice.say(notice)) } }
        h1 { (voice.say("review")) }
        p.lead { (voice.say("review.lead")) }
        @if !drawn.drafts.is_empty() {
            section.empty {
                h2 { (voice.say("review.draft")) }
                ul {
                    @for screen in drawn.drafts {
                        li { a href=(path(voice.app, screen)) { (voice.words(&screen.page(survey).title)) } }
                    }
                }
            }
        }
        @if !empty.is_empty() {
            section.empty {
                h2 { (voice.say("review.empty")) }
                ul { @for question in &empty { li { (link(voice, question, &label(voice, question))) } } }
            }
        }
        @for page in &survey.pages { (part(voice, drawn, page)) }
        div.buttons {
            button.go name="_go" value="finish" { (voice.say("send")) }
            button.plain name="_go" value="back" { (voice.say("back")) }
            button.plain name="_go" value="erase" { (voice.say("review.erase")) }
        }
    };
    frame(voice, &around, &main)
}

fn asked<'d>(drawn: &'d Drawn<'_>) -> impl Iterator<Item = &'d Question> {
    drawn.walk.asked.iter().copied().filter(|question| can_change(question))
}

/// Notes say nothing back, and the consent was given on the first page.
fn can_change(question: &Question) -> bool {
    question.is_answered() && !matches!(question.kind, survey::Kind::Consent { .. })
}

fn is_answered(drawn: &Drawn<'_>, question: &Question) -> bool {
    drawn.walk.answers.get(&question.id) != Some(&Answer::Missing(survey::Missing::NoAnswer))
}

fn part(voice: &Voice<'_>, drawn: &Drawn<'_>, page: &Page) -> Markup {
    let questions = page.questions.iter().filter(|question| can_change(question));
    let questions: Vec<&Question> = questions.filter(|question| is_asked(question, drawn.walk)).collect();
    html! {
        @if !questions.is_empty() {
            section {
                h2 { (voice.words(&page.title)) }
                dl.answers {
                    @for question in questions {
                        div {
                            dt { (label(voice, question)) }
                            dd { (said(&voice.of_question(question), drawn, question)) }
                            dd.change { (change(voice, question)) }
                        }
                    }
                }
            }
        }
    }
}

fn change(voice: &Voice<'_>, question: &Question) -> Markup {
    let words = html! {
        (voice.say("change"))
        span.hidden { " – " (label(voice, question)) }
    };
    link(voice, question, &words)
}

fn link(voice: &Voice<'_>, question: &Question, words: &Markup) -> Markup {
    let holds =
        |screen: &&Screen| screen.questions(&voice.app.survey).iter().any(|each| each.id == question.id);
    let screen = voice.screens().iter().find(holds).expect("every question asked stands on a screen");
    html! { a href={ (path(voice.app, screen)) "#f-" (question.id) } { (words) } }
}

/// Where a screen is changed from here.
pub(crate) fn path(app: &App, screen: &Screen) -> String {
    app.path(&format!("/q/{}?from=review", screen.id))
}

fn label(voice: &Voice<'_>, question: &Question) -> Markup {
    let inner = voice.of_question(question);
    let words = question.asks.as_ref().map(|words| inner.words(words)).unwrap_or_default();
    in_its_language(voice, &inner, &words)
}

fn in_its_language(outer: &Voice<'_>, inner: &Voice<'_>, words: &Markup) -> Markup {
    let language = inner.wanted;
    html! {
        @if language == outer.wanted {
            (words)
        } @else {
            span lang=(language) dir=(language.direction().as_str()) { (words) }
        }
    }
}

/// An answer in words.
fn said(voice: &Voice<'_>, drawn: &Drawn<'_>, question: &Question) -> Markup {
    let answer = drawn.walk.answers.get(&question.id);
    html! {
        @match answer {
            None => (voice.say("unanswered")),
            Some(answer) if is_unseen(drawn, question, answer) => (voice.say("review.unseen")),
            Some(Answer::Rows(rows)) => {
                ul {
                    @for row in question.rows() {
                        @if let Some(answer) = rows.get(&row.id) {
                            li { (labelled(voice, row, &in_words(voice, question, answer))) }
                        }
                    }
                }
            }
            Some(answer) => {
                (in_words(voice, question, answer))
                @for ((of, _), words) in &drawn.walk.answers.specified {
                    @if *of == question.id { " " q dir="auto" { (words) } }
                }
            }
        }
    }
}

/// Whether an answer is said to be there and not shown.
fn is_unseen(drawn: &Drawn<'_>, question: &Question, answer: &Answer) -> bool {
    drawn.by_number && question.sensitive && answer.missing().is_none()
}

/// A row of a grid and what was said to it.
pub(crate) fn labelled(voice: &Voice<'_>, row: &survey::Row, words: &Markup) -> Markup {
    voice.say_with("labelled", &[("label", &voice.words(&row.words)), ("words", words)])
}

/// A language by what its speakers call it.
fn language_named(voice: &Voice<'_>, code: &survey::ChoiceId) -> Markup {
    html! {
        @match survey::Language::of_tag(code.as_str()) {
            Some(language) => span lang=(language) dir=(language.direction().as_str()) { (language.endonym()) },
            None => (voice.say("language.other")),
        }
    }
}

/// An answer that is not a grid, in words.
pub(crate) fn in_words(voice: &Voice<'_>, question: &Question, answer: &Answer) -> Markup {
    let choice = |code: &survey::ChoiceId| {
        if let Kind::Language { .. } = question.kind {
            return language_named(voice, code);
        }
        question.choice(code.as_str()).map(|choice| voice.words(&choice.words)).unwrap_or_default()
    };
    html! {
        @match answer {
            Answer::One(code) => (choice(code)),
            Answer::Many(codes) => {
                // In the order they were offered, not in that of their codes.
                ul { @for each in question.choices() { @if codes.contains(&each.id) { li { (choice(&each.id)) } } } }
            }
            Answer::Ranked(codes) => { ol { @for code in codes { li { (choice(code)) } } } }
            Answer::Number(value) => bdi { (number(*value, voice.wanted)) },
            Answer::Year(year) => bdi { (voice.wanted.year(*year)) },
            Answer::Date(day) => {
                @if matches!(question.kind, Kind::Date { to_day: true, .. }) { (day.put(voice.wanted)) }
                @else { bdi { (voice.wanted.month(*day)) } }
            }
            Answer::Words(words) => span.typed dir="auto" { (words) },
            Answer::Area(area) => bdi dir="ltr" { (area) },
            Answer::Missing(missing) if missing.can_be_said() => (missing_words(voice, *missing)),
            Answer::Missing(_) => span.unanswered { (voice.say("unanswered")) },
            Answer::Rows(_) => {}
        }
    }
}
