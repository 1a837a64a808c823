//! The tests of `survey`: one file for each thing the crate does.

mod accept;
mod answer;
mod canonical;
mod cases;
mod change;
mod condition;
mod construct;
mod expression;
mod faults;
mod flow;
mod format;
mod locale;
mod merge;
mod merge_promises;
mod names;
mod po;
mod po_extract;
mod po_plural;
mod po_write;
mod published;
mod reach;
mod sample;
mod schema;
mod slips;
mod spoken;
mod translation;
