#![doc = include_str!("../README.md")]

mod error;
pub mod sheet;

pub use error::Error;
