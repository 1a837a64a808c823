//! From bytes to the lines and columns people count.

use crate::{Place, Sources};

/// A place in lines and columns: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The first line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
}

/// Where a place stands; the start of the file where the file is unknown.
pub fn locate(place: &Place, sources: &Sources) -> Located {
    let text = sources.get(&*place.file).map_or("", String::as_str);
    let (line, column) = position(text, place.start);
    let (end_line, end_column) = position(text, place.end.max(place.start));
    Located { line, column, end_line, end_column }
}

fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..boundary(text, byte)];
    let line = before.bytes().filter(|each| *each == b'\n').count() + 1;
    let begins = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[begins..].chars().count() + 1)
}

/// The byte itself, or the last one before it that begins a character of the text.
pub(crate) fn boundary(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|each| text.is_char_boundary(*each)).unwrap_or(0)
}
