//! A translators' sheet as it travels: handed out, filled in, taken in.

use std::{fs, path::Path};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::study::{said, soundings};
use crate::translate::{copy, edit, french};

/// What a translator writes: into the row of this ID, under this heading.
type Written<'w> = (&'w str, &'w str, &'w str);

/// Hand the French of a survey out, into its folder.
fn hand_out(folder: &Path) -> std::path::PathBuf {
    let out = folder.join("fr.xlsx");
    let words = ["translate", "sheet", &folder.to_string_lossy(), "fr", "--out", &out.to_string_lossy()];
    let (says, error, code) = said(&soundings(&words));
    assert_eq!(code, Some(0), "{error}");
    assert!(says.contains("fr.xlsx: 733 texts"), "{says}");
    out
}

/// Fill a sheet in, and save it under its own name as another program would.
fn fill_in(path: &Path, written: &[Written<'_>]) {
    let mut sheets: Xlsx<_> = open_workbook(path).unwrap();
    let mut workbook = Workbook::new();
    for (name, range) in sheets.worksheets() {
        let mut rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        for (id, heading, text) in written.iter().filter(|_| name == "Words") {
            let column = rows[0].iter().position(|cell| cell == heading).unwrap();
            rows.iter_mut().find(|row| row[0] == *id).unwrap()[column] = (*text).to_owned();
        }
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.save(path).unwrap();
}

/// The entry of the first choice of `freq5`: other lists say "never" as well.
fn never(french: &str) -> String {
    format!("msgctxt \"list.freq5.1\"\nmsgid \"Never\"\nmsgstr \"{french}\"")
}

fn import(folder: &Path, sheet: &Path) -> (String, String, Option<i32>) {
    said(&soundings(&["translate", "import", &folder.to_string_lossy(), &sheet.to_string_lossy()]))
}

#[test]
fn a_stale_translation_is_healed_by_a_sheet_that_goes_out_and_comes_back() {
    let folder = copy("sheet");
    edit(&folder.join("newcomer-needs.survey"), "How often do you feel lonely?", "How often are you lonely?");
    assert_eq!(french(&folder)["stale"], 1);
    let sheet = hand_out(&folder);
    fill_in(
        &sheet,
        &[
            ("lonely", "Translation", "Êtes-vous souvent seul ou seule?"),
            ("lonely", "Reviewer", "Amal"),
            ("list.freq5.1", "Translation", "Jamais de la vie"),
            ("list.freq5.2", "Note", "too rare a word?"),
        ],
    );
    let (says, error, code) = import(&folder, &sheet);
    assert_eq!(code, Some(0), "{error}");
    assert!(says.contains("1 new, 1 changed, 0 refused, 1 reviewed; written"), "{says}");
    let status = french(&folder);
    assert_eq!((&status["stale"], &status["ok"]), (&0.into(), &1.into()));
    let text = fs::read_to_string(folder.join("fr.po")).unwrap();
    assert!(text.contains("msgstr \"Êtes-vous souvent seul ou seule?\""), "{text}");
    assert!(text.contains("# too rare a word?\n#. "), "{text}");

    let (says, _, code) = import(&folder, &sheet);
    assert_eq!(code, Some(0));
    assert!(says.contains("0 new, 0 changed, 0 refused; was up to date"), "{says}");
    assert_eq!(fs::read_to_string(folder.join("fr.po")).unwrap(), text);
}

#[test]
fn a_sheet_filled_from_older_english_is_doubtful_and_overwrites_nothing() {
    let folder = copy("older");
    edit(&folder.join("fr.po"), &never("Jamais"), &never(""));
    let sheet = hand_out(&folder);
    fill_in(
        &sheet,
        &[("list.freq5.1", "Translation", "Jamais"), ("lonely", "Translation", "Êtes-vous souvent seul?")],
    );
    let survey = folder.join("newcomer-needs.survey");
    edit(&survey, "How often do you feel lonely?", "How often are you lonely?");
    edit(
        &survey,
        "list freq5  ordered  best first\n  - 1  Never",
        "list freq5  ordered  best first\n  - 1  Not once",
    );
    let there = fs::read_to_string(folder.join("fr.po")).unwrap();
    let stands = there.split("msgctxt \"lonely\"").nth(1).unwrap().lines().nth(2).unwrap();

    let (says, error, code) = import(&folder, &sheet);
    assert_eq!(code, Some(1), "somebody must look: {says}");
    assert!(error.contains("1 row refused, as listed above"), "{error}");
    assert!(says.contains("1 new, 0 changed, 1 refused; written"), "{says}");
    assert!(says.contains("`lonely`: it was made for earlier English"), "{says}");
    assert!(says.contains("`list.freq5.1`: taken as doubtful"), "{says}");
    let text = fs::read_to_string(folder.join("fr.po")).unwrap();
    assert!(text.contains(
        "#, fuzzy\n#| msgid \"Never\"\nmsgctxt \"list.freq5.1\"\nmsgid \"Not once\"\nmsgstr \"Jamais\"\n"
    ));
    assert!(text.contains(&format!("msgid \"How often are you lonely?\"\n{stands}\n")), "{stands}");
    assert_eq!(french(&folder)["stale"], 2);
}

#[test]
fn what_somebody_wrote_meanwhile_is_kept() {
    let folder = copy("meanwhile");
    let sheet = hand_out(&folder);
    fill_in(&sheet, &[("list.freq5.1", "Translation", "Jamais de la vie")]);
    edit(&folder.join("fr.po"), &never("Jamais"), &never("À aucun moment"));
    let (says, _, code) = import(&folder, &sheet);
    assert_eq!(code, Some(1));
    assert!(says.contains("0 new, 0 changed, 1 refused"), "{says}");
    assert!(says.contains("  row 404, `list.freq5.1`: a newer translation stands, and is kept"), "{says}");
    assert!(fs::read_to_string(folder.join("fr.po")).unwrap().contains("msgstr \"À aucun moment\""));
}

#[test]
fn a_sheet_that_is_there_is_not_written_over() {
    let folder = copy("twice");
    let sheet = hand_out(&folder).to_string_lossy().into_owned();
    let path = folder.to_string_lossy().into_owned();
    let again = ["translate", "sheet", &path, "fr", "--out", &sheet];
    let (_, error, code) = said(&soundings(&again));
    assert_eq!(code, Some(1));
    assert!(error.contains("--force"), "{error}");
    let (_, error, code) = said(&soundings(&[&again[..], &["--force"]].concat()));
    assert_eq!(code, Some(0), "{error}");
    let day = ["--force", "--today", "2027-02-14"];
    let made = || {
        assert_eq!(said(&soundings(&[&again[..], &day].concat())).2, Some(0));
        fs::read(&sheet).unwrap()
    };
    assert_eq!(made(), made(), "the day is the only thing that may differ");
}

#[test]
fn files_that_are_no_sheets_of_this_survey_are_refused_and_the_others_taken() {
    let folder = copy("files");
    let sheet = hand_out(&folder);
    let csv = folder.join("sheet.xlsx");
    fs::write(&csv, "ID,English,Translation\n").unwrap();
    let named = [folder.as_path(), &csv, &sheet].map(|path| path.to_string_lossy().into_owned());
    let (says, error, code) = said(&soundings(&["translate", "import", &named[0], &named[1], &named[2]]));
    assert_eq!(code, Some(1));
    assert!(error.contains("is not taken: it is plain text, as a CSV file is"), "{error}");
    assert!(error.contains("1 file not taken"), "{error}");
    assert!(says.contains("0 new, 0 changed, 0 refused"), "{says}");
    let (_, error, code) =
        said(&soundings(&["translate", "import", "surveys/host-community", &sheet.to_string_lossy()]));
    assert_eq!(code, Some(1));
    assert!(error.contains("of the survey `newcomer-needs`, not of `host-community`"), "{error}");
}
