//! A survey as far as it could be read: what is unreadable is remembered, so that nothing else complains of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use notation::{Finding, Item, Line, Place, Sources, near};

use super::{
    form::{Formed, read_form},
    inner::twice,
    list::{List, read_list},
    notes::Notes,
    page::{Last, Titled, read_end, read_page},
    question::{Asked, Before, TYPES, read_question},
    set::read_set,
    setting::{SETTINGS, Settings, read_settings, said},
    used::{Used, read_use},
};
use crate::{Missing, Words, expression};

/// Items that are neither settings nor questions.
pub(super) const OTHERS: &[&str] = &["missing", "list", "page", "end", "form", "set", "use"];

/// Words of other systems, with the word that is used here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("select_one", "one"),
    ("select_multiple", "many"),
    ("select", "one"),
    ("radio", "one"),
    ("checkbox", "many"),
    ("checkboxes", "many"),
    ("integer", "number"),
    ("decimal", "number"),
    ("likert", "grid"),
    ("matrix", "grid"),
    ("section", "page"),
    ("group", "page"),
    ("begin_group", "page"),
    ("calculate", "calc"),
    ("choices", "list"),
    ("languages", "langs"),
];

/// What paths of words end in, behind the name of their item.
const PARTS: [&str; 9] =
    ["", ":hint", ":short", ":unit", ":check", ":warn", ":says", ":sensitive", ":support"];

/// A survey as read so far.
pub(crate) struct Draft<'t> {
    /// The file it stands in.
    file: Arc<str>,
    /// Findings and places.
    pub(crate) notes: Notes,
    /// The settings.
    pub(crate) settings: Settings<'t>,
    /// The words of the missing answers, and where each is named.
    pub(crate) missing: BTreeMap<Missing, (Words, Place)>,
    /// The lists.
    pub(crate) lists: Vec<List<'t>>,
    /// The pages.
    pub(crate) pages: Vec<Titled<'t>>,
    /// The questions in order.
    pub(crate) questions: Vec<Asked<'t>>,
    /// The last pages.
    pub(crate) ends: Vec<Last>,
    /// The forms.
    pub(crate) forms: Vec<Formed<'t>>,
    /// The words a partnership fills in, and where each is named.
    pub(crate) sets: BTreeMap<String, (Words, Place)>,
    /// Names of sets that some words print.
    pub(crate) printed: BTreeSet<String>,
    /// What is taken over from other surveys.
    pub(crate) used: Vec<Used<'t>>,
    /// The words of the settings that people read.
    pub(crate) said: BTreeMap<&'static str, Words>,
    /// Where each question says in which languages it is recorded.
    pub(crate) audio: BTreeMap<(String, String), Place>,
    /// Names that items which could not be read may have been about.
    pub(crate) unknown: BTreeSet<String>,
    /// Items that unknown words were probably meant for.
    pub(crate) meant: BTreeSet<&'static str>,
    /// Names that conditions mention, readable or not.
    pub(crate) mentioned: BTreeSet<String>,
}

impl<'t> Draft<'t> {
    /// Read every item.
    pub(super) fn read(file: &str, items: &[Item<'t>], sources: &'t Sources) -> Draft<'t> {
        let mut notes = Notes::default();
        let settings = read_settings(setting_lines(items, &mut notes), &mut notes);
        let mut draft = Draft {
            file: Arc::from(file),
            settings,
            notes,
            missing: BTreeMap::new(),
            lists: Vec::new(),
            pages: Vec::new(),
            questions: Vec::new(),
            ends: Vec::new(),
            forms: Vec::new(),
            sets: BTreeMap::new(),
            printed: BTreeSet::new(),
            used: Vec::new(),
            audio: BTreeMap::new(),
            said: BTreeMap::new(),
            unknown: BTreeSet::new(),
            meant: BTreeSet::new(),
            mentioned: BTreeSet::new(),
        };
        draft.read_said();
        items.iter().for_each(|item| draft.shared(item, sources));
        items.iter().for_each(|item| draft.asked(item));
        draft
    }

    fn read_said(&mut self) {
        for word in ["title", "host", "eligible", "contact", "ethics"] {
            let line = self.settings.lines.get(word).filter(|line| !line.rest.is_empty());
            let words = line.map(|line| self.notes.words(format!("survey:{word}"), &line.rest));
            self.said.extend(words.map(|words| (word, words)));
        }
    }

