//! PO files (gettext): our own reader and writer, which never panic, lose nothing, and know where everything stands.
//!
//! The same two serve the words of a survey, of a report, and the program's own.

mod line;
mod plural;
mod read;
mod review;
mod write;

pub use plural::Plurals;

use std::{collections::BTreeMap, sync::Arc};

use notation::{Finding, Place};

/// A PO file, everything in it kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Po {
    /// The path of the file, as in the sources.
    pub file: Arc<str>,
    /// The entries in the order of the file: the header and the retired ones among them.
    pub entries: Vec<Entry>,
    /// Comments after the last entry, without their `#`.
    pub trailing: Vec<String>,
    by_path: BTreeMap<String, usize>,
}

/// One entry: a text and what it was translated to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The path of the words, as `needs.housing`.
    pub msgctxt: Option<Text>,
    /// The English the translation was made for.
    pub msgid: Option<Text>,
    /// The English for more than one.
    pub msgid_plural: Option<Text>,
    /// The translation: one text, or one for each plural form of the language.
    pub msgstrs: Vec<Text>,
    /// What was here before the English changed (`#|`).
    pub previous: Previous,
    /// Translators' comments (`# `), without the sign.
    pub comments: Vec<String>,
    /// Comments of the program that wrote the file (`#.`).
    pub extracted: Vec<String>,
    /// Where the text is used (`#:`).
    pub references: Vec<String>,
    /// Flags, as `fuzzy` (`#,`).
    pub flags: Vec<String>,
    /// Retired: its path is no longer used (`#~`).
    pub obsolete: bool,
    /// Something in it could not be read; the finding says what.
    pub broken: bool,
}

/// A text with its place, from the first quotation mark to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, escapes resolved.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What an entry said before the English changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    /// The earlier path.
    pub msgctxt: Option<Text>,
    /// The earlier English.
    pub msgid: Option<Text>,
    /// The earlier English for more than one.
    pub msgid_plural: Option<Text>,
}

/// Read a PO file; every line that cannot be read is a finding, and the rest is read all the same.
///
/// # Example
/// ```
/// let text = "msgctxt \"needs.work\"\nmsgid \"Finding a job\"\nmsgstr \"Trouver un emploi\"\n";
/// let (po, findings) = survey::po::read("fr.po", text);
/// assert!(findings.is_empty());
/// assert_eq!(po.text("needs.work"), Some("Trouver un emploi"));
/// ```
pub fn read(file: &str, text: &str) -> (Po, Vec<Finding>) {
    read::read(Arc::from(file), text)
}

/// Write a PO file: what [`read`] gives of it is `po` again, and `msgfmt -c` accepts it.
///
/// That holds for files without a finding; of an entry that was broken only what could be read is written.
///
/// # Example
/// ```
/// let text = "# a note\nmsgctxt \"needs.work\"\nmsgid \"Finding a job\"\nmsgstr \"Trouver un emploi\"\n";
/// let (po, _) = survey::po::read("fr.po", text);
/// assert_eq!(survey::po::write(&po), text);
/// ```
pub fn write(po: &Po) -> String {
    write::write(po)
}

impl Po {
    /// The entry of this path, retired ones apart; the first where a path stands twice.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.by_path.get(path).map(|place| &self.entries[*place])
    }

    /// The translation of this path that people may be shown: not doubtful, and not empty.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path)?.text()
    }

    /// A field of the header, as `Plural-Forms`.
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.entries.iter().find(|entry| entry.is_header())?;
        header.msgstrs.first()?.text.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.trim().eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The entries people may be shown something of: neither the header nor retired.
    pub fn live(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.obsolete && !entry.is_header())
    }

    /// A file of these entries.
    pub fn new(file: Arc<str>, entries: Vec<Entry>, trailing: Vec<String>) -> Po {
        let mut by_path = BTreeMap::new();
        for (place, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.obsolete) {
            if let Some(path) = entry.path() {
                by_path.entry(path.to_owned()).or_insert(place);
            }
        }
        Po { file, entries, trailing, by_path }
    }
}

/// Whether a finding of [`read`] means that something of the file would be lost if it were written again.
pub fn is_unreadable(finding: &Finding) -> bool {
    finding.code == "S079"
}

impl Text {
    /// A text that stands in no file yet.
    pub fn new(text: impl Into<String>) -> Text {
        Text { text: text.into(), place: Place { file: "".into(), start: 0, end: 0 } }
    }
}

impl Entry {
    /// The path of its words.
    pub fn path(&self) -> Option<&str> {
        self.msgctxt.as_ref().map(|context| context.text.as_str())
    }

    /// The English it was made for, empty where the line is missing.
    pub fn english(&self) -> &str {
        self.msgid.as_ref().map_or("", |english| &english.text)
    }

    /// The translation people may be shown, of a plural entry the first form: whole, not doubtful, not empty.
    pub fn text(&self) -> Option<&str> {
        let text = &self.msgstrs.first()?.text;
        (!self.broken && !self.is_fuzzy() && !self.is_empty()).then_some(text)
    }

    /// Whether the translation, or one of its plural forms, is not written yet.
    pub fn is_empty(&self) -> bool {
        self.msgstrs.is_empty() || self.msgstrs.iter().any(|form| form.text.trim().is_empty())
    }

    /// Whether somebody, or a change of the English, put the translation in doubt.
    pub fn is_fuzzy(&self) -> bool {
        self.flags.iter().any(|flag| flag == "fuzzy")
    }

    /// Whether it is the header of the file.
    pub fn is_header(&self) -> bool {
        !self.obsolete && self.msgctxt.is_none() && self.english().is_empty() && self.msgid.is_some()
    }

    /// Where the translation stands, or else the nearest thing to it.
    pub fn place(&self) -> Option<&Place> {
        let texts = [self.msgstrs.first(), self.msgid.as_ref(), self.msgctxt.as_ref()];
        texts.into_iter().flatten().next().map(|text| &text.place)
    }
}
