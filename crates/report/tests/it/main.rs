//! The tests of the crate, in one binary.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod cases;
mod contrast;
mod figures;
mod inserts;
mod leaks;
mod pages;
mod pictures;
mod sample;
mod words;
