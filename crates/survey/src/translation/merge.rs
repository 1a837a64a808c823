//! What a translators' sheet brings, taken into a PO file: nothing that stands there is overwritten unseen.

mod insert;
mod judge;

use std::collections::BTreeMap;

use judge::{Stood, Verdict, judge};

use super::form::{Form, forms};
use super::phrase::{Phrase, earlier, phrases};
use crate::po::{Entry, Po, Previous, Text};
use crate::{Fingerprint, Language, Survey};

/// A row of a translators' sheet: one text, or one plural form of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 1, as people see it.
    pub number: u32,
    /// The path of the text, as `needs.work`.
    pub path: String,
    /// Which plural form, from 0; `None` for a text without plural forms.
    pub form: Option<usize>,
    /// The English it was translated from.
    pub english: String,
    /// The translation; empty where none was written.
    pub translation: String,
    /// The [`imprint`] of the translation the sheet was handed out with; `None` if the sheet does not say.
    pub before: Option<String>,
    /// What the translator noted, a line for each note.
    pub note: String,
    /// Who read the translation again; empty where nobody did.
    pub reviewer: String,
}

/// A PO file with the rows of a sheet in it, and what became of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The file, in the survey's order.
    pub po: Po<'static>,
    /// Rows taken where nothing stood, or nothing that fitted the English of today; those of `fuzzy` among them.
    pub new: usize,
    /// Rows taken in place of the translation they were handed out with.
    pub changed: usize,
    /// Rows that say what stands in the file, or were sent back as they were handed out.
    pub unchanged: usize,
    /// Texts somebody vouches for who did not before.
    pub reviewed: usize,
    /// Rows taken as doubtful, since they were made for earlier English.
    pub fuzzy: Vec<Told>,
    /// Rows that were not taken.
    pub refused: Vec<Told>,
}

/// What a person should know of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The number of the row.
    pub number: u32,
    /// Its ID in the sheet.
    pub id: String,
    /// What became of it, and what to do.
    pub says: String,
}

/// What stands for a translation in the sheet that hands it out; empty for an empty one.
pub fn imprint(translation: &str) -> String {
    match translation.trim() {
        "" => String::new(),
        text => Fingerprint::of(text).to_string(),
    }
}

/// Take the rows of a sheet into the file of a language, which is first brought up to the survey of today.
///
/// A row is taken if its English is the English now, and what stands in the file is what the sheet was handed out with.
/// Made for earlier English, it is taken as `fuzzy` where nothing stands. Whatever else stands there is kept, and the row
/// refused; so is a row with an insert lost or added. An empty cell changes nothing. Taking a sheet twice is taking it
/// once.
pub fn merge(survey: &Survey, language: &Language, old: Option<&Po<'_>>, rows: &[Row]) -> Merged {
    // A sheet is taken in once in a while: its file need not borrow from anything.
    let po = super::extract(survey, language, old).into_owned();
    let mut merged =
        Merged { po, new: 0, changed: 0, unchanged: 0, reviewed: 0, fuzzy: Vec::new(), refused: Vec::new() };
    let texts = Texts::of(survey, language);
    let mut of_texts: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        match texts.now(&row.path) {
            Some(path) => of_texts.entry(path).or_default().push(row),
            None if row.says_something() => merged.refuse(row, texts.unknown(&row.path)),
            None => {}
        }
    }
    for at in 0..merged.po.entries.len() {
        let path = merged.po.entries[at].path().filter(|_| !merged.po.entries[at].obsolete);
        if let Some((path, rows)) = path.and_then(|path| of_texts.remove_entry(path)) {
            merged.take(at, &rows, texts.pivots.get(path).copied());
        }
    }
    merged.refused.sort_by_key(|told| told.number);
    merged.fuzzy.sort_by_key(|told| told.number);
    merged
}

/// The texts of the survey of today.
struct Texts<'s> {
    /// Their paths, under these and under those they had before.
    now: BTreeMap<String, &'s str>,
    /// The inserts that plural texts depend on, by path.
    pivots: BTreeMap<&'s str, &'s str>,
}

impl<'s> Texts<'s> {
    fn of(survey: &'s Survey, language: &Language) -> Texts<'s> {
        let phrases = phrases(survey, language);
        let paths = || phrases.iter().map(|phrase| phrase.words.path.as_str());
        let before = paths().flat_map(|path| {
            let earlier = earlier(survey, path).into_iter();
            earlier.map(move |before| (before, path))
        });
        // What a path is now goes before what it once was.
        let now = before.chain(paths().map(|path| (path.to_owned(), path))).collect();
        let pivot = |phrase: &Phrase<'s>| {
            let pivot = phrase.words.inserts.get(phrase.words.plural.as_ref()?.pivot)?;
            Some((phrase.words.path.as_str(), pivot.written.as_str()))
        };
        Texts { now, pivots: phrases.iter().filter_map(pivot).collect() }
    }

    fn now(&self, path: &str) -> Option<&'s str> {
        self.now.get(path).copied()
    }

    fn unknown(&self, path: &str) -> String {
        let near = notation::near(path, self.now.values().copied());
        let remedy = near.map_or_else(
            || "the survey may have given the text up since".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        format!("nothing in the survey has this ID: {remedy}")
    }
}

impl Merged {
    /// The counts in words: `3 new, 1 changed, 0 refused`.
    pub fn in_words(&self) -> String {
        let counts = format!("{} new, {} changed, {} refused", self.new, self.changed, self.refused.len());
        match self.reviewed {
            0 => counts,
            reviewed => format!("{counts}, {reviewed} reviewed"),
        }
    }

