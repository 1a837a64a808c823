//! The first page: who asks, what happens, and the consent.

use maud::{Markup, html};
use survey::{Choice, FormId, Kind, Refusal};

use crate::{
    filled::Filled,
    views::{
        Voice, forms,
        frame::{Form, Frame, Switch, frame},
        refusal::{beside, described_by, field_id, summary},
    },
};

/// The control field with the code of a channel.
pub(crate) const CHANNEL: &str = "_c";

/// The control field with the code of an invitation.
pub(crate) const INVITATION: &str = "_i";

/// What the first page holds besides its words.
pub(crate) struct First<'f> {
    /// The hidden seal.
    pub(crate) seal: &'f str,
    /// What was chosen.
    pub(crate) filled: &'f Filled,
    /// The form that was chosen, or that a link names.
    pub(crate) form: Option<&'f FormId>,
    /// The form to ask for in other languages too.
    pub(crate) named: Option<&'f FormId>,
    /// The code of the channel she came by.
    pub(crate) channel: Option<&'f str>,
    /// The invitation she holds.
    pub(crate) invitation: Option<&'f str>,
    /// What was refused.
    pub(crate) refusals: &'f [Refusal],
    /// Something to say first.
    pub(crate) notice: Option<&'f str>,
}

/// The first page.
pub(crate) fn first(voice: &Voice<'_>, first: &First<'_>) -> Markup {
    let survey = &voice.app.survey;
    let kept =
        [first.named.map(|form| format!("form={form}")), first.channel.map(|code| format!("c={code}"))];
    let kept: Vec<String> = kept.into_iter().flatten().collect();
    let after = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let mut hidden = vec![("_t", first.seal)];
    hidden.extend(first.channel.map(|code| (CHANNEL, code)));
    hidden.extend(first.invitation.map(|code| (INVITATION, code)));
    let invited = first.invitation.map(|code| format!("/i/{code}?lang="));
    let switch = match &invited {
        Some(before) => Switch::Link { before, after: "" },
        None => Switch::Link { before: &voice.app.path("/"), after: &after },
    };
    let around = Frame {
        title: &voice.plain_words(&survey.title),
        refused: !first.refusals.is_empty(),
        switch,
        form: Some(Form {
            action: &voice.app.path(&format!("/begin?lang={}", voice.wanted)),
            hidden: &hidden,
            enter: "next",
        }),
        place: None,
        leave: false,
    };
    let main = html! {
        @if let Some(notice) = first.notice { p.notice.warning role="alert" { (voice.say(notice)) } }
        (summary(voice, first.refusals))
        @if let Some(logo) = &voice.app.logo {
            p { img.logo src=(logo.address) alt=(voice.plain_words(&survey.host)); }
        }
        h1 { (voice.words(&survey.title)) }
        (facts(voice))
        (forms::forms(voice, first.form))
        (consent(voice, first))
        div.buttons { button.go name="_go" value="next" { (voice.say("begin")) } }
        p { a href={ (voice.app.path("/resume?lang=")) (voice.wanted) } { (voice.say("resume.link")) } }
    };
    frame(voice, &around, &main)
}

fn facts(voice: &Voice<'_>) -> Markup {
    let survey = &voice.app.survey;
    html! {
        dl {
            div { dt { (voice.say("host")) } dd { (voice.words(&survey.host)) } }
            @if let Some(words) = &survey.eligible { div { dt { (voice.say("eligible")) } dd { (voice.words(words)) } } }
            @if let Some(words) = &survey.ethics { div { dt { (voice.say("ethics")) } dd { (voice.words(words)) } } }
            @if let Some(words) = &survey.draw { div { dt { (voice.say("draw")) } dd { (voice.words(words)) } } }
        }
        h2 { (voice.say("happens")) }
        ul.happens {
            li { (voice.say("happens.pages")) }
            li { (voice.say("happens.language")) }
            li { (voice.say("happens.review")) }
        }
    }
}

fn consent(voice: &Voice<'_>, first: &First<'_>) -> Markup {
    let question = voice.app.survey.consent();
    let notes = notes_before(voice);
    html! {
        (notes)
        fieldset aria-describedby=[described_by(question, first.refusals)] {
            legend { @if let Some(words) = &question.asks { (voice.words(words)) } }
            @if let Some(hint) = &question.hint {
                ul.hint id={ (question.id) "-hint" } {
                    @for sentence in sentences(&voice.plain_words(hint)) { li { (sentence) } }
                }
            }
            (beside(voice, question, first.refusals))
            @for (place, choice) in question.choices().iter().enumerate() {
                (agreement(voice, first, choice, place == 0))
            }
        }
    }
}

fn agreement(voice: &Voice<'_>, first: &First<'_>, choice: &Choice, is_first: bool) -> Markup {
    let name = voice.app.survey.consent().id.as_str();
    html! {
        label.choice {
            input type="radio" id=[is_first.then(|| field_id(name))] name=(name) value=(choice.id)
                checked[first.filled.holds(name, choice.id.as_str())];
            span { (voice.words(&choice.words)) }
        }
    }
}

/// The notes that stand before the consent.
fn notes_before(voice: &Voice<'_>) -> Markup {
    let questions = voice.app.survey.questions().map(|(_, question)| question);
    let notes = questions.take_while(|question| !matches!(question.kind, Kind::Consent { .. }));
    html! {
        @for note in notes { @if let Some(words) = &note.asks { p { (voice.words(words)) } } }
    }
}

/// Consent is read sentence by sentence: each stands on a line of its own.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive([' ', '。'])
        .scan((0, 0), |(start, end), word| {
            *end += word.len();
            let is_end =
                word.trim_end().ends_with(['.', '!', '?', '؟', '。', '۔', '።', '।']) || *end == text.len();
            let span = (*start, *end);
            if is_end {
                *start = *end;
            }
            Some(is_end.then_some(span))
        })
        .flatten()
        .map(|(start, end)| text[start..end].trim())
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn consent_is_cut_after_each_sentence_of_any_script() {
        assert_eq!(
            sentences("It takes 2.5 minutes. Is it free? Yes"),
            ["It takes 2.5 minutes.", "Is it free?", "Yes"]
        );
        assert_eq!(sentences("不问姓名。可以随时停止。"), ["不问姓名。", "可以随时停止。"]);
        assert_eq!(sentences("هل هو مجاني؟ نعم."), ["هل هو مجاني؟", "نعم."]);
    }
}
