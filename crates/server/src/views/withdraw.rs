//! Taking answers back.

use maud::{Markup, html};

use crate::{
    seal::{Purpose, Token},
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
        plain::said,
    },
};

/// Ask for the number, with what was typed and what is wrong with it.
pub(crate) fn ask(voice: &Voice<'_>, typed: &str, wrong: Option<&str>) -> Markup {
    // Asking changes nothing, but a form of ours always carries a seal.
    let seal = Token::draw(0).seal(voice.app.store.keys(), Purpose::Erase, &[], "ask");
    let around = Frame {
        title: voice.plain("withdraw"),
        refused: wrong.is_some(),
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path(&format!("/withdraw?lang={}", voice.wanted)),
            hidden: &[("_t", &seal)],
            enter: "next",
        }),
        place: None,
    };
    let main = html! {
        @if let Some(wrong) = wrong {
            div.errors role="alert" tabindex="-1" autofocus {
                h2 { (voice.say("refused")) }
                ul { li { a href="#f-number" { (voice.say(wrong)) } } }
            }
        }
        h1 { (voice.say("withdraw")) }
        p.lead { (voice.say("withdraw.lead")) }
        div.question {
            label.asks for="f-number" { (voice.say("number")) }
            p.hint id="number-hint" { (voice.say("withdraw.hint")) }
            @if let Some(wrong) = wrong { p.error id="number-error" { (voice.say(wrong)) } }
            input.number type="text" inputmode="numeric" id="f-number" name="number" dir="ltr" value=(typed)
                aria-describedby=(if wrong.is_some() { "number-hint number-error" } else { "number-hint" });
        }
        div.buttons { button.go name="_go" value="next" { (voice.say("continue")) } }
    };
    frame(voice, &around, &main)
}

/// Say what will be erased.
pub(crate) fn confirm(voice: &Voice<'_>, number: &str, seal: &str) -> Markup {
    let around = Frame {
        title: voice.plain("withdraw.sure"),
        refused: false,
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path(&format!("/withdraw?lang={}", voice.wanted)),
            hidden: &[("_t", seal), ("_sure", "yes"), ("number", number)],
            // Enter must not erase: it shows this page again.
            enter: "next",
        }),
        place: None,
    };
    let main = html! {
        h1 { (voice.say("withdraw.sure")) }
        p.lead { (voice.say("withdraw.what")) }
        ul {
            li { (voice.say("withdraw.answers")) }
            li { (voice.say("withdraw.words")) }
            li { (voice.say("withdraw.remains")) }
        }
        p { strong { (voice.say("withdraw.final")) } }
        div.buttons {
            button.go name="_go" value="erase" { (voice.say("withdraw.erase")) }
            a.button href={ (voice.app.path("/")) (voice.wanted) } { (voice.say("withdraw.keep")) }
        }
    };
    frame(voice, &around, &main)
}

/// The answers are erased.
pub(crate) fn erased(voice: &Voice<'_>) -> Markup {
    done(voice, "withdraw.erased", "withdraw.erased.lead")
}

/// They were erased before.
pub(crate) fn already(voice: &Voice<'_>) -> Markup {
    done(voice, "withdraw.already", "withdraw.already.lead")
}

fn done(voice: &Voice<'_>, title: &str, lead: &str) -> Markup {
    let main = html! {
        h1 { (voice.say(title)) }
        p.lead { (voice.say(lead)) }
    };
    said(voice, voice.plain(title), &voice.app.path("/withdraw?lang="), &main)
}
