//! What all charts share: a sheet to put things on, rows with their labels, an axis, a key.

use estimates::Number;

use super::Width;
use crate::{
    fonts::{Fonts, Weight},
    palette::Ink,
    scene::{Anchor, Scene, Shape},
    wrap::wrap,
};

/// Row labels and values.
pub(super) const LARGE: f64 = 15.0;
/// The line height of labels.
pub(super) const LARGE_LINE: f64 = 19.0;
/// Ranges, ticks, keys.
pub(super) const SMALL: f64 = 13.0;
/// The line height of small words.
pub(super) const SMALL_LINE: f64 = 17.0;
/// The label column is never wider.
const LABEL_MOST: f64 = 225.0;
/// Between labels and axis.
const LABEL_GAP: f64 = 12.0;

/// Collects what is drawn.
pub(super) struct Sheet<'f> {
    pub(super) width: Width,
    pub(super) fonts: &'f Fonts,
    shapes: Vec<Shape>,
}

/// How words look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) anchor: Anchor,
    pub(super) ink: Ink,
}

impl Look {
    pub(super) const LABEL: Look =
        Look { size: LARGE, weight: Weight::Regular, anchor: Anchor::Start, ink: Ink::Ink };
    pub(super) const VALUE: Look = Look { weight: Weight::Bold, ..Look::LABEL };
    pub(super) const QUIET: Look = Look { size: SMALL, ink: Ink::Grey, ..Look::LABEL };
    pub(super) const HEAD: Look = Look { weight: Weight::Bold, ..Look::QUIET };
    pub(super) const KEY: Look = Look { size: SMALL, ..Look::LABEL };

    pub(super) fn anchored(self, anchor: Anchor) -> Look {
        Look { anchor, ..self }
    }
}

/// How far below the middle of a line of words its baseline stands.
pub(super) fn baseline(size: f64) -> f64 {
    size * 0.36
}

/// Rows and the columns they share.
pub(super) struct Frame {
    /// Where the marks begin.
    pub(super) left: f64,
    /// Where the marks end.
    pub(super) right: f64,
    /// The middle of the marks of each row.
    pub(super) middles: Vec<f64>,
    /// The middles of the rows that have an axis of their own on a narrow sheet.
    pub(super) grid: Vec<f64>,
    /// Above the first row.
    pub(super) top: f64,
    /// Below the last row.
    pub(super) bottom: f64,
}

/// What a chart wants of its rows.
pub(super) struct Rows<'l> {
    /// Their labels.
    pub(super) labels: Vec<&'l str>,
    /// Where the first begins.
    pub(super) top: f64,
    /// The least height of one.
    pub(super) height: f64,
    /// The height of the marks.
    pub(super) mark: f64,
    /// Room kept below the marks on a narrow sheet, row by row.
    pub(super) below: Vec<f64>,
    /// Room kept at the right.
    pub(super) aside: f64,
}

/// Shares to places across.
pub(super) struct Scale {
    left: f64,
    right: f64,
    /// The last tick, in per cent.
    end: u32,
}

impl<'f> Sheet<'f> {
    pub(super) fn new(width: Width, fonts: &'f Fonts) -> Sheet<'f> {
        Sheet { width, fonts, shapes: Vec::new() }
    }

    pub(super) fn finish(self, height: f64) -> Scene {
        Scene { width: self.width.px(), height, shapes: self.shapes }
    }

    pub(super) fn put(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), thickness: f64, ink: Ink) {
        self.put(Shape::Line { from, to, thickness, ink });
    }

    /// One line of words with its baseline at `y`.
    pub(super) fn text(&mut self, (x, y): (f64, f64), text: &str, look: Look) {
        let Look { size, weight, anchor, ink } = look;
        self.put(Shape::Text { x, y, text: text.to_owned(), size, weight, anchor, ink });
    }

    /// Lines of words around the middle `y`.
    pub(super) fn lines(&mut self, (x, y): (f64, f64), lines: &[String], height: f64, look: Look) {
        let mut middle = y - height * (count(lines.len()) - 1.0) / 2.0;
        for line in lines {
            self.text((x, middle + baseline(look.size)), line, look);
            middle += height;
        }
    }

    pub(super) fn width_of(&self, text: &str, look: Look) -> f64 {
        self.fonts.width(text, look.size, look.weight)
    }

    pub(super) fn wrap(&self, text: &str, room: f64, look: Look) -> Vec<String> {
        wrap(text, room, look.size, look.weight, self.fonts)
    }

    /// Put the labels down and say where the marks go.
    pub(super) fn frame(&mut self, rows: &Rows<'_>) -> Frame {
        let wide = self.width.is_wide();
        let room = if wide { LABEL_MOST } else { self.width.px() };
        let labels: Vec<Vec<String>> =
            rows.labels.iter().map(|label| self.wrap(label, room, Look::LABEL)).collect();
        let widest = labels.iter().flatten().map(|line| self.width_of(line, Look::LABEL)).fold(0.0, f64::max);
        let left = if wide { widest + LABEL_GAP } else { 1.0 };
        let mut middles = Vec::new();
        let mut top = rows.top;
        for (lines, below) in labels.iter().zip(&rows.below) {
            let tall = count(lines.len()) * LARGE_LINE;
            if wide {
                let height = rows.height.max(tall + 14.0);
                let look = Look::LABEL.anchored(Anchor::End);
                self.lines((left - LABEL_GAP, top + height / 2.0), lines, LARGE_LINE, look);
                middles.push(top + height / 2.0);
                top += height;
            } else {
                self.lines((0.0, top + 4.0 + tall / 2.0), lines, LARGE_LINE, Look::LABEL);
                middles.push(top + tall + 8.0 + rows.mark / 2.0);
                top += tall + 8.0 + rows.mark + below + 10.0;
            }
        }
        let (right, grid) = (self.width.px() - rows.aside, middles.clone());
        Frame { left, right, middles, grid, top: rows.top, bottom: top }
    }

