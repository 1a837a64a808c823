//! What is withheld is nowhere: not in words, not in the order, not in the axis.

use estimates::{Cell, Number, Release, Why};
use report::{Fonts, compose, files, html};

use crate::sample;

/// Numbers beside withheld cells that estimates should not have left there.
const CANARY: Number = Number { units: 7_777, places: 4 };

fn pages(release: &Release) -> [String; 2] {
    let survey = sample::survey();
    let report = sample::report(&survey);
    ["en", "fr"].map(|tag| {
        let (document, _) = compose(&report, release, &survey, &sample::language(tag));
        let fonts = Fonts::new();
        // The page, and every file of a figure beside it.
        let figures = files(&document, &fonts).into_iter().map(|(_, text)| text);
        std::iter::once(html(&document, &fonts)).chain(figures).collect()
    })
}

#[test]
fn an_unweighted_share_beside_a_withheld_cell_is_not_printed() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    let mut planted = 0;
    for row in release.tables.values_mut().flat_map(|table| &mut table.rows) {
        for (cell, unweighted) in row.cells.iter().zip(&mut row.unweighted) {
            if cell.withheld().is_some() {
                *unweighted = Some(CANARY);
                planted += 1;
            }
        }
    }
    assert!(planted > 0);
    for page in pages(&release) {
        for canary in ["77.77", "77,77", "7777", "0.7777"] {
            assert!(!page.contains(canary), "`{canary}` got out");
        }
    }
}

#[test]
fn the_place_of_a_withheld_row_tells_nothing() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let release = sample::release(&survey, &report.queries());
    let mut turned = release.clone();
    for table in turned.tables.values_mut().filter(|table| table.nets.is_empty()) {
        table.rows.reverse();
    }
    let order = |page: &str| {
        let legal = page.find(">Legal or immigration<").unwrap();
        let interpretation = page.find(">Interpretation<").unwrap();
        interpretation < legal
    };
    assert!(order(&pages(&release)[0]) && order(&pages(&turned)[0]));
}

#[test]
fn a_withheld_middle_takes_both_sums_with_it() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    for row in release.tables.values_mut().flat_map(|table| &mut table.rows) {
        let middle =
            row.choice.as_str() == "3" && row.row.as_ref().is_some_and(|row| row.as_str() == "skills_used");
        if middle {
            row.cells[0] = Cell::Withheld(Why::Confidential);
        }
    }
    let page = &pages(&release)[0];
    assert!(!page.contains("48%"), "100 - 48 - 40 gives the middle away");
}
