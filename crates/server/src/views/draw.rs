//! Leaving a contact.

use maud::{Markup, html};
use responses::EntryKind;

use crate::{
    seal::{Purpose, Token},
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
        plain::said,
    },
};

/// Ask for a contact, with what was typed and what is wrong with it.
pub(crate) fn ask(voice: &Voice<'_>, kind: EntryKind, typed: &str, wrong: Option<&str>) -> Markup {
    let seal = Token::draw(0).seal(voice.app.sealer(), Purpose::Contact, &[], "");
    let (address, title) = match kind {
        EntryKind::Draw => ("/draw", "draw.title"),
        EntryKind::Contact => ("/contact", "talk"),
    };
    let around = Frame {
        title: voice.plain(title),
        refused: wrong.is_some(),
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path(&format!("{address}?lang={}", voice.wanted)),
            hidden: &[("_t", &seal)],
            enter: "next",
        }),
        place: None,
        leave: false,
    };
    let main = html! {
        @if let Some(wrong) = wrong {
            div.errors role="alert" tabindex="-1" autofocus {
                h2 { (voice.say("refused")) }
                ul { li { a href="#f-contact" { (voice.say(wrong)) } } }
            }
        }
        h1 { (voice.say(title)) }
        (words(voice, kind))
        p { (voice.say("draw.apart")) }
        (field(voice, kind, typed, wrong))
        div.buttons { button.go name="_go" value="next" { (voice.say("draw.send")) } }
    };
    frame(voice, &around, &main)
}

/// What it is for.
fn words(voice: &Voice<'_>, kind: EntryKind) -> Markup {
    html! {
        @match kind {
            EntryKind::Draw => {
                @if let Some(words) = &voice.app.survey.draw { p.lead { (voice.words(words)) } }
                p { (voice.say("draw.equal")) }
            }
            EntryKind::Contact => p.lead { (voice.say("talk.lead")) },
        }
    }
}

fn field(voice: &Voice<'_>, kind: EntryKind, typed: &str, wrong: Option<&str>) -> Markup {
    let hint = match kind {
        EntryKind::Draw => voice.say("draw.hint"),
        EntryKind::Contact => voice.say("talk.hint"),
    };
    html! {
        div.question {
            label.asks for="f-contact" { (voice.say("draw.contact")) }
            p.hint id="contact-hint" { (hint) }
            @if let Some(wrong) = wrong { p.error id="contact-error" { (voice.say(wrong)) } }
            input type="text" id="f-contact" name="contact" dir="ltr" maxlength="200" autocomplete="email" value=(typed)
                aria-describedby=(if wrong.is_some() { "contact-hint contact-error" } else { "contact-hint" });
        }
    }
}

/// The last day is over.
pub(crate) fn closed(voice: &Voice<'_>, kind: EntryKind) -> Markup {
    let title = match kind {
        EntryKind::Draw => "draw.title",
        EntryKind::Contact => "talk",
    };
    let main = html! {
        h1 { (voice.say(title)) }
        p.lead { (voice.say("draw.closed")) }
    };
    said(voice, voice.plain(title), Switch::Not, &main)
}

/// It is there.
pub(crate) fn entered(voice: &Voice<'_>) -> Markup {
    let main = html! {
        h1 { (voice.say("draw.entered")) }
        p.lead { (voice.say("draw.once")) }
    };
    said(voice, voice.plain("draw.entered"), Switch::Not, &main)
}

/// The ways from the thanks to leaving a contact.
pub(crate) fn ways(voice: &Voice<'_>) -> Markup {
    let link = |address: &str, words: Markup| {
        html! { li { a href={ (voice.app.path(address)) "?lang=" (voice.wanted) } { (words) } } }
    };
    let (draw, talk) = (voice.app.offers(EntryKind::Draw), voice.app.offers(EntryKind::Contact));
    html! {
        @if draw || talk {
            section {
                p { (voice.say("draw.apart")) }
                ul {
                    @if draw { (link("/draw", voice.say("draw.link"))) }
                    @if talk { (link("/contact", voice.say("talk"))) }
                }
            }
        }
    }
}
