//! Translators' sheets taken into a PO file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use survey::po::{Po, read, write};
use survey::translation::{Merged, Row, Told, extract, forms, imprint, merge};
use survey::{Insert, Language, Plural, Survey, read_source};

pub(crate) const TEXT: &str = "\
survey tiny
title Tiny
version 2027.1
source en
langs fr
host Us
contact us@example.org
page main  Main
consent agree
  ? Shall we?
  - yes  Yes
  - no  No  [end bye]
one house
  ? How is your house?
  hint The one you sleep in.
  - good  Good
  - bad   Bad
end bye  Bye
";

pub(crate) fn survey(text: &str) -> Survey {
    let (survey, findings) = read_source(&[("tiny.survey".to_owned(), text.to_owned())].into());
    assert!(survey.is_some(), "{findings:?}");
    survey.unwrap()
}

pub(crate) fn french() -> Language {
    Language::of_tag("fr").unwrap()
}

pub(crate) fn file(text: &str) -> Po<'static> {
    let (po, findings) = read("fr.po", text);
    assert_eq!(findings, []);
    po.into_owned()
}

/// One entry of a PO file.
pub(crate) fn entry(path: &str, english: &str, text: &str) -> String {
    format!("msgctxt \"{path}\"\nmsgid \"{english}\"\nmsgstr \"{text}\"\n\n")
}

/// The fifth row of a sheet that was handed out while `before` stood.
fn row(path: &str, english: &str, translation: &str, before: &str) -> Row {
    Row {
        number: 5,
        path: path.to_owned(),
        english: english.to_owned(),
        translation: translation.to_owned(),
        before: Some(imprint(before)),
        ..Row::default()
    }
}

/// A row for how the house is.
pub(crate) fn house(translation: &str, before: &str) -> Row {
    row("house", "How is your house?", translation, before)
}

fn merged(po: &str, rows: &[Row]) -> Merged {
    merge(&survey(TEXT), &french(), Some(&file(po)), rows)
}

