//! A survey in the languages that are ready, for whoever looks at it while it is translated.

use notation::{Finding, Sources};

use crate::{Language, Survey, read, read_source};

/// A survey in those of its languages whose words have no error.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The survey; `None` where it cannot even be read in its source language.
    pub survey: Option<Survey>,
    /// The languages left out.
    pub left_out: Vec<Language>,
    /// Every finding of [`read`], those of the languages left out included.
    pub findings: Vec<Finding>,
}

/// Read a survey as [`read`] does, and leave out the languages whose words have errors.
pub fn read_ready(sources: &Sources) -> Ready {
    let (survey, findings) = read(sources);
    let Some(source) = read_source(sources).0.filter(|_| survey.is_none()) else {
        return Ready { survey, left_out: Vec::new(), findings };
    };
    let all: Vec<&Language> = source.all_languages().into_iter().skip(1).collect();
    let is_ready = |language: &&Language| read(&in_languages(sources, &all, &[language.tag()])).0.is_some();
    let (ready, left_out): (Vec<&Language>, Vec<&Language>) = all.iter().partition(|each| is_ready(each));
    let tags: Vec<&str> = ready.iter().map(|language| language.tag()).collect();
    let survey = read(&in_languages(sources, &all, &tags)).0;
    Ready { survey, left_out: left_out.into_iter().cloned().collect(), findings }
}

/// The files of a survey that is offered in these languages only, of all it names.
fn in_languages(sources: &Sources, all: &[&Language], tags: &[&str]) -> Sources {
    let is_out = |name: &str| {
        let tag = name.strip_suffix(".po");
        tag.is_some_and(|tag| all.iter().any(|each| each.tag() == tag) && !tags.contains(&tag))
    };
    let kept = sources.iter().filter(|(name, _)| !is_out(name));
    let text = |name: &str, text: &str| match name.ends_with(".survey") && !name.contains('/') {
        true => naming(text, tags),
        false => text.to_owned(),
    };
    kept.map(|(name, old)| (name.clone(), text(name, old))).collect()
}

/// A survey whose `langs` lines, and the lines that go on from them, name these languages only.
fn naming(text: &str, tags: &[&str]) -> String {
    let mut named = String::new();
    let mut in_langs = false;
    for line in text.split_inclusive('\n') {
        let goes_on = line.starts_with("    ");
        let begins = line.split_whitespace().next() == Some("langs");
        in_langs = begins || (in_langs && goes_on);
        if !in_langs {
            named.push_str(line);
            continue;
        }
        let words: Vec<&str> =
            line.split_whitespace().filter(|word| *word == "langs" || tags.contains(word)).collect();
        if words.len() > usize::from(begins) {
            let indent = &line[..line.len() - line.trim_start().len()];
            named.push_str(&format!("{indent}{}\n", words.join(" ")));
        }
    }
    named
}
