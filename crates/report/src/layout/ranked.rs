//! Bars from the longest, each with its range, its number beside it.

use super::{
    Width,
    frame::{Look, Rows, SMALL_LINE, Scale, Sheet, baseline, count},
};
use crate::{
    figure::{Printed, Ranked, RankedRow, Reading},
    fonts::Fonts,
    palette::Ink,
    scene::{Anchor, Scene, Shape},
};

const BAR: f64 = 20.0;
/// Between a value and its range.
const GAP: f64 = 8.0;
/// Between axis and values; half of the last tick's words must fit.
const ASIDE: f64 = 20.0;

pub(super) fn layout(ranked: &Ranked, width: Width, fonts: &Fonts) -> Scene {
    let mut sheet = Sheet::new(width, fonts);
    let column = values(&sheet, ranked);
    let wide = width.is_wide();
    let head = sheet.wrap(&ranked.head, if wide { column.max(118.0) } else { width.px() }, Look::HEAD);
    let widest = head.iter().map(|line| sheet.width_of(line, Look::HEAD)).fold(column, f64::max);
    let column = if wide { widest } else { column };
    let tall = count(head.len()) * SMALL_LINE;
    let frame = sheet.frame(&Rows {
        labels: ranked.rows.iter().map(|row| row.label.as_str()).collect(),
        top: tall + 6.0,
        height: 40.0,
        mark: BAR,
        below: vec![0.0; ranked.rows.len()],
        aside: column + ASIDE,
    });
    let scale = Scale::new(&frame, printed(ranked).map(|printed| printed.high));
    let (x, anchor) = if wide { (width.px() - column, Anchor::Start) } else { (width.px(), Anchor::End) };
    sheet.lines((x, tall / 2.0), &head, SMALL_LINE, Look::HEAD.anchored(anchor));
    let below = sheet.axis(&frame, &scale, &ranked.ticks);
    for (row, middle) in ranked.rows.iter().zip(&frame.middles) {
        match &row.reading {
            Reading::Shown(printed) => {
                bar(&mut sheet, row, printed, &scale, *middle);
                value(&mut sheet, printed, (width.px() - column, *middle));
            }
            Reading::Withheld(words) => {
                sheet.withheld((frame.left, *middle), words, width.px() - frame.left);
            }
        }
    }
    sheet.zero(&frame, &scale);
    sheet.finish(frame.bottom + below)
}

fn printed(ranked: &Ranked) -> impl Iterator<Item = &Printed> {
    ranked.rows.iter().filter_map(|row| match &row.reading {
        Reading::Shown(printed) => Some(printed),
        Reading::Withheld(_) => None,
    })
}

/// The width the values need.
fn values(sheet: &Sheet<'_>, ranked: &Ranked) -> f64 {
    let value = printed(ranked).map(|each| sheet.width_of(&lettered(each), Look::VALUE)).fold(0.0, f64::max);
    let range = printed(ranked).map(|each| sheet.width_of(&each.range, Look::QUIET)).fold(0.0, f64::max);
    value + GAP + range
}

fn lettered(printed: &Printed) -> String {
    match &printed.letter {
        Some(letter) => format!("{}\u{a0}{letter}", printed.words),
        None => printed.words.clone(),
    }
}

fn bar(sheet: &mut Sheet<'_>, row: &RankedRow, printed: &Printed, scale: &Scale, middle: f64) {
    let from = scale.at(estimates::Number { units: 0, places: 0 });
    let ink = match (&printed.letter, row.leading) {
        (Some(_), _) => Ink::Caution,
        (None, true) => Ink::Lead,
        (None, false) => Ink::Rest,
    };
    let width = scale.at(printed.value) - from;
    sheet.put(Shape::Bar { x: from, y: middle - BAR / 2.0, width, height: BAR, ink });
    let (low, high) = (scale.at(printed.low), scale.at(printed.high));
    sheet.line((low, middle), (high, middle), 4.5, Ink::Paper);
    sheet.line((low, middle), (high, middle), 1.625, Ink::Ink);
    for end in [low, high] {
        sheet.line((end, middle - 4.5), (end, middle + 4.5), 1.625, Ink::Ink);
    }
}

fn value(sheet: &mut Sheet<'_>, printed: &Printed, (x, middle): (f64, f64)) {
    let words = lettered(printed);
    sheet.text((x, middle + baseline(15.0)), &words, Look::VALUE);
    let after = x + sheet.width_of(&words, Look::VALUE) + GAP;
    sheet.text((after, middle + baseline(15.0)), &printed.range, Look::QUIET);
}
