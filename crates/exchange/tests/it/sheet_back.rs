//! What comes back from translators.

use std::{fs, path::Path};

use exchange::sheet::{Sheet, read};
use rust_xlsxwriter::Workbook;
use survey::translation::{Row, imprint, merge};

use crate::sample::{day, french, handed_out, language, of_rooms, survey};

/// A sheet that another program saved; `tests/data/make.sh` says how.
fn saved_by(program: &str) -> Sheet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(format!("{program}.xlsx"));
    read(&fs::read(path).unwrap()).unwrap()
}

fn row<'s>(sheet: &'s Sheet, path: &str) -> &'s Row {
    sheet.rows.iter().find(|row| row.path == path).unwrap()
}

/// What is said of a file that is not taken.
fn refused(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

/// A workbook of our own making: sheets by their names, cells by rows.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

const MARK: (&str, &[&[&str]]) =
    ("soundings", &[&["survey", "tiny"], &["version", "2027.1"], &["language", "fr"]]);

#[test]
fn hand_out_the_sheet_to_fill_in() {
    let sheet = handed_out("fr");
    assert_eq!(read(&sheet).unwrap().rows.len(), 3, "what is written stands in it");
    if let Some(path) = std::env::var_os("WRITE_SHEET") {
        fs::write(path, sheet).unwrap();
    }
}

#[test]
fn sheets_saved_by_other_programs_say_the_same() {
    for program in ["openpyxl", "libreoffice"] {
        let sheet = saved_by(program);
        assert_eq!((sheet.survey.as_str(), sheet.version.as_str()), ("tiny", "2027.1"), "{program}");
        assert_eq!(sheet.language, language("fr"));
        assert!(sheet.fits(&survey()).is_ok());
        let street = row(&sheet, "street");
        assert_eq!(street.translation, "Comment est votre rue?", "blanks at the ends are taken off");
        assert_eq!((street.english.as_str(), street.reviewer.as_str()), ("How is your street?", "Amal K."));
        assert_eq!(street.before, Some(imprint("Comment ça va?")));
        assert_eq!(row(&sheet, "street:hint").translation, "Celle où vous dormez.");
        assert_eq!(row(&sheet, "street.good").translation, "2027");
        assert_eq!(row(&sheet, "street.good").before.as_deref(), Some(""));
        assert_eq!(row(&sheet, "end.bye").note, "Said or written?\nI chose neither.");
        let unreadable: Vec<_> =
            sheet.unreadable.iter().map(|told| (told.id.as_str(), told.number)).collect();
        assert_eq!(unreadable, [("street.bad", 12)], "{program}");
        assert!(sheet.unreadable[0].says.contains("a date"), "{}", sheet.unreadable[0].says);
        assert!(sheet.rows.iter().all(|row| row.path != "survey:contact"), "an empty row says nothing");
    }
}

#[test]
fn a_sheet_goes_out_is_filled_in_and_comes_back_into_the_file() {
    let po = french();
    let done = merge(&survey(), &language("fr"), Some(&po), &saved_by("libreoffice").rows);
    assert_eq!(done.in_words(), "4 new, 0 changed, 0 refused, 2 reviewed");
    assert_eq!(done.po.text("street"), Some("Comment est votre rue?"));
    assert_eq!(done.po.get("agree").unwrap().reviewer(), Some("Amal K."));
    assert_eq!(done.po.get("agree").unwrap().notes().collect::<Vec<_>>(), ["formal, as everywhere"]);
    let again = merge(&survey(), &language("fr"), Some(&done.po), &saved_by("openpyxl").rows);
    assert_eq!(again.in_words(), "0 new, 0 changed, 0 refused");
    assert_eq!(survey::po::write(&again.po), survey::po::write(&done.po));
}

#[test]
fn a_sheet_sent_back_as_it_was_changes_nothing() {
    let sheet = read(&handed_out("fr")).unwrap();
    let survey = survey();
    let po = survey::translation::extract(&survey, &language("fr"), Some(&french()));
    let done = merge(&survey, &language("fr"), Some(&po), &sheet.rows);
    assert_eq!(done.in_words(), "0 new, 0 changed, 0 refused");
    assert_eq!(survey::po::write(&done.po), survey::po::write(&po));
}

#[test]
fn plural_forms_come_back_each_into_its_place() {
    let (survey, arabic) = (of_rooms(), language("ar"));
    let many = "Of your {count(rooms)} rooms, is one cold?";
    let words: &[&[&str]] = &[
        &["ID", "English", "Translation", "Before"],
        &["which[1]", "Is your room cold?", "هل غرفتك باردة؟", ""],
        &["which[2]", many, "هل إحدى غرفتيك باردة؟", ""],
        &["which[3]", many, "هل إحدى غرفك الـ{count(rooms)} باردة؟", ""],
        &["which[4]", many, "هل إحدى غرفك باردة؟", ""],
    ];
    let mark: (&str, &[&[&str]]) =
        (MARK.0, &[&["survey", "tiny"], &["version", "2027.1"], &["language", "ar"]]);
    let sheet = read(&workbook(&[("Words", words), mark])).unwrap();
    let done = merge(&survey, &arabic, None, &sheet.rows);
    assert_eq!(done.in_words(), "3 new, 0 changed, 1 refused");
    assert_eq!((done.refused[0].id.as_str(), done.refused[0].number), ("which[4]", 5));
    let forms: Vec<bool> =
        done.po.get("which").unwrap().msgstrs.iter().map(|form| form.text.is_empty()).collect();
    assert_eq!(forms, [true, false, false, false, true, true]);
    let again = exchange::sheet::write(&survey, &arabic, Some(&done.po), day()).unwrap();
    let rows = read(&again).unwrap().rows;
    let told: Vec<_> = rows.iter().map(|row| (row.form, row.english.as_str())).collect();
    assert_eq!(told, [(Some(1), "Is your room cold?"), (Some(2), many), (Some(3), many)]);
    assert!(rows.iter().all(|row| row.before == Some(imprint(&row.translation))));
}

#[test]
fn columns_may_be_moved_and_sheets_renamed() {
    let words: &[&[&str]] = &[
        &["", "From the agency"],
        &["", "translation", "English", "id", "Price"],
        &["", "Page un", "Main page", "page.main", "3"],
        &["", "", "", "", "total"],
        &["", "Combien?", "How many?", "rooms[2]", "4"],
    ];
    let sheet = read(&workbook(&[("Bill", &[&["Sum", "7"]]), MARK, ("Job 12", words)])).unwrap();
    assert_eq!(row(&sheet, "page.main").translation, "Page un");
    // Without the hidden column nobody knows what stood there.
    assert_eq!((row(&sheet, "page.main").number, &row(&sheet, "page.main").before), (3, &None));
    assert_eq!(row(&sheet, "rooms").form, Some(2));
    assert_eq!(sheet.rows.len(), 2);
}

#[test]
fn words_without_an_id_are_listed() {
    let words: &[&[&str]] = &[&["ID", "English", "Translation"], &["", "Main page", "Page un"]];
    let sheet = read(&workbook(&[("Words", words), MARK])).unwrap();
    assert_eq!((sheet.rows.len(), sheet.unreadable[0].number), (0, 2));
    assert!(sheet.unreadable[0].says.starts_with("it has no ID"));
}

#[test]
fn what_is_no_workbook_is_said_with_what_to_do() {
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 504]].concat();
    let open = b"PK\x03\x04\x14\0\0\x08\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet".to_vec();
    for (bytes, says) in [
        (Vec::new(), "it is empty"),
        (b"\r\n \r\n".to_vec(), "it is empty"),
        (old, "it is an old Excel file under another name, or has a password: save it"),
        (open, "it is an OpenDocument sheet: save it"),
        ("ID;English;Translation\r\nhome;Où?\r\n".as_bytes().to_vec(), "it is plain text, as a CSV file is"),
        (b"\xff\xfeI\0D\0,\0".to_vec(), "it is plain text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "it is no spreadsheet: ask for"),
        (b"PK\x03\x04 and then nothing".to_vec(), "it is broken: open it in a spreadsheet program"),
    ] {
        assert!(refused(&bytes).starts_with(says), "{says}: {}", refused(&bytes));
    }
}

