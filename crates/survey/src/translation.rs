//! Translations: which of a PO file's words still fit the survey, and what is wrong with the others.
//!
//! S080 missing, S081 stale, S082 insert lost, S083 plural forms, S084 same words twice, S085 left in English, S086 wrong
//! script, S088 calendar not named, S089 number lost, S090 stray entry.

mod alike;
mod calendar;
mod english;
mod extract;
mod form;
mod header;
mod insert;
mod merge;
mod number;
mod phrase;
mod plural;
mod pseudo;
mod script;
mod state;
mod stray;
mod visit;

pub use extract::extract;
pub use form::{Form, forms};
pub use merge::{Merged, Row, Told, imprint, merge};
pub use phrase::{Phrase, phrases};
pub use pseudo::{disguise, pseudo};
pub use state::{Coverage, State, state, status};

use std::collections::BTreeMap;

use notation::{Finding, Place};

use crate::po::{Along, Entry, Plurals, Po, Text};
use crate::{Language, Survey, Words};
pub(crate) use english::English;
use english::{Said, Source};
use script::Script;

struct Check<'c> {
    language: &'c Language,
    source: &'c Language,
    script: Option<&'static Script>,
    calendar: Option<&'static [&'static str]>,
    plurals: Option<Plurals>,
    po: &'c Po<'c>,
    places: &'c BTreeMap<String, Place>,
    /// Whether no version opens without this language.
    is_official: bool,
    /// The words of every form, though the language may be offered for some only.
    whole: &'c English,
}

/// Give a survey its words in `language`, where they were made for exactly the source words it has now.
///
/// `places` says where the source words of each path stand. A path it holds and the survey does not belongs to
/// something that could not be read, and is passed over.
///
/// The findings are S080 and S081 for every path without fitting words (errors, hints and chart labels among them,
/// where the language is official; else warnings), and S084, S085, S086, S090 for what stands in the file; one for each entry at most.
pub fn translate(
    survey: &mut Survey,
    language: &Language,
    po: &Po<'_>,
    places: &BTreeMap<String, Place>,
) -> Vec<Finding> {
    let english = English::of(survey, survey.words());
    translate_with(survey, language, po, &english, places)
}

/// What [`translate`] does, with the source words already gathered.
pub(crate) fn translate_with(
    survey: &mut Survey,
    language: &Language,
    po: &Po<'_>,
    english: &English,
    places: &BTreeMap<String, Place>,
) -> Vec<Finding> {
    if survey.source == *language {
        return Vec::new();
    }
    mark_draft(survey, language, po);
    let plurals = plural::plurals(po);
    fill(survey, language, po, plurals.as_ref());
    let of_forms = || English::of(survey, survey.words_for(language));
    let of_forms = (!survey.offers_everything_in(language)).then(of_forms);
    let is_official = survey.official.contains(language);
    let (script, calendar) = (script::of(language), calendar::words(language));
    let source = &survey.source;
    let check =
        Check { language, source, script, calendar, plurals, po, places, is_official, whole: english };
    check.file(survey, of_forms.as_ref().unwrap_or(english))
}

/// Give the words of a list taken over from another survey their translation there; whether all of them have one.
pub(crate) fn take_over(survey: &mut Survey, language: &Language, list: &str, po: Option<&Po<'_>>) -> bool {
    let mut whole = true;
    let own = format!("list.{list}.");
    for words in survey.words_mut().into_iter().filter(|words| words.path.starts_with(&own)) {
        let entry = po.and_then(|po| po.get(&words.path));
        match entry.filter(|entry| fits(entry, words)).and_then(Entry::text) {
            Some(text) => {
                words.translations.insert(language.clone(), text.to_owned());
            }
            None => whole &= words.path.ends_with(":short"),
        }
    }
    whole
}

fn mark_draft(survey: &mut Survey, language: &Language, po: &Po<'_>) {
    if po.header("X-Soundings-State") == Some("draft") {
        let of_forms = survey.forms.iter_mut().flat_map(|form| &mut form.languages);
        let offered =
            survey.languages.iter_mut().chain(of_forms).filter(|offered| offered.language == *language);
        offered.for_each(|offered| offered.draft = true);
    }
}

