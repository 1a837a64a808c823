//! Invitations that do not open the survey.

use maud::{Markup, html};
use responses::InvitationState;

use crate::views::{Voice, frame::Switch, plain::said};

/// Why an invitation opens nothing, and what to do.
pub(crate) fn closed(voice: &Voice<'_>, state: InvitationState) -> Markup {
    let main = html! {
        @match state {
            InvitationState::Used | InvitationState::Unused => {
                h1 { (voice.say("invitation.used")) }
                p.lead { (voice.say("invitation.used.lead")) }
                p { a href={ (voice.app.path("/resume?lang=")) (voice.wanted) } { (voice.say("resume.link")) } }
            }
            InvitationState::Revoked => {
                h1 { (voice.say("invitation.revoked")) }
                p.lead { (voice.say("invitation.unknown.lead")) }
            }
            InvitationState::Unknown => {
                h1 { (voice.say("invitation.unknown")) }
                p.lead { (voice.say("invitation.unknown.lead")) }
            }
        }
    };
    said(voice, voice.plain("invitation"), Switch::Not, &main)
}

/// The first page of a survey that only an invitation opens, to who has none.
pub(crate) fn needed(voice: &Voice<'_>) -> Markup {
    let main = html! {
        h1 { (voice.say("invitation.needed")) }
        p.lead { (voice.say("invitation.needed.lead")) }
        p { a href={ (voice.app.path("/resume?lang=")) (voice.wanted) } { (voice.say("resume.link")) } }
    };
    said(voice, voice.plain("invitation"), Switch::Link { before: &voice.app.path("/"), after: "" }, &main)
}
