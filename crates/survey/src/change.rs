//! What changed between two editions, and what that does to the answers given before.

mod base;
mod choice;
mod order;
mod question;
mod range;
mod setting;
mod words;

use std::collections::BTreeMap;

use crate::{Language, Question, QuestionId, Renames, Survey, Words};

/// What a change does to the answers that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Answers mean what they meant.
    Safe,
    /// Answers can be counted together; somebody should know of the change.
    Note,
    /// Answers cannot be counted together: this needs a new wave.
    Break,
}

impl Class {
    /// Every class, the gravest first.
    pub const ALL: [Class; 3] = [Class::Break, Class::Note, Class::Safe];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Safe => "safe",
            Class::Note => "note",
            Class::Break => "break",
        }
    }
}

/// One difference between two editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it does to answers.
    pub class: Class,
    /// What changed: `pathway`, `pathway.refugee`, `pathway:when`, `survey:suppress`, `end.done`, `fr.po`.
    ///
    /// What has a new name stands under it, what is gone under its old one.
    pub path: String,
    /// What is different, in words.
    pub says: String,
    /// What to do where it breaks.
    pub(crate) remedy: Option<String>,
    /// What stands where something is gone.
    pub(crate) instead: Option<String>,
    /// Words became others.
    pub(crate) is_of_words: bool,
}

/// Every difference between two editions, in the order of the newer one; what is gone follows what stood before it.
pub fn changes(old: &Survey, new: &Survey) -> Vec<Change> {
    let mut compared = Compared { old, new, names: Renames::of(new), found: Vec::new() };
    compared.settings();
    compared.questions();
    compared.order();
    compared.forms_and_ends();
    compared.languages();
    compared.found
}

/// How much a change of words weighs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Whatever is written.
    Nothing,
    /// Up to a slip nothing, beyond it a note.
    Meaning,
    /// People agreed to exactly these words.
    Consent,
}

/// Two editions side by side, and what was found different so far.
struct Compared<'s> {
    old: &'s Survey,
    new: &'s Survey,
    names: Renames,
    found: Vec<Change>,
}

impl<'s> Compared<'s> {
    fn say(&mut self, class: Class, path: impl Into<String>, says: impl Into<String>) -> Option<&mut Change> {
        let (path, says) = (path.into(), says.into());
        // The choices of a shared list are met once for every question that uses it.
        if self.found.iter().any(|change| change.path == path && change.says == says) {
            return None;
        }
        self.found.push(Change { class, path, says, remedy: None, instead: None, is_of_words: false });
        self.found.last_mut()
    }

    fn breaks(
        &mut self,
        path: impl Into<String>,
        says: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Option<&mut Change> {
        let change = self.say(Class::Break, path, says)?;
        change.remedy = Some(remedy.into());
        Some(change)
    }

    /// What became of a question.
    fn heir(&self, old: &Question) -> Option<&'s Question> {
        let is_heir = |new: &&Question| new.id == old.id || new.was.contains(&old.id);
        self.new.questions().map(|(_, question)| question).find(is_heir)
    }

    /// What a question was.
    fn origin(&self, new: &QuestionId) -> Option<&'s Question> {
        let mut old = self.old.questions().map(|(_, question)| question);
        old.find(|old| self.heir(old).is_some_and(|heir| heir.id == *new))
    }

    fn questions(&mut self) {
        let (old, new) = (self.old, self.new);
        let gone_first: Vec<&Question> = old
            .questions()
            .map(|(_, question)| question)
            .take_while(|old| self.heir(old).is_none())
            .collect();
        gone_first.into_iter().for_each(|question| self.gone(question));
        for (page, question) in new.questions() {
            let Some(origin) = self.origin(&question.id) else {
                self.say(Class::Safe, question.id.as_str(), "a new question");
                continue;
            };
            let before = old.page_of(&origin.id).and_then(|page| page.when.as_ref());
            self.question(origin, question, [before, page.when.as_ref()]);
            let after = old.questions().map(|(_, each)| each).skip_while(|each| each.id != origin.id).skip(1);
            let gone: Vec<&Question> = after.take_while(|old| self.heir(old).is_none()).collect();
            gone.into_iter().for_each(|question| self.gone(question));
        }
    }

    fn gone(&mut self, question: &Question) {
        let id = &question.id;
        if !question.is_answered() {
            self.say(Class::Safe, id.as_str(), "a note that is gone");
            return;
        }
        let remedy = format!(
            "write `was {id}` under the question that took its place if it means the same, else keep `{id}`"
        );
        let instead = self.stands_for(question).map(|question| question.id.to_string());
        if let Some(change) = self.breaks(id.as_str(), "the question is gone", remedy) {
            change.instead = instead;
        }
    }

    /// The new question that seems to stand for one that is gone: with its words, or else where it stood.
    fn stands_for(&self, gone: &Question) -> Option<&'s Question> {
        let all: Vec<&Question> = self.new.questions().map(|(_, question)| question).collect();
        let is_new = |question: &Question| self.origin(&question.id).is_none();
        let said = |question: &Question| question.asks.as_ref().map(|words| words.source.clone());
        let same_words = all.iter().find(|question| is_new(question) && said(question) == said(gone));
        let before = self.old.questions().map(|(_, question)| question).take_while(|each| each.id != gone.id);
        let before = before.filter_map(|each| self.heir(each)).last();
        let after = before.map_or(0, |before| all.iter().take_while(|each| each.id != before.id).count() + 1);
        same_words.or_else(|| all.get(after).filter(|question| is_new(question))).copied()
    }

    /// The number of translations that changed, by language; words that changed themselves are told elsewhere.
    fn languages(&mut self) {
        for language in self.new.all_languages().into_iter().filter(|each| **each != self.new.source) {
            let (file, name) = (format!("{language}.po"), language.english_name());
            if !self.old.all_languages().contains(&language) {
                self.say(Class::Safe, file, format!("{name} is new"));
                continue;
            }
            let changed = self.retranslated(language);
            if changed > 0 {
                let texts = if changed == 1 { "text" } else { "texts" };
                self.say(Class::Safe, file, format!("{changed} {texts} in {name} changed"));
            }
        }
        for language in self.old.all_languages() {
            if !self.new.all_languages().contains(&language) {
                let says = format!("{} is no longer offered", language.english_name());
                self.say(Class::Note, format!("{language}.po"), says);
            }
        }
    }

    fn retranslated(&self, language: &Language) -> usize {
        let before: BTreeMap<&str, &Words> =
            self.old.words().into_iter().map(|words| (words.path.as_str(), words)).collect();
        let now: BTreeMap<&str, &Words> =
            self.new.words().into_iter().map(|words| (words.path.as_str(), words)).collect();
        let said = |words: &Words| {
            let forms = words.plural.as_ref().and_then(|plural| plural.forms.get(language).cloned());
            (words.translations.get(language).cloned(), forms)
        };
        now.iter().filter(|(path, new)| before.get(*path).is_some_and(|old| said(old) != said(new))).count()
    }
}
