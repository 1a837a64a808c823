//! A PO file that outlives its text.

use std::borrow::Cow;

use super::{Entry, Po, Previous, Text};

impl Po<'_> {
    /// The same file with texts of its own, for whoever keeps it longer than what it was read from.
    pub fn into_owned(self) -> Po<'static> {
        Po {
            file: self.file,
            entries: self.entries.into_iter().map(Entry::into_owned).collect(),
            trailing: all_own(self.trailing),
            by_path: self.by_path,
        }
    }
}

impl Entry<'_> {
    /// The same entry with texts of its own.
    pub fn into_owned(self) -> Entry<'static> {
        Entry {
            msgctxt: self.msgctxt.map(Text::into_owned),
            msgid: self.msgid.map(Text::into_owned),
            msgid_plural: self.msgid_plural.map(Text::into_owned),
            msgstrs: self.msgstrs.into_iter().map(Text::into_owned).collect(),
            previous: Previous {
                msgctxt: self.previous.msgctxt.map(Text::into_owned),
                msgid: self.previous.msgid.map(Text::into_owned),
                msgid_plural: self.previous.msgid_plural.map(Text::into_owned),
            },
            comments: all_own(self.comments),
            extracted: all_own(self.extracted),
            references: all_own(self.references),
            flags: all_own(self.flags),
            obsolete: self.obsolete,
            broken: self.broken,
        }
    }
}

impl Text<'_> {
    /// The same text as one of its own.
    pub fn into_owned(self) -> Text<'static> {
        Text { text: Cow::Owned(self.text.into_owned()), span: self.span }
    }
}

fn all_own(texts: Vec<Cow<'_, str>>) -> Vec<Cow<'static, str>> {
    texts.into_iter().map(|text| Cow::Owned(text.into_owned())).collect()
}
