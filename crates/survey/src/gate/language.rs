//! One language before the gate.

use std::collections::BTreeSet;

use notation::{Finding, Place, Sources};

use super::{Drafts, Passage};
use crate::{
    Form, Language, Survey, Words,
    po::{self, Po},
    read::Places,
    translation::{State, phrases, state},
};

/// A language with what was found.
pub(super) struct Judged {
    pub(super) passage: Passage,
    pub(super) findings: Vec<Finding>,
}

/// What is judged: a language of a survey with its file.
struct Judge<'j> {
    survey: &'j Survey,
    language: &'j Language,
    text: Option<&'j str>,
    po: Option<Po<'j>>,
    at: Place,
}

pub(super) fn judge(
    survey: &Survey,
    language: &Language,
    sources: &Sources,
    drafts: Drafts,
    places: &Places,
) -> Judged {
    let official = survey.official.contains(language);
    let mut passage = Passage { language: language.clone(), official, draft: false, held_back: Vec::new() };
    if *language == survey.source {
        return Judged { passage, findings: Vec::new() };
    }
    let file = format!("{language}.po");
    let text = sources.get(&file).map(String::as_str);
    let po = text.map(|text| po::read(&file, text).0);
    let judge = Judge { survey, language, text, po, at: places.of_path(&format!("langs:{language}")) };
    let mut findings = Vec::new();
    match official {
        true => findings.extend(judge.is_whole()),
        false => {
            passage.held_back = judge.lacks();
            findings.extend(judge.is_short(&passage.held_back));
        }
    }
    let unread = judge.is_unread();
    passage.draft = unread.is_some();
    // First the words, then their reader.
    let is_whole = passage.held_back.is_empty();
    if let Some(finding) = unread.filter(|_| drafts == Drafts::HeldBack && is_whole) {
        passage.held_back.push(finding.says.clone());
        findings.push(finding);
    }
    Judged { passage, findings }
}