    /// Take the rows of one text into its entry.
    fn take(&mut self, at: usize, rows: &[&Row], pivot: Option<&str>) {
        let before = self.po.entries[at].clone();
        let mut entry = before.clone();
        let stood = Stood { forms: forms(&self.po, &before), entry: &before, pivot };
        let (mut settled, mut doubted) = (0, Vec::new());
        for (place, row) in rows.iter().enumerate() {
            let verdict = match Twice::of(rows, place) {
                Some(Twice::Otherwise) => Verdict::Refused(CONTRADICTED.to_owned()),
                Some(Twice::Alike) => Verdict::Nothing,
                None => judge(row, &stood),
            };
            settled += usize::from(matches!(verdict, Verdict::New | Verdict::Changed));
            doubted.extend(matches!(verdict, Verdict::Fuzzy).then_some(*row));
            self.carry_out(verdict, &mut entry, row);
        }
        doubt(&mut entry, &doubted);
        // One form of a plural that was corrected says nothing of the others.
        if stood.entry.is_fuzzy() && settled == stood.forms.len() {
            entry.flags.retain(|flag| flag != "fuzzy");
            entry.previous = Previous::default();
        }
        self.review(&mut entry, rows);
        self.po.entries[at] = entry;
    }

    fn carry_out(&mut self, verdict: Verdict, entry: &mut Entry<'static>, row: &Row) {
        match &verdict {
            Verdict::Nothing => {}
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Changed => self.changed += 1,
            Verdict::New | Verdict::Fuzzy => self.new += 1,
            Verdict::Refused(says) => return self.refuse(row, says.clone()),
        }
        if matches!(verdict, Verdict::New | Verdict::Changed | Verdict::Fuzzy) {
            entry.msgstrs[row.form.unwrap_or(0)] = Text::new(row.translation.clone());
        }
        if matches!(verdict, Verdict::Fuzzy) {
            let says = "taken as doubtful, since the English has changed since: nobody is shown it yet";
            self.fuzzy.push(row.told(says));
        }
        for note in row.note.lines().map(str::trim).filter(|note| !note.is_empty()) {
            if !entry.comments.iter().any(|comment| comment.trim() == note) {
                entry.comments.push(note.to_owned().into());
            }
        }
    }

    /// Note who read the text again, if somebody read each of its forms as it now stands.
    fn review(&mut self, entry: &mut Entry<'static>, rows: &[&Row]) {
        let read = |form: &Form<'_>| {
            let of_form = rows.iter().filter(|row| row.form == form.number && !row.reviewer.is_empty());
            let mut reader =
                of_form.filter(|row| row.translation == form.translation && row.english == form.english);
            reader.next().map(|row| row.reviewer.as_str())
        };
        let readers: Option<Vec<&str>> = forms(&self.po, entry).iter().map(read).collect();
        let Some(mut readers) = readers.filter(|_| !entry.is_fuzzy() && !entry.is_empty()) else { return };
        readers.dedup();
        let who = readers.join(", ");
        if entry.reviewer() != Some(&who) {
            entry.review(&who);
            self.reviewed += 1;
        }
    }

    fn refuse(&mut self, row: &Row, says: String) {
        self.refused.push(row.told(says));
    }
}

impl Row {
    /// The ID of a row: the path, and which plural form, as `top_needs[2]`.
    pub fn id(&self) -> String {
        match self.form {
            Some(form) => format!("{}[{form}]", self.path),
            None => self.path.clone(),
        }
    }

    fn told(&self, says: impl Into<String>) -> Told {
        Told { number: self.number, id: self.id(), says: says.into() }
    }

    /// Whether anything of it would be lost if nobody took it.
    fn says_something(&self) -> bool {
        !self.is_untouched() || !self.note.is_empty() || !self.reviewer.is_empty()
    }

    /// Whether the translation came back as it was handed out, or empty.
    fn is_untouched(&self) -> bool {
        self.translation.is_empty() || self.before.as_ref() == Some(&imprint(&self.translation))
    }
}

/// A row whose ID stands in another row as well.
enum Twice {
    Alike,
    Otherwise,
}

/// What is said of rows with the same ID and different words.
const CONTRADICTED: &str = "this ID stands twice, with different words: leave one of the two";

impl Twice {
    /// Whether the row at this place says something else than another, or again what one above it said.
    fn of(rows: &[&Row], place: usize) -> Option<Twice> {
        let row = rows[place];
        let contradicts = |other: &&&Row| {
            let both = !row.translation.is_empty() && !other.translation.is_empty();
            both && row.translation != other.translation
        };
        let mut same = rows.iter().filter(|other| other.form == row.form);
        if same.clone().any(|other| contradicts(&other)) {
            return Some(Twice::Otherwise);
        }
        same.next().is_some_and(|first| !std::ptr::eq(*first, row)).then_some(Twice::Alike)
    }
}

/// Mark an entry as made for the earlier English of these rows; of a plural, the last has the words for many.
fn doubt(entry: &mut Entry<'static>, rows: &[&Row]) {
    let ([first, ..], [.., last]) = (rows, rows) else { return };
    if !entry.is_fuzzy() {
        entry.flags.insert(0, "fuzzy".into());
    }
    entry.previous.msgctxt = None;
    entry.previous.msgid = Some(Text::new(first.english.clone()));
    entry.previous.msgid_plural = entry.msgid_plural.as_ref().map(|_| Text::new(last.english.clone()));
}
