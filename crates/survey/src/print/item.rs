//! The items of a survey but its questions.

use std::collections::BTreeMap;

use notation::Sources;

use super::{braced, condition::condition, question, question::choice_line, written};
use crate::{Best, Choice, End, Form, Kind, Offered, Page, Survey, Words, read::beside};

/// The text of the `.survey` file.
pub(super) fn survey(survey: &Survey) -> String {
    let sets = braced(survey);
    let mut to = settings(survey, &sets);
    for (name, words) in &survey.sets {
        to += &format!("set {name} {}\n", written(words, &[]));
    }
    for used in &survey.uses {
        to += &format!("use {} {}\n", used.survey, used.lists.join(" "));
    }
    for (missing, words) in &survey.missing {
        to += &format!("missing {} {}\n", missing.code(), written(words, &sets));
    }
    survey.forms.iter().for_each(|each| to += &form(each, &sets));
    for (name, list) in lists(survey).iter().filter(|(name, _)| !survey.takes_over(&format!("list.{name}.")))
    {
        to += &list_item(name, list, &sets);
    }
    for each in &survey.pages {
        to += &page(each, &sets);
        each.questions.iter().for_each(|asked| to += &question::item(asked, &sets));
    }
    survey.ends.iter().for_each(|each| to += &end(each, &sets));
    to
}

/// The surveys that lists are taken over from, with nothing in them but those lists.
pub(super) fn sisters(survey: &Survey) -> Sources {
    let all = lists(survey);
    let sister = |used: &crate::Use| {
        let mut text = format!("survey {}\n", used.survey);
        for name in &used.lists {
            if let Some(list) = all.get(name.as_str()) {
                text += &list_item(name, list, &braced(survey));
            }
        }
        (beside(&used.survey, &format!("{}.survey", used.survey)), text)
    };
    survey.uses.iter().map(sister).collect()
}

/// A shared list as far as the questions that use it tell.
pub(super) struct List<'s> {
    pub(super) choices: Vec<&'s Choice>,
    ordered: bool,
    best: Option<Best>,
}

/// The lists of a survey by name.
pub(super) fn lists(survey: &Survey) -> BTreeMap<&str, List<'_>> {
    let mut lists: BTreeMap<&str, List<'_>> = BTreeMap::new();
    for (_, question) in survey.questions() {
        let best = match &question.kind {
            Kind::Grid { best, .. } => *best,
            _ => None,
        };
        let orders = matches!(question.kind, Kind::Grid { .. } | Kind::One { ordered: true, .. });
        let Some(name) = question::list_of(question) else { continue };
        let list = lists.entry(name).or_insert(List { choices: Vec::new(), ordered: false, best: None });
        let counts = |choice: &Choice| choice.id.as_str().starts_with(|each: char| each.is_ascii_digit());
        list.best = list.best.or(best);
        for choice in question.choices().iter().filter(|choice| question::is_of_list(choice, name)) {
            list.ordered |= orders || counts(choice);
            if !list.choices.iter().any(|known| known.id == choice.id) {
                list.choices.push(choice);
            }
        }
    }
    lists
}

fn list_item(name: &str, list: &List<'_>, sets: &[String]) -> String {
    let ordered = if list.ordered { " ordered" } else { "" };
    let best = list.best.map_or(String::new(), |best| format!(" best {}", best.as_str()));
    let lines: String = list.choices.iter().map(|choice| choice_line(choice, sets)).collect();
    format!("list {name}{ordered}{best}\n{lines}")
}

fn tags(offered: &[Offered]) -> String {
    offered.iter().map(|each| each.language.tag()).collect::<Vec<_>>().join(" ")
}

fn settings(survey: &Survey, sets: &[String]) -> String {
    let said = |word: &str, words: &Words| format!("{word} {}\n", written(words, sets));
    let mut to = format!("survey {}\n", survey.name);
    to += &said("title", &survey.title);
    to += &format!("version {}\nsource {}\n", survey.version, survey.source);
    if survey.languages.len() > 1 {
        to += &format!("langs {}\n", tags(&survey.languages[1..]));
    }
    if !survey.official.is_empty() {
        let official: Vec<&str> = survey.official.iter().map(crate::Language::tag).collect();
        to += &format!("official {}\n", official.join(" "));
    }
    to += &format!("fallback {}\n", survey.fallback);
    to += &said("host", &survey.host);
    to += &said("contact", &survey.contact);
    to.extend(survey.eligible.iter().map(|words| said("eligible", words)));
    to.extend(survey.ethics.iter().map(|words| said("ethics", words)));
    to.extend(survey.field.map(|(first, last)| format!("field {first}..{last}\n")));
    to.extend(survey.withdraw.map(|day| format!("withdraw {day}\n")));
    to.extend(survey.draw.iter().map(|words| said("draw yes", words)));
    to + &format!("suppress below {}\n", survey.suppress)
}

fn form(form: &Form, sets: &[String]) -> String {
    let keeps: Vec<&str> = form.keeps.iter().map(crate::QuestionId::as_str).collect();
    let mut to = format!("form {} {}\n  keeps {}\n", form.id, written(&form.title, sets), keeps.join(" "));
    if !form.languages.is_empty() {
        to += &format!("  langs {}\n", tags(&form.languages));
    }
    to
}

fn page(page: &Page, sets: &[String]) -> String {
    let mut to = format!("page {} {}\n", page.id, written(&page.title, sets));
    to.extend(page.when.iter().map(|when| format!("  when {}\n", condition(when))));
    to.extend(page.sensitive.iter().map(|words| format!("  sensitive {}\n", written(words, sets))));
    to.extend(page.support.iter().map(|words| format!("  support {}\n", written(words, sets))));
    to
}

fn end(end: &End, sets: &[String]) -> String {
    let mut to = format!("end {} {}\n", end.id, written(&end.title, sets));
    to.extend(end.says.iter().map(|words| format!("  ? {}\n", written(words, sets))));
    to.extend(end.support.iter().map(|words| format!("  support {}\n", written(words, sets))));
    to
}
