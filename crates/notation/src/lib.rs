#![doc = include_str!("../README.md")]

mod finding;

pub use finding::{Finding, Place, Severity, Sources};
