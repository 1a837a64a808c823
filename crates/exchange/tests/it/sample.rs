//! A small survey with words in every state a translator meets.

use std::io::{Cursor, Read};

use survey::{Date, Language, Po, Survey, po, read_source};

const TEXT: &str = "\
survey tiny
title Tiny survey
version 2027.1
source en
langs fr ar
host Us & others
contact us@example.org
page main  Main page
consent agree
  ? Shall we?
  - yes  Yes
  - no  No  [end bye]
one street
  ? How is your street?
  hint The one you sleep in.
  - good  Good
  - bad   Bad
calc mood
  - glad  Glad  [when street = good]
  - sad   Sad   [when street = bad]
end bye  Bye
";

const FRENCH: &str = "\
msgid \"\"
msgstr \"Language: fr\\n\"

msgctxt \"survey:title\"
msgid \"Tiny survey\"
msgstr \"Petite enquête\"

#, fuzzy
#| msgid \"How is it?\"
msgctxt \"street\"
msgid \"How is your street?\"
msgstr \"Comment ça va?\"

# formal, as everywhere
msgctxt \"agree\"
msgid \"Shall we?\"
msgstr \"Voulez-vous?\"
";

/// The day of all tests.
pub(crate) fn day() -> Date {
    survey::Date::constant(2027, 2, 14)
}

pub(crate) fn survey() -> Survey {
    read(TEXT)
}

/// The same with a question that is asked differently of one room and of more.
pub(crate) fn of_rooms() -> Survey {
    let rooms = "\nmany rooms\n  ? Which rooms have you?\n  - bath  Bath\n  - hall  Hall\n  - loft  Loft\n\
        one which\n  ? Of your {count(rooms)} rooms, is one cold?\n  ?1 Is your room cold?\n  \
        when count(rooms) >= 1\n  - cold  Cold\n  - warm  Warm\nend bye";
    read(&TEXT.replace("\nend bye", rooms))
}

fn read(text: &str) -> Survey {
    let (survey, findings) = read_source(&[("tiny.survey".to_owned(), text.to_owned())].into());
    assert!(survey.is_some(), "{findings:?}");
    survey.unwrap()
}

pub(crate) fn language(tag: &str) -> Language {
    Language::of_tag(tag).unwrap()
}

/// The French of [`survey`]: one text written, one stale, one with a note and a reviewer.
pub(crate) fn french() -> Po<'static> {
    let (mut po, findings) = po::read("fr.po", FRENCH);
    assert_eq!(findings, []);
    po.entries
        .iter_mut()
        .filter(|entry| entry.path() == Some("agree"))
        .for_each(|entry| entry.review("Amal"));
    po
}

/// The sheet of a language, made on [`day`].
pub(crate) fn handed_out(tag: &str) -> Vec<u8> {
    let po = (tag == "fr").then(french);
    exchange::sheet::write(&survey(), &language(tag), po.as_ref(), day()).unwrap()
}

/// A file inside a workbook, as text.
pub(crate) fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
