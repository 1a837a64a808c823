//! A question with its lines.

use super::{
    condition::{condition, value},
    text, written,
};
use crate::{Choice, Kind, Question, Row, Until, Words};

/// The list a question takes its choices from.
pub(super) fn list_of(question: &Question) -> Option<&str> {
    if question.from().is_some() {
        return None;
    }
    let paths = question.worded_choices().iter().map(|choice| choice.words.path.as_str());
    paths.filter_map(|path| path.strip_prefix("list.")?.split('.').next()).next()
}

/// Whether a choice is one of this list's.
pub(super) fn is_of_list(choice: &Choice, list: &str) -> bool {
    choice.words.path.strip_prefix("list.").and_then(|rest| rest.split('.').next()) == Some(list)
}

/// A question as an item.
pub(super) fn item(question: &Question, sets: &[String]) -> String {
    let mut to = head(question);
    let mut line = |word: &str, rest: String| to += &format!("  {word} {rest}\n");
    if let Some(asks) = &question.asks {
        let asked = asks.as_written();
        if let Some(one) = asked.plural.as_ref().and_then(|plural| plural.one.as_ref()) {
            line("?1", text(one, asks, sets));
        }
        line("?", written(asks, sets));
    }
    let said = [("hint", &question.hint), ("short", &question.short), ("unit", unit(question))];
    for (word, words) in said {
        words.iter().for_each(|words| line(word, written(words, sets)));
    }
    question.when.iter().for_each(|when| line("when", condition(when)));
    for (word, rule) in [("check", &question.check), ("warn", &question.warn)] {
        let Some(rule) = rule else { continue };
        line(word, format!("{} else {}", condition(&rule.holds), written(&rule.words, sets)));
    }
    if let Kind::Computed { value: of } = &question.kind {
        line("=", value(of));
    }
    lines(question, &mut line);
    let own = format!("{}.", question.id);
    let choices = question.worded_choices().iter().filter(|choice| choice.words.path.starts_with(&own));
    let choices: String = choices.map(|choice| choice_line(choice, sets)).collect();
    let rows: String = question.rows().iter().map(|row| row_line(row, sets)).collect();
    to + &choices + &rows
}

fn unit(question: &Question) -> &Option<Words> {
    match &question.kind {
        Kind::Number { unit, .. } => unit,
        _ => &None,
    }
}

/// The lines without words.
fn lines(question: &Question, line: &mut impl FnMut(&str, String)) {
    let allow: Vec<&str> = question.allow.iter().map(|missing| missing.code()).collect();
    let may_allow = question.is_shown() && question.is_answered();
    if may_allow {
        line("allow", if allow.is_empty() { "none".to_owned() } else { allow.join(" ") });
    }
    if question.shuffled {
        line("order", "random".to_owned());
    }
    if question.sensitive {
        line("sensitive", String::new());
    }
    let audio: Vec<&str> = question.audio.iter().map(crate::Language::tag).collect();
    let was: Vec<&str> = question.was.iter().map(crate::QuestionId::as_str).collect();
    for (word, names) in [("audio", audio), ("was", was)] {
        if !names.is_empty() {
            line(word, names.join(" "));
        }
    }
    question.role.iter().for_each(|role| line("role", role.as_str().to_owned()));
    question.concept.iter().for_each(|concept| line("concept", concept.to_string()));
    question.margin.iter().for_each(|margin| line("margin", margin.clone()));
    question.suppress.iter().for_each(|least| line("suppress", format!("below {least}")));
    question.accepts.iter().for_each(|(code, why)| line("accept", format!("{code} {}", escaped(why))));
}

fn escaped(words: &str) -> String {
    text(words, &Words::new("", words), &[])
}

fn head(question: &Question) -> String {
    let id = &question.id;
    let of = list_of(question).map_or(String::new(), |list| format!(" of {list}"));
    let from = question.from().map_or(String::new(), |from| format!(" from {from}"));
    match &question.kind {
        Kind::Consent { .. } => format!("consent {id}\n"),
        Kind::One { ordered, .. } => format!("one {id}{of}{}\n", if *ordered { " ordered" } else { "" }),
        Kind::Many { most, .. } => {
            format!("many {id}{of}{from}{}\n", most.map_or(String::new(), |most| format!(" max {most}")))
        }
        Kind::Rank { top, .. } => format!("rank {id}{of}{from} top {top}\n"),
        Kind::Grid { .. } => format!("grid {id}{of}\n"),
        Kind::Number { low, high, decimals, .. } => {
            format!("number {id} {low}..{high} decimals {decimals}\n")
        }
        Kind::Year { first, last } => {
            format!("year {id} {first}..{}\n", last.map_or("now".to_owned(), |last| last.to_string()))
        }
        Kind::Fsa => format!("fsa {id}\n"),
        Kind::Text { most } => format!("text {id} max {most}\n"),
        Kind::Note => format!("note {id}\n"),
        Kind::Calc { .. } | Kind::Computed { .. } => format!("calc {id}\n"),
        Kind::Language { .. } => format!("language {id}\n"),
        Kind::Date { first, last, to_day } => {
            let precision = if *to_day { "day" } else { "month" };
            format!("date {id}{} to {precision}\n", range(*first, *last))
        }
    }
}

fn range(first: Option<crate::Date>, last: Option<Until>) -> String {
    let last = last.map(|last| match last {
        Until::Day(day) => day.to_string(),
        Until::Now => "now".to_owned(),
    });
    first.zip(last).map_or(String::new(), |(first, last)| format!(" {first}..{last}"))
}

/// A choice, of a question or of a list.
pub(super) fn choice_line(choice: &Choice, sets: &[String]) -> String {
    let mut to = format!("  - {} {}", choice.id, written(&choice.words, sets));
    let mut mark = |mark: String| to += &format!(" [{mark}]");
    choice.when.iter().for_each(|when| mark(format!("when {}", condition(when))));
    for (is_marked, word) in [(choice.specify, "specify"), (choice.only, "only"), (choice.last, "last")] {
        if is_marked {
            mark(word.to_owned());
        }
    }
    choice.short.iter().for_each(|short| mark(format!("short {}", written(short, sets))));
    choice.was.iter().for_each(|was| mark(format!("was {was}")));
    choice.end.iter().for_each(|end| mark(format!("end {end}")));
    to + "\n"
}

fn row_line(row: &Row, sets: &[String]) -> String {
    let mut to = format!("  | {} {}", row.id, written(&row.words, sets));
    let mut mark = |mark: String| to += &format!(" [{mark}]");
    row.when.iter().for_each(|when| mark(format!("when {}", condition(when))));
    row.short.iter().for_each(|short| mark(format!("short {}", written(short, sets))));
    row.was.iter().for_each(|was| mark(format!("was {was}")));
    to + "\n"
}
