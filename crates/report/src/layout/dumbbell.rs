//! Two groups on one line: a ring and a disc, joined, with the verdict in words.

use estimates::Number;

use super::{
    Width,
    frame::{Frame, Look, Rows, SMALL_LINE, Scale, Sheet, baseline, count},
};
use crate::{
    figure::{Dumbbell, DumbbellRow},
    fonts::Fonts,
    palette::Ink,
    scene::{Anchor, Scene, Shape},
};

const RADIUS: f64 = 6.0;
/// The verdicts' column.
const ASIDE: f64 = 158.0;
/// The height of marks and numbers on a narrow sheet.
const BAND: f64 = 26.0;

pub(super) fn layout(dumbbell: &Dumbbell, width: Width, fonts: &Fonts) -> Scene {
    let mut sheet = Sheet::new(width, fonts);
    let entries = [dumbbell.ring.clone(), dumbbell.disc.clone()];
    let key = sheet.key(0.0, &entries, |sheet, place, at| mark(sheet, at, place == 0));
    let wide = width.is_wide();
    let room = if wide { ASIDE } else { width.px() };
    let look = |row: &DumbbellRow| if row.clear { Look { ink: Ink::Ink, ..Look::HEAD } } else { Look::QUIET };
    let verdicts: Vec<Vec<String>> =
        dumbbell.rows.iter().map(|row| sheet.wrap(&row.verdict, room, look(row))).collect();
    let head = sheet.wrap(&dumbbell.head, room, Look::HEAD);
    let tall = if wide { count(head.len()) * SMALL_LINE + 6.0 } else { 2.0 };
    let mut frame = sheet.frame(&Rows {
        labels: dumbbell.rows.iter().map(|row| row.label.as_str()).collect(),
        top: key + tall,
        height: 40.0,
        mark: BAND,
        below: verdicts.iter().map(|lines| count(lines.len()) * SMALL_LINE).collect(),
        aside: if wide { ASIDE + 20.0 } else { 20.0 },
    });
    if wide {
        sheet.lines((width.px() - ASIDE, key + (tall - 6.0) / 2.0), &head, SMALL_LINE, Look::HEAD);
    } else {
        frame.left += 4.0;
    }
    let ends = dumbbell.rows.iter().flat_map(|row| [&row.ring, &row.disc]).flatten();
    let scale = Scale::new(&frame, ends.map(|(share, _)| *share));
    let below = sheet.axis(&frame, &scale, &dumbbell.ticks);
    sheet.zero(&frame, &scale);
    for ((row, middle), verdict) in dumbbell.rows.iter().zip(&frame.middles).zip(&verdicts) {
        draw_row(&mut sheet, row, &scale, *middle);
        sheet.lines(verdict_at(&sheet, &frame, *middle, verdict.len()), verdict, SMALL_LINE, look(row));
    }
    sheet.finish(frame.bottom + below)
}

/// Beside the marks where there is room, else below them.
fn verdict_at(sheet: &Sheet<'_>, frame: &Frame, middle: f64, lines: usize) -> (f64, f64) {
    if sheet.width.is_wide() {
        return (frame.right + 20.0, middle);
    }
    (frame.left, middle + BAND / 2.0 + SMALL_LINE * count(lines) / 2.0)
}

fn draw_row(sheet: &mut Sheet<'_>, row: &DumbbellRow, scale: &Scale, middle: f64) {
    if let (Some((ring, _)), Some((disc, _))) = (&row.ring, &row.disc) {
        let ink = if row.clear { Ink::Ink } else { Ink::Unclear };
        sheet.line((scale.at(*ring), middle), (scale.at(*disc), middle), 2.0, ink);
    }
    let ring_first = match (&row.ring, &row.disc) {
        (Some((ring, _)), Some((disc, _))) => scale.at(*ring) <= scale.at(*disc),
        _ => true,
    };
    let ends = [(&row.ring, true, ring_first), (&row.disc, false, !ring_first)];
    for (share, words, ring, left) in ends
        .iter()
        .filter_map(|(end, ring, left)| end.as_ref().map(|(share, words)| (share, words, ring, left)))
    {
        draw_end(sheet, (scale.at(*share), middle), (*share, words), (*ring, *left));
    }
}

fn draw_end(
    sheet: &mut Sheet<'_>,
    (x, middle): (f64, f64),
    (share, words): (Number, &str),
    (ring, left): (bool, bool),
) {
    mark(sheet, (x, middle), ring);
    // So near the axis a number at the left would cross it: it stands above its mark.
    if left && super::frame::percent(share) < 6.0 {
        sheet.text((x, middle - RADIUS - 4.0), words, Look::KEY.anchored(Anchor::Middle));
        return;
    }
    let (x, anchor) = if left { (x - RADIUS - 4.0, Anchor::End) } else { (x + RADIUS + 4.0, Anchor::Start) };
    let width = sheet.width_of(words, Look::KEY);
    let ground = if left { x - width } else { x };
    sheet.put(Shape::Bar {
        x: ground - 1.0,
        y: middle - 8.0,
        width: width + 2.0,
        height: 16.0,
        ink: Ink::Paper,
    });
    sheet.text((x, middle + baseline(13.0)), words, Look::KEY.anchored(anchor));
}

fn mark(sheet: &mut Sheet<'_>, at: (f64, f64), ring: bool) {
    sheet.put(if ring {
        Shape::Ring { at, radius: RADIUS, ink: Ink::Rest }
    } else {
        Shape::Disc { at, radius: RADIUS + 0.5, ink: Ink::Lead }
    });
}
