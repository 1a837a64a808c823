//! The tests of `survey`: one file for each thing the crate does.

mod accept;
mod answer;
mod condition;
mod flow;
mod po;
mod sample;
mod translation;
