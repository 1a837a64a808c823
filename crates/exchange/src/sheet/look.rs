//! How the cells of a sheet look: what may be written into is coloured and unlocked.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};
use survey::{Direction, Language};

/// The fill of the cells a translator writes into: light enough to print.
const FILL: u32 = 0x00FF_F6D5;

/// The fill of the headings.
const HEAD: u32 = 0x00E3_E9F0;

/// Lines between cells.
const LINE: u32 = 0x00BF_C6CE;

/// What is there to be looked up, not to be read.
const GREY: u32 = 0x0060_6870;

/// The height of a line, in points.
const LINE_HEIGHT: f64 = 15.0;

/// A line breaks between words, so it is a little shorter than its column.
const FILLED: f64 = 0.9;

/// How many more small letters than others a column holds.
pub(super) const SMALLER: f64 = 11.0 / 9.0;

/// How much longer than the English a translation may become before its row is too low.
pub(super) const GROWTH: f64 = 1.4;

/// The formats of the sheet with the words.
pub(super) struct Look {
    pub(super) heading: Format,
    pub(super) id: Format,
    pub(super) remark: Format,
    pub(super) english: Format,
    pub(super) translation: Format,
    pub(super) note: Format,
}

impl Look {
    pub(super) fn of(source: &Language, language: &Language) -> Look {
        Look {
            heading: cell().set_bold().set_background_color(HEAD),
            id: cell().set_font_color(GREY).set_font_size(9),
            remark: cell().set_font_color(GREY).set_font_size(9),
            english: directed(cell(), source),
            translation: directed(cell(), language).set_unlocked().set_background_color(FILL),
            note: cell().set_unlocked(),
        }
    }
}

/// The lines of a text, grown by a factor, in a column of so many letters; a line break begins a new one.
pub(super) fn lines(text: &str, column: f64, growth: f64) -> f64 {
    let letter = |each: char| if each >= '\u{1100}' { 2.0 } else { 1.0 };
    let of_one = |line: &str| (line.chars().map(letter).sum::<f64>() * growth / (column * FILLED)).ceil();
    text.lines().map(|line| of_one(line).max(1.0)).sum::<f64>().max(1.0)
}

/// The height of a row of so many lines, in points.
///
/// Programs other than Excel do not find it by themselves when they open a file.
pub(super) fn height(lines: f64) -> f64 {
    lines * LINE_HEIGHT
}

/// A heading of the guide.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_text_wrap().set_align(FormatAlign::Top)
}

/// A part's name in the guide.
pub(super) fn part() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

/// A sentence of the guide.
pub(super) fn sentence() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A locked cell that is text and nothing else: `1/2` must not become a date.
fn cell() -> Format {
    let lines = Format::new().set_border(FormatBorder::Thin).set_border_color(LINE);
    lines.set_num_format("@").set_text_wrap().set_align(FormatAlign::Top)
}

/// The direction is that of the language, never guessed from the first letter, which may be a digit or a name.
fn directed(format: Format, language: &Language) -> Format {
    match language.direction() {
        Direction::Ltr => format.set_reading_direction(1).set_align(FormatAlign::Left),
        Direction::Rtl => format.set_reading_direction(2).set_align(FormatAlign::Right),
    }
}