    /// What questions refer to from anywhere: lists, ends, the words of missing answers, and what is unreadable.
    fn shared(&mut self, item: &Item<'t>, sources: &'t Sources) {
        match item.head.word {
            "missing" => self.missing(item),
            "list" => match read_list(item, &mut self.notes) {
                Some(list) => self.lists.push(list),
                None => self.meant.extend(["list"]),
            },
            "end" => match read_end(item, &mut self.notes) {
                Some(end) => self.ends.push(end),
                None => self.meant.extend(["end"]),
            },
            "form" => match read_form(item, &self.settings.languages, &mut self.notes) {
                Some(form) => self.forms.push(form),
                None => self.meant.extend(["form"]),
            },
            "set" => self.set(item),
            "use" => match read_use(item, sources, &mut self.notes) {
                Some(used) => {
                    self.unknown.extend(used.unknown.iter().cloned());
                    self.used.push(used);
                }
                None => self.meant.extend(["list"]),
            },
            word if is_known(word) => {}
            _ => self.unknown(item),
        }
    }

    fn asked(&mut self, item: &Item<'t>) {
        let word = item.head.word;
        if word == "page" {
            match read_page(item, &mut self.notes) {
                Some(page) => self.pages.push(page),
                None => self.meant.extend(["page"]),
            }
        } else if TYPES.contains(&word) {
            if self.pages.is_empty() && self.questions.is_empty() && !self.meant.contains("page") {
                let finding = Finding::error("S009", item.head.word_place(), "no page is open here");
                self.notes.say(finding.remedy("write `page NAME Title` above the first question"));
            }
            let taken = self.used.iter().flat_map(|used| &used.lists);
            let lists: Vec<&List<'t>> = self.lists.iter().chain(taken).collect();
            let before = Before {
                lists: &lists,
                asked: &self.questions,
                unknown: &self.unknown,
                allow: &self.settings.allow,
                suppress: self.settings.suppress,
                languages: &self.settings.languages,
                page: self.pages.len().saturating_sub(1),
            };
            match read_question(item, &before, &mut self.notes) {
                Some(asked) => {
                    let line = asked.lines.get("audio");
                    let tags = line.iter().flat_map(|line| line.rest.tokens());
                    let places = tags.map(|tag| (tag.text.to_owned(), tag.place(&self.file)));
                    let id = asked.question.id.to_string();
                    self.audio.extend(places.map(|(tag, at)| ((id.clone(), tag), at)));
                    self.questions.push(asked);
                }
                None => self.meant.extend(TYPES.iter().find(|kind| **kind == word)),
            }
        }
    }

    fn set(&mut self, item: &Item<'t>) {
        let Some((name, at, words)) = read_set(item, &mut self.notes) else {
            self.meant.insert("set");
            return;
        };
        if let Some((_, first)) = self.sets.get(&name) {
            let finding = Finding::error("S005", at, format!("the name `{name}` is taken by another set"));
            let finding = finding.remedy("every set needs a name of its own");
            return self.notes.say(finding.also(first.clone(), "first here"));
        }
        self.sets.insert(name, (words, at));
    }

