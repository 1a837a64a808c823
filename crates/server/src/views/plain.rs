//! Pages that only say something.

use maud::{Markup, html};
use survey::End;

use crate::{
    Error,
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
    },
};

/// The last page of someone who declined or cannot take part.
pub(crate) fn stopped(voice: &Voice<'_>, end: &End) -> Markup {
    let path = voice.app.path(&format!("/stopped/{}?lang=", end.id));
    let main = last_words(voice, end);
    said(voice, voice.plain_words(&end.title), &path, &main)
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
    let survey = &voice.app.survey;
    let end = survey.end("done");
    let around = Frame {
        title: end.map_or(voice.plain("thanks"), |end| voice.plain_words(&end.title)),
        refused: false,
        switch: Switch::Button,
        form: Some(Form { action: &voice.app.path("/finish"), hidden: &[("_t", receipt)], enter: "finish" }),
        place: None,
    };
    let main = html! {
        @match end {
            Some(end) => (last_words(voice, end)),
            None => { h1 { (voice.say("thanks")) } p.lead { (voice.say("thanks.lead")) } }
        }
        section.receipt {
            h2 { (voice.say("number")) }
            output id="number" dir="ltr" { (number) }
            p { (voice.say("number.keep")) }
            @if let Some(day) = survey.withdraw {
                p { (voice.say_with("number.until", &[("day", &voice.day(day))])) }
            }
            p { (voice.say("number.lost")) }
        }
    };
    frame(voice, &around, &main)
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
        @if let Some(day) = survey.withdraw {
            p { (voice.say_with("number.until", &[("day", &voice.day(day))])) }
        }
        @if let Some(words) = &survey.ethics { p { (voice.words(words)) } }
        p { (voice.words(&survey.host)) }
        (way_back(voice))
    };
    said(voice, voice.plain("privacy"), &voice.app.path("/privacy?lang="), &main)
}

/// A failure in plain words.
pub(crate) fn problem(voice: &Voice<'_>, error: &Error) -> Markup {
    let main = html! {
        h1 { (voice.say("problem")) }
        p.lead { (voice.say(error.words())) }
        (way_back(voice))
    };
    said(voice, voice.plain("problem"), &voice.app.path("/"), &main)
}

fn way_back(voice: &Voice<'_>) -> Markup {
    html! { p { a href={ (voice.app.path("/")) (voice.wanted) } { (voice.say("first_page")) } } }
}

/// A page without a form.
pub(crate) fn said(voice: &Voice<'_>, title: &str, switch: &str, main: &Markup) -> Markup {
    let around = Frame { title, refused: false, switch: Switch::Link(switch), form: None, place: None };
    frame(voice, &around, main)
}
