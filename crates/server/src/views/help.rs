//! How to answer, stop, leave, and find help.

use maud::{Markup, html};
use survey::Words;

use crate::views::{Voice, frame::Switch, plain::said};

/// The help page.
pub(crate) fn help(voice: &Voice<'_>) -> Markup {
    let survey = &voice.app.survey;
    let support = support(voice);
    let main = html! {
        h1 { (voice.say("help")) }
        h2 { (voice.say("help.answer")) }
        ul {
            li { (voice.say("happens.pages")) }
            li { (voice.say("happens.language")) }
            li { (voice.say("happens.review")) }
        }
        h2 { (voice.say("help.stop")) }
        p { (voice.say("help.stop.how")) }
        p { a href={ (voice.app.path("/resume?lang=")) (voice.wanted) } { (voice.say("resume.link")) } }
        h2 { (voice.say("help.leave")) }
        p { (voice.say("help.leave.how")) }
        p { (voice.say("help.leave.not")) }
        @if !support.is_empty() {
            h2 { (voice.say("help.support")) }
            ul { @for words in &support { li { (voice.words(words)) } } }
        }
        h2 { (voice.say("contact")) }
        p { (voice.words(&survey.contact)) }
    };
    let before = voice.app.path("/help?lang=");
    said(voice, voice.plain("help"), Switch::Link { before: &before, after: "" }, &main)
}

/// Where to find help: what the survey says at its end, or else beside its hard parts.
fn support<'v>(voice: &Voice<'v>) -> Vec<&'v Words> {
    let survey = &voice.app.survey;
    let at_the_end = survey.end("done").and_then(|end| end.support.as_ref());
    let of_pages = survey.pages.iter().filter_map(|page| page.support.as_ref());
    at_the_end.map_or_else(|| of_pages.collect(), |words| vec![words])
}
