//! PO files: everything is kept with its place, and nothing makes the reader panic.

use notation::Finding;
use proptest::prelude::*;
use survey::po::{Entry, Po, read};

/// What a finding says, and the stretch of the file it points at.
fn told<'f>(text: &'f str, findings: &'f [Finding]) -> Vec<(&'static str, &'f str, &'f str)> {
    findings
        .iter()
        .map(|finding| (finding.code, &text[finding.at.start..finding.at.end], finding.says.as_str()))
        .collect()
}

/// The entries of a file without a fault.
fn clean(text: &str) -> Po<'_> {
    let (po, findings) = read("fr.po", text);
    assert_eq!(findings, []);
    po
}

const WHOLE: &str = r#"# French words.
msgid ""
msgstr ""
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"X-Soundings-State: draft\n"

# a translator's remark
#. shown on page 3
#: needs.survey
#, fuzzy, c-format
#| msgctxt "need"
#| msgid "What do "
#| "you need?"
msgctxt "needs"
msgid ""
"What do you "
"need help with?"
msgstr "De quoi avez-vous \"besoin\"?\n"

msgctxt "top"
msgid "Of {n} thing"
msgid_plural "Of {n} things"
msgstr[0] "De {n} chose"
msgstr[1] "De {n} choses"

#~ msgctxt "old"
#~ msgid "Old"
#~ msgstr "Vieux"
# the end
"#;

#[test]
fn nothing_is_lost() {
    let po = clean(WHOLE);
    assert_eq!(po.entries.len(), 4);
    assert_eq!(po.entries[0].comments, ["French words."]);
    let needs = po.get("needs").unwrap();
    assert_eq!(needs.english(), "What do you need help with?");
    assert_eq!(needs.msgstrs[0].text, "De quoi avez-vous \"besoin\"?\n");
    assert_eq!(needs.previous.msgctxt.as_ref().unwrap().text, "need");
    assert_eq!(needs.previous.msgid.as_ref().unwrap().text, "What do you need?");
    assert_eq!(needs.comments, ["a translator's remark"]);
    assert_eq!(needs.extracted, ["shown on page 3"]);
    assert_eq!(needs.references, ["needs.survey"]);
    assert_eq!(needs.flags, ["fuzzy", "c-format"]);
    let top = po.get("top").unwrap();
    assert_eq!(top.msgid_plural.as_ref().unwrap().text, "Of {n} things");
    assert_eq!(
        top.msgstrs.iter().map(|form| &*form.text).collect::<Vec<_>>(),
        ["De {n} chose", "De {n} choses"]
    );
    assert_eq!((po.get("old"), po.entries[3].obsolete), (None, true));
    assert_eq!(po.trailing, ["the end"]);
}

#[test]
fn the_header_is_read_by_name() {
    let po = clean(WHOLE);
    assert_eq!(po.header("X-Soundings-State"), Some("draft"));
    assert_eq!(po.header("language"), Some("fr"));
    assert_eq!(po.header("Last-Translator"), None);
    assert_eq!(po.live().filter_map(Entry::path).collect::<Vec<_>>(), ["needs", "top"]);
}