/// The lines of the entry of a path, from its comments to its translation.
fn lines(merged: &Merged, path: &str) -> String {
    let text = write(&merged.po);
    let of_path = format!("msgctxt \"{path}\"\n");
    let block = text.split("\n\n").find(|block| format!("{block}\n").contains(&of_path)).unwrap();
    let kept = block.lines().filter(|line| !line.starts_with("#.") && !line.starts_with("msgctxt"));
    kept.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn says(told: &[Told]) -> Vec<&str> {
    told.iter().map(|told| told.says.as_str()).collect()
}

#[test]
fn a_translation_is_new_where_nothing_stood() {
    let done = merged("", &[house("Comment est votre maison?", "")]);
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused");
    assert_eq!(lines(&done, "house"), "msgid \"How is your house?\"\nmsgstr \"Comment est votre maison?\"");
}

#[test]
fn a_stale_entry_is_healed_by_words_for_the_english_of_today() {
    let old =
        "#, fuzzy\n#| msgid \"How is it?\"\n".to_owned() + &entry("house", "How is your house?", "Ça va?");
    let done = merged(&old, &[house("Comment est votre maison?", "Ça va?")]);
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused");
    assert_eq!(lines(&done, "house"), "msgid \"How is your house?\"\nmsgstr \"Comment est votre maison?\"");
}

#[test]
fn a_stale_entry_sent_back_as_it_was_stays_stale_unless_somebody_vouches_for_it() {
    let old =
        "#, fuzzy\n#| msgid \"How is it?\"\n".to_owned() + &entry("house", "How is your house?", "Ça va?");
    let untouched = house("Ça va?", "Ça va?");
    let done = merged(&old, std::slice::from_ref(&untouched));
    assert_eq!((done.in_words().as_str(), done.unchanged), ("0 new, 0 changed, 0 refused", 1));
    assert!(lines(&done, "house").starts_with("#, fuzzy\n#| msgid \"How is it?\""));
    let done = merged(&old, &[Row { reviewer: "Amal".to_owned(), ..untouched }]);
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused, 1 reviewed");
    assert!(lines(&done, "house").starts_with("# reviewed Amal "), "{}", lines(&done, "house"));
    assert!(!lines(&done, "house").contains("fuzzy"));
}

#[test]
fn what_the_sheet_was_handed_out_with_may_be_replaced_and_nothing_newer() {
    let old = entry("house", "How is your house?", "Comment est-elle?");
    let better = || house("Comment est votre maison?", "Comment est-elle?");
    let done = merged(&old, &[better()]);
    assert_eq!(done.in_words(), "0 new, 1 changed, 0 refused");
    assert!(lines(&done, "house").ends_with("msgstr \"Comment est votre maison?\""));

    let newer = entry("house", "How is your house?", "Votre maison, ça va?");
    let done = merged(&newer, &[better()]);
    let kept = "a newer translation stands, and is kept: hand out a new sheet";
    assert_eq!(says(&done.refused), [kept]);
    assert_eq!((done.refused[0].number, done.refused[0].id.as_str()), (5, "house"));
    assert!(lines(&done, "house").ends_with("msgstr \"Votre maison, ça va?\""));
    // Handed out empty, and somebody else was faster.
    assert_eq!(says(&merged(&newer, &[house("Comment?", "")]).refused), [kept]);
}

#[test]
fn a_sheet_that_does_not_say_what_stood_there_replaces_nothing() {
    let old = entry("house", "How is your house?", "Comment est-elle?");
    let unknown = |translation: &str| Row { before: None, ..house(translation, "") };
    let done = merged(&old, &[unknown("Comment est votre maison?")]);
    assert!(says(&done.refused)[0].contains("does not say"), "{:?}", done.refused);
    assert_eq!(merged(&old, &[unknown("Comment est-elle?")]).unchanged, 1);
    assert_eq!(merged("", &[unknown("Comment est-elle?")]).new, 1);
}

#[test]
fn a_row_sent_back_untouched_undoes_nobodys_work() {
    let newer = entry("house", "How is your house?", "Votre maison, ça va?");
    let untouched = house("Comment est-elle?", "Comment est-elle?");
    let done = merged(&newer, std::slice::from_ref(&untouched));
    assert_eq!((done.in_words().as_str(), done.unchanged), ("0 new, 0 changed, 0 refused", 1));
    // But a reviewer read words that no longer stand.
    let read = Row { reviewer: "Amal".to_owned(), ..untouched };
    assert_eq!(merged(&newer, &[read]).in_words(), "0 new, 0 changed, 1 refused");
}

#[test]
fn words_for_older_english_are_doubtful_and_overwrite_nothing() {
    let older = || row("house", "How is it?", "Comment est-elle?", "");
    let done = merged("", &[older()]);
    assert_eq!((done.in_words().as_str(), done.fuzzy.len()), ("1 new, 0 changed, 0 refused", 1));
    let expected =
        "#, fuzzy\n#| msgid \"How is it?\"\nmsgid \"How is your house?\"\nmsgstr \"Comment est-elle?\"";
    assert_eq!(lines(&done, "house"), expected);
    for there in [
        entry("house", "How is your house?", "Comment est votre maison?"),
        "#, fuzzy\n".to_owned() + &entry("house", "How is your house?", "Ça va?"),
    ] {
        let done = merged(&there, &[older()]);
        assert_eq!(says(&done.refused).len(), 1, "{there}");
        assert!(done.refused[0].says.starts_with("it was made for earlier English"));
        assert_eq!(write(&done.po), write(&extract(&survey(TEXT), &french(), Some(&file(&there)))));
    }
}

#[test]
fn inserts_are_neither_lost_nor_added() {
    let mut counted = survey(TEXT);
    let asked = "Of {count(needs)} rooms, how many?";
    for words in counted.words_mut().into_iter().filter(|words| words.path == "house") {
        words.source = asked.to_owned();
    }
    let told = |translation: &str| {
        let done = merge(&counted, &french(), None, &[row("house", asked, translation, "")]);
        (done.new, done.refused.first().map(|told| told.says.clone()))
    };
    assert_eq!(told("Combien, de {count(needs)} pièces?"), (1, None));
    let (new, says) = told("Combien de pièces?");
    assert_eq!(new, 0);
    assert!(says.unwrap().starts_with("`{count(needs)}` is missing"));
    assert!(
        told("{count(needs)} {compte(needs)}?").1.unwrap().starts_with("`{compte(needs)}` does not stand")
    );
    assert_eq!(told("{count(needs)} \\{pièces}?"), (1, None));
}

#[test]
fn a_control_that_turns_letters_around_is_refused() {
    let done = merged("", &[house("Comment \u{202e}est", "")]);
    assert!(done.refused[0].says.contains("invisible"), "{:?}", done.refused);
}

#[test]
fn an_empty_cell_changes_nothing() {
    let old = entry("house", "How is your house?", "Comment est-elle?");
    let done = merged(&old, &[house("", "Comment est-elle?")]);
    assert_eq!(done.in_words(), "0 new, 0 changed, 0 refused");
    assert!(lines(&done, "house").ends_with("msgstr \"Comment est-elle?\""));
}

#[test]
fn an_unknown_id_is_listed_with_the_nearest() {
    let done = merged("", &[row("hous", "How is your house?", "Comment?", "")]);
    assert_eq!(says(&done.refused), ["nothing in the survey has this ID: did you mean `house`?"]);
    // Sent back as it was handed out, nothing is lost with it.
    assert_eq!(merged("", &[row("hous", "How?", "Comment?", "Comment?")]).refused, []);
}

#[test]
fn a_text_under_its_earlier_name_is_known() {
    let mut renamed = survey(&TEXT.replace("one house\n", "one home\n"));
    renamed.pages[0].questions[1].was.push("house".into());
    let done = merge(&renamed, &french(), None, &[house("Comment est votre maison?", "")]);
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused");
    assert_eq!(done.po.text("home"), Some("Comment est votre maison?"));
}

#[test]
fn notes_and_reviews_become_comments_once() {
    let noted =
        Row { note: "why house?\nor home".to_owned(), reviewer: "Amal K".to_owned(), ..house("Quoi?", "") };
    let old = "# an earlier note\n".to_owned() + &entry("house", "How is your house?", "");
    let done = merged(&old, std::slice::from_ref(&noted));
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused, 1 reviewed");
    let written = lines(&done, "house");
    assert!(
        written.starts_with("# an earlier note\n# why house?\n# or home\n# reviewed Amal K "),
        "{written}"
    );
    assert_eq!(done.po.get("house").unwrap().reviewer(), Some("Amal K"));
    let again = merge(&survey(TEXT), &french(), Some(&done.po), &[noted]);
    assert_eq!(again.in_words(), "0 new, 0 changed, 0 refused");
    assert_eq!(write(&again.po), write(&done.po));
}

#[test]
fn an_id_that_stands_twice_with_other_words_is_nobodys_guess() {
    let done = merged("", &[house("Comment?", ""), Row { number: 9, ..house("Quoi?", "") }]);
    assert_eq!(done.refused.iter().map(|told| told.number).collect::<Vec<_>>(), [5, 9]);
    assert!(lines(&done, "house").ends_with("msgstr \"\""));
    let done = merged("", &[house("Comment?", ""), Row { number: 9, ..house("Comment?", "") }]);
    assert_eq!(done.in_words(), "1 new, 0 changed, 0 refused");
}

#[test]
fn everything_in_the_file_stays() {
    let old = "# who\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\n# a note\n".to_owned()
        + &entry("house.good", "Good", "Bien")
        + "#~ msgctxt \"garden\"\n#~ msgid \"Garden\"\n#~ msgstr \"Jardin\"\n\n# the end\n";
    let done = merged(&old, &[house("Comment?", "")]);
    let text = write(&done.po);
    for piece in ["# who\n", "# a note\n", "msgstr \"Bien\"", "#~ msgstr \"Jardin\"", "# the end\n"] {
        assert!(text.contains(piece), "{piece} is not in\n{text}");
    }
    assert_eq!(
        write(&merge(&survey(TEXT), &french(), Some(&file(&text)), &[house("Comment?", "")]).po),
        text
    );
}

/// The Arabic of a plural text, its forms as given; the sheet has a row for each.
fn counted(forms: [&str; 6]) -> String {
    let rule = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";
    let mut text = format!(
        "msgid \"\"\nmsgstr \"Plural-Forms: {rule}\\n\"\n\nmsgctxt \"house\"\nmsgid \"How is it?\"\nmsgid_plural \"{MANY}\"\n"
    );
    for (number, form) in forms.iter().enumerate() {
        text += &format!("msgstr[{number}] \"{form}\"\n");
    }
    text
}

const MANY: &str = "How are the {rooms} rooms?";

/// The plural form of this number.
fn form(number: usize, english: &str, translation: &str, before: &str) -> Row {
    Row { form: Some(number), ..row("house", english, translation, before) }
}

/// The survey with a question that is asked of one and of many rooms.
fn of_rooms() -> Survey {
    let mut survey = survey(TEXT);
    for words in survey.words_mut().into_iter().filter(|words| words.path == "house") {
        words.source = MANY.to_owned();
        let insert =
            Insert { written: "{rooms}".into(), question: "rooms".into(), count: false, number: true };
        words.inserts.push(insert);
        words.plural = Some(Plural { one: Some("How is it?".to_owned()), ..Plural::default() });
    }
    survey
}

fn merged_forms(old: &str, rows: &[Row]) -> Merged {
    merge(&of_rooms(), &Language::of_tag("ar").unwrap(), Some(&file(old)), rows)
}

#[test]
fn each_plural_form_is_a_row_translated_from_the_english_that_fits_its_numbers() {
    let old = file(&counted(["", "", "", "", "", ""]));
    let forms = forms(&old, old.get("house").unwrap());
    let english: Vec<&str> = forms.iter().map(|form| form.english).collect();
    assert_eq!(english, [MANY, "How is it?", MANY, MANY, MANY, MANY]);
    assert_eq!(forms[2].serves, [2]);
    assert_eq!(forms[3].serves[..3], [3, 4, 5]);
    let done = merged_forms(
        &counted(["", "", "", "", "", ""]),
        &[
            form(1, "How is it?", "كيف هي؟", ""),
            form(2, MANY, "كيف الغرفتان؟", ""),
            form(3, MANY, "كيف {rooms} غرف؟", ""),
            form(4, MANY, "كيف الغرف؟", ""),
            form(6, MANY, "كيف؟", ""),
        ],
    );
    assert_eq!(done.in_words(), "3 new, 0 changed, 2 refused");
    // Two rooms are said by the word; eleven and more are not.
    assert!(done.refused[0].id == "house[4]" && done.refused[0].says.starts_with("`{rooms}` is missing"));
    assert!(done.refused[1].says.starts_with("its plural forms are others now"));
    assert!(lines(&done, "house").contains("msgstr[2] \"كيف الغرفتان؟\"\nmsgstr[3] \"كيف {rooms} غرف؟\"\n"));
}

#[test]
fn a_stale_plural_is_healed_by_all_of_its_forms() {
    let there = ["٠ {rooms}", "١", "٢", "٣ {rooms}", "٤ {rooms}", "٥ {rooms}"];
    let stale = counted(there).replace("msgctxt \"house\"", "#, fuzzy\n#| msgid \"How?\"\nmsgctxt \"house\"");
    let better = |number: usize| {
        let english = if number == 1 { "How is it?" } else { MANY };
        form(number, english, &format!("{} جديد", there[number]), there[number])
    };
    let some: Vec<Row> = (0..5).map(better).collect();
    let done = merged_forms(&stale, &some);
    assert!(done.in_words().starts_with("5 new") && lines(&done, "house").starts_with("#, fuzzy"));
    let all: Vec<Row> = (0..6).map(|number| Row { reviewer: "Amal".to_owned(), ..better(number) }).collect();
    let done = merged_forms(&stale, &all);
    assert_eq!(done.in_words(), "6 new, 0 changed, 0 refused, 1 reviewed");
    assert!(!lines(&done, "house").contains("fuzzy"), "{}", lines(&done, "house"));
    // Whoever read one form of six has not read the text.
    let one = Row { reviewer: "Amal".to_owned(), ..form(1, "How is it?", "١", "١") };
    assert_eq!(merged_forms(&counted(there), &[one]).reviewed, 0);
}
