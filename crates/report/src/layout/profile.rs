//! Who answered: as answered (ring), weighted (disc), population (diamond), with the three numbers beside them.

use super::{
    Width,
    frame::{Look, Rows, Scale, Sheet, baseline},
};
use crate::{
    figure::{Profile, ProfileRow},
    fonts::Fonts,
    palette::Ink,
    scene::{Anchor, Scene, Shape},
};

pub(super) fn layout(profile: &Profile, width: Width, fonts: &Fonts) -> Scene {
    let mut sheet = Sheet::new(width, fonts);
    let key = sheet.key(0.0, &profile.key, |sheet, place, at| mark(sheet, at, place));
    let column = if width.is_wide() { 62.0 } else { 46.0 };
    let mut frame = sheet.frame(&Rows {
        labels: profile.rows.iter().map(|row| if row.heading { "" } else { row.label.as_str() }).collect(),
        top: key + 26.0,
        height: 36.0,
        mark: 22.0,
        below: vec![0.0; profile.rows.len()],
        aside: 3.0 * column + 12.0,
    });
    let marked = profile.rows.iter().zip(&frame.middles).filter(|(row, _)| !row.heading);
    frame.grid = marked.map(|(_, middle)| *middle).collect();
    let scale = Scale::new(&frame, profile.rows.iter().flat_map(|row| row.shares).flatten());
    let below = sheet.axis(&frame, &scale, &profile.ticks);
    sheet.zero(&frame, &scale);
    for place in 0..3 {
        let x = end_of(&sheet, column, place) - 14.0;
        mark(&mut sheet, (x, key + 12.0), place);
    }
    for (row, middle) in profile.rows.iter().zip(&frame.middles) {
        if row.heading {
            sheet.heading((0.0, middle + baseline(15.0)), &row.label);
            continue;
        }
        draw_row(&mut sheet, row, &scale, *middle);
        for (place, words) in row.words.iter().enumerate() {
            let look = if place == 1 { Look { size: 13.0, ..Look::VALUE } } else { Look::KEY };
            let at = (end_of(&sheet, column, place), middle + baseline(13.0));
            sheet.text(at, words, look.anchored(Anchor::End));
        }
    }
    sheet.finish(frame.bottom + below)
}

/// Where the numbers of one kind end.
fn end_of(sheet: &Sheet<'_>, column: f64, place: usize) -> f64 {
    sheet.width.px() - column * super::frame::count(2 - place)
}

fn draw_row(sheet: &mut Sheet<'_>, row: &ProfileRow, scale: &Scale, middle: f64) {
    if let (Some(sample), Some(weighted)) = (row.shares[0], row.shares[1]) {
        sheet.line((scale.at(sample), middle), (scale.at(weighted), middle), 1.625, Ink::Unclear);
    }
    // The population last: weighting is meant to bring the disc under the diamond.
    for place in [0, 1, 2] {
        if let Some(share) = row.shares[place] {
            mark(sheet, (scale.at(share), middle), place);
        }
    }
}

fn mark(sheet: &mut Sheet<'_>, at: (f64, f64), place: usize) {
    sheet.put(match place {
        0 => Shape::Ring { at, radius: 6.0, ink: Ink::Rest },
        1 => Shape::Disc { at, radius: 7.0, ink: Ink::Lead },
        _ => Shape::Diamond { at, radius: 6.5, ink: Ink::Target },
    });
}