#[test]
fn every_text_knows_its_place() {
    let po = clean(WHOLE);
    let needs = po.get("needs").unwrap();
    let at = |text: &survey::po::Text<'_>| WHOLE[text.span.clone()].to_owned();
    assert_eq!(at(needs.msgctxt.as_ref().unwrap()), r#""needs""#);
    assert_eq!(at(needs.msgid.as_ref().unwrap()), "\"\"\n\"What do you \"\n\"need help with?\"");
    assert_eq!(at(&needs.msgstrs[0]), r#""De quoi avez-vous \"besoin\"?\n""#);
    assert_eq!(at(&po.get("top").unwrap().msgstrs[1]), r#""De {n} choses""#);
}

#[test]
fn only_whole_and_certain_words_are_shown() {
    let po = clean(WHOLE);
    assert_eq!(po.text("top"), Some("De {n} chose"));
    assert_eq!(po.text("needs"), None, "fuzzy");
    assert_eq!(clean("msgctxt \"a\"\nmsgid \"A\"\nmsgstr \" \"\n").text("a"), None, "blank");
    let half = "msgctxt \"a\"\nmsgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"B\"\nmsgstr[1] \"\"\n";
    assert_eq!(clean(half).text("a"), None, "one form is not written");
}

#[test]
fn a_byte_order_mark_and_windows_lines_change_nothing() {
    let text = format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"));
    let po = clean(&text);
    let needs = po.get("needs").unwrap();
    assert_eq!(needs.msgstrs[0].text, "De quoi avez-vous \"besoin\"?\n");
    let span = needs.msgctxt.as_ref().unwrap().span.clone();
    assert_eq!(&text[span], r#""needs""#);
}

#[test]
fn entries_need_no_blank_line_between_them() {
    let po = clean("msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"B\"\nmsgctxt \"c\"\nmsgid \"C\"\nmsgstr \"D\"");
    assert_eq!((po.text("a"), po.text("c")), (Some("B"), Some("D")));
}

#[test]
fn an_unterminated_text_is_one_finding_and_the_next_entry_is_whole() {
    let text =
        "msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"لا نهاية\nlost\"\n\nmsgctxt \"b\"\nmsgid \"B\"\nmsgstr \"C\"\n";
    let (po, findings) = read("ar.po", text);
    assert_eq!(told(text, &findings), [("S079", "\"لا نهاية", "this text is never closed")]);
    assert!(findings[0].remedy.is_some());
    assert_eq!((po.text("a"), po.text("b")), (None, Some("C")));
    assert!(po.get("a").unwrap().broken);
}

#[test]
fn every_fault_of_a_line_has_its_finding() {
    let faults = [
        ("msgid \"A\" B\nmsgstr \"\"\n", "B", "nothing may stand after the closing `\"`"),
        ("msgid \"A\\qB\"\nmsgstr \"\"\n", "\\q", "`\\q` means nothing in a PO file"),
        ("msgid A\nmsgstr \"\"\n", "A", "here a text in quotes is missing"),
        ("\"A\"\n", "\"A\"", "this text continues nothing"),
        ("  mgsid \"A\"\n", "mgsid \"A\"", "this line of a PO file cannot be read"),
        ("msgid \"A\"\nmsgstrr \"B\"\n", "msgstrr \"B\"", "this line of a PO file cannot be read"),
        ("msgid \"A\"\nmsgstr[x] \"B\"\n", "msgstr[x] \"B\"", "this line of a PO file cannot be read"),
        ("msgid \"A\"\n", "\"A\"", "this entry has no `msgstr`"),
        ("msgctxt \"a\"\nmsgstr \"A\"\n", "\"A\"", "this entry has no `msgid`"),
    ];
    for (text, at, says) in faults {
        let (_, findings) = read("fr.po", text);
        assert_eq!(told(text, &findings), [("S079", at, says)], "{text}");
    }
}

#[test]
fn a_path_stands_once() {
    let entry = "msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"B\"\n";
    let text = format!("{entry}{}", entry.replace('B', "C"));
    let (po, findings) = read("fr.po", &text);
    assert_eq!(told(&text, &findings), [("S079", "\"a\"", "`a` stands twice")]);
    assert_eq!(findings[0].also.len(), 1);
    assert_eq!(po.text("a"), Some("B"));
}

#[test]
fn plural_forms_are_counted_against_the_header() {
    let header = "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=3; plural=0;\\n\"\n";
    let entry = "msgctxt \"a\"\nmsgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"x\"\n";
    let text = format!("{header}{entry}");
    let (_, findings) = read("uk.po", &text);
    assert_eq!(told(&text, &findings), [("S083", "\"x\"", "the header names 3 plural forms, 1 are here")]);
    assert_eq!(findings[0].remedy.as_deref(), Some("fill `msgstr[1]` to `msgstr[2]`"));
    let text = format!("{entry}msgstr[2] \"z\"\n");
    let (_, findings) = read("uk.po", &text);
    assert_eq!(
        told(&text, &findings),
        [("S083", "\"z\"", "`msgstr[2]` stands where `msgstr[1]` is expected")]
    );
}

#[test]
fn every_beginning_of_a_file_is_read() {
    for (end, _) in WHOLE.char_indices() {
        let (_, findings) = read("fr.po", &WHOLE[..end]);
        assert!(findings.iter().all(|finding| finding.at.end <= end), "a place lies behind the end");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        read("any.po", &text);
    }

    #[test]
    fn no_heap_of_po_lines_makes_it_panic(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "msgid ", "msgctxt ", "msgstr ", "msgstr[1] ", "msgid_plural ", "#| ", "#~ ", "#~| ", "#, fuzzy",
                "# ", "\"", "\\", "é\"", "\"ا\"", "\n", "\r\n", " ",
            ]),
            0..60,
        )
    ) {
        let text = pieces.concat();
        let (_, findings) = read("any.po", &text);
        for finding in findings {
            prop_assert!(text.get(finding.at.start..finding.at.end).is_some(), "a place cuts a letter");
        }
    }
}