/// Whether an entry was made for exactly these words.
fn fits(entry: &Entry<'_>, words: &Words) -> bool {
    let plural = entry.msgid_plural.as_ref().map(|plural| &*plural.text);
    entry.english() == words.msgid() && plural == words.msgid_plural()
}

fn fill(survey: &mut Survey, language: &Language, po: &Po<'_>, plurals: Option<&Plurals>) {
    let mut along = Along::new(po);
    for words in survey.words_mut() {
        let Some((_, entry)) = along.get(&words.path).filter(|(_, entry)| fits(entry, words)) else {
            continue;
        };
        match &mut words.plural {
            None => words.translations.extend(entry.text().map(|text| (language.clone(), text.to_owned()))),
            Some(plural) => {
                let Some(forms) = plurals.and_then(|plurals| entry.forms(plurals)) else { continue };
                words.translations.extend(forms.last().map(|last| (language.clone(), last.clone())));
                plural.forms.extend(plurals.map(|plurals| (language.clone(), (plurals.clone(), forms))));
            }
        }
    }
}

impl Check<'_> {
    /// What is wrong with a file.
    fn file(&self, survey: &Survey, english: &English) -> Vec<Finding> {
        let mut along = Along::new(self.po);
        let found: Vec<_> = english.all().iter().map(|source| along.get(&source.path)).collect();
        let (mut findings, meant) = stray::strays(self, survey, english, &found);
        findings.extend(plural::without_rule(self, english, &found));
        for (source, found) in english.all().iter().zip(found) {
            let taken_twice = || found.is_none() && english.is_taken_twice(&source.path);
            if !meant.contains(source.path.as_str()) && !taken_twice() {
                findings.extend(self.path(source, found.map(|(_, entry)| entry)));
            }
        }
        findings.extend(alike::alike(self, survey));
        findings.sort_by(|one, other| one.at.cmp(&other.at));
        findings
    }

    /// What is wrong with the translation of one path, if anything is: the gravest thing alone.
    fn path(&self, source: &Source, entry: Option<&Entry<'_>>) -> Option<Finding> {
        let Some(entry) = entry else { return self.without_entry(source) };
        if entry.broken || plural::has_other_forms(self, entry) {
            return None;
        }
        if entry.is_empty() {
            return self.missing(&source.path, Some(entry));
        }
        match source.said(entry) {
            None if source.said.len() > 1 => None,
            None => {
                plural::without_forms(self, source, entry).or_else(|| self.stale(&source.path, entry, false))
            }
            Some(_) if entry.is_fuzzy() => self.stale(&source.path, entry, true),
            Some(said) => self.doubtful(source, said, entry),
        }
    }

    fn without_entry(&self, source: &Source) -> Option<Finding> {
        let could_not_be_read = |entry: &Entry<'_>| entry.broken && source.has(entry.english());
        if self.po.live().any(|entry| entry.path().is_none() && could_not_be_read(entry)) {
            return None;
        }
        self.missing(&source.path, None)
    }

    fn missing(&self, path: &str, entry: Option<&Entry<'_>>) -> Option<Finding> {
        let secondary = path.ends_with(":hint") || path.ends_with(":short");
        if secondary && !self.is_official {
            return None;
        }
        let name = self.language.english_name();
        let remedy = match entry {
            Some(_) => format!("write the {name} between the quotation marks of this `msgstr`"),
            None => format!(
                "add an entry to `{}`: `msgctxt \"{path}\"`, the {} as `msgid`, the {name} as `msgstr`",
                self.po.file,
                self.source.english_name()
            ),
        };
        let empty = entry.and_then(empty_form).map(|text| self.po.place(text));
        let at = empty.or_else(|| self.places.get(path).cloned());
        let of_form = entry.and_then(|entry| plural::unwritten(self, entry));
        let says = format!("`{path}` has no {name}{}", of_form.unwrap_or_default());
        Some(self.lacking("S080", at.unwrap_or_else(|| self.whole_file()), says).remedy(remedy))
    }

    /// What is not there is shown in the source language: an error where the language is official.
    fn lacking(&self, code: &'static str, at: Place, says: String) -> Finding {
        lacking(self.is_official, code, at, says)
    }

    /// S081, at the translation that was made for other words.
    fn stale(&self, path: &str, entry: &Entry<'_>, fits: bool) -> Option<Finding> {
        let text = entry.msgstrs.first()?;
        let (name, source) = (self.language.english_name(), self.source.english_name());
        let msgid = entry.msgid_plural.as_ref().map_or("`msgid`", |_| "`msgid` and `msgid_plural`");
        let (says, remedy) = match (fits, entry.is_fuzzy()) {
            (false, false) => (
                format!("this {name} was made for other {source} words"),
                format!("correct the `msgstr`, then write the {source} now as its {msgid}"),
            ),
            (false, true) => (
                format!("this {name} was made for other {source} words"),
                format!("correct the `msgstr`, write the {source} now as its {msgid}, and remove `fuzzy`"),
            ),
            (true, _) if entry.previous.msgid.is_some() => (
                format!("this {name} was made for other {source} words"),
                "correct the `msgstr` and remove `fuzzy`".to_owned(),
            ),
            (true, _) => (
                format!("this {name} is marked as doubtful, so nobody is shown it"),
                "correct the `msgstr` if it needs it, and remove `fuzzy`".to_owned(),
            ),
        };
        let mut finding = self.lacking("S081", self.po.place(text), says).remedy(remedy);
        let made_for = entry.msgid_plural.as_ref().or(entry.msgid.as_ref());
        let made_for = entry.previous.msgid.as_ref().or(made_for.filter(|_| !fits));
        if let Some(made_for) = made_for {
            finding = finding.also(self.po.place(made_for), format!("the {source} it was made for"));
        }
        Some(match self.places.get(path) {
            Some(place) => finding.also(place.clone(), format!("the {source} now")),
            None => finding,
        })
    }

    /// What is doubtful about a translation that fits, the gravest first.
    fn doubtful(&self, source: &Source, said: &Said, entry: &Entry<'_>) -> Option<Finding> {
        let is_meant = || entry.comments.iter().any(|comment| script::first_word(comment) == "same");
        let finding = insert::wrong(self, source, said, entry)
            .or_else(|| self.foreign(said, entry).filter(|_| !is_meant()))
            .or_else(|| number::lost(self, said, entry))
            .or_else(|| calendar::unnamed(self, source, entry))?;
        let english = self
            .places
            .get(&source.path)
            .map(|place| (place.clone(), format!("the {} stands here", self.source.english_name())));
        Some(Finding { also: english.into_iter().collect(), ..finding })
    }

    /// S086 and S085: words in another script, or those of the source.
    fn foreign(&self, said: &Said, entry: &Entry<'_>) -> Option<Finding> {
        let name = self.language.english_name();
        if let Some(script) = self.script
            && let Some(text) = entry.msgstrs.iter().find(|text| script.is_absent(&text.text))
        {
            let says = format!("no {} letter in {name}", script.name);
            let remedy = "was another language pasted here? If it is meant, write `# same` above the entry";
            return Some(Finding::error("S086", self.po.place(text), says).remedy(remedy));
        }
        let wordings = || std::iter::once(&said.one).chain(&said.more);
        let left = |text: &&Text<'_>| {
            wordings().any(|wording| wording.text == text.text) && script::is_a_phrase(&text.text)
        };
        let text = entry.msgstrs.iter().find(left)?;
        let says = format!("identical to the {}", self.source.english_name());
        let finding = Finding::warning("S085", self.po.place(text), says);
        Some(finding.remedy("translate it, or write `# same` above the entry if it is meant"))
    }

    fn whole_file(&self) -> Place {
        Place { file: self.po.file.clone(), start: 0, end: 0 }
    }
}

/// A text that is missing or stale: an error in an official language, in any other a warning, so that no language
/// ever holds back a survey that can do without it.
pub(crate) fn lacking(is_official: bool, code: &'static str, at: Place, says: String) -> Finding {
    match is_official {
        true => Finding::error(code, at, says),
        false => Finding::warning(code, at, says),
    }
}

/// The first form that is not written yet, or the nearest place where none stands.
fn empty_form<'e, 't>(entry: &'e Entry<'t>) -> Option<&'e Text<'t>> {
    let empty = entry.msgstrs.iter().find(|form| form.text.trim().is_empty());
    empty.or_else(|| entry.nearest())
}
