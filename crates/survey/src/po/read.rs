//! From the lines of a PO file to its entries.

use std::{borrow::Cow, ops::Range, sync::Arc};

use notation::{Finding, Place};

use super::line::{Field, Line, Remark, line, quoted};
use super::{Entry, Po, Text};

/// The code of a line of a PO file that cannot be read.
const UNREADABLE: &str = "S079";

struct Reader<'t> {
    file: Arc<str>,
    text: &'t str,
    entries: Vec<Entry<'t>>,
    entry: Entry<'t>,
    /// What a line of nothing but a text in quotes continues, and whether it stands behind `#|`.
    last: Option<(Field, bool)>,
    /// A text above was never closed, so what cannot be read here is its rest.
    open: bool,
    findings: Vec<Finding>,
}

/// How many bytes an entry takes at the least, to make room for all of them at once.
const SHORT_ENTRY: usize = 128;

/// Read a PO file.
pub(super) fn read(file: Arc<str>, text: &str) -> (Po<'_>, Vec<Finding>) {
    let mut reader = Reader {
        file: file.clone(),
        text,
        entries: Vec::with_capacity(text.len() / SHORT_ENTRY),
        entry: Entry::default(),
        last: None,
        open: false,
        findings: Vec::new(),
    };
    text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').for_each(|line| reader.take(line));
    reader.finish();
    let trailing = reader.trailing();
    let po = Po::new(file, reader.entries, trailing);
    let mut findings = reader.findings;
    findings.extend(twice(&po));
    findings.extend(forms(&po));
    findings.sort_by(|one, other| one.at.cmp(&other.at));
    (po, findings)
}

impl<'t> Reader<'t> {
    fn take(&mut self, text: &'t str) {
        match line(text) {
            Line::Blank => {}
            Line::Comment(remark, words) => self.remark(remark, words),
            Line::Said { field, previous, obsolete, rest } => self.said(field, previous, obsolete, rest),
            Line::Unreadable => self.unreadable(text.trim()),
        }
    }

    fn remark(&mut self, remark: Remark, words: &'t str) {
        self.begin();
        self.last = None;
        match remark {
            Remark::Translator => self.entry.comments.push(words.into()),
            Remark::Extracted => {
                add(&mut self.entry.extracted, words.into());
            }
            Remark::Reference => self.entry.references.push(words.into()),
            Remark::Flags => {
                let flags = words.split(',').map(str::trim).filter(|flag| !flag.is_empty());
                self.entry.flags.extend(flags.map(Cow::Borrowed));
            }
        }
    }

    fn said(&mut self, field: Option<Field>, previous: bool, obsolete: bool, rest: &'t str) {
        let quoted = quoted(rest);
        let at = self.begins(rest);
        let text = Text { text: quoted.text, span: at..at + quoted.length };
        match field {
            Some(field) => self.open_field(field, previous, obsolete, text),
            None => self.continue_field(text),
        }
        self.open = quoted.trouble.is_some();
        if let Some(trouble) = quoted.trouble {
            self.entry.broken = true;
            let place = self.place(at + trouble.at.start..at + trouble.at.end);
            self.findings.push(Finding::error(UNREADABLE, place, trouble.says).remedy(trouble.remedy));
        }
    }

    fn open_field(&mut self, field: Field, previous: bool, obsolete: bool, text: Text<'t>) {
        if previous || matches!(field, Field::Context | Field::Id) {
            self.begin();
        }
        let is_form = matches!(field, Field::Translation(_));
        if !previous && !is_form && self.slot(field, false).is_some() {
            self.finish();
        }
        self.entry.obsolete |= obsolete;
        self.last = Some((field, previous));
        match (field, previous) {
            (Field::Translation(form), false) => self.form(form, text),
            (Field::Translation(_), true) => {}
            _ => *self.field(field, previous) = Some(text),
        }
    }

    fn continue_field(&mut self, text: Text<'t>) {
        let slot = self.last.and_then(|(field, previous)| self.slot(field, previous));
        if let Some(slot) = slot {
            slot.span.end = text.span.end;
            match slot.text.is_empty() {
                true => slot.text = text.text,
                false => slot.text.to_mut().push_str(&text.text),
            }
        } else if !self.open {
            let finding = Finding::error(UNREADABLE, self.place(text.span), "this text continues nothing");
            self.findings.push(finding.remedy("write `msgid` or `msgstr` before it"));
        }
    }

    fn form(&mut self, form: usize, text: Text<'t>) {
        let expected = self.entry.msgstrs.len();
        if form != expected {
            self.entry.broken = true;
            let says = format!("`msgstr[{form}]` stands where `msgstr[{expected}]` is expected");
            let finding = Finding::error("S083", self.place(text.span.clone()), says);
            self.findings.push(finding.remedy("write the forms in order, from `msgstr[0]`, each once"));
        }
        self.last = Some((Field::Translation(expected), false));
        add(&mut self.entry.msgstrs, text);
    }

