//! Pages and last pages.

use notation::{Finding, Item, Line, Place, near};

use super::{
    Written,
    inner::{or_else, twice},
    name,
    notes::Notes,
};
use crate::{End, Page, Words};

/// A page as read, before its condition and its questions are.
pub(crate) struct Titled<'t> {
    /// The page.
    pub(crate) page: Page,
    /// Where its name stands.
    pub(crate) at: Place,
    /// Its `when`.
    pub(crate) when: Option<Written<'t>>,
    /// Where it says `sensitive`.
    pub(crate) sensitive: Option<Place>,
    /// Some line of it could not be read.
    pub(crate) spoiled: bool,
}

/// A last page as read.
pub(crate) struct Last {
    /// The end.
    pub(crate) end: End,
    /// Where its name stands.
    pub(crate) at: Place,
}

/// Read a `page` item.
pub(super) fn read_page<'t>(item: &Item<'t>, notes: &mut Notes) -> Option<Titled<'t>> {
    let (name, at, title) = titled(item, notes)?;
    let (lines, spoiled) = lines(item, &["when", "sensitive", "support"], notes);
    let line = |word: &str| lines.iter().find(|line| line.word == word);
    let page = Page {
        id: name.as_str().into(),
        title,
        when: None,
        sensitive: line("sensitive").map(|line| words(line, format!("page.{name}:sensitive"), notes)),
        support: line("support").map(|line| words(line, format!("page.{name}:support"), notes)),
        questions: Vec::new(),
    };
    let when = line("when").map(|line| line.rest.clone());
    Some(Titled { page, at, when, sensitive: line("sensitive").map(|line| line.word_place()), spoiled })
}

/// Read an `end` item.
pub(super) fn read_end(item: &Item<'_>, notes: &mut Notes) -> Option<Last> {
    let (name, at, title) = titled(item, notes)?;
    let (lines, _) = lines(item, &["?", "support"], notes);
    let line = |word: &str| lines.iter().find(|line| line.word == word);
    let end = End {
        id: name.as_str().into(),
        title,
        says: line("?").map(|line| words(line, format!("end.{name}:says"), notes)),
        support: line("support").map(|line| words(line, format!("end.{name}:support"), notes)),
    };
    Some(Last { end, at })
}

/// The name and title of a page, end or form.
pub(super) fn titled(item: &Item<'_>, notes: &mut Notes) -> Option<(String, Place, Words)> {
    let kind = item.head.word;
    let (Some(id), words) = item.head.rest.first() else {
        let says = format!("this `{kind}` has no name");
        let finding = Finding::error("S008", item.head.place.clone(), says);
        notes.say(finding.remedy(format!("write `{kind} NAME Words`")));
        return None;
    };
    let at = item.head.rest.place_of(id);
    notes.findings.extend(name::check_name(id.text, at.clone()));
    if words.is_empty() {
        let says = format!("the {kind} `{}` has no title", id.text);
        notes.say(Finding::error("S004", at.clone(), says).remedy("write what people read after the name"));
    }
    let title = notes.words(format!("{kind}.{}", id.text), &words);
    Some((id.text.to_owned(), at, title))
}

fn words(line: &Line<'_>, path: String, notes: &mut Notes) -> Words {
    if line.rest.is_empty() {
        let says = format!("`{}` says nothing", line.word);
        notes.say(
            Finding::error("S004", line.place.clone(), says).remedy("write its words, or delete the line"),
        );
    }
    notes.words(path, &line.rest)
}

/// The lines of an item that it may have, each once, and whether there were others.
pub(super) fn lines<'i, 't>(
    item: &'i Item<'t>,
    known: &[&str],
    notes: &mut Notes,
) -> (Vec<&'i Line<'t>>, bool) {
    let mut lines: Vec<&Line<'t>> = Vec::new();
    let mut spoiled = false;
    for line in &item.body {
        let earlier = lines.iter().find(|earlier| earlier.word == line.word);
        if let Some(first) = earlier {
            notes.say(twice(line, first));
        } else if known.contains(&line.word) {
            lines.push(line);
        } else {
            spoiled = true;
            notes.say(unknown(line, item.head.word, known));
        }
    }
    (lines, spoiled)
}

fn unknown(line: &Line<'_>, kind: &str, known: &[&str]) -> Finding {
    let says = format!("`{}` is not a line of `{kind}`", line.word);
    let list: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    let sentence = line.word.starts_with(|first: char| first.is_uppercase() || !first.is_ascii());
    if sentence && known.contains(&"?") {
        let finding = Finding::error("S003", line.word_place(), "this line has no sign");
        let fix = Some(format!("? {}", line.word));
        return Finding { fix, ..finding.remedy("did the line lose its `?`") };
    }
    let remedy = match line.word {
        "relevant" | "relevent" | "relevance" => "here it is `when`".to_owned(),
        _ => format!("the lines of `{kind}` are {}", list.join(", ")),
    };
    let words = known.iter().copied().filter(|word| word.len() > 1);
    or_else(Finding::error("S002", line.word_place(), says), near(line.word, words), &remedy)
}
