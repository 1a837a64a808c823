//! Journeys through the whole of Soundings, named as stories, and the tidy checks of the house.
//!
//! A new journey is a new file here; it may use every crate and the built program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod backup;
mod demo;
mod deploy;
mod fraud;
mod gaps;
mod many_nodes;
mod no_traces;
mod one_answer;
mod power_cut;
mod program;
mod ten_slips;
mod tidy;
mod two_languages;
mod visitor;
mod withdraw;
