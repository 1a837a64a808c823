//! The tests of `estimates`: one file for each thing the crate does.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod against;
mod attack;
mod change;
mod coded;
mod gap;
mod judge;
mod log;
mod names;
mod quality;
mod queries;
mod r;
mod r_weights;
mod recipe;
mod release;
mod toy;
mod wave;
mod weigh;
mod withhold;
