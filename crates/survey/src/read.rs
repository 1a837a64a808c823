//! From the files an author wrote to a survey and everything that is wrong with them.

mod accept;
mod assemble;
mod choice;
mod draft;
mod form;
mod head;
mod inner;
mod insert;
mod list;
mod margin;
mod name;
mod notes;
mod option;
mod page;
mod places;
mod question;
mod rule;
mod set;
mod setting;
mod slip;
mod spoken;
mod used;
mod was;

use std::collections::BTreeMap;

/// Words as written, with their places.
pub(crate) use notation::Words as Written;
use notation::{Finding, Place, Severity, Sources};

use accept::Accepted;
pub(crate) use choice::{Drafted, MARKS};
pub(crate) use draft::{Draft, is_setting};
pub(crate) use form::Formed;
pub(crate) use notes::Notes;
pub(crate) use option::date;
pub(crate) use places::Places;
pub(crate) use question::Asked;
pub(crate) use rule::Ruled;
pub(crate) use used::beside;

use crate::{Survey, check, po, translation};

/// Read a survey from the files of its folder: `NAME.survey`, a `TAG.po` for each of its languages, and the tables
/// under `margins/`.
///
/// All findings come in one run, in the order of the files, each slip once. The survey is there when no finding is an
/// error.
///
/// # Example
/// ```
/// let text = "\
/// survey tiny
/// title Tiny
/// version 2027.1
/// source en
/// host Us
/// contact us@example.org
/// page main  Main
/// consent agree
///   ? Shall we?
///   - yes  Yes
///   - no  No  [end bye]
/// end bye  Bye
/// ";
/// let (survey, findings) = survey::read(&[("tiny.survey".to_owned(), text.to_owned())].into());
/// assert!(findings.is_empty());
/// assert_eq!(survey.expect("it was found whole").consent().id.as_str(), "agree");
/// ```
pub fn read(sources: &Sources) -> (Option<Survey>, Vec<Finding>) {
    handed_out(read_all(sources, translations).map(|read| read.beside_editions(sources).settled()))
}

/// Read a survey as [`read`] does, in its source language alone: whatever its translations lack, it is read.
pub fn read_source(sources: &Sources) -> (Option<Survey>, Vec<Finding>) {
    handed_out(read_all(sources, |_, _, _| Vec::new()).map(Read::settled))
}

/// The survey of files that were found whole once, whatever is said of them now.
pub(crate) fn read_anyway(sources: &Sources) -> Option<Survey> {
    read_all(sources, translations).ok().map(|read| read.survey)
}

/// The survey as far as it can be read, whole or not, with every finding [`read`] has and where things stand.
pub(crate) fn read_as_far(sources: &Sources) -> Result<Read, Box<Finding>> {
    read_all(sources, translations).map(|read| read.beside_editions(sources).settled())
}

/// A survey as far as it could be read, and what was found.
pub(crate) struct Read {
    /// The survey, whole or not.
    pub(crate) survey: Survey,
    /// Every finding, in the order of the files.
    pub(crate) findings: Vec<Finding>,
    /// Where its things are named.
    pub(crate) places: Places,
    /// Where its source words stand, by path.
    words: BTreeMap<String, Place>,
    /// What its author lets stand.
    accepted: Vec<Accepted>,
    file: String,
}

