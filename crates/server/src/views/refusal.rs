//! Refusals in the visitor's words, beside the field and at the head of the page.

use maud::{Markup, html};
use survey::{ChoiceId, Kind, Missing, Question, Refusal, Why};

use crate::views::{
    Voice,
    put::{Put, Year},
};

/// The field that names a question whose warning was shown.
pub(crate) const WARNED: &str = "_warned";

/// What is at the head of a page that was refused: every refusal with a link to its field.
pub(crate) fn summary(voice: &Voice<'_>, refusals: &[Refusal]) -> Markup {
    let survey = &voice.app.survey;
    html! {
        @if !refusals.is_empty() {
            div.errors role="alert" tabindex="-1" autofocus {
                h2 { (voice.say("refused")) }
                ul {
                    @for refusal in refusals {
                        @if let Some(question) = survey.question(refusal.question.as_str()) {
                            li { a href={ "#" (field_id(&refusal.field)) } { (labelled(voice, question, refusal)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The refusal of one question, beside its field.
pub(crate) fn beside(voice: &Voice<'_>, question: &Question, refusals: &[Refusal]) -> Markup {
    html! {
        @for refusal in refusals.iter().filter(|refusal| refusal.question == question.id) {
            p.error id={ (question.id) "-error" } {
                span.hidden { (voice.say("error")) " " }
                (says(voice, question, refusal))
            }
        }
    }
}

/// The id of the element of a field.
pub(crate) fn field_id(field: &str) -> String {
    format!("f-{field}")
}

/// What describes a question, for `aria-describedby`.
pub(crate) fn described_by(question: &Question, refusals: &[Refusal]) -> Option<String> {
    let is_refused = refusals.iter().any(|refusal| refusal.question == question.id);
    let hint = question.hint.as_ref().map(|_| format!("{}-hint", question.id));
    let error = is_refused.then(|| format!("{}-error", question.id));
    let both: Vec<String> = hint.into_iter().chain(error).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

/// The questions something is asked about once: the form says so when it comes again.
pub(crate) fn warned(refusals: &[Refusal]) -> Vec<(&'static str, &str)> {
    let warned = refusals.iter().filter(|refusal| matches!(refusal.why, Why::Warn { .. }));
    warned.map(|refusal| (WARNED, refusal.question.as_str())).collect()
}

/// The question by its short name, if it has one, and the reason.
fn labelled(voice: &Voice<'_>, question: &Question, refusal: &Refusal) -> Markup {
    let short = question.short.as_ref().filter(|short| voice.speaks(short));
    let label = short.or(question.asks.as_ref()).map(|words| voice.words(words)).unwrap_or_default();
    voice.say_with("refused.one", &[("label", &label), ("words", &says(voice, question, refusal))])
}

fn says(voice: &Voice<'_>, question: &Question, refusal: &Refusal) -> Markup {
    let with = |path: &str, put: &[(&str, &dyn Put)]| voice.say_with(path, put);
    match &refusal.why {
        Why::Needed if question.allow.contains(&Missing::PreferNot) => {
            with("why.needed_or", &[("choice", &missing_words(voice, Missing::PreferNot))])
        }
        Why::Needed => voice.say("why.needed"),
        Why::NotOffered => voice.say("why.not_offered"),
        Why::TooMany { most } => with("why.too_many", &[("most", most)]),
        Why::OnlyAlone { choice } => with("why.only_alone", &[("choice", &label(voice, question, choice))]),
        Why::RankedTwice { choice } => {
            with("why.ranked_twice", &[("choice", &label(voice, question, choice))])
        }
        Why::NotANumber { decimals: 0 } => voice.say("why.not_a_whole_number"),
        Why::NotANumber { .. } => voice.say("why.not_a_number"),
        Why::OutOfRange { low, high } if matches!(question.kind, Kind::Year { .. }) => {
            with("why.out_of_range", &[("low", &Year(*low as i16)), ("high", &Year(*high as i16))])
        }
        Why::OutOfRange { low, high } => with("why.out_of_range", &[("low", low), ("high", high)]),
        Why::NotADate { to_day: true } => voice.say("why.not_a_day"),
        Why::NotADate { .. } => voice.say("why.not_a_month"),
        Why::DateOutOfRange { first, last } => {
            let end = |day: &Option<survey::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
            with("why.date_out_of_range", &[("first", &end(first)), ("last", &end(last))])
        }
        Why::Check { path } | Why::Warn { path } => {
            let mut rules = question.check.iter().chain(&question.warn).map(|rule| &rule.words);
            rules.find(|words| words.path == *path).map(|words| voice.words(words)).unwrap_or_default()
        }
        Why::NotAnArea => voice.say("why.not_an_area"),
        Why::TooLong { most } => with("why.too_long", &[("most", most)]),
    }
}

fn label(voice: &Voice<'_>, question: &Question, choice: &ChoiceId) -> Markup {
    if let Some(choice) = question.choice(choice.as_str()) {
        return voice.words(&choice.words);
    }
    let missing = Missing::of_code(choice.as_str());
    missing.map_or_else(|| html! {}, |missing| missing_words(voice, missing))
}

/// The words of a missing answer: the survey's, or else our own.
pub(crate) fn missing_words(voice: &Voice<'_>, missing: Missing) -> Markup {
    match voice.app.survey.missing.get(&missing) {
        Some(words) => voice.words(words),
        None => voice.say(&format!("missing.{}", missing.code())),
    }
}
