//! The collection box, called directly: its router, without a network.

#![allow(clippy::unwrap_used, reason = "a test says by failing what it expected")]

mod apart;
mod begin;
mod channel;
mod editions;
mod elsewhere;
mod field;
mod fixture;
mod forms;
mod headers;
mod hostile;
mod inserts;
mod journey;
mod light;
mod newcomers;
mod phone;
mod preview;
mod pseudo;
mod refusal;
mod resume;
mod retry;
mod rules;
mod serving;
mod withdraw;
