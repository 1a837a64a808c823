#![doc = include_str!("../README.md")]

mod cell;
mod number;
mod release;
mod table;

pub use cell::{Cell, Letter, Shown, Why};
pub use number::{Count, Number};
pub use release::{Fieldwork, Letters, MarginUsed, Policy, Release};
pub use table::{Column, Contrast, Net, ProfileRow, ProfileTable, Query, Row, Table, Verdict};