    /// The list of this name: the survey's own, or one it takes over.
    pub(crate) fn list(&self, name: &str) -> Option<&List<'t>> {
        let taken = self.used.iter().flat_map(|used| &used.lists);
        self.lists.iter().chain(taken).find(|list| list.name == name)
    }

    fn missing(&mut self, item: &Item<'t>) {
        let (Some(code), words) = item.head.rest.first() else {
            let says = "this line does not say which missing answer";
            let finding = Finding::error("S004", item.head.place.clone(), says);
            return self.notes.say(finding.remedy("write `missing prefer_not Prefer not to say`"));
        };
        let Some(missing) = said(code, &item.head.rest, &mut self.notes) else {
            self.meant.insert("missing");
            for missing in Missing::ALL {
                self.notes.stands(&format!("missing.{}", missing.code()), item.head.place.clone());
            }
            return;
        };
        let at = item.head.rest.place_of(code);
        if words.is_empty() {
            let says = format!("`{}` has no words", code.text);
            self.notes
                .say(Finding::error("S004", at.clone(), says).remedy("write what people read after it"));
        }
        if let Some((_, first)) = self.missing.get(&missing) {
            let finding = Finding::error("S005", at, format!("`{}` is given twice", code.text));
            return self.notes.say(finding.remedy("keep one of the two").also(first.clone(), "first here"));
        }
        let words = self.notes.words(format!("missing.{}", code.text), &words);
        self.missing.insert(missing, (words, at));
    }

    /// S001; what the item may have been about is kept, so that nothing that refers to it is said besides.
    fn unknown(&mut self, item: &Item<'t>) {
        let word = item.head.word;
        let known = || TYPES.iter().chain(OTHERS).chain(SETTINGS);
        let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == word);
        let meant = elsewhere
            .and_then(|(_, here)| known().find(|known| *known == here))
            .or_else(|| near(word, known().copied()).and_then(|near| known().find(|known| **known == near)));
        self.meant.extend(meant);
        let what = if item.body.is_empty() { "an item of a survey" } else { "a question type" };
        let finding = Finding::error("S001", item.head.word_place(), format!("`{word}` is not {what}"));
        self.notes.say(match (elsewhere, meant) {
            (Some((_, here)), _) => {
                Finding { fix: Some((*here).to_owned()), ..finding.remedy(format!("here it is `{here}`")) }
            }
            (None, Some(near)) => finding.perhaps(Some(near)),
            (None, None) => {
                let types: Vec<_> = TYPES.iter().map(|kind| format!("`{kind}`")).collect();
                finding.remedy(format!("the question types are {}", types.join(", ")))
            }
        });
        self.keep_places(item);
    }

    fn keep_places(&mut self, item: &Item<'t>) {
        let (Some(name), _) = item.head.rest.first() else { return };
        self.unknown.insert(name.text.to_owned());
        let places = &mut self.notes;
        let at = item.head.place.clone();
        let owners = ["", "list.", "page.", "end.", "missing.", "form.", "set."]
            .map(|kind| format!("{kind}{}", name.text));
        for owner in &owners {
            for part in PARTS {
                places.stands(&format!("{owner}{part}"), at.clone());
            }
            for line in &item.body {
                let (Some(code), _) = line.rest.first() else { continue };
                places.stands(&format!("{owner}.{}", code.text), line.place.clone());
                places.stands(&format!("{owner}.{}:short", code.text), line.place.clone());
            }
        }
        if let Some(setting) = self.meant.iter().find(|meant| SETTINGS.contains(meant)) {
            places.stands(&format!("survey:{setting}"), at);
        }
    }

    /// Read the conditions of every page, question, choice and row against what is asked before each.
    pub(super) fn read_conditions(&mut self) {
        expression::read_conditions(self);
    }

    /// Where a language of the survey is named.
    pub(super) fn language_place(&self, tag: &str) -> Place {
        let of_survey = self.settings.lines.get("langs");
        let mut lines =
            of_survey.into_iter().chain(self.forms.iter().filter_map(|formed| formed.langs.as_ref()));
        let place = lines.find_map(|line| {
            let token = line.rest.tokens().into_iter().find(|token| token.text == tag)?;
            Some(line.rest.place_of(token))
        });
        place.unwrap_or_else(|| self.first_line())
    }

    /// Where a question says that it is recorded in a language.
    pub(super) fn audio_place(&self, id: &str, tag: &str) -> Place {
        self.audio.get(&(id.to_owned(), tag.to_owned())).cloned().unwrap_or_else(|| self.first_line())
    }

    /// The name of the survey on its first line: where what is missing as a whole is said.
    pub(crate) fn first_line(&self) -> Place {
        let line = self.settings.lines.get("survey");
        line.map_or(Place { file: Arc::clone(&self.file), start: 0, end: 0 }, |line| line.rest.place())
    }
}

/// Whether a word is a setting.
pub(crate) fn is_setting(word: &str) -> bool {
    SETTINGS.contains(&word)
}

fn is_known(word: &str) -> bool {
    TYPES.contains(&word) || OTHERS.contains(&word) || SETTINGS.contains(&word)
}

fn setting_lines<'t>(items: &[Item<'t>], notes: &mut Notes) -> BTreeMap<&'static str, Line<'t>> {
    let mut lines: BTreeMap<&'static str, Line<'t>> = BTreeMap::new();
    if let Some(first) = items.first().filter(|first| first.head.word != "survey") {
        let rest = items.iter().any(|item| item.head.word == "survey");
        let near_survey = near(first.head.word, ["survey"]).is_some();
        if rest || !near_survey {
            let says = "a survey begins with its name";
            let finding = Finding::error("S011", first.head.word_place(), says);
            notes.say(finding.remedy("write `survey NAME` on the first line"));
        }
    }
    for item in items {
        let Some(setting) = SETTINGS.iter().find(|setting| **setting == item.head.word) else { continue };
        if let Some(first) = lines.get(setting) {
            notes.say(twice(&item.head, first));
            continue;
        }
        lines.insert(setting, item.head.clone());
        for line in &item.body {
            let says = format!("`{}` has no lines of its own", item.head.word);
            let finding = Finding::error("S009", line.word_place(), says);
            notes.say(finding.remedy("to continue the line above, indent by four spaces"));
        }
    }
    lines
}
