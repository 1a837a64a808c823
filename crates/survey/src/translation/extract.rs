//! A PO file brought up to the survey of today: nothing in it is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::fits;
use super::header::header;
use super::phrase::{Phrase, earlier, phrases};
use super::plural::plurals_of;
use crate::po::{Entry, Plurals, Po, Text};
use crate::{Language, Survey};

/// The file of a language in the survey's order, with an entry for every text.
///
/// Same path and English: kept. English changed: kept as `fuzzy`, the earlier English behind `#|`. Path gone: kept
/// behind `#~`, and taken up again should the path come back. A text that is said of a number has a `msgstr` for each
/// plural form of the language; one that no longer is keeps the form for most numbers, and the others behind `#~`.
/// `was` carries a translation to its new path. `#.` says where each text appears. Extracting twice is
/// extracting once.
///
/// # Example
/// ```
/// # let text = "survey tiny\ntitle Tiny\nversion 2027.1\nsource en\nhost Us\ncontact us@example.org\n\
/// # page main  Main\nconsent agree\n  ? Shall we?\n  - yes  Yes\n  - no  No  [end bye]\nend bye  Bye\n";
/// # let (survey, _) = survey::read(&[("tiny.survey".to_owned(), text.to_owned())].into());
/// # let survey = survey.unwrap();
/// let french = survey::Language::of_tag("fr").unwrap();
/// let po = survey::translation::extract(&survey, &french, None);
/// assert!(survey::po::write(&po).contains("msgctxt \"agree\"\nmsgid \"Shall we?\"\nmsgstr \"\"\n"));
/// ```
pub fn extract<'t>(survey: &'t Survey, language: &Language, old: Option<&Po<'t>>) -> Po<'t> {
    let plurals = plurals_of(old, language);
    let mut old = Old::new(old);
    let mut entries = vec![old.header().unwrap_or_else(|| header(survey, language))];
    for phrase in phrases(survey, language) {
        let path = &phrase.words.path;
        let paths = std::iter::once(path.clone()).chain(earlier(survey, path));
        let kept = paths.into_iter().find_map(|path| old.take(&path, &phrase));
        let forms = match phrase.words.msgid_plural() {
            Some(_) => plurals.as_ref().map_or(1, Plurals::count),
            None => 1,
        };
        entries.push(brought_up(kept.unwrap_or_default(), &phrase, forms));
    }
    entries.extend(old.retired());
    let trailing = old.po.map_or_else(Vec::new, |po| po.trailing.clone());
    Po::new(format!("{language}.po").into(), entries, trailing)
}

/// The entries of the earlier file, and which of them found a place in the new one.
struct Old<'p, 't> {
    po: Option<&'p Po<'t>>,
    by_path: BTreeMap<&'p str, Vec<usize>>,
    taken: BTreeSet<usize>,
}

impl<'p, 't> Old<'p, 't> {
    fn new(po: Option<&'p Po<'t>>) -> Old<'p, 't> {
        let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, entry) in po.into_iter().flat_map(|po| &po.entries).enumerate() {
            by_path.entry(entry.path().unwrap_or_default()).or_default().push(place);
        }
        Old { po, by_path, taken: BTreeSet::new() }
    }

    fn entries(&self) -> &'p [Entry<'t>] {
        self.po.map_or(&[], |po| &po.entries)
    }

    fn header(&mut self) -> Option<Entry<'t>> {
        let place = self.entries().iter().position(Entry::is_header)?;
        self.taken.insert(place);
        Some(self.entries()[place].clone())
    }

    /// The entry of this path that fits best: in use before retired, then made for these words, then the last.
    fn take(&mut self, path: &str, phrase: &Phrase<'_>) -> Option<Entry<'t>> {
        let same_path = self.by_path.get(path)?;
        let entries = self.entries();
        let fit = |place: &usize| {
            let entry = &entries[*place];
            (!entry.obsolete, fits(entry, phrase.words), entry.english() == phrase.words.msgid())
        };
        let best = *same_path.iter().max_by_key(|place| fit(place))?;
        let mut entry = entries[best].clone();
        match entry.msgstrs.pop() {
            // The other forms are kept with the retired ones.
            Some(last) if phrase.words.plural.is_none() && !entry.msgstrs.is_empty() => {
                entry.msgstrs = vec![last];
            }
            last => {
                entry.msgstrs.extend(last);
                self.taken.insert(best);
            }
        }
        Some(entry)
    }

    fn retired(&self) -> impl Iterator<Item = Entry<'t>> {
        let left = self.entries().iter().enumerate().filter(|(place, _)| !self.taken.contains(place));
        left.map(|(_, entry)| Entry { obsolete: true, extracted: Vec::new(), ..entry.clone() })
    }
}

/// An entry with the English of today and as many forms as the language needs for it.
fn brought_up<'t>(mut entry: Entry<'t>, phrase: &Phrase<'t>, forms: usize) -> Entry<'t> {
    let words = phrase.words;
    let is_new = entry.msgid.is_none();
    let is_translated = entry.msgstrs.iter().any(|form| !form.text.trim().is_empty());
    let fits = !is_new && fits(&entry, words);
    entry.obsolete = false;
    entry.msgctxt = Some(Text::new(words.path.as_str()));
    entry.extracted = vec![phrase.appears.clone().into()];
    while entry.msgstrs.len() < forms {
        entry.msgstrs.push(Text::new(""));
    }
    if fits {
        return entry;
    }
    let earlier = entry.msgid.replace(Text::new(words.msgid()));
    let plural = std::mem::replace(&mut entry.msgid_plural, words.msgid_plural().map(Text::new));
    if is_translated {
        // What was fuzzy before was made for still older words.
        if entry.previous.msgid.is_none() {
            entry.previous.msgid = earlier;
            entry.previous.msgid_plural = plural;
        }
        if !entry.is_fuzzy() {
            entry.flags.insert(0, "fuzzy".into());
        }
    }
    entry
}
