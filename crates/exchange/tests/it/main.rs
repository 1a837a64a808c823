//! The tests of `exchange`: one file for each door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod sample;
mod sheet_back;
mod sheet_out;
