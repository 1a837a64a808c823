//! S083: what a file says of the plural forms of its language.

use notation::Finding;

use super::english::{English, Said, Source};
use super::{Check, header};
use crate::Language;
use crate::po::{Entry, Plurals, Po, Text};

/// The rule of the header, where there is one that can be read.
pub(super) fn plurals(po: &Po<'_>) -> Option<Plurals> {
    po.header("Plural-Forms").and_then(Plurals::read)
}

/// The rule of a file, or else the one that gettext has for the language.
pub(super) fn plurals_of(po: Option<&Po<'_>>, language: &Language) -> Option<Plurals> {
    po.and_then(plurals).or_else(|| Plurals::read(header::rule(language)))
}

/// A header without a readable rule, where an entry needs it; one finding, however many do.
pub(super) fn without_rule(
    check: &Check<'_>,
    english: &English,
    found: &[Option<(usize, &Entry<'_>)>],
) -> Option<Finding> {
    let mut needing = english.all().iter().zip(found).filter_map(|(source, found)| {
        let (_, entry) = (*found)?;
        source.said.iter().any(|said| said.more.is_some()).then_some(entry)
    });
    let needing = needing.find(|_| check.plurals.is_none())?;
    let header = check.po.entries.iter().find(|entry| entry.is_header());
    let at = check.po.place(header.unwrap_or(needing).nearest()?);
    let says = match check.po.header("Plural-Forms") {
        Some(_) => "the rule of `Plural-Forms` cannot be read".to_owned(),
        None => format!("the header does not say which plural forms {} has", check.language.english_name()),
    };
    let rule = header::rule(check.language);
    Some(Finding::error("S083", at, says).remedy(format!("write `Plural-Forms: {rule}` in the header")))
}

/// Whether an entry has more or fewer forms than the header names, which the reader of the file has said.
pub(super) fn has_other_forms(check: &Check<'_>, entry: &Entry<'_>) -> bool {
    let named = check.plurals.as_ref().map(Plurals::count);
    entry.msgid_plural.is_some() && named.is_some_and(|named| named != entry.msgstrs.len())
}

/// An entry with one form for all numbers, of a text that is said of a number.
pub(super) fn without_forms(check: &Check<'_>, source: &Source, entry: &Entry<'_>) -> Option<Finding> {
    if entry.msgid_plural.is_some() || !source.said.iter().any(|said| is_of_a_number(said, entry)) {
        return None;
    }
    let says = format!("`{}` is said of a number, and this entry has one form for all of them", source.path);
    let finding = Finding::error("S083", check.po.place(entry.msgstrs.first()?), says);
    let remedy = "`soundings translate extract` writes a `msgstr` for each form, with this one as the first";
    Some(finding.remedy(remedy))
}

/// The numbers that the first form which is not written yet serves, where the others are.
pub(super) fn unwritten(check: &Check<'_>, entry: &Entry<'_>) -> Option<String> {
    let is_empty = |text: &Text<'_>| text.text.trim().is_empty();
    let plurals = check.plurals.as_ref().filter(|_| !entry.msgstrs.iter().all(is_empty))?;
    entry.msgstrs.iter().position(is_empty).map(|form| format!(" for {}", plurals.said(form)))
}

fn is_of_a_number(said: &Said, entry: &Entry<'_>) -> bool {
    let more = said.more.as_ref().map(|more| more.text.as_str());
    more.is_some_and(|more| [more, &said.one.text].contains(&entry.english()))
}
