//! S090: entries of paths the survey does not have.

use std::collections::{BTreeMap, BTreeSet};

use notation::Finding;

use super::english::owner;
use super::{Check, English};
use crate::Survey;
use crate::po::Entry;

/// The stray entries, and the paths they were probably meant for, which are then not missing besides.
///
/// `found` has the place of the entry of each path.
pub(super) fn strays<'s>(
    check: &Check<'_>,
    survey: &Survey,
    english: &'s English,
    found: &[Option<(usize, &Entry<'_>)>],
) -> (Vec<Finding>, BTreeSet<&'s str>) {
    let mut findings: Vec<Finding> = Vec::new();
    let mut meant = BTreeSet::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in left(check, found).filter(|entry| is_stray(entry, check, survey, english)) {
        let near = nearest(entry, check, english);
        meant.extend(near);
        let Some(finding) = finding(entry, check, near) else { continue };
        // A question nobody knows is one slip, however many words it has.
        let owner = entry
            .path()
            .map(owner)
            .filter(|owner| !english.all().iter().any(|source| self::owner(&source.path) == *owner));
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

/// The entries in use that no path of the survey has.
fn left<'c>(check: &Check<'c>, found: &[Option<(usize, &Entry<'_>)>]) -> impl Iterator<Item = &'c Entry<'c>> {
    let mut is_found = vec![false; check.po.entries.len()];
    found.iter().flatten().for_each(|(place, _)| is_found[*place] = true);
    let left = check.po.entries.iter().zip(is_found).filter(|(entry, is_found)| !is_found && entry.is_live());
    left.map(|(entry, _)| entry)
}

/// Whether nothing in the survey, nor in what of it could not be read, has the path of the entry.
fn is_stray(entry: &Entry<'_>, check: &Check<'_>, survey: &Survey, english: &English) -> bool {
    let Some(path) = entry.path() else { return !entry.broken };
    let known = || english.has(path) || check.places.contains_key(path);
    let unasked = || survey.question(path).is_some_and(|question| question.asks.is_none());
    let of_an_owner_taken_twice = || {
        let mut same = check.whole.all().iter().filter(|source| source.has(entry.english()));
        same.any(|source| check.whole.is_taken_twice(&source.path))
    };
    !known() && !unasked() && !of_an_owner_taken_twice()
}

/// The path without an entry that has the same source words, or else the nearest name.
fn nearest<'s>(entry: &Entry<'_>, check: &Check<'_>, english: &'s English) -> Option<&'s str> {
    let open = || english.all().iter().filter(|source| check.po.get(&source.path).is_none());
    let same_words = open().find(|source| source.has(entry.english())).map(|source| source.path.as_str());
    same_words
        .or_else(|| notation::near(entry.path()?, open().map(|source| source.path.as_str())))
        .or_else(|| notation::near(entry.path()?, english.all().iter().map(|source| source.path.as_str())))
}

fn finding(entry: &Entry<'_>, check: &Check<'_>, near: Option<&str>) -> Option<Finding> {
    let Some(context) = &entry.msgctxt else {
        let at = check.po.place(entry.nearest()?);
        let finding = Finding::error("S090", at, "this entry does not say what it is of");
        let remedy = near.map_or("give it a `msgctxt` with a path".to_owned(), |near| {
            format!("write `msgctxt \"{near}\"` above its `msgid`")
        });
        return Some(finding.remedy(remedy));
    };
    let says = format!("nothing in the survey has the path `{}`", context.text);
    let finding = Finding::error("S090", check.po.place(context), says);
    let retire = format!("delete the entry from `{}`, or retire it by `#~` before its lines", check.po.file);
    Some(finding.remedy(retire).perhaps(near))
}