#[test]
fn a_workbook_cut_short_anywhere_is_refused_in_a_sentence() {
    let whole = handed_out("ar");
    for length in (0..whole.len()).step_by(97) {
        assert!(refused(&whole[..length]).contains(": "), "{length}");
    }
}

#[test]
fn a_workbook_that_is_not_ours_is_said_to_be_none() {
    let bill: (&str, &[&[&str]]) = ("Bill", &[&["Sum", "7"]]);
    assert!(refused(&workbook(&[bill, MARK])).contains("no sheet with the columns `ID`, `English` and"));
    let words: (&str, &[&[&str]]) = ("Words", &[&["ID", "English", "Translation"], &["a", "b", "c"]]);
    assert!(refused(&workbook(&[words])).starts_with("it does not say which survey and language"));
    let dari: (&str, &[&[&str]]) =
        ("soundings", &[&["survey", "tiny"], &["version", "2027.1"], &["language", "prs"]]);
    assert!(refused(&workbook(&[words, dari])).contains("the language `prs`"));
}

#[test]
fn words_of_another_survey_or_of_its_own_language_do_not_fit() {
    let sheet = read(&handed_out("fr")).unwrap();
    let other = Sheet { survey: "large".to_owned(), ..sheet.clone() };
    let says = other.fits(&survey()).unwrap_err().to_string();
    assert_eq!(says, "its words are of the survey `large`, not of `tiny`: give the folder of `large`");
    let own = Sheet { language: language("en"), ..sheet.clone() };
    assert!(own.fits(&survey()).unwrap_err().to_string().contains("change them in the survey"));
    let later = Sheet { version: "2031.4".to_owned(), ..sheet };
    assert!(later.fits(&survey()).is_ok());
}

#[test]
fn a_workbook_with_a_broken_byte_is_read_or_refused_and_nothing_worse() {
    let whole = handed_out("fr");
    let mut refused = 0;
    for at in (0..whole.len()).step_by(61) {
        for mask in [0x01, 0x80, 0xff] {
            let mut broken = whole.clone();
            broken[at] ^= mask;
            refused += usize::from(read(&broken).is_err());
        }
    }
    assert!(refused > 50, "broken bytes are noticed: {refused}");
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_nothing() {
    let mut workbook = Workbook::new();
    let words = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["ID", "English", "Translation"]) {
        words.write_string(0, column, heading).unwrap();
    }
    words.write_string(1_048_575, 16_383, "oops").unwrap();
    words.write_string(1_048_575, 2, "no ID").unwrap();
    let mark = workbook.add_worksheet().set_name(MARK.0).unwrap();
    for (row, pair) in (0..).zip(MARK.1) {
        mark.write_string(row, 0, pair[0]).unwrap().write_string(row, 1, pair[1]).unwrap();
    }
    let sheet = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!((sheet.rows.len(), sheet.unreadable[0].number), (0, 1_048_576));
}
