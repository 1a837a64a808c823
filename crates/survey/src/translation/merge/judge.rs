//! Whether a row of a sheet may be taken, and as what.

use std::collections::BTreeSet;

use super::super::form::Form;
use super::insert::{inserts, turns_around};
use super::{Row, imprint};
use crate::po::Entry;

/// What becomes of a row.
pub(super) enum Verdict {
    /// Its cell is empty.
    Nothing,
    Unchanged,
    New,
    Changed,
    Fuzzy,
    Refused(String),
}

/// A text as it stood before the sheet.
pub(super) struct Stood<'e> {
    pub(super) entry: &'e Entry<'e>,
    pub(super) forms: Vec<Form<'e>>,
    /// The insert its plural forms depend on.
    pub(super) pivot: Option<&'e str>,
}

/// What becomes of a row.
pub(super) fn judge(row: &Row, stood: &Stood<'_>) -> Verdict {
    let Some(form) = stood.forms.iter().find(|form| form.number == row.form) else {
        return Verdict::Refused("its plural forms are others now: hand out a new sheet".to_owned());
    };
    if row.translation.is_empty() {
        return Verdict::Nothing;
    }
    let (entry, stands) = (stood.entry, form.translation);
    let (fits, is_the_same) = (row.english == form.english, row.translation == stands);
    let vouched = !row.reviewer.is_empty();
    let heals = fits && is_the_same && entry.is_fuzzy() && (vouched || was_written_anew(row));
    if !vouched && !heals && (is_the_same || row.is_untouched()) {
        return Verdict::Unchanged;
    }
    if let Some(says) = unfit(row, form, stood) {
        return Verdict::Refused(says);
    }
    match (fits, is_the_same) {
        (false, _) if is_open(entry, row, stands) => Verdict::Fuzzy,
        (false, _) => Verdict::Refused(of_earlier_english(vouched && is_the_same)),
        (true, true) if heals => Verdict::New,
        (true, true) => Verdict::Unchanged,
        (true, false) if stands.is_empty() => Verdict::New,
        (true, false) if row.before.as_ref() != Some(&imprint(stands)) => Verdict::Refused(newer(row)),
        (true, false) if entry.is_fuzzy() => Verdict::New,
        (true, false) => Verdict::Changed,
    }
}

/// Whether the translator wrote the words, rather than leaving them as they were handed out.
fn was_written_anew(row: &Row) -> bool {
    row.before.is_some() && !row.is_untouched()
}

/// Whether words made for earlier English may stand here: there are none, or other forms of the same making.
fn is_open(entry: &Entry<'_>, row: &Row, stands: &str) -> bool {
    let previous = [&entry.previous.msgid, &entry.previous.msgid_plural];
    let made_for = previous.into_iter().flatten().any(|english| english.text == row.english);
    let none = entry.msgstrs.iter().all(|form| form.text.trim().is_empty());
    stands.is_empty() && (none || (entry.is_fuzzy() && made_for))
}

/// What no translation may lose, add or hide.
fn unfit(row: &Row, form: &Form<'_>, stood: &Stood<'_>) -> Option<String> {
    if turns_around(&row.translation) {
        return Some(
            "an invisible control reverses what people read: type the words again, without pasting"
                .to_owned(),
        );
    }
    let written = inserts(&row.translation);
    let is_carried = |insert: &&str| form.serves.len() == 1 && stood.pivot == Some(*insert);
    if let Some(lost) = inserts(&row.english).difference(&written).find(|lost| !is_carried(lost)) {
        return Some(format!("`{lost}` is missing: write it, letter for letter, where it should stand"));
    }
    let plural = stood.entry.msgid_plural.iter().map(|plural| &*plural.text);
    let known: BTreeSet<&str> = plural.chain([row.english.as_str()]).flat_map(inserts).collect();
    let added = written.difference(&known).next()?;
    Some(format!("`{added}` does not stand in the English: take it out"))
}

fn of_earlier_english(only_read: bool) -> String {
    match only_read {
        true => "it was read beside earlier English: hand out a new sheet",
        false => "it was made for earlier English, and a translation stands already: hand out a new sheet",
    }
    .to_owned()
}

fn newer(row: &Row) -> String {
    match row.before {
        Some(_) => "a newer translation stands, and is kept: hand out a new sheet",
        None => "a translation stands, and the sheet does not say that this one was made over it",
    }
    .to_owned()
}
