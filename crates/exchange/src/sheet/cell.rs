//! The cells of a sheet as text, whatever the program that saved it made of them.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use calamine::{DataRef, Xlsx, XlsxError};

/// The text of a cell, or what it holds instead of words.
pub(super) type Cell = Result<String, &'static str>;

/// The cells of a row that are not empty, by column from 0.
pub(super) type Cells = BTreeMap<u32, Cell>;

/// No column of ours is further right, and nobody's memory should depend on a stray cell.
const WIDEST: u32 = 64;

/// The rows of a sheet that are not empty, by their number from 1.
pub(super) fn rows<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
) -> Result<BTreeMap<u32, Cells>, XlsxError> {
    let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    while let Some(found) = reader.next_cell()? {
        let (row, column) = found.get_position();
        let cell = text(found.get_value());
        if column < WIDEST && cell.as_ref().map_or(true, |text| !text.is_empty()) {
            rows.entry(row + 1).or_default().insert(column, cell);
        }
    }
    Ok(rows)
}

/// What stands in a cell, without stray blanks at its ends.
fn text(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::String(text) => Ok(tidy(text)),
        DataRef::SharedString(text) => Ok(tidy(text)),
        // A program takes `2027` for a number unless somebody stops it.
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) => Ok(number.to_string()),
        DataRef::Bool(truth) => Ok(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Err("a date"),
        DataRef::Error(_) => Err("an error"),
        DataRef::Empty => Ok(String::new()),
    }
}

fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}
