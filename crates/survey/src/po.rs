//! PO files (gettext): our own reader and writer, which never panic, lose nothing, and know where everything stands.
//!
//! The same two serve the words of a survey, of a report, and the program's own.

mod index;
mod line;
mod own;
mod plural;
mod read;
mod review;
mod write;

pub use plural::Plurals;

use std::{borrow::Cow, ops::Range, sync::Arc};

pub(crate) use index::Along;
use index::Index;

use notation::{Finding, Place};

/// A PO file, everything in it kept; its texts are those of the file itself wherever they can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Po<'t> {
    /// The path of the file, as in the sources.
    pub file: Arc<str>,
    /// The entries in the order of the file: the header and the retired ones among them.
    pub entries: Vec<Entry<'t>>,
    /// Comments after the last entry, without their `#`.
    pub trailing: Vec<Cow<'t, str>>,
    by_path: Index,
}

/// One entry: a text and what it was translated to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The path of the words, as `needs.housing`.
    pub msgctxt: Option<Text<'t>>,
    /// The English the translation was made for.
    pub msgid: Option<Text<'t>>,
    /// The English for more than one.
    pub msgid_plural: Option<Text<'t>>,
    /// The translation: one text, or one for each plural form of the language.
    pub msgstrs: Vec<Text<'t>>,
    /// What was here before the English changed (`#|`).
    pub previous: Previous<'t>,
    /// Translators' comments (`# `), without the sign.
    pub comments: Vec<Cow<'t, str>>,
    /// Comments of the program that wrote the file (`#.`).
    pub extracted: Vec<Cow<'t, str>>,
    /// Where the text is used (`#:`).
    pub references: Vec<Cow<'t, str>>,
    /// Flags, as `fuzzy` (`#,`).
    pub flags: Vec<Cow<'t, str>>,
    /// Retired: its path is no longer used (`#~`).
    pub obsolete: bool,
    /// Something in it could not be read; the finding says what.
    pub broken: bool,
}

/// A text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'t> {
    /// The text, escapes resolved.
    pub text: Cow<'t, str>,
    /// The bytes of the file from the first quotation mark to the last; see [`Po::place`].
    pub span: Range<usize>,
}

/// What an entry said before the English changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous<'t> {
    /// The earlier path.
    pub msgctxt: Option<Text<'t>>,
    /// The earlier English.
    pub msgid: Option<Text<'t>>,
    /// The earlier English for more than one.
    pub msgid_plural: Option<Text<'t>>,
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
pub fn read<'t>(file: &str, text: &'t str) -> (Po<'t>, Vec<Finding>) {
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
pub fn write(po: &Po<'_>) -> String {
    write::write(po)
}

impl<'t> Po<'t> {
    /// A file of these entries.
    pub fn new(file: Arc<str>, entries: Vec<Entry<'t>>, trailing: Vec<Cow<'t, str>>) -> Po<'t> {
        let by_path = Index::new(&entries);
        Po { file, entries, trailing, by_path }
    }

    /// The entry of this path, retired ones apart; the first where a path stands twice.
    pub fn get(&self, path: &str) -> Option<&Entry<'t>> {
        self.by_path.find(path, &self.entries).map(|place| &self.entries[place])
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
    pub fn live(&self) -> impl Iterator<Item = &Entry<'t>> {
        self.entries.iter().filter(|entry| entry.is_live())
    }

    /// Where a text of this file stands.
    pub fn place(&self, text: &Text<'_>) -> Place {
        Place { file: self.file.clone(), start: text.span.start, end: text.span.end }
    }
}

/// Whether a finding of [`read`] means that something of the file would be lost if it were written again.
pub fn is_unreadable(finding: &Finding) -> bool {
    finding.code == "S079"
}

impl<'t> Text<'t> {
    /// A text that stands in no file yet.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Text<'t> {
        Text { text: text.into(), span: 0..0 }
    }
}

impl<'t> Entry<'t> {
    /// The path of its words.
    pub fn path(&self) -> Option<&str> {
        self.msgctxt.as_ref().map(|context| &*context.text)
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

    /// The plural forms people may be shown, if there are as many as the language has: whole, not doubtful, not empty.
    pub fn forms(&self, plurals: &Plurals) -> Option<Vec<String>> {
        let all = self.text().is_some() && self.msgstrs.len() == plurals.count();
        all.then(|| self.msgstrs.iter().map(|form| form.text.clone().into_owned()).collect())
    }

    /// Whether the translation, or one of its plural forms, is not written yet.
    pub fn is_empty(&self) -> bool {
        self.msgstrs.is_empty() || self.msgstrs.iter().any(|form| form.text.trim().is_empty())
    }

    /// Whether somebody, or a change of the English, put the translation in doubt.
    pub fn is_fuzzy(&self) -> bool {
        self.flags.iter().any(|flag| flag == "fuzzy")
    }

    /// Whether people may be shown something of it: neither the header nor retired.
    pub fn is_live(&self) -> bool {
        !self.obsolete && !self.is_header()
    }

    /// Whether it is the header of the file.
    pub fn is_header(&self) -> bool {
        !self.obsolete && self.msgctxt.is_none() && self.english().is_empty() && self.msgid.is_some()
    }

    /// Its translation, or else the nearest thing to it that stands there.
    pub fn nearest(&self) -> Option<&Text<'t>> {
        let texts = [self.msgstrs.first(), self.msgid.as_ref(), self.msgctxt.as_ref()];
        texts.into_iter().flatten().next()
    }
}
