//! The gate before a version opens: which languages it is offered in, and what must be mended first.
//!
//! S091 below the gate, S092 not reviewed.

mod language;

use notation::{Finding, Severity, Sources};

use crate::{Language, Offered, Survey, read::read_as_far};

/// What becomes of words that nobody but their translator has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// Their language waits for a reviewer.
    HeldBack,
    /// Their language is offered, and every page says that it is a draft.
    Offered,
}

/// A survey that may open, and with which of its languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The survey in the languages that passed.
    pub survey: Survey,
    /// Every language of the author's, the source first.
    pub languages: Vec<Passage>,
}

/// How a language came through the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which.
    pub language: Language,
    /// Whether no version opens without it.
    pub official: bool,
    /// Whether it is still to be reviewed, and offered as a draft at most.
    pub draft: bool,
    /// Why it is not offered; nothing where it is.
    pub held_back: Vec<String>,
}

impl Passage {
    /// Whether it is offered.
    pub fn is_offered(&self) -> bool {
        self.held_back.is_empty()
    }
}

/// Read a survey and take each of its languages through the gate.
///
/// An official language is whole, or nothing opens (S091). Any other has, for each form it offers, the words of
/// consent, of hard parts, of support and of last pages, all of them reviewed (S092), and its questions but for the
/// `fallback` per cent that may be shown in the source language; hints may be absent. Where it has not, it is not
/// offered (S091), and holds back nothing else.
///
/// The findings are those of [`crate::read`] and these. There is no gate to pass while an error stands, or a warning
/// that is not about a language the survey can do without.
pub fn gate(sources: &Sources, drafts: Drafts) -> (Option<Gate>, Vec<Finding>) {
    let mut read = match read_as_far(sources) {
        Ok(read) => read,
        Err(finding) => return (None, vec![*finding]),
    };
    let survey = &read.survey;
    let mut languages = Vec::new();
    let mut found = Vec::new();
    for offered in survey.all_offered() {
        let judged = language::judge(survey, &offered.language, sources, drafts, &read.places);
        languages.push(judged.passage);
        found.extend(judged.findings);
    }
    let offered = |language: &&Language| survey.all_languages().contains(language);
    for absent in survey.official.iter().filter(|language| !offered(language)) {
        let says = format!("{} is official and not offered", absent.english_name());
        let finding = Finding::error("S091", read.places.of_path("survey:official"), says);
        found.push(finding.remedy(format!("add `{absent}` to `langs`, or take it out here")));
    }
    read.findings.extend(found);
    let is_shut = read.findings.iter().any(|finding| shuts(finding, &read.survey));
    let passed: Vec<Offered> = languages
        .iter()
        .filter(|passage| passage.is_offered())
        .map(|passage| Offered { language: passage.language.clone(), draft: passage.draft })
        .collect();
    let gate = Gate { survey: read.survey.offering(&passed), languages };
    ((!is_shut).then_some(gate), read.findings)
}

/// Whether a version must wait until this is mended or accepted.
fn shuts(finding: &Finding, survey: &Survey) -> bool {
    let file = finding.at.file.rsplit('/').next().unwrap_or_default();
    let tag = file.strip_suffix(".po");
    let is_official = tag.is_none_or(|tag| survey.official.iter().any(|language| language.tag() == tag));
    match finding.severity {
        Severity::Error => true,
        // As warnings these are said of languages only that are not official.
        Severity::Warning => is_official && !matches!(finding.code, "S080" | "S081" | "S091"),
        Severity::Hint => false,
    }
}
