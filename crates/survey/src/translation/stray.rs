//! S090: entries of paths the survey does not have.

use std::collections::{BTreeMap, BTreeSet};

use notation::Finding;

use super::{Check, English};
use crate::Survey;
use crate::po::Entry;

/// The stray entries, and the paths they were probably meant for, which are then not missing besides.
pub(super) fn strays<'s>(
    check: &Check<'_>,
    survey: &Survey,
    english: &English<'s>,
) -> (Vec<Finding>, BTreeSet<&'s str>) {
    let mut findings: Vec<Finding> = Vec::new();
    let mut meant = BTreeSet::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in check.po.live().filter(|entry| is_stray(entry, check, survey, english)) {
        let near = nearest(entry, check, english);
        meant.extend(near);
        let Some(finding) = finding(entry, check, near) else { continue };
        // A question nobody knows is one slip, however many words it has.
        let owner =
            entry.path().map(owner).filter(|owner| !english.keys().any(|path| self::owner(path) == *owner));
        match owner.and_then(|owner| unknown.get(owner)) {
            Some(first) => {
                let first: &mut Finding = &mut findings[*first];
                first.also.push((finding.at, "and here".to_owned()));
            }
            None => {
                unknown.extend(owner.map(|owner| (owner, findings.len())));
                findings.push(finding);
            }
        }
    }
    (findings, meant)
}

/// Whether nothing in the survey, nor in what of it could not be read, has the path of the entry.
fn is_stray(entry: &Entry, check: &Check<'_>, survey: &Survey, english: &English<'_>) -> bool {
    let Some(path) = entry.path() else { return !entry.broken };
    let unasked = survey.question(path).is_some_and(|question| question.asks.is_none());
    let known = english.contains_key(path) || check.places.contains_key(path);
    let of_an_owner_taken_twice = || {
        let mut same = english.iter().filter(|(_, sources)| sources.contains(entry.english()));
        same.any(|(path, _)| is_taken_twice(path, english))
    };
    !known && !unasked && !of_an_owner_taken_twice()
}

/// Whether a question, list or page of this name, or a code of it, stands twice: which of its paths were meant for
/// which entries is then anybody's guess.
pub(super) fn is_taken_twice(path: &str, english: &English<'_>) -> bool {
    let owner = owner(path);
    let mut twice = english.iter().filter(|(_, sources)| sources.len() > 1);
    twice.any(|(path, _)| self::owner(path) == owner)
}

/// What a path belongs to: `needs` of `needs.work:short`, `list.ease5` of `list.ease5.1`.
fn owner(path: &str) -> &str {
    let shared = ["list.", "page.", "end.", "form.", "set.", "missing."]
        .into_iter()
        .find(|shared| path.starts_with(shared));
    let begins = shared.map_or(0, str::len);
    let length = path[begins..].find(['.', ':']).unwrap_or(path.len() - begins);
    &path[..begins + length]
}

/// The path without an entry that has the same source words, or else the nearest name.
fn nearest<'s>(entry: &Entry, check: &Check<'_>, english: &English<'s>) -> Option<&'s str> {
    let open = || english.iter().filter(|(path, _)| check.po.get(path).is_none());
    let same_words = open().find(|(_, sources)| sources.contains(entry.english())).map(|(path, _)| *path);
    same_words
        .or_else(|| notation::near(entry.path()?, open().map(|(path, _)| *path)))
        .or_else(|| notation::near(entry.path()?, english.keys().copied()))
}

fn finding(entry: &Entry, check: &Check<'_>, near: Option<&str>) -> Option<Finding> {
    let Some(context) = &entry.msgctxt else {
        let finding = Finding::error("S090", entry.place()?.clone(), "this entry does not say what it is of");
        let remedy = near.map_or("give it a `msgctxt` with a path".to_owned(), |near| {
            format!("write `msgctxt \"{near}\"` above its `msgid`")
        });
        return Some(finding.remedy(remedy));
    };
    let says = format!("nothing in the survey has the path `{}`", context.text);
    let finding = Finding::error("S090", context.place.clone(), says);
    let retire = format!("delete the entry from `{}`, or retire it by `#~` before its lines", check.po.file);
    Some(finding.remedy(retire).perhaps(near))
}
