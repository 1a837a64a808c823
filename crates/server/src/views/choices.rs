//! Questions answered by choosing: radio buttons and checkboxes.

use maud::{Markup, html};
use survey::{Choice, Kind, Missing, Question};

use crate::views::{
    question::{Asked, before_fields, wording},
    refusal::{described_by, field_id, missing_words},
};

/// One of several.
pub(crate) fn one(asked: &Asked<'_>) -> Markup {
    group(asked, "radio")
}

/// Any number of several.
pub(crate) fn many(asked: &Asked<'_>) -> Markup {
    group(asked, "checkbox")
}

fn group(asked: &Asked<'_>, kind: &str) -> Markup {
    let question = asked.question;
    let offered = question.offered(asked.drawn.answers, asked.drawn.today);
    let offered = question.in_order(offered, asked.drawn.seed);
    html! {
        fieldset aria-describedby=[described_by(question, asked.drawn.refusals)] {
            legend { (wording(asked)) }
            (before_fields(asked))
            @if let Kind::Many { most: Some(most), .. } = question.kind {
                p.hint { (asked.voice.say_with("at_most", &[("most", &most)])) }
            }
            @for (place, choice) in offered.iter().enumerate() {
                (field(asked, kind, choice.id.as_str(), place == 0, &asked.voice.words(&choice.words)))
                @if choice.specify { (specify(asked, choice)) }
            }
            (missing(asked, kind))
        }
    }
}

/// The box for a person's own words, right under its choice and always usable.
pub(crate) fn specify(asked: &Asked<'_>, choice: &Choice) -> Markup {
    let name = format!("{}.{}.words", asked.question.id, choice.id);
    html! {
        label.specify {
            span { (asked.voice.say("specify")) }
            input type="text" id=(field_id(&name)) name=(name) value=(asked.drawn.filled.value(&name)) dir="auto"
                maxlength="240";
        }
    }
}

/// The missing answers people may choose: ordinary choices, set apart by a rule.
pub(crate) fn missing(asked: &Asked<'_>, kind: &str) -> Markup {
    let said: Vec<Missing> = offered_missing(asked.question);
    html! {
        @if !said.is_empty() {
            div.apart {
                @for missing in said {
                    (field(asked, kind, missing.code(), false, &missing_words(&asked.voice, missing)))
                }
            }
        }
    }
}

/// The missing answers a question offers.
pub(crate) fn offered_missing(question: &Question) -> Vec<Missing> {
    question.allow.iter().copied().filter(|missing| missing.can_be_said()).collect()
}

fn field(asked: &Asked<'_>, kind: &str, code: &str, is_first: bool, words: &Markup) -> Markup {
    let name = asked.question.id.as_str();
    let id = is_first.then(|| field_id(name));
    html! {
        label.choice {
            input type=(kind) id=[id] name=(name) value=(code) checked[asked.drawn.filled.holds(name, code)];
            span { (words) }
        }
    }
}
