//! The verbs as a person types them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod apart;
mod channel;
mod check;
mod estimate;
mod format;
mod help;
mod new;
mod operate;
mod preview;
mod running;
mod study;
mod translate;
mod translate_sheet;
mod versions;
