#![doc = include_str!("../README.md")]

mod character;
mod draw;
mod finding;
mod json;
mod lay;
mod line;
mod locate;
mod mark;
mod near;
mod word;

pub use character::{hidden, untidy};
pub use draw::draw;
pub use finding::{Finding, Place, Severity, Sources};
pub use json::{FINDING_SCHEMA, json};
pub use lay::{Layout, Shape, lay_out};
pub use line::{Item, Line, read};
pub use locate::{Located, locate};
pub use mark::{Mark, inserts, marks};
pub use near::{edits, near};
pub use word::{Piece, Words};