impl Judge<'_> {
    /// S091 of an official language.
    fn is_whole(&self) -> Option<Finding> {
        let words = self.survey.words_for(self.language);
        let missing: BTreeSet<&str> = words
            .iter()
            .filter(|words| !words.speaks(self.language))
            .map(|words| words.path.as_str())
            .collect();
        let name = self.language.english_name();
        let texts = if missing.len() == 1 { "text" } else { "texts" };
        let says = format!("{name} is official and {} {texts} short", missing.len());
        let remedy =
            format!("write what is missing: soundings translate extract, then `{}.po`", self.language);
        (!missing.is_empty()).then(|| Finding::error("S091", self.at.clone(), says).remedy(remedy))
    }

    /// S091 of any other.
    fn is_short(&self, lacks: &[String]) -> Option<Finding> {
        let says = format!("{} will not be offered: {}", self.language.english_name(), lacks.join("; "));
        let remedy = "translate the rest, or let more questions fall back: `fallback N`";
        (!lacks.is_empty()).then(|| Finding::warning("S091", self.at.clone(), says).remedy(remedy))
    }

    /// What it lacks in each form it offers.
    fn lacks(&self) -> Vec<String> {
        let offers = |form: &&Form| form.languages.iter().any(|offered| offered.language == *self.language);
        let whole = self.survey.language(self.language.tag()).map(|_| self.lacks_in(None));
        let forms = self.survey.forms.iter().filter(offers).map(|form| self.lacks_in(Some(form)));
        whole.into_iter().chain(forms).flatten().collect()
    }

    fn lacks_in(&self, form: Option<&Form>) -> Vec<String> {
        let of = form.map_or(String::new(), |form| format!(" of `{}`", form.id));
        let mut lacks = Vec::new();
        let silent: Vec<&Words> =
            self.vital(form).into_iter().filter(|words| !words.speaks(self.language)).collect();
        if let Some(first) = silent.first() {
            let and = match silent.len() {
                1 => String::new(),
                more => format!(" and {} more", more - 1),
            };
            lacks.push(format!("`{}`{and}{of} must be there and is not", first.path));
        }
        let asked: Vec<_> = self
            .survey
            .questions()
            .map(|(_, question)| question)
            .filter(|question| {
                question.is_shown() && form.is_none_or(|form| self.survey.keeps(&form.id, question))
            })
            .collect();
        let fall_back = asked
            .iter()
            .filter(|question| self.survey.language_of(question, self.language) != self.language)
            .count();
        if fall_back * 100 > asked.len() * usize::from(self.survey.fallback) {
            let (all, percent) = (asked.len(), self.survey.fallback);
            lacks.push(format!(
                "{fall_back} of {all} questions{of} are not whole, and {percent} % may fall back"
            ));
        }
        lacks
    }

    /// The words that are never shown in another language: those people agree to, and those that protect them.
    fn vital(&self, form: Option<&Form>) -> Vec<&Words> {
        let survey = self.survey;
        let kept = |page: &&crate::Page| {
            form.is_none_or(|form| page.questions.iter().any(|question| survey.keeps(&form.id, question)))
        };
        let first_page =
            [Some(&survey.title), Some(&survey.host), survey.eligible.as_ref(), Some(&survey.contact)];
        let mut vital: Vec<&Words> = first_page.into_iter().flatten().collect();
        vital.extend(survey.ethics.iter().chain(&survey.draw));
        let consent = survey.questions().map(|(_, question)| question);
        let consent = consent.filter(|question| matches!(question.kind, crate::Kind::Consent { .. }));
        for question in consent {
            vital.extend(&question.asks);
            vital.extend(question.choices().iter().map(|choice| &choice.words));
        }
        for page in survey.pages.iter().filter(kept) {
            vital.extend(page.sensitive.iter().chain(&page.support));
        }
        for end in &survey.ends {
            vital.push(&end.title);
            vital.extend(end.says.iter().chain(&end.support));
        }
        vital
    }

    /// S092: its file calls itself a draft, or vital words have no reviewer.
    fn is_unread(&self) -> Option<Finding> {
        let po = self.po.as_ref()?;
        let name = self.language.english_name();
        if po.header("X-Soundings-State") == Some("draft") {
            let remedy = "when somebody whose first language it is has read it, take `X-Soundings-State` out";
            let at = self.state_line(po)?;
            let finding = Finding::warning("S092", at, format!("this {name} calls itself a draft"));
            return Some(finding.remedy(remedy));
        }
        let vital: BTreeSet<&str> = self.vital(None).into_iter().map(|words| words.path.as_str()).collect();
        let phrases = phrases(self.survey, self.language);
        let unread =
            phrases.iter().filter(|phrase| vital.contains(phrase.words.path.as_str())).filter_map(|phrase| {
                let entry = po.get(&phrase.words.path);
                entry.filter(|_| state(phrase, entry) == State::Unreviewed)
            });
        let unread: Vec<&po::Entry<'_>> = unread.collect();
        let first = unread.first()?.msgctxt.as_ref()?;
        let and = match unread.len() {
            1 => "has".to_owned(),
            more => format!("and {} more have", more - 1),
        };
        let says = format!("`{}` {and} no reviewer in {name}", first.text);
        let remedy = "the words of consent, of hard parts, of support and of last pages want a reader whose first \
                      language it is: send the sheet out and return it with its Reviewer column filled";
        Some(Finding::warning("S092", po.place(first), says).remedy(remedy))
    }

    /// Where the header says that it is a draft.
    fn state_line(&self, po: &Po<'_>) -> Option<Place> {
        let header = po.entries.iter().find(|entry| entry.is_header())?.msgstrs.first()?;
        let Place { file, start, end } = po.place(header);
        let within = self.text?.get(start..end)?.find("X-Soundings-State").map(|at| start + at);
        Some(within.map_or(po.place(header), |start| {
            let end = self
                .text
                .and_then(|text| text[start..].find(['\\', '"']))
                .map_or(end, |length| start + length);
            Place { file, start, end }
        }))
    }
}
