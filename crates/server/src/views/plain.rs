//! Pages that only say something.

use maud::{Markup, html};
use responses::EntryKind;
use survey::{Date, End};

use crate::{
    Error,
    views::{
        Voice, draw,
        frame::{Form, Frame, Switch, frame},
    },
};

/// The last page of someone who declined or cannot take part.
pub(crate) fn stopped(voice: &Voice<'_>, end: &End) -> Markup {
    let path = voice.app.path(&format!("/stopped/{}?lang=", end.id));
    let main = last_words(voice, end);
    said(voice, &voice.plain_words(&end.title), Switch::Link { before: &path, after: "" }, &main)
}

fn last_words(voice: &Voice<'_>, end: &End) -> Markup {
    html! {
        h1 { (voice.words(&end.title)) }
        @if let Some(words) = &end.says { p.lead { (voice.words(words)) } }
        @if let Some(words) = &end.support { p.support { (voice.words(words)) } }
    }
}

/// The thanks, with the number that takes the answers back.
pub(crate) fn thanks(voice: &Voice<'_>, number: &str, receipt: &str) -> Markup {
    let end = voice.app.survey.end("done");
    let around = Frame {
        title: &end.map_or(voice.plain("thanks").into(), |end| voice.plain_words(&end.title)),
        refused: false,
        switch: Switch::Button,
        form: Some(Form { action: &voice.app.path("/finish"), hidden: &[("_t", receipt)], enter: "finish" }),
        place: None,
        leave: false,
    };
    let main = html! {
        @match end {
            Some(end) => (last_words(voice, end)),
            None => { h1 { (voice.say("thanks")) } p.lead { (voice.say("thanks.lead")) } }
        }
        @if voice.app.withdrawal_over().is_none() {
            section.receipt {
                h2 { (voice.say("number")) }
                output id="number" dir="ltr" { (number) }
                p { (voice.say("number.keep")) }
                (until(voice))
                p { (voice.say("number.lost")) }
            }
        }
        (draw::ways(voice))
    };
    frame(voice, &around, &main)
}

/// Until when answers can be taken back, or that they no longer can.
pub(crate) fn until(voice: &Voice<'_>) -> Markup {
    with_the_code(voice, "number.until")
}

fn with_the_code(voice: &Voice<'_>, until: &str) -> Markup {
    let path = if voice.app.withdrawal_over().is_some() { "number.over" } else { until };
    html! {
        @if let Some(day) = voice.app.survey.withdraw { p { (voice.say_with(path, &[("day", &day)])) } }
    }
}

/// The first page after the last day; whoever has begun may go on.
pub(crate) fn closed(voice: &Voice<'_>, last: Date, has_begun: bool) -> Markup {
    let main = html! {
        h1 { (voice.say("field.closed")) }
        p.lead { (voice.say_with("field.closed.lead", &[("day", &last)])) }
        @if has_begun {
            div.buttons { a.button.go href=(voice.app.path("/review")) { (voice.say("field.go_on")) } }
        }
    };
    said(voice, voice.plain("field.closed"), Switch::Link { before: &voice.app.path("/"), after: "" }, &main)
}

/// What is kept and what is not.
pub(crate) fn privacy(voice: &Voice<'_>) -> Markup {
    let survey = &voice.app.survey;
    let main = html! {
        h1 { (voice.say("privacy")) }
        h2 { (voice.say("privacy.kept")) }
        ul {
            li { (voice.say("privacy.answers")) }
            li { (voice.say("privacy.day")) }
            li { (voice.say("privacy.cookie")) }
            @if voice.app.offers(EntryKind::Contact) { li { (voice.say("privacy.contact")) } }
        }
        h2 { (voice.say("privacy.not_kept")) }
        ul {
            li { (voice.say("privacy.no_name")) }
            li { (voice.say("privacy.no_address")) }
            li { (voice.say("privacy.no_third")) }
        }
        h2 { (voice.say("privacy.shown")) }
        p { (voice.say_with("privacy.small", &[("least", &survey.suppress)])) }
        p { (voice.say("privacy.words")) }
        h2 { (voice.say("privacy.yours")) }
        (with_the_code(voice, "privacy.until"))
        @if let Some(words) = &survey.ethics { p { (voice.words(words)) } }
        p { (voice.words(&survey.host)) }
        ul { (way_back(voice)) }
    };
    said(
        voice,
        voice.plain("privacy"),
        Switch::Link { before: &voice.app.path("/privacy?lang="), after: "" },
        &main,
    )
}

/// A failure in plain words, on a page that can be asked for in other languages or cannot.
pub(crate) fn problem(voice: &Voice<'_>, error: &Error, switch: Switch<'_>) -> Markup {
    let path = error.words();
    let is_fault = !["problem.not_begun", "problem.method"].contains(&path);
    let title = if is_fault { "problem" } else { "problem.nothing_here" };
    let main = html! {
        h1 { (voice.say(title)) }
        p.lead { (voice.say(path)) }
        @match path {
            "problem.not_begun" => {
                ul { (way_back(voice)) (way_on(voice)) (way_out(voice)) }
                p { (voice.say("problem.not_begun.cookies")) }
            }
            "problem.seal" => ul { li { a href=(voice.app.path("/review")) { (voice.say("review")) } } (way_back(voice)) },
            "problem.method" => ul { (way_back(voice)) (way_out(voice)) },
            _ => ul { (way_back(voice)) },
        }
    };
    said(voice, voice.plain(title), switch, &main)
}

fn way_back(voice: &Voice<'_>) -> Markup {
    html! { li { a href={ (voice.app.path("/")) (voice.wanted) } { (voice.say("first_page")) } } }
}

fn way_on(voice: &Voice<'_>) -> Markup {
    html! { li { a href={ (voice.app.path("/resume?lang=")) (voice.wanted) } { (voice.say("resume.link")) } } }
}

fn way_out(voice: &Voice<'_>) -> Markup {
    html! { li { a href={ (voice.app.path("/withdraw?lang=")) (voice.wanted) } { (voice.say("withdraw.link")) } } }
}

/// A page without a form.
pub(crate) fn said(voice: &Voice<'_>, title: &str, switch: Switch<'_>, main: &Markup) -> Markup {
    frame(voice, &Frame { title, refused: false, switch, form: None, place: None, leave: false }, main)
}
