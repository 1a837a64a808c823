//! What taking a sheet in promises, in every case there is: what stands, what was handed out, what came back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use std::sync::OnceLock;

use survey::po::{Entry, Po, write};
use survey::translation::{Row, extract, imprint, merge};

use crate::merge::{TEXT, entry, file, french, house, survey};

/// What became of one row over one entry.
struct Case {
    row: Row,
    before: Entry<'static>,
    after: Entry<'static>,
    refused: bool,
    /// Whether taking the row in again changed nothing.
    settled: bool,
}

const TEXTS: [&str; 4] = ["", "Un", "Deux", "Trois"];

/// Every entry that may stand there.
fn entries() -> impl Iterator<Item = String> {
    let doubts = ["", "#, fuzzy\n", "#, fuzzy\n#| msgid \"How is it?\"\n"];
    let with = |doubt| TEXTS.map(|now| format!("{doubt}{}", entry("house", "How is your house?", now)));
    doubts.into_iter().flat_map(with)
}

/// Every row that may come back.
fn rows() -> Vec<Row> {
    let befores = [None, Some(""), Some("Un"), Some("Deux"), Some("Trois")];
    let came = TEXTS.into_iter().flat_map(|text| befores.map(|before| (text, before.map(imprint))));
    let sides = [
        ("How is your house?", ""),
        ("How is your house?", "Amal"),
        ("How is it?", ""),
        ("How is it?", "Amal"),
    ];
    let rows = came.flat_map(|(text, before)| {
        sides.map(|(english, reviewer)| Row {
            english: english.to_owned(),
            before: before.clone(),
            reviewer: reviewer.to_owned(),
            ..house(text, "")
        })
    });
    rows.collect()
}

fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let (survey, rows) = (survey(TEXT), rows());
        let all = entries().flat_map(|stands| {
            let po = extract(&survey, &french(), Some(&file(&stands))).into_owned();
            let cases = rows.iter().map(|row| {
                let done = merge(&survey, &french(), Some(&po), std::slice::from_ref(row));
                let again = merge(&survey, &french(), Some(&done.po), std::slice::from_ref(row));
                let of_house = |po: &Po<'static>| po.get("house").unwrap().clone();
                Case {
                    row: row.clone(),
                    before: of_house(&po),
                    after: of_house(&done.po),
                    refused: !done.refused.is_empty(),
                    settled: write(&again.po) == write(&done.po),
                }
            });
            cases.collect::<Vec<_>>()
        });
        let all: Vec<Case> = all.collect();
        assert_eq!(all.len(), 12 * 80);
        all
    })
}

fn each(promise: impl Fn(&Row, &Entry<'_>, &Entry<'_>, bool)) {
    cases().iter().for_each(|case| promise(&case.row, &case.before, &case.after, case.refused));
}

#[test]
fn twice_is_once() {
    let unsettled = cases().iter().find(|case| !case.settled);
    assert!(unsettled.is_none(), "{:?}", unsettled.map(|case| (&case.row, &case.before)));
}

#[test]
fn only_what_was_handed_out_is_replaced_and_only_for_the_english_of_today() {
    each(|row, before, after, _| {
        let (stood, stands) = (&before.msgstrs[0].text, &after.msgstrs[0].text);
        if stood != stands && !stood.is_empty() {
            assert_eq!(row.before, Some(imprint(stood)), "{row:?} over {before:?}");
            assert_eq!(row.english, after.english());
        }
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    each(|row, before, after, refused| assert!(!refused || before == after, "{row:?} over {before:?}"));
}

#[test]
fn nobody_is_shown_words_for_earlier_english() {
    each(|row, before, after, _| {
        let was_shown = before.text().is_some() && before.text() == after.text();
        if after.text().is_some() && !was_shown {
            assert_eq!(row.english, after.english(), "{row:?} over {before:?}");
            assert_eq!(after.text(), Some(row.translation.as_str()));
        }
    });
}

#[test]
fn a_name_vouches_for_the_words_it_stood_beside() {
    each(|row, before, after, _| {
        if after.reviewer().is_some() {
            assert_eq!((row.reviewer.as_str(), &*row.translation), ("Amal", &*after.msgstrs[0].text));
            assert_eq!(row.english, after.english(), "{row:?} over {before:?}");
        }
    });
}

#[test]
fn what_somebody_wrote_is_taken_or_listed() {
    each(|row, before, after, refused| {
        let wrote = !row.translation.is_empty() && row.before.as_ref() != Some(&imprint(&row.translation));
        let stands = row.translation == after.msgstrs[0].text;
        assert!(!wrote || stands || refused, "{row:?} over {before:?}");
    });
}
