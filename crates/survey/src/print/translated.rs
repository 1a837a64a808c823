//! The PO files of a survey, with the words it has in each language.

use std::borrow::Cow;
use std::collections::BTreeMap;

use notation::Sources;

use super::item::lists;
use crate::po::{self, Entry, Po, Text};
use crate::{Language, Offered, Survey, Words, read::beside, translation};

/// A PO file for each language, and one beside each survey that lists are taken over from.
pub(super) fn files(survey: &Survey) -> Sources {
    let mut sources = Sources::new();
    for offered in survey.all_offered().into_iter().filter(|each| each.language != survey.source) {
        let language = &offered.language;
        sources.insert(format!("{language}.po"), own(survey, offered));
        for used in &survey.uses {
            let file = beside(&used.survey, &format!("{language}.po"));
            sources.insert(file, taken_over(survey, &used.lists, language));
        }
    }
    sources
}

fn own(survey: &Survey, offered: &Offered) -> String {
    let language = &offered.language;
    let mut words: BTreeMap<&str, &Words> = BTreeMap::new();
    for each in survey.words() {
        words.entry(&each.path).or_insert(each);
    }
    let mut po = translation::extract(survey, language, None);
    for entry in &mut po.entries {
        if entry.is_header() && !offered.draft {
            let fields = entry.msgstrs[0].text.replace("X-Soundings-State: draft\n", "");
            entry.msgstrs[0].text = Cow::Owned(fields);
        }
        let path = entry.path().unwrap_or_default().to_owned();
        if let Some(words) = words.get(path.as_str()) {
            put(entry, words, language);
        }
    }
    po::write(&po)
}

fn put(entry: &mut Entry<'_>, words: &Words, language: &Language) {
    let written = words.as_written();
    let forms = written.plural.as_ref().and_then(|plural| plural.forms.get(language));
    let texts = match (forms, written.translations.get(language)) {
        (Some((_, forms)), _) => forms.clone(),
        (None, Some(text)) => vec![text.clone()],
        (None, None) => return,
    };
    entry.msgstrs = texts.into_iter().map(Text::new).collect();
}

fn taken_over(survey: &Survey, names: &[String], language: &Language) -> String {
    let all = lists(survey);
    let lists = names.iter().filter_map(|name| all.get(name.as_str()));
    let choices = lists.flat_map(|list| list.choices.iter());
    let words = choices.flat_map(|choice| std::iter::once(&choice.words).chain(&choice.short));
    let entries = words.filter_map(|words| {
        let text = words.as_written().translations.get(language)?;
        Some(Entry {
            msgctxt: Some(Text::new(words.path.clone())),
            msgid: Some(Text::new(words.msgid().to_owned())),
            msgstrs: vec![Text::new(text.clone())],
            ..Entry::default()
        })
    });
    po::write(&Po::new(format!("{language}.po").into(), entries.collect(), Vec::new()))
}
