//! Words that a partnership fills in: `set region Waterloo Region`, printed by `{region}`.

use notation::{Finding, Item, Place};

use super::{name, notes::Notes};
use crate::{Survey, Words};

/// Read a `set` item: its name, where that stands, and its words.
pub(super) fn read_set(item: &Item<'_>, notes: &mut Notes) -> Option<(String, Place, Words)> {
    let (Some(id), words) = item.head.rest.first() else {
        let finding = Finding::error("S008", item.head.place.clone(), "this `set` has no name");
        notes.say(finding.remedy("write `set NAME WORDS`"));
        return None;
    };
    let at = item.head.rest.place_of(id);
    notes.findings.extend(name::check_name(id.text, at.clone()));
    if words.is_empty() {
        let says = format!("`{}` has no words", id.text);
        let remedy = "write after the name what `{name}` prints";
        notes.say(Finding::error("S004", at.clone(), says).remedy(remedy));
    }
    for line in &item.body {
        let finding = Finding::error("S009", line.word_place(), "`set` has no lines of its own");
        notes.say(finding.remedy("to continue the line above, indent by four spaces"));
    }
    let words = notes.words(format!("set.{}", id.text), &words);
    Some((id.text.to_owned(), at, words))
}

/// Keep, in every text that prints words of a `set`, what translators translate.
pub(super) fn keep_written(survey: &mut Survey) {
    let braced: Vec<String> = survey.sets.keys().map(|name| format!("{{{name}}}")).collect();
    if braced.is_empty() {
        return;
    }
    let prints = |text: &str| braced.iter().any(|each| text.contains(each.as_str()));
    for words in survey.words_mut().into_iter().filter(|words| !words.path.starts_with("set.")) {
        let one = words.plural.as_ref().and_then(|plural| plural.one.as_deref());
        if prints(&words.source) || one.is_some_and(prints) {
            words.written = Some(Box::new(words.clone()));
        }
    }
}

/// Put the words of every `set` where they are printed, in every language that has both.
///
/// A translation in a language that lacks the words of the `set` is dropped: nobody reads two languages in one sentence.
pub(super) fn fill_in(survey: &mut Survey) {
    let sets = std::mem::take(&mut survey.sets);
    for words in survey.words_mut().into_iter().filter(|words| words.written.is_some()) {
        // By now the words have their translations, which print the same names.
        words.written = None;
        words.written = Some(Box::new(words.clone()));
        for (name, set) in &sets {
            fill_one(words, &format!("{{{name}}}"), set);
        }
    }
    survey.sets = sets;
}

fn fill_one(words: &mut Words, braced: &str, set: &Words) {
    if !words.source.contains(braced) {
        return;
    }
    words.source = words.source.replace(braced, &set.source);
    words.translations.retain(|language, text| !text.contains(braced) || set.speaks(language));
    for (language, text) in &mut words.translations {
        *text = text.replace(braced, set.text(language));
    }
    let Some(plural) = &mut words.plural else { return };
    if let Some(one) = &mut plural.one {
        *one = one.replace(braced, &set.source);
    }
    plural.forms.retain(|language, _| words.translations.contains_key(language));
    for (language, (_, forms)) in &mut plural.forms {
        forms.iter_mut().for_each(|form| *form = form.replace(braced, set.text(language)));
    }
}
