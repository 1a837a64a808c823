//! The tests of `estimates`: one file for each thing the crate does.

mod coded;
mod judge;
mod r;
mod recipe;
mod release;
mod toy;
mod weigh;
mod withhold;
