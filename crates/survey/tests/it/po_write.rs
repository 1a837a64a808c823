//! PO files as we write them: nothing is lost on the way out and back, and gettext's own tools agree.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use std::{borrow::Cow, fs, path::PathBuf, process::Command};

use proptest::prelude::*;
use survey::po::{Entry, Po, Previous, Text, read, write};

/// A file with its places forgotten: what is left must survive being written and read.
fn without_places<'t>(po: Po<'t>) -> (Vec<Entry<'t>>, Vec<Cow<'t, str>>) {
    let forget = |text: Text<'t>| Text::new(text.text);
    let entries = po.entries.into_iter().map(|entry| Entry {
        msgctxt: entry.msgctxt.map(forget),
        msgid: entry.msgid.map(forget),
        msgid_plural: entry.msgid_plural.map(forget),
        msgstrs: entry.msgstrs.into_iter().map(forget).collect(),
        previous: Previous {
            msgctxt: entry.previous.msgctxt.map(forget),
            msgid: entry.previous.msgid.map(forget),
            msgid_plural: entry.previous.msgid_plural.map(forget),
        },
        ..entry
    });
    (entries.collect(), po.trailing)
}

/// Texts as anybody might write them, quotes, backslashes, line breaks and controls among them.
fn text() -> impl Strategy<Value = Text<'static>> {
    let part = prop_oneof![
        "[ -~]{0,12}",
        Just("\n".to_owned()),
        Just("\\\"\t\r".to_owned()),
        Just("\u{7}\u{8}\u{b}\u{c}\u{1}".to_owned()),
        Just("الأهم الآن؟ \u{200f}".to_owned()),
        Just("é\u{301}\u{a0}\u{2028}\u{85}#~|".to_owned()),
    ];
    proptest::collection::vec(part, 0..5).prop_map(|parts| Text::new(parts.concat()))
}

fn comments() -> impl Strategy<Value = Vec<Cow<'static, str>>> {
    remarks("( {0,3}[!-~]|[a-zé.:,|~]{1,8}( [a-z\"]{1,4}){0,2})?")
}

/// Comments whose sign is followed by words, which come back trimmed.
fn signed() -> impl Strategy<Value = Vec<Cow<'static, str>>> {
    remarks("[a-zé.:|~]{1,8}( [a-z\"]{1,4}){0,2}")
}

fn remarks(pattern: &'static str) -> impl Strategy<Value = Vec<Cow<'static, str>>> {
    proptest::collection::vec(pattern.prop_map(Cow::Owned), 0..3)
}

prop_compose! {
    fn entry()(
        path in "[a-z.]{1,6}",
        texts in (text(), proptest::option::of(text()), proptest::collection::vec(text(), 1..4)),
        before in (proptest::option::of(text()), proptest::option::of(text()), proptest::option::of(text())),
        remarks in (comments(), signed(), signed()),
        flags in remarks("[a-z-]{1,8}"),
        obsolete in any::<bool>(),
    ) -> Entry<'static> {
        let (msgid, msgid_plural, mut msgstrs) = texts;
        if msgid_plural.is_none() {
            msgstrs.truncate(1);
        }
        let (comments, extracted, references) = remarks;
        let previous = Previous { msgctxt: before.0, msgid: before.1, msgid_plural: before.2 };
        let msgctxt = Some(Text::new(path));
        let msgid = Some(msgid);
        Entry {
            msgctxt, msgid, msgid_plural, msgstrs, previous, comments, extracted, references, flags, obsolete,
            broken: false,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        entries in proptest::collection::vec(entry(), 0..6),
        trailing in remarks("( {0,2}[!-~]|[a-zé]{1,8})?"),
    ) {
        let mut entries = entries;
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.msgctxt = Some(Text::new(format!("path.{number}")));
        }
        let po = Po::new("fr.po".into(), entries, trailing);
        let written = write(&po);
        let (again, findings) = read("fr.po", &written);
        prop_assert!(findings.iter().all(|finding| finding.code != "S079"), "{findings:?}\n{written}");
        prop_assert_eq!(write(&again), &*written);
        prop_assert_eq!(without_places(again), without_places(po));
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The PO files of our own surveys.
fn ours() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("surveys")).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "po")).collect()
}

