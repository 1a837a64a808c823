//! Stopping, and going on later.

use maud::{Markup, html};

use crate::views::{
    Voice,
    frame::Switch,
    number::{self, Asking},
    plain::said,
};

/// Ask for the number of answers that wait, with what was typed and what is wrong with it.
pub(crate) fn ask(voice: &Voice<'_>, typed: &str, wrong: Option<&str>) -> Markup {
    let asking = Asking {
        address: "/resume",
        title: voice.plain("resume"),
        heading: voice.say("resume"),
        lead: voice.say("resume.lead"),
    };
    number::ask(voice, &asking, typed, wrong)
}

/// What was said so far is kept, and the number leads back to it.
pub(crate) fn saved(voice: &Voice<'_>, number: &str) -> Markup {
    let main = html! {
        h1 { (voice.say("saved")) }
        p.lead { (voice.say("saved.lead")) }
        section.receipt {
            h2 { (voice.say("number")) }
            output id="number" dir="ltr" { (number) }
            p { (voice.say("saved.keep")) }
            p { (voice.say("number.lost")) }
        }
        div.buttons {
            a.button.go href=(voice.app.path("/review")) { (voice.say("saved.go_on")) }
            a.button href={ "/exit?lang=" (voice.wanted) } rel="nofollow" { (voice.say("exit")) }
        }
    };
    let before = voice.app.path("/saved?lang=");
    said(voice, voice.plain("saved"), Switch::Link { before: &before, after: "" }, &main)
}
