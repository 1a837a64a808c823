//! Speaking on the standard output, also to a reader who has heard enough.

use std::{fmt::Display, io::Write, process};

/// Say it as it is. When the reader has closed the pipe (`soundings check | head`), end quietly.
pub(crate) fn say(text: impl Display) {
    let mut out = std::io::stdout().lock();
    if write!(out, "{text}").and_then(|()| out.flush()).is_err() {
        process::exit(0);
    }
}

/// Say it as a line of its own.
pub(crate) fn line(text: impl Display) {
    say(format_args!("{text}\n"));
}

/// A number with its noun: `1 error`, `2 errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