#[test]
fn our_own_files_stand_in_the_layout_we_write() {
    assert!(ours().len() > 1);
    for path in ours() {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(write(&read("po", &text).0), text, "{}", path.display());
    }
}

#[test]
fn long_texts_stay_on_one_line_and_line_breaks_part_them() {
    let long = "word ".repeat(60);
    let text = format!("msgctxt \"a\"\nmsgid \"{long}\"\nmsgstr \"\"\n\"one\\n\"\n\"two\"\n");
    assert_eq!(write(&read("fr.po", &text).0), text);
}

#[test]
fn what_follows_the_last_entry_is_kept() {
    let text = "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n\n# the end\n#. truly\n";
    let (po, findings) = read("fr.po", text);
    assert_eq!((po.trailing.len(), findings.len()), (2, 0));
    assert_eq!(read("fr.po", &write(&po)).0.trailing.len(), 2);
}

#[test]
fn gettext_accepts_what_we_write() {
    let header = "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: a 1\\n\"\n\"PO-Revision-Date: 2026-11-23 00:00+0000\\n\"\n\
        \"Last-Translator: none yet\\n\"\n\"Language-Team: French\\n\"\n\"Language: fr\\n\"\n\"MIME-Version: 1.0\\n\"\n\
        \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
        \"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n";
    let entries = "# reviewed Amal 0123456789ab\n#. shown\n#, fuzzy\n#| msgid \"Old \\\"one\\\"\"\n\
        msgctxt \"a\"\nmsgid \"New\"\nmsgstr \"Neuf \\\\ \\t\"\n\n\
        msgctxt \"b\"\nmsgid \"{n} thing\"\nmsgid_plural \"{n} things\"\nmsgstr[0] \"{n} chose\"\nmsgstr[1] \"{n} choses\"\n\n\
        #, fuzzy\n#~| msgid \"Older\"\n#~ msgctxt \"c\"\n#~ msgid \"Two\\n\"\n#~ msgstr \"Deux\\n\"\n";
    let text = format!("{header}\n{entries}\n# end\n");
    let (po, findings) = read("fr.po", &text);
    assert_eq!(findings, []);
    accepted(&write(&po));
    ours().iter().for_each(|path| accepted(&write(&read("po", &fs::read_to_string(path).unwrap()).0)));
}

/// `msgfmt -c` has nothing to say about a file.
pub(crate) fn accepted(text: &str) {
    let path =
        std::env::temp_dir().join(format!("survey-{:x}.po", text.len() * 31 + std::process::id() as usize));
    fs::write(&path, text).unwrap();
    let Ok(done) = Command::new("msgfmt").args(["-c", "-o", "/dev/null"]).arg(&path).output() else {
        eprintln!("SKIPPED: msgfmt is not installed, so gettext's own opinion was not asked");
        return;
    };
    fs::remove_file(&path).unwrap();
    assert!(done.status.success(), "{}\n{text}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_review_covers_the_words_and_an_edit_undoes_it() {
    let text = "# kept\nmsgctxt \"a\"\nmsgid \"Shall we?\"\nmsgstr \"On y va?\"\n";
    let mut po = read("fr.po", text).0;
    let entry = &mut po.entries[0];
    assert_eq!(entry.reviewer(), None);
    entry.review("Amal  Haddad");
    assert_eq!(entry.reviewer(), Some("Amal Haddad"));
    assert_eq!(entry.notes().collect::<Vec<_>>(), ["kept"]);
    let written = write(&po);
    let again = read("fr.po", &written).0;
    assert_eq!(again.entries[0].reviewer(), Some("Amal Haddad"));
    for (old, new) in [("On y va?", "Allons-y!"), ("Shall we?", "Shall we begin?")] {
        let edited = write(&po).replace(old, new);
        assert_eq!(read("fr.po", &edited).0.entries[0].reviewer(), None, "{edited}");
    }
    let fuzzy = write(&po).replace("msgctxt", "#, fuzzy\nmsgctxt");
    assert_eq!(read("fr.po", &fuzzy).0.entries[0].reviewer(), None);
    po.entries[0].review("Noor");
    assert_eq!(write(&po).matches("reviewed").count(), 1);
}