    /// The text a field already holds.
    fn slot(&mut self, field: Field, previous: bool) -> Option<&mut Text<'t>> {
        match field {
            Field::Translation(form) if !previous => self.entry.msgstrs.get_mut(form),
            Field::Translation(_) => None,
            _ => self.field(field, previous).as_mut(),
        }
    }

    fn field(&mut self, field: Field, previous: bool) -> &mut Option<Text<'t>> {
        let entry = &mut self.entry;
        match (field, previous) {
            (Field::Context, false) => &mut entry.msgctxt,
            (Field::Plural, false) => &mut entry.msgid_plural,
            (_, false) => &mut entry.msgid,
            (Field::Context, true) => &mut entry.previous.msgctxt,
            (Field::Plural, true) => &mut entry.previous.msgid_plural,
            (_, true) => &mut entry.previous.msgid,
        }
    }

    fn unreadable(&mut self, text: &'t str) {
        if self.open {
            return;
        }
        if text.starts_with("msg") {
            self.begin();
            self.entry.broken = true;
        }
        self.entry.broken |= self.entry.msgid.is_some();
        let at = self.begins(text);
        let place = self.place(at..at + text.len());
        let finding = Finding::error(UNREADABLE, place, "this line of a PO file cannot be read");
        let remedy = "a line begins with `#`, `msgctxt`, `msgid`, `msgstr` or `\"`";
        self.findings.push(finding.remedy(remedy));
    }

    /// A new entry begins here if the one above has its translation.
    fn begin(&mut self) {
        self.open = false;
        if !self.entry.msgstrs.is_empty() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        let entry = &self.entry;
        let Some(text) = entry.msgctxt.iter().chain(&entry.msgid).chain(&entry.msgstrs).last() else {
            return;
        };
        let lacks = match (&entry.msgid, entry.msgstrs.is_empty()) {
            (None, _) => Some("msgid"),
            (_, true) => Some("msgstr"),
            _ => None,
        };
        if let Some(lacks) = lacks.filter(|_| !entry.broken) {
            let finding = Finding::error(
                UNREADABLE,
                self.place(text.span.clone()),
                format!("this entry has no `{lacks}`"),
            );
            self.findings.push(finding.remedy(format!("write its `{lacks}` line")));
            self.entry.broken = true;
        }
        self.last = None;
        self.entries.push(std::mem::take(&mut self.entry));
    }

    /// What stands after the last entry: comments, of whatever kind.
    fn trailing(&mut self) -> Vec<Cow<'t, str>> {
        let Entry { comments, extracted, references, flags, .. } = std::mem::take(&mut self.entry);
        let signed = |sign: &'static str, words: Vec<Cow<'t, str>>| {
            words.into_iter().map(move |words| Cow::Owned(format!("{sign} {words}")))
        };
        let kinds = signed(".", extracted).chain(signed(":", references)).chain(signed(",", flags));
        comments.into_iter().chain(kinds).collect()
    }

    /// The byte a part of the text begins at.
    fn begins(&self, part: &'t str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file.clone(), start: span.start, end: span.end }
    }
}

/// Add one, with room for no more at first: nearly every entry has but one.
fn add<T>(all: &mut Vec<T>, one: T) {
    if all.is_empty() {
        all.reserve_exact(1);
    }
    all.push(one);
}

/// A path that stands twice: which of the two is meant is anybody's guess.
fn twice(po: &Po<'_>) -> Vec<Finding> {
    let again = po.by_path.again(&po.entries);
    let told = again.filter_map(|(first, again)| {
        let [first, again] = [first, again].map(|place| po.entries[place].msgctxt.as_ref());
        let (first, again) = (first?, again?);
        let finding = Finding::error(UNREADABLE, po.place(again), format!("`{}` stands twice", again.text));
        Some(finding.remedy("keep one of the two").also(po.place(first), "first here"))
    });
    told.collect()
}

/// Plural entries with more or fewer forms than the header names.
fn forms(po: &Po<'_>) -> Vec<Finding> {
    let mut plural = po.live().filter(|entry| entry.msgid_plural.is_some() && !entry.broken).peekable();
    if plural.peek().is_none() {
        return Vec::new();
    }
    let named = po.header("Plural-Forms").and_then(|field| {
        let count = field.split(';').find_map(|part| part.trim().strip_prefix("nplurals="))?;
        count.trim().parse::<usize>().ok()
    });
    let wrong = |entry: &Entry<'_>| {
        let (named, here) = (named?, entry.msgstrs.len());
        let at = po.place(entry.msgstrs.last()?);
        let says = format!("the header names {named} plural forms, {here} are here");
        let remedy = if here < named {
            format!("fill `msgstr[{here}]` to `msgstr[{}]`", named - 1)
        } else {
            format!("`msgstr[{}]` is the last", named.saturating_sub(1))
        };
        (here != named).then(|| Finding::error("S083", at, says).remedy(remedy))
    };
    plural.filter_map(wrong).collect()
}
