//! Asking for the number.

use maud::{Markup, html};

use crate::{
    seal::{Purpose, Token},
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
    },
};

/// What the number is asked for.
pub(crate) struct Asking<'a> {
    /// The address under the survey that takes it.
    pub(crate) address: &'a str,
    /// The title of the page.
    pub(crate) title: &'a str,
    /// Its heading.
    pub(crate) heading: Markup,
    /// Where the number came from.
    pub(crate) lead: Markup,
}

/// The page that asks, with what was typed and what is wrong with it.
pub(crate) fn ask(voice: &Voice<'_>, asking: &Asking<'_>, typed: &str, wrong: Option<&str>) -> Markup {
    // Asking changes nothing, but a form of ours always carries a seal.
    let seal = Token::draw(0).seal(voice.app.sealer(), Purpose::Erase, &[], "ask");
    let around = Frame {
        title: asking.title,
        refused: wrong.is_some(),
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path(&format!("{}?lang={}", asking.address, voice.wanted)),
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
                ul { li { a href="#f-number" { (voice.say(wrong)) } } }
            }
        }
        h1 { (asking.heading) }
        p.lead { (asking.lead) }
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
