//! S082: what is filled in was lost or changed, or what is no words stands among the words.

use notation::{Finding, near};

use super::Check;
use super::english::{Said, Source};
use crate::po::{Entry, Text};
use crate::read::MARKS;

/// What is wrong with the inserts of a translation, if anything is.
pub(super) fn wrong(check: &Check<'_>, source: &Source, said: &Said, entry: &Entry<'_>) -> Option<Finding> {
    entry.msgstrs.iter().enumerate().find_map(|(form, text)| {
        let plain = said.one.inserts.is_empty() && said.more.is_none() && !text.text.contains(['{', '[']);
        match plain {
            true => copied_code(source, said, text),
            false => unknown(check, said, text)
                .or_else(|| lost(check, said, form, text))
                .or_else(|| copied_mark(said, text))
                .or_else(|| copied_code(source, said, text)),
        }
        .map(|(says, remedy)| Finding::error("S082", check.po.place(text), says).remedy(remedy))
    })
}

/// What is wrong, and the remedy.
type Wrong = (String, String);

/// Braces that the source does not have.
fn unknown(check: &Check<'_>, said: &Said, text: &Text<'_>) -> Option<Wrong> {
    let wordings = || std::iter::once(&said.one).chain(&said.more);
    let known = |insert: &&str| wordings().any(|wording| wording.text.contains(insert));
    let insert = braced(&text.text).find(|insert| !known(insert))?;
    let near = near(insert, wordings().flat_map(|wording| &wording.inserts).map(String::as_str));
    let remedy = near.map_or_else(
        || "delete it: only what is filled in stands in braces".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Some((format!("`{insert}` stands nowhere in the {}", check.source.english_name()), remedy))
}

/// An insert of the source that the form should have and has not.
fn lost(check: &Check<'_>, said: &Said, form: usize, text: &Text<'_>) -> Option<Wrong> {
    let (wording, serves_one) = said.wording(form, check.plurals.as_ref());
    // Where a form serves a single number, the word for it may carry it.
    let may_lack = |insert: &str| serves_one && said.pivot.as_deref() == Some(insert);
    let insert =
        wording.inserts.iter().find(|insert| !text.text.contains(insert.as_str()) && !may_lack(insert))?;
    let (of, what) = match (&said.more, &check.plurals) {
        (Some(_), Some(plurals)) => (format!("for {}", plurals.said(form)), "number"),
        _ => (format!("from this {}", check.language.english_name()), "answer"),
    };
    let what = if said.pivot.as_ref() == Some(insert) { what } else { "answer" };
    Some((format!("`{insert}` is missing {of}"), format!("write it where the {what} should stand")))
}

/// A mark, copied along with the words.
fn copied_mark(said: &Said, text: &Text<'_>) -> Option<Wrong> {
    let mark = mark(&text.text).filter(|mark| !said.has(mark))?;
    let says = format!("`{mark}` is a mark of the survey, and no words");
    Some((says, "delete it: only words are translated".to_owned()))
}

/// The code of a choice, copied along with its words.
fn copied_code(source: &Source, said: &Said, text: &Text<'_>) -> Option<Wrong> {
    let code = source.code.as_deref().filter(|code| begins_with(&text.text, code) && !said.has(code))?;
    let says = format!("`{code}` is the code of the choice, and no words");
    Some((says, "delete it: codes are the same in every language".to_owned()))
}

/// Every stretch from a brace to the next closing one.
fn braced(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.match_indices('{').map(|(at, _)| &text[at..]);
    opened.filter_map(|rest| Some(&rest[..=rest.find('}')?]))
}

/// The first mark in brackets, as `[only]`.
fn mark(text: &str) -> Option<&str> {
    let opened = text.match_indices('[').map(|(at, _)| &text[at..]);
    let mut closed = opened.filter_map(|rest| Some(&rest[..=rest.find(']')?]));
    closed.find(|mark| MARKS.iter().any(|name| mark[1..].split([' ', ']']).next() == Some(*name)))
}

/// Whether a text begins as a line of a survey does: the code, and two spaces or more before the words.
fn begins_with(text: &str, code: &str) -> bool {
    let behind_sign = text.strip_prefix("- ").map(str::trim_start);
    let has_code = |text: &str| text.strip_prefix(code).is_some_and(|rest| rest.starts_with("  "));
    has_code(text)
        || behind_sign.is_some_and(|text| text.strip_prefix(code).is_some_and(|rest| rest.starts_with(' ')))
}
