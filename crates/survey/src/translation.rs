//! Translations: which of a PO file's words still fit the survey, and what is wrong with the others.
//!
//! S080 missing, S081 stale, S084 same words twice, S085 left in English, S086 wrong script, S090 stray entry.

mod extract;
mod header;
mod phrase;
mod script;
mod state;
mod stray;
mod visit;

pub use extract::extract;
pub use phrase::{Phrase, phrases};
pub use state::{Coverage, State, state, status};

use std::collections::{BTreeMap, BTreeSet};

use notation::{Finding, Place};

use crate::po::{Entry, Po, Text};
use crate::{Language, Survey};

/// The languages that must be whole, hints and chart labels included, while a survey names no others.
const OFFICIAL: [&str; 2] = ["en", "fr"];

/// The source words of a survey by path; a path taken twice has more than one.
type English<'s> = BTreeMap<&'s str, BTreeSet<&'s str>>;

struct Check<'c> {
    language: &'c Language,
    source: &'c Language,
    po: &'c Po,
    places: &'c BTreeMap<String, Place>,
}

/// Give a survey its words in `language`, where they were made for exactly the source words it has now.
///
/// `places` says where the source words of each path stand. A path it holds and the survey does not belongs to
/// something that could not be read, and is passed over.
///
/// The findings are S080 and S081 for every path without fitting words (hints and chart labels only where the
/// language is official), and S084, S085, S086, S090 for what stands in the file; one for each entry at most.
pub fn translate(
    survey: &mut Survey,
    language: &Language,
    po: &Po,
    places: &BTreeMap<String, Place>,
) -> Vec<Finding> {
    if survey.source == *language {
        return Vec::new();
    }
    mark_draft(survey, language, po);
    fill(survey, language, po);
    let check = Check { language, source: &survey.source, po, places };
    let mut english = English::new();
    for words in survey.words_for(language).into_iter().filter(|words| !survey.takes_over(&words.path)) {
        english.entry(words.path.as_str()).or_default().insert(words.msgid());
    }
    let (mut findings, meant) = stray::strays(&check, survey, &english);
    for (path, sources) in &english {
        let taken_twice = || po.get(path).is_none() && stray::is_taken_twice(path, &english);
        if !meant.contains(path) && !taken_twice() {
            findings.extend(check.path(path, sources));
        }
    }
    findings.extend(check.alike(survey));
    findings.sort_by(|one, other| one.at.cmp(&other.at));
    findings
}

/// Give the words of a list taken over from another survey their translation there; whether all of them have one.
pub(crate) fn take_over(survey: &mut Survey, language: &Language, list: &str, po: Option<&Po>) -> bool {
    let mut whole = true;
    let own = format!("list.{list}.");
    for words in survey.words_mut().into_iter().filter(|words| words.path.starts_with(&own)) {
        let entry = po.and_then(|po| po.get(&words.path));
        match entry.filter(|entry| entry.english() == words.msgid()).and_then(Entry::text) {
            Some(text) => {
                words.translations.insert(language.clone(), text.to_owned());
            }
            None => whole &= words.path.ends_with(":short"),
        }
    }
    whole
}

fn mark_draft(survey: &mut Survey, language: &Language, po: &Po) {
    if po.header("X-Soundings-State") == Some("draft") {
        let of_forms = survey.forms.iter_mut().flat_map(|form| &mut form.languages);
        let offered =
            survey.languages.iter_mut().chain(of_forms).filter(|offered| offered.language == *language);
        offered.for_each(|offered| offered.draft = true);
    }
}

fn fill(survey: &mut Survey, language: &Language, po: &Po) {
    for words in survey.words_mut() {
        let fits = po.get(&words.path).filter(|entry| entry.english() == words.msgid());
        if let Some(text) = fits.and_then(Entry::text) {
            words.translations.insert(language.clone(), text.to_owned());
        }
    }
}

