//! What translators are handed.

use exchange::sheet::{read, write};
use survey::translation::imprint;

use crate::sample::{day, handed_out, language, of_rooms, part, survey};

const WORDS: &str = "xl/worksheets/sheet2.xml";

/// The formats of the cells of a column, by their number.
fn formats(sheet: &str, column: char) -> Vec<usize> {
    let cells = sheet.split("<c r=\"").skip(1).filter(|cell| cell.starts_with(column));
    // The headings are of another format.
    cells
        .skip(1)
        .map(|cell| cell.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
        .collect()
}

/// The format of this number, as the workbook writes it.
fn format(workbook: &[u8], number: usize) -> String {
    let styles = part(workbook, "xl/styles.xml");
    let all = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    all.split("<xf ").nth(number + 1).unwrap().to_owned()
}

#[test]
fn only_what_a_translator_writes_is_unlocked() {
    let workbook = handed_out("fr");
    let sheet = part(&workbook, WORDS);
    assert!(sheet.contains("<sheetProtection sheet=\"1\""), "{sheet}");
    assert!(!sheet.contains("password") && !sheet.contains("hashValue"));
    for (column, open) in "ABCDEFGH".chars().zip([false, false, false, true, true, false, true, false]) {
        let formats = formats(&sheet, column);
        assert_eq!(formats.len(), survey().words().len(), "each text has one row: {column}");
        for number in formats {
            assert_eq!(format(&workbook, number).contains("locked=\"0\""), open, "column {column}");
        }
    }
}

#[test]
fn cells_run_in_the_direction_of_their_language() {
    for (tag, order) in [("fr", "readingOrder=\"1\""), ("ar", "readingOrder=\"2\"")] {
        let workbook = handed_out(tag);
        let sheet = part(&workbook, WORDS);
        let translation = format(&workbook, formats(&sheet, 'D')[0]);
        assert!(translation.contains(order), "{tag}: {translation}");
        assert_eq!(translation.contains("horizontal=\"right\""), tag == "ar", "{translation}");
        assert!(format(&workbook, formats(&sheet, 'C')[0]).contains("readingOrder=\"1\""));
    }
}

#[test]
fn it_prints_as_wide_as_a_page_with_its_headings_on_each() {
    let workbook = handed_out("fr");
    let sheet = part(&workbook, WORDS);
    for stands in ["orientation=\"landscape\"", "fitToHeight=\"0\"", "state=\"frozen\"", "hidden=\"1\""] {
        assert!(sheet.contains(stands), "{stands} is not in {sheet}");
    }
    let whole = part(&workbook, "xl/workbook.xml");
    assert!(
        whole.contains("Print_Titles") && whole.contains("name=\"soundings\" sheetId=\"3\" state=\"hidden\"")
    );
}

#[test]
fn the_same_words_and_day_give_the_same_bytes() {
    assert_eq!(handed_out("fr"), handed_out("fr"));
    assert!(part(&handed_out("fr"), "docProps/core.xml").contains("2027-02-14T00:00:00Z"));
}

#[test]
fn codes_stand_nowhere_but_in_the_ids() {
    let strings = part(&handed_out("fr"), "xl/sharedStrings.xml");
    let texts: Vec<&str> = strings.split("<t").skip(1).collect();
    let ids = survey().words().iter().map(|words| words.path.clone()).collect::<Vec<_>>();
    let told = texts.iter().filter_map(|text| Some(text.split_once('>')?.1.split_once("</t>")?.0));
    let words: Vec<&str> = told.filter(|text| !ids.iter().any(|id| id == text)).collect();
    for code in ["street", "agree", "mood", "survey:", "bye"] {
        let named = |text: &&&str| text.split(|each: char| !each.is_alphanumeric()).any(|word| word == code);
        let named: Vec<_> = words.iter().filter(named).filter(|text| !text.contains("your street")).collect();
        assert!(named.is_empty(), "{code}: {named:?}");
    }
}

#[test]
fn each_text_says_how_it_stands_and_what_it_was_handed_out_with() {
    let workbook = handed_out("fr");
    let strings = part(&workbook, "xl/sharedStrings.xml");
    for says in [
        "To do",
        "The words have changed. They were: “How is it?”",
        "Reviewed by Amal",
        "Written, not reviewed",
        "Tiny survey: from English into French",
        "choice of \"How is your street?\"",
    ] {
        assert!(strings.contains(says), "{says} is not in {strings}");
    }
    let sheet = read(&workbook).unwrap();
    assert_eq!(
        (sheet.survey.as_str(), sheet.version.as_str(), sheet.language.tag()),
        ("tiny", "2027.1", "fr")
    );
    let row = |path: &str| sheet.rows.iter().find(|row| row.path == path).unwrap();
    assert_eq!(row("agree").before, Some(imprint("Voulez-vous?")));
    assert_eq!((row("agree").note.as_str(), row("agree").reviewer.as_str()), ("formal, as everywhere", ""));
    assert_eq!((row("street").english.as_str(), row("street").number), ("How is your street?", 9));
    assert!(sheet.rows.iter().all(|row| row.path != "street.good"), "an empty row says nothing");
}

#[test]
fn each_plural_form_has_a_row_with_its_numbers() {
    let survey = of_rooms();
    let workbook = write(&survey, &language("ar"), None, day()).unwrap();
    let strings = part(&workbook, "xl/sharedStrings.xml");
    for says in
        ["where the number is 2<", "where the number is 3, 4, 5, …", "said differently of different numbers"]
    {
        assert!(strings.contains(says), "{says} is not in {strings}");
    }
    for number in 0..6 {
        assert!(strings.contains(&format!(">which[{number}]<")), "{strings}");
    }
    assert!(!part(&handed_out("fr"), "xl/sharedStrings.xml").contains("where the number is"));
}
