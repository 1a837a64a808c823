//! Quotation marks of a coded file: a lost one swallows all rows after it.

use crate::Error;

/// Where a quotation mark is opened.
struct Opened {
    row: u64,
    cell: usize,
}

/// Whether every quotation mark that opens a cell is closed.
///
/// # Errors
/// [`Error::Responses`] with the row and column of the first that is not.
pub(super) fn check(text: &str) -> Result<(), Error> {
    let Some(opened) = left_open(text) else { return Ok(()) };
    let head = text.lines().next().unwrap_or_default();
    let column = head.split(',').nth(opened.cell).unwrap_or_default().trim_matches('"').to_owned();
    let says =
        "a quotation mark opens this cell and none closes it: write `\"` behind its last word".to_owned();
    Err(Error::Responses { row: opened.row, column, says })
}

fn left_open(text: &str) -> Option<Opened> {
    let (mut row, mut cell, mut opened) = (1, 0, None);
    let mut begins = true;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        row += u64::from(letter == '\n');
        match (letter, &opened) {
            ('"', None) if begins => opened = Some(Opened { row, cell }),
            // A doubled mark is one that was typed.
            ('"', Some(_)) if letters.next_if_eq(&'"').is_none() => opened = None,
            (',', None) => cell += 1,
            ('\n', None) => cell = 0,
            _ => {}
        }
        begins = opened.is_none() && matches!(letter, ',' | '\n' | '\r');
    }
    opened
}
