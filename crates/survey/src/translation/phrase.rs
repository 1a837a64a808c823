//! Every text a translator meets, once, in the survey's order, and where people will see it.

use std::collections::BTreeSet;

use crate::{Choice, Language, Question, Survey, Words};

/// The longest piece of a question that is quoted to say where a text stands, in characters.
const QUOTED: usize = 70;

/// A text to be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase<'s> {
    /// The text and its path.
    pub words: &'s Words,
    /// Where people see it, for the translator: `choice of "How did you come to Canada?"`.
    pub appears: String,
}

/// Every text that people who answer in this language may meet, each path once, in the survey's order.
///
/// Of a language the survey does not offer yet, that is every text.
pub fn phrases<'s>(survey: &'s Survey, language: &Language) -> Vec<Phrase<'s>> {
    let mut seen = BTreeSet::new();
    let is_offered = survey.all_languages().contains(&language);
    let met = if is_offered { survey.words_for(language) } else { survey.words() };
    let own = met.into_iter().filter(|words| !survey.takes_over(&words.path));
    let first = own.filter(|words| seen.insert(words.path.as_str()));
    first.map(|words| Phrase { words, appears: appears(survey, &words.path) }).collect()
}

/// The paths a text had in published versions, by the `was` of its question and of its choice.
pub(super) fn earlier(survey: &Survey, path: &str) -> Vec<String> {
    let (whole, line) = path.split_once(':').map_or((path, ""), |(whole, _)| (whole, &path[whole.len()..]));
    let (owner, part) = whole.rsplit_once('.').unwrap_or((whole, ""));
    let was = survey.question(owner).map_or(&[][..], |question| &question.was);
    let mut choices = survey.questions().flat_map(|(_, question)| question.choices());
    let recoded = choices.find(|choice| choice.words.path == whole).and_then(|choice| choice.was.as_ref());
    let parts: Vec<&str> = std::iter::once(part).chain(recoded.map(|was| was.as_str())).collect();
    let owners = std::iter::once(owner).chain(was.iter().map(|was| was.as_str()));
    let paths = owners.flat_map(|owner| {
        parts.iter().map(move |part| match part.is_empty() {
            true => format!("{owner}{line}"),
            false => format!("{owner}.{part}{line}"),
        })
    });
    paths.skip(1).collect()
}

fn appears(survey: &Survey, path: &str) -> String {
    let (whole, line) = path.split_once(':').unwrap_or((path, ""));
    let (owner, part) = whole.split_once('.').unwrap_or((whole, ""));
    match owner {
        "survey" => setting(line).to_owned(),
        "missing" => "answer that questions offer besides their own".to_owned(),
        "page" => of_page(survey, part, line),
        "end" => of_end(survey, part, line),
        "form" => "name of a form, where people choose one".to_owned(),
        "set" => format!("put in wherever `{{{part}}}` stands"),
        "list" => of_choice(survey, whole, line),
        _ => of_question(survey, owner, part, line),
    }
}

fn setting(line: &str) -> &'static str {
    match line {
        "title" => "title of the survey, on every page",
        "host" => "who asks, on the first and last page",
        "eligible" => "who may answer, on the first page",
        "contact" => "whom to reach, on the first and last page",
        "ethics" => "where to complain, on the first and last page",
        "draw" => "prize, odds and how to enter, on the first page",
        _ => "on the first page",
    }
}

fn of_page(survey: &Survey, id: &str, line: &str) -> String {
    let title = survey.page(id).map_or(id, |page| &page.title.source);
    match line {
        "" => "title of a page".to_owned(),
        "sensitive" => format!("before the page {}, which can be skipped", quoted(title)),
        "support" => format!("after the page {}", quoted(title)),
        _ => format!("on the page {}", quoted(title)),
    }
}

fn of_end(survey: &Survey, id: &str, line: &str) -> String {
    let title = survey.end(id).map_or(id, |end| &end.title.source);
    match line {
        "" => "title of a last page".to_owned(),
        "support" => format!("on the last page {}, where to turn", quoted(title)),
        _ => format!("on the last page {}", quoted(title)),
    }
}

fn of_question(survey: &Survey, id: &str, part: &str, line: &str) -> String {
    let Some(question) = survey.question(id) else { return format!("of `{id}`") };
    if !part.is_empty() {
        return of_choice(survey, &format!("{id}.{part}"), line);
    }
    let asked = asked(question);
    match line {
        "" => survey
            .page_of(&question.id)
            .map_or_else(String::new, |page| format!("question on the page {}", quoted(&page.title.source))),
        "hint" => format!("smaller, below {asked}"),
        "short" => format!("label in charts of {asked}"),
        "unit" => format!("unit, behind the number asked for by {asked}"),
        _ if line.starts_with("check") => format!("said when an answer to {asked} cannot be taken"),
        _ if line.starts_with("warn") => format!("said once when an answer to {asked} is unlikely"),
        _ => format!("of {asked}"),
    }
}

/// Of a choice or row, perhaps shared by several questions.
fn of_choice(survey: &Survey, whole: &str, line: &str) -> String {
    let has = |choices: &[Choice]| choices.iter().any(|choice| choice.words.path == whole);
    let is_row = |question: &Question| question.rows().iter().any(|row| row.words.path == whole);
    let mut offer = survey.questions().map(|(_, question)| question);
    let Some(first) = offer.find(|question| has(question.choices()) || is_row(question)) else {
        return "choice".to_owned();
    };
    let kind = match (is_row(first), first.asks.is_none()) {
        (true, _) => "row",
        (false, true) => "group in tables",
        (false, false) => "choice",
    };
    let kind = if line == "short" { format!("label in charts of a {kind}") } else { kind.to_owned() };
    let others = offer.filter(|question| has(question.choices())).count();
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    format!("{kind} of {}{more}", asked(first))
}

/// What a question asks, or the label of one that is computed and never asked: a translator meets no codes.
fn asked(question: &Question) -> String {
    let words = question.asks.as_ref().or(question.short.as_ref());
    words.map_or_else(|| "what is computed from answers".to_owned(), |words| quoted(&words.source))
}

fn quoted(words: &str) -> String {
    match words.char_indices().nth(QUOTED) {
        Some((byte, _)) => format!("\"{}…\"", words[..byte].trim_end()),
        None => format!("\"{words}\""),
    }
}
