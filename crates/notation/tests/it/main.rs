//! The notation as an author sees it.

mod draw;
mod json;
mod line;
mod mark;
mod near;
