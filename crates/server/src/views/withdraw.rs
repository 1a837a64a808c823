//! Taking answers back.

use maud::{Markup, html};

use crate::{
    posted::Posted,
    seal::{Purpose, Sealer, Token},
    views::{
        Voice,
        frame::{Form, Frame, Switch, frame},
        number::{self, Asking},
        plain::until,
    },
};

/// Ask for the number, with what was typed and what is wrong with it.
pub(crate) fn ask(voice: &Voice<'_>, typed: &str, wrong: Option<&str>) -> Markup {
    let asking = Asking {
        address: "/withdraw",
        title: voice.plain("withdraw"),
        heading: voice.say("withdraw"),
        lead: voice.say("withdraw.lead"),
    };
    number::ask(voice, &asking, typed, wrong)
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
        leave: false,
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

/// What the page after an erasure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The answers are erased.
    Erased,
    /// They were erased before.
    Already,
    /// The last day to erase them is over.
    Over,
}

impl Said {
    /// Every one.
    const ALL: [Said; 3] = [Said::Erased, Said::Already, Said::Over];

    /// The name it has in the form of its page.
    fn name(self) -> &'static str {
        match self {
            Said::Erased => "erased",
            Said::Already => "already",
            Said::Over => "over",
        }
    }

    /// What a form was told before, if the seal is ours.
    pub(crate) fn of(posted: &Posted, sealer: Sealer<'_>) -> Option<Said> {
        let name = posted.control("_said")?;
        let said = Self::ALL.into_iter().find(|said| said.name() == name)?;
        Token::open(sealer, Purpose::Erase, &[], name, posted.seal()).map(|_| said)
    }
}

/// The page after an erasure: its form only says the same in another language.
pub(crate) fn said(voice: &Voice<'_>, said: Said) -> Markup {
    let seal = Token::draw(0).seal(voice.app.sealer(), Purpose::Erase, &[], said.name());
    let title = voice.plain(match said {
        Said::Erased => "withdraw.erased",
        Said::Already => "withdraw.already",
        Said::Over => "withdraw.over",
    });
    let around = Frame {
        title,
        refused: false,
        switch: Switch::Button,
        form: Some(Form {
            action: &voice.app.path(&format!("/withdraw?lang={}", voice.wanted)),
            hidden: &[("_t", &seal), ("_said", said.name())],
            enter: "next",
        }),
        place: None,
        leave: false,
    };
    let main = html! {
        @match said {
            Said::Erased => { h1 { (voice.say("withdraw.erased")) } p.lead { (voice.say("withdraw.erased.lead")) } }
            Said::Already => { h1 { (voice.say("withdraw.already")) } p.lead { (voice.say("withdraw.already.lead")) } }
            Said::Over => {
                h1 { (voice.say("withdraw.over")) }
                (until(voice))
            }
        }
    };
    frame(voice, &around, &main)
}