impl Read {
    /// Whether no finding is an error.
    pub(crate) fn is_whole(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// With what its published versions have to say; nothing where something of its own file is unreadable or
    /// forbidden, since that would seem to be gone.
    fn beside_editions(mut self, sources: &Sources) -> Read {
        let spoils =
            |finding: &Finding| finding.severity == Severity::Error && *finding.at.file == *self.file;
        let lacks_words = |finding: &Finding| matches!(finding.code, "S080" | "S081");
        if !self.findings.iter().any(|finding| spoils(finding) && !lacks_words(finding)) {
            self.findings.extend(check::editions(&self.survey, sources, &self.places, &self.words));
        }
        self
    }

    /// With each slip once, and without what may stand.
    fn settled(mut self) -> Read {
        let once = slip::each_once(std::mem::take(&mut self.findings), &self.file);
        self.findings = accept::accept(once, &self.accepted);
        self
    }
}

/// The survey when no finding is an error.
fn handed_out(read: Result<Read, Box<Finding>>) -> (Option<Survey>, Vec<Finding>) {
    match read {
        Ok(read) => (read.is_whole().then_some(read.survey), read.findings),
        Err(finding) => (None, vec![*finding]),
    }
}

/// How a survey is given the words of its other languages.
type Translate = fn(&mut Survey, &Draft<'_>, &Sources) -> Vec<Finding>;

/// An error where there is no file to read.
fn read_all(sources: &Sources, translate: Translate) -> Result<Read, Box<Finding>> {
    let mut files = sources.iter().filter(|(file, _)| is_own(file));
    let Some((file, text)) = files.next() else {
        let nowhere = Place { file: "".into(), start: 0, end: 0 };
        let finding = Finding::error("S011", nowhere, "there is no `.survey` file here");
        return Err(Box::new(finding.remedy("give the folder and the file in it the name of the survey")));
    };
    let (items, mut findings) = notation::read(file, text);
    for (other, _) in files {
        let at = Place { file: other.as_str().into(), start: 0, end: 0 };
        let says = format!("`{file}` stands in the same folder");
        findings.push(Finding::error("S005", at, says).remedy("a folder holds one survey: move one of them"));
    }
    let items = head::set_right(items, &findings);
    let mut draft = Draft::read(file, &items, sources);
    draft.notes.findings.append(&mut findings);
    let (margins, found) = margin::read_margins(sources);
    draft.notes.findings.extend(found);
    draft.read_conditions();
    insert::resolve(&mut draft);
    check::check(&mut draft, &margins);
    let accepted: Vec<_> = draft.questions.iter().flat_map(|asked| asked.accepted.clone()).collect();
    let places = Places::of(&draft);
    let mut survey = assemble::assemble(&mut draft, margins);
    set::keep_written(&mut survey);
    let mut findings = std::mem::take(&mut draft.notes.findings);
    findings.extend(translate(&mut survey, &draft, sources));
    set::fill_in(&mut survey);
    findings.extend(spoken::recordings(&survey, &draft, sources));
    let words = std::mem::take(&mut draft.notes.places);
    Ok(Read { survey, findings, places, words, accepted, file: file.clone() })
}

/// Whether a file is the survey of this folder, and not of one beside it.
pub(crate) fn is_own(file: &str) -> bool {
    file.ends_with(".survey") && !file.starts_with("../")
}

/// Read the PO file of every language and give the survey its words.
fn translations(survey: &mut Survey, draft: &Draft<'_>, sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages: Vec<_> = survey.all_languages().into_iter().skip(1).cloned().collect();
    let english = translation::English::of(survey, survey.words());
    for language in languages {
        let file = format!("{language}.po");
        let Some(text) = sources.get(&file) else {
            let says = format!("there is no `{file}` beside the survey");
            let at = draft.language_place(language.tag());
            let remedy = "add the file, or take the language out of `langs`";
            let is_official = survey.official.contains(&language);
            findings.push(translation::lacking(is_official, "S080", at, says).remedy(remedy));
            continue;
        };
        findings.extend(notation::hidden(&file, text));
        let (po, found) = po::read(&file, text);
        findings.extend(found);
        let places = &draft.notes.places;
        findings.extend(translation::translate_with(survey, &language, &po, &english, places));
    }
    findings.extend(taken_over(survey, draft, sources));
    findings
}

/// Give the lists taken over the words they have where they come from; S080 where they lack a language.
fn taken_over(survey: &mut Survey, draft: &Draft<'_>, sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages: Vec<_> = survey.all_languages().into_iter().skip(1).cloned().collect();
    for used in &draft.used {
        for language in &languages {
            let file = beside(&used.taken.survey, &format!("{language}.po"));
            let po = sources.get(&file).map(|text| po::read(&file, text).0);
            for (list, at) in used.taken.lists.iter().zip(&used.at) {
                if !translation::take_over(survey, language, list, po.as_ref()) {
                    let (name, from) = (language.english_name(), &used.taken.survey);
                    let says = format!("the list `{list}` of `{from}` is not whole in {name}");
                    let remedy = format!("translate it there: soundings translate status surveys/{from}");
                    let is_official = survey.official.contains(language);
                    findings.push(translation::lacking(is_official, "S080", at.clone(), says).remedy(remedy));
                }
            }
        }
    }
    findings
}