    /// Grid, axis and ticks behind the marks; the height taken below the rows is returned.
    pub(super) fn axis(&mut self, frame: &Frame, scale: &Scale, ticks: &[String]) -> f64 {
        let (top, bottom) = (frame.top, frame.bottom + 4.0);
        for (step, words) in (0u32..).zip(ticks).take_while(|(step, _)| step * 20 <= scale.end) {
            let x = scale.at_percent(f64::from(step * 20));
            if step > 0 && self.width.is_wide() {
                self.line((x, top), (x, bottom), 1.0, Ink::Grid);
            } else if step > 0 {
                for middle in &frame.grid {
                    self.line((x, middle - 14.0), (x, middle + 14.0), 1.0, Ink::Grid);
                }
            }
            let anchor = if step == 0 && !self.width.is_wide() { Anchor::Start } else { Anchor::Middle };
            self.text((x, bottom + 17.0), words, Look::QUIET.anchored(anchor));
        }
        24.0
    }

    /// The line the marks start from, drawn over the bars.
    pub(super) fn zero(&mut self, frame: &Frame, scale: &Scale) {
        let x = scale.at_percent(0.0);
        if self.width.is_wide() {
            self.line((x, frame.top), (x, frame.bottom + 4.0), 1.25, Ink::Ink);
        } else {
            for middle in &frame.grid {
                self.line((x, middle - 14.0), (x, middle + 14.0), 1.25, Ink::Ink);
            }
        }
    }

    /// The head of a group of rows, on paper over the grid.
    pub(super) fn heading(&mut self, (x, y): (f64, f64), words: &str) {
        let width = self.width_of(words, Look::VALUE) + 8.0;
        self.put(Shape::Bar { x, y: y - 15.0, width, height: 20.0, ink: Ink::Paper });
        self.text((x, y), words, Look::VALUE);
    }

    /// Words where a mark would be, on paper so that no grid line runs through them.
    pub(super) fn withheld(&mut self, (x, middle): (f64, f64), words: &str, room: f64) {
        let lines = self.wrap(words, room - 8.0, Look::QUIET);
        let width = lines.iter().map(|line| self.width_of(line, Look::QUIET)).fold(0.0, f64::max);
        let height = count(lines.len()) * SMALL_LINE + 4.0;
        self.put(Shape::Bar {
            x: x + 2.0,
            y: middle - height / 2.0,
            width: width + 10.0,
            height,
            ink: Ink::Paper,
        });
        self.lines((x + 8.0, middle), &lines, SMALL_LINE, Look::QUIET);
    }

    /// Entries of a key, flowing from `left`; `draw` puts the sign of an entry at the middle given.
    ///
    /// Returns the height taken.
    pub(super) fn key(
        &mut self,
        left: f64,
        entries: &[String],
        mut draw: impl FnMut(&mut Self, usize, (f64, f64)),
    ) -> f64 {
        const SIGN: f64 = 22.0;
        const LINE: f64 = 22.0;
        let (mut x, mut middle) = (left, LINE / 2.0);
        for (place, entry) in entries.iter().enumerate() {
            let lines = self.wrap(entry, self.width.px() - left - SIGN, Look::KEY);
            let width = SIGN + lines.iter().map(|line| self.width_of(line, Look::KEY)).fold(0.0, f64::max);
            if x > left && x + width > self.width.px() {
                (x, middle) = (left, middle + LINE);
            }
            draw(self, place, (x + 7.0, middle));
            for (row, line) in lines.iter().enumerate() {
                middle += if row > 0 { SMALL_LINE } else { 0.0 };
                self.text((x + SIGN, middle + baseline(SMALL)), line, Look::KEY);
            }
            x += width + 18.0;
        }
        middle + LINE / 2.0 + 6.0
    }
}

impl Scale {
    /// From 0 to the first of 40, 60, 80 and 100 % that holds every share given.
    pub(super) fn new(frame: &Frame, shares: impl IntoIterator<Item = Number>) -> Scale {
        let highest = shares.into_iter().map(percent).fold(0.0, f64::max);
        let end = [40, 60, 80].into_iter().find(|end| highest <= f64::from(*end)).unwrap_or(100);
        Scale { left: frame.left, right: frame.right, end }
    }

    pub(super) fn at(&self, share: Number) -> f64 {
        self.at_percent(percent(share))
    }

    fn at_percent(&self, percent: f64) -> f64 {
        self.left + (self.right - self.left) * percent / f64::from(self.end)
    }
}

/// A published share in per cent: marks are as long as the printed number says.
pub(super) fn percent(share: Number) -> f64 {
    share.value() * 100.0
}

/// A handful of things as a factor.
pub(super) fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}
