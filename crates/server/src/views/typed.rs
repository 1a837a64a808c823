//! Questions answered by typing, or by picking from a list.

use maud::{Markup, html};
use survey::{Choice, Language, Words};

use crate::views::{
    choices::{missing, specify},
    put::Year,
    question::{Asked, before_fields, wording},
    refusal::{described_by, field_id},
};

/// The first few, in order: as many lists as places.
pub(crate) fn rank(asked: &Asked<'_>, top: usize) -> Markup {
    let offered = asked.question.offered(asked.drawn.answers, asked.drawn.today);
    let offered = asked.question.in_order(offered, asked.drawn.seed);
    let places = top.min(offered.len()).max(1);
    html! {
        fieldset aria-describedby=[described_by(asked.question, asked.drawn.refusals)] {
            legend { (wording(asked)) }
            (before_fields(asked))
            @for place in 1..=places { (rank_place(asked, place, &offered)) }
            (missing(asked, "checkbox"))
        }
    }
}

fn rank_place(asked: &Asked<'_>, place: usize, offered: &[&Choice]) -> Markup {
    let name = format!("{}.{place}", asked.question.id);
    let chosen = asked.drawn.filled.value(&name);
    html! {
        label.rank {
            span { (asked.voice.say_with("rank", &[("place", &place)])) }
            select id=(field_id(&name)) name=(name) {
                option value="" { (asked.voice.plain("choose")) }
                @for choice in offered {
                    option value=(choice.id) selected[choice.id.as_str() == chosen] {
                        (asked.voice.plain_words(&choice.words))
                    }
                }
            }
        }
    }
}

/// A number, typed in digits of any script.
pub(crate) fn number(asked: &Asked<'_>, decimals: u8, unit: Option<&Words>) -> Markup {
    let mode = if decimals == 0 { "numeric" } else { "decimal" };
    line(asked, mode, "narrow", unit)
}

/// A day or a month, year first.
pub(crate) fn date(asked: &Asked<'_>, to_day: bool) -> Markup {
    let example = if to_day { "date.to_day" } else { "date.to_month" };
    // A month is kept by its first day.
    let kept = typed(asked);
    let shown = kept.strip_suffix("-01").filter(|month| !to_day && month.len() == 7).unwrap_or(kept);
    labelled(
        asked,
        &html! {
            (input(asked, shown, "text", "narrow"))
            p.hint { (asked.voice.say(example)) }
        },
    )
}

/// A language: every one under its own name, and a box for others.
pub(crate) fn language(asked: &Asked<'_>, choices: &[Choice]) -> Markup {
    let name = asked.question.id.as_str();
    let chosen = typed(asked);
    labelled(
        asked,
        &html! {
            select id=(field_id(name)) name=(name)
                aria-describedby=[described_by(asked.question, asked.drawn.refusals)] {
                option value="" { (asked.voice.plain("choose")) }
                @for choice in choices {
                    (language_option(asked, choice, choice.id.as_str() == chosen))
                }
            }
            @for choice in choices.iter().filter(|choice| choice.specify) { (specify(asked, choice)) }
        },
    )
}

fn language_option(asked: &Asked<'_>, choice: &Choice, is_chosen: bool) -> Markup {
    html! {
        @match Language::of_tag(choice.id.as_str()) {
            Some(language) => {
                option value=(choice.id) lang=(language) dir=(language.direction().as_str()) selected[is_chosen] {
                    (language.endonym())
                }
            }
            None => option value=(choice.id) selected[is_chosen] { (asked.voice.plain("language.other")) },
        }
    }
}

/// The first characters of a postal code.
pub(crate) fn area(asked: &Asked<'_>) -> Markup {
    line(asked, "text", "narrow capitals", None)
}

fn line(asked: &Asked<'_>, mode: &str, class: &str, unit: Option<&Words>) -> Markup {
    labelled(
        asked,
        &html! {
            (input(asked, typed(asked), mode, class))
            @if let Some(unit) = unit { " " (asked.voice.words(unit)) }
        },
    )
}

fn input(asked: &Asked<'_>, value: &str, mode: &str, class: &str) -> Markup {
    let name = asked.question.id.as_str();
    html! {
        input type="text" inputmode=(mode) class=(class) id=(field_id(name)) name=(name) dir="ltr"
            value=(value) aria-describedby=[described_by(asked.question, asked.drawn.refusals)];
    }
}

/// A Gregorian year, the latest first. Who keeps another calendar is told the year it is in this one: a year some way
/// behind cannot be told from a true one.
pub(crate) fn year(asked: &Asked<'_>, first: i16, last: i16) -> Markup {
    let (name, language) = (asked.question.id.as_str(), asked.voice.wanted);
    let chosen = typed(asked).parse::<i16>().ok();
    let calendar = language.keeps_another_calendar().then(|| format!("{name}-calendar"));
    let described: Vec<String> =
        described_by(asked.question, asked.drawn.refusals).into_iter().chain(calendar.clone()).collect();
    labelled(
        asked,
        &html! {
            @if let Some(id) = &calendar {
                @let now = Year(asked.drawn.today.year());
                p.hint id=(id) { (asked.voice.say_with("year.gregorian", &[("year", &now)])) }
            }
            select.narrow id=(field_id(name)) name=(name)
                aria-describedby=[(!described.is_empty()).then(|| described.join(" "))] {
                option value="" { (asked.voice.plain("choose")) }
                @for year in (first..=last).rev() { (year_option(year, chosen == Some(year), language)) }
            }
        },
    )
}

/// A year under its own digits; where those are the ones that are sent, they are sent as they stand.
fn year_option(year: i16, is_chosen: bool, language: &Language) -> Markup {
    let (sent, shown) = (year.to_string(), language.year(year));
    html! { option value=[(sent != shown).then_some(&sent)] selected[is_chosen] { (shown) } }
}

/// A person's own words, in whatever script.
pub(crate) fn text(asked: &Asked<'_>) -> Markup {
    let name = asked.question.id.as_str();
    labelled(
        asked,
        &html! {
            textarea id=(field_id(name)) name=(name) rows="5" dir="auto"
                aria-describedby=[described_by(asked.question, asked.drawn.refusals)] { (typed(asked)) }
        },
    )
}

fn labelled(asked: &Asked<'_>, field: &Markup) -> Markup {
    html! {
        div.question role="group" aria-labelledby={ (asked.question.id) "-label" } {
            label.asks id={ (asked.question.id) "-label" } for=(field_id(asked.question.id.as_str())) {
                (wording(asked))
            }
            (before_fields(asked))
            (field)
            (missing(asked, "checkbox"))
        }
    }
}

/// What was typed; the code of a missing answer stands in its checkbox, not here.
fn typed<'a>(asked: &'a Asked<'_>) -> &'a str {
    let value = asked.drawn.filled.value(asked.question.id.as_str());
    let is_said = asked.question.allow.iter().any(|missing| missing.code() == value);
    if is_said { "" } else { value }
}