impl Check<'_> {
    /// What is wrong with the translation of one path, if anything is.
    fn path(&self, path: &str, sources: &BTreeSet<&str>) -> Option<Finding> {
        let Some(entry) = self.po.get(path) else { return self.without_entry(path, sources) };
        if entry.broken {
            return None;
        }
        let fits = sources.contains(entry.english());
        match entry.msgstrs.first() {
            _ if entry.is_empty() => self.missing(path, Some(entry)),
            _ if sources.len() > 1 && !fits => None,
            Some(text) if !fits || entry.is_fuzzy() => Some(self.stale(path, entry, text, fits)),
            Some(text) => self.doubtful(entry, text),
            None => None,
        }
    }

    fn without_entry(&self, path: &str, sources: &BTreeSet<&str>) -> Option<Finding> {
        let could_not_be_read = |entry: &Entry| entry.broken && sources.contains(entry.english());
        if self.po.live().any(|entry| entry.path().is_none() && could_not_be_read(entry)) {
            return None;
        }
        self.missing(path, None)
    }

    fn missing(&self, path: &str, entry: Option<&Entry>) -> Option<Finding> {
        let secondary = path.ends_with(":hint") || path.ends_with(":short");
        if secondary && !OFFICIAL.contains(&self.language.tag()) {
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
        let at = entry.and_then(empty_form).or_else(|| self.places.get(path)).cloned();
        let says = format!("`{path}` has no {name}");
        Some(Finding::error("S080", at.unwrap_or_else(|| self.whole_file()), says).remedy(remedy))
    }

    fn stale(&self, path: &str, entry: &Entry, text: &Text, fits: bool) -> Finding {
        let (name, source) = (self.language.english_name(), self.source.english_name());
        let (says, remedy) = match (fits, entry.is_fuzzy()) {
            (false, false) => (
                format!("this {name} was made for other {source} words"),
                format!("correct the `msgstr`, then write the {source} now as its `msgid`"),
            ),
            (false, true) => (
                format!("this {name} was made for other {source} words"),
                format!("correct the `msgstr`, write the {source} now as its `msgid`, and remove `fuzzy`"),
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
        let mut finding = Finding::error("S081", text.place.clone(), says).remedy(remedy);
        let made_for = entry.previous.msgid.as_ref().or(entry.msgid.as_ref().filter(|_| !fits));
        if let Some(made_for) = made_for {
            finding = finding.also(made_for.place.clone(), format!("the {source} it was made for"));
        }
        match self.places.get(path) {
            Some(place) => finding.also(place.clone(), format!("the {source} now")),
            None => finding,
        }
    }

    /// S086 and S085, the graver first.
    fn doubtful(&self, entry: &Entry, text: &Text) -> Option<Finding> {
        if entry.comments.iter().any(|comment| script::first_word(comment) == "same") {
            return None;
        }
        let (name, source) = (self.language.english_name(), self.source.english_name());
        if let Some(script) = script::lacks(&text.text, self.language) {
            let says = format!("no {script} letter in {name}");
            let remedy = "was another language pasted here? If it is meant, write `# same` above the entry";
            return Some(Finding::error("S086", text.place.clone(), says).remedy(remedy));
        }
        (text.text == entry.english() && script::is_a_phrase(&text.text)).then(|| {
            Finding::warning("S085", text.place.clone(), format!("identical to the {source}"))
                .remedy("translate it, or write `# same` above the entry if it is meant")
        })
    }

    /// S084: two choices of one question, or two rows, that read alike.
    fn alike(&self, survey: &Survey) -> Vec<Finding> {
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (_, question) in survey.questions() {
            let choices = question.choices().iter().map(|choice| &choice.words);
            let rows = question.rows().iter().map(|row| &row.words);
            pairs.extend(self.pairs(choices));
            pairs.extend(self.pairs(rows));
        }
        pairs.into_iter().filter_map(|(first, second)| self.one_pair(first, second)).collect()
    }

    fn pairs<'w>(&self, all: impl Iterator<Item = &'w crate::Words>) -> Vec<(&'w str, &'w str)> {
        let mut first: BTreeMap<&str, &crate::Words> = BTreeMap::new();
        let mut pairs = Vec::new();
        for words in all {
            let Some(text) = words.translations.get(self.language) else { continue };
            match first.get(text.trim()) {
                Some(earlier) if earlier.source != words.source => {
                    pairs.push((earlier.path.as_str(), words.path.as_str()));
                }
                Some(_) => {}
                None => {
                    first.insert(text.trim(), words);
                }
            }
        }
        pairs
    }

    fn one_pair(&self, first: &str, second: &str) -> Option<Finding> {
        let text = |path| self.po.get(path)?.msgstrs.first();
        let name = self.language.english_name();
        let says = format!("`{first}` and `{second}` read alike in {name}");
        let finding = Finding::error("S084", text(second)?.place.clone(), says)
            .remedy("nobody can choose between them: say the difference in one of the two");
        Some(finding.also(text(first)?.place.clone(), "the same words"))
    }

    fn whole_file(&self) -> Place {
        Place { file: self.po.file.clone(), start: 0, end: 0 }
    }
}

/// The first form that is not written yet, or the nearest place where none stands.
fn empty_form(entry: &Entry) -> Option<&Place> {
    let empty = entry.msgstrs.iter().find(|form| form.text.trim().is_empty());
    empty.map(|form| &form.place).or_else(|| entry.place())
}
