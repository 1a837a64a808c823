//! What the store gives back.

use std::collections::BTreeMap;

use survey::{Answers, Date, Fingerprint, FormId, Language};

use crate::{Mode, State};

/// A response as the person who gives it sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Where it stands.
    pub state: State,
    /// The definition it answers.
    pub version: Fingerprint,
    /// The form of it that is answered.
    pub form: FormId,
    /// How it comes in.
    pub mode: Mode,
    /// The language last used.
    pub language: Language,
    /// The code of the channel it came by.
    pub channel: Option<String>,
    /// What was accepted so far.
    pub answers: Answers,
    /// The pages sent so far, by name.
    pub drafts: BTreeMap<String, Draft>,
}

/// A page that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// How often it was written; the next form carries it.
    pub revision: u32,
    /// The raw pairs of fields refused or not yet looked at, as JSON.
    pub pairs: Option<String>,
}

/// A response as analysis sees it: without id, day or order.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The definition it answers.
    pub version: Fingerprint,
    /// The form of it that is answered.
    pub form: FormId,
    /// How it came in.
    pub mode: Mode,
    /// Where it stands.
    pub state: State,
    /// The language last used.
    pub language: Language,
    /// What was said.
    pub answers: Answers,
    /// How many pages were sent.
    pub pages: u32,
}

/// A definition that went to the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The survey's name.
    pub survey: String,
    /// Its wave and edition, as people read it.
    pub label: String,
    /// The definition with the words of every language, as canonical JSON.
    pub compiled: String,
    /// The day it was published here first.
    pub published_on: Date,
}

impl Response {
    /// All it says as one text: equal for two responses only if nothing tells them apart.
    pub(crate) fn content(&self) -> String {
        let mut content = self.language.tag().to_owned();
        for (question, answer) in &self.answers.given {
            content += &format!("\n{question} {}", answer.to_json());
        }
        for ((question, choice), words) in &self.answers.specified {
            content += &format!("\n{question} {choice} {words:?}");
        }
        content + &format!("\n{} {} {} {:?} {}", self.form, self.mode, self.state, self.version.0, self.pages)
    }
}
