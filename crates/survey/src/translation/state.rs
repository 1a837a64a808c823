//! How far a language is: every text in one of five states.

use std::collections::{BTreeMap, BTreeSet};

use super::fits;
use super::phrase::{Phrase, phrases};
use crate::po::{Entry, Po};
use crate::{Language, Survey};

/// How a text stands in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It fits, and somebody vouched for exactly these words.
    Ok,
    /// Nothing is written, or not every plural form.
    Missing,
    /// It was made for other source words, or somebody doubts it.
    Stale,
    /// It fits, and nobody but its translator has read it.
    Unreviewed,
    /// The survey no longer has its path.
    Retired,
}

/// The states of every text of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Which language.
    pub language: Language,
    /// Whether the file calls itself a draft.
    pub draft: bool,
    /// The paths in each state, in the survey's order.
    pub paths: BTreeMap<State, Vec<String>>,
}

impl State {
    /// Every state, in the order of the tables.
    pub const ALL: [State; 5] = [State::Ok, State::Missing, State::Stale, State::Unreviewed, State::Retired];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Missing => "missing",
            State::Stale => "stale",
            State::Unreviewed => "unreviewed",
            State::Retired => "retired",
        }
    }
}

impl Coverage {
    /// How many texts are in a state.
    pub fn count(&self, state: State) -> usize {
        self.paths.get(&state).map_or(0, Vec::len)
    }
}

/// How a text of the survey stands, given its entry.
pub fn state(phrase: &Phrase<'_>, entry: Option<&Entry<'_>>) -> State {
    match entry {
        None => State::Missing,
        Some(entry) if entry.broken || entry.is_empty() => State::Missing,
        Some(entry) if !fits(entry, phrase.words) || entry.is_fuzzy() => State::Stale,
        Some(entry) if entry.reviewer().is_none() => State::Unreviewed,
        Some(_) => State::Ok,
    }
}

/// How far a language is; without a file, everything is missing.
pub fn status(survey: &Survey, language: &Language, po: Option<&Po<'_>>) -> Coverage {
    let mut paths: BTreeMap<State, Vec<String>> = BTreeMap::new();
    let phrases = phrases(survey, language);
    for phrase in &phrases {
        let path = &phrase.words.path;
        paths.entry(state(phrase, po.and_then(|po| po.get(path)))).or_default().push(path.clone());
    }
    let all: BTreeSet<&str> = phrases.iter().map(|phrase| phrase.words.path.as_str()).collect();
    let known = |entry: &Entry<'_>| {
        let path = entry.path();
        !entry.obsolete && (entry.is_header() || path.is_some_and(|path| all.contains(path)))
    };
    let retired = po.into_iter().flat_map(|po| &po.entries).filter(|entry| !known(entry));
    let retired: Vec<String> = retired.map(|entry| entry.path().unwrap_or_default().to_owned()).collect();
    if !retired.is_empty() {
        paths.insert(State::Retired, retired);
    }
    let draft = po.is_some_and(|po| po.header("X-Soundings-State") == Some("draft"));
    Coverage { language: language.clone(), draft, paths }
}
