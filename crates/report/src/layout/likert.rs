//! Parts of a scale stacked to 100 %, with the sums of both ends beside them.

use super::{
    Width,
    frame::{Frame, Look, Rows, SMALL_LINE, Sheet, baseline, percent},
};
use crate::{
    figure::{Fill, Likert, LikertRow, Part},
    fonts::{Fonts, Weight},
    palette::Ink,
    scene::{Anchor, Scene, Shape},
};

const BAR: f64 = 28.0;
/// Between the parts of a stack: fills never touch.
const GAP: f64 = 1.5;
/// The frame of a part that holds two answers.
const FRAME: f64 = 3.0;
/// A number within a part keeps so much free on each side.
const FREE: f64 = 4.0;

pub(super) fn layout(likert: &Likert, width: Width, fonts: &Fonts) -> Scene {
    let mut sheet = Sheet::new(width, fonts);
    let entries: Vec<String> = likert.key.iter().map(|(words, _)| words.clone()).collect();
    let top = sheet.key(0.0, &entries, |sheet, place, (x, y)| {
        block(sheet, (x - 7.0, y - 7.0), (14.0, 14.0), likert.key[place].1);
    });
    let bases = likert.rows.iter().any(|row| row.respondents.is_some());
    let aside = if bases && width.is_wide() { 64.0 } else { 0.0 };
    let below = if bases { SMALL_LINE } else { 0.0 };
    let frame = sheet.frame(&Rows {
        labels: likert.rows.iter().map(|row| row.label.as_str()).collect(),
        top: top + 2.0,
        height: 46.0,
        mark: BAR,
        below: vec![below; likert.rows.len()],
        aside,
    });
    let net =
        |row: &LikertRow| sheet.width_of(&row.low, Look::VALUE).max(sheet.width_of(&row.high, Look::VALUE));
    let ends = likert.rows.iter().map(net).fold(0.0, f64::max) + 10.0;
    for (row, middle) in likert.rows.iter().zip(&frame.middles) {
        draw_row(&mut sheet, row, &frame, ends, *middle);
    }
    sheet.finish(frame.bottom)
}

fn draw_row(sheet: &mut Sheet<'_>, row: &LikertRow, frame: &Frame, ends: f64, middle: f64) {
    let (from, to) = (frame.left + ends, frame.right - ends);
    if let Some(words) = &row.words {
        sheet.withheld((from - 8.0, middle), words, to - from);
    }
    stack(sheet, &row.parts, (from, to), middle);
    let net = Look { ink: Ink::Low2, ..Look::VALUE };
    sheet.text((from - 8.0, middle + baseline(15.0)), &row.low, net.anchored(Anchor::End));
    sheet.text((to + 8.0, middle + baseline(15.0)), &row.high, Look { ink: Ink::High2, ..Look::VALUE });
    let Some(respondents) = &row.respondents else { return };
    if sheet.width.is_wide() {
        let look = Look::QUIET.anchored(Anchor::End);
        sheet.text((sheet.width.px(), middle + baseline(13.0)), respondents, look);
    } else {
        sheet.text((from, middle + BAR / 2.0 + 15.0), respondents, Look::QUIET);
    }
}

/// A part: of one colour, or of two answers as the paler one in a frame of the stronger.
fn block(sheet: &mut Sheet<'_>, (x, y): (f64, f64), (width, height): (f64, f64), fill: Fill) {
    let mut bar = |inset: f64, ink: Ink| {
        let (width, height) = ((width - 2.0 * inset).max(0.5), height - 2.0 * inset);
        sheet.put(Shape::Bar { x: x + inset, y: y + inset, width, height, ink });
    };
    match fill {
        Fill::One(ink) => bar(0.0, ink),
        Fill::Both { frame, within } => {
            bar(0.0, frame);
            bar(FRAME, within);
        }
    }
}

/// Parts are rounded, so they may add up to a little more or less than 100: the stack is scaled to its room.
fn stack(sheet: &mut Sheet<'_>, parts: &[Part], (from, to): (f64, f64), middle: f64) {
    let whole: f64 = parts.iter().map(|part| percent(part.value)).sum();
    let mut x = from;
    for part in parts.iter().filter(|part| percent(part.value) > 0.0) {
        let width = (to - from) * percent(part.value) / whole;
        let (inner, height) = ((width - GAP).max(0.5), BAR);
        block(sheet, (x + GAP / 2.0, middle - BAR / 2.0), (inner, height), part.fill);
        let strong = matches!(part.fill, Fill::One(Ink::Low2 | Ink::High2));
        let ink = if strong { Ink::OnStrong } else { Ink::OnPale };
        let look = Look { size: 13.0, weight: Weight::Regular, anchor: Anchor::Middle, ink };
        if sheet.width_of(&part.words, look) + 2.0 * FREE <= inner {
            sheet.text((x + width / 2.0, middle + baseline(13.0)), &part.words, look);
        }
        x += width;
    }
}
