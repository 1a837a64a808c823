//! Recordings: that each is there, and speaks the words of today (S093).

use notation::{Finding, Sources};

use super::draft::Draft;
use crate::{Fingerprint, Language, Question, Survey};

/// S093 of every question that says `audio`: `audio/TAG/spoken.txt` names what each recording speaks.
pub(super) fn recordings(survey: &Survey, draft: &Draft<'_>, sources: &Sources) -> Vec<Finding> {
    let spoken = survey
        .questions()
        .flat_map(|(_, question)| question.audio.iter().map(move |language| (question, language)));
    let check = |(question, language): (&Question, &Language)| {
        let (says, remedy) = stale(question, language, sources)?;
        let at = draft.audio_place(question.id.as_str(), language.tag());
        Some(Finding::warning("S093", at, says).remedy(remedy))
    };
    spoken.filter_map(check).collect()
}

/// What is wrong with one recording, and what to do.
fn stale(question: &Question, language: &Language, sources: &Sources) -> Option<(String, String)> {
    let (id, name) = (&question.id, language.english_name());
    let missing = ["opus", "m4a"]
        .map(|kind| format!("audio/{language}/{id}.{kind}"))
        .into_iter()
        .find(|file| !sources.contains_key(file));
    if let Some(file) = missing {
        let remedy = format!("record the question in {name}, or take `{language}` out here");
        return Some((format!("there is no `{file}`"), remedy));
    }
    let list = format!("audio/{language}/spoken.txt");
    let now = question.spoken(language).to_string();
    let line = format!("write `{id}  {now}` into `{list}`");
    let lines = sources.get(&list).map_or("", String::as_str).lines();
    let mut named = lines.rev().filter_map(|line| line.split_once(char::is_whitespace));
    match named.find(|(named, _)| *named == id.as_str()) {
        Some((_, fingerprint)) if fingerprint.trim() == now => None,
        Some(_) => {
            let says = format!("the {name} recording of `{id}` speaks older words");
            Some((says, format!("record it again, then {line}")))
        }
        None => {
            let says = format!("nobody says which words the {name} recording of `{id}` speaks");
            Some((says, format!("listen to it, then {line}")))
        }
    }
}

impl Question {
    /// The fingerprint of what a recording in this language speaks: the question, its hint, its rows and its choices.
    pub fn spoken(&self, language: &Language) -> Fingerprint {
        let words: Vec<&str> = self.words().into_iter().map(|words| words.text(language)).collect();
        Fingerprint::of(&words.join("\n"))
    }
}
