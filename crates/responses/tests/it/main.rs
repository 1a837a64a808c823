//! Tests of `responses`: what every store must do (`conformance`), what each one does besides (`sqlite`, `postgres`), crashes,
//! numbers, states, and a model of people with several tabs.

#![expect(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod apart;
mod conformance;
mod crash;
// A shim that is preloaded: other systems have other ways.
#[cfg(target_os = "linux")]
mod disk;
mod join;
mod keys;
mod number;
mod people;
mod postgres;
mod sqlite;
mod state;
mod tabs;
