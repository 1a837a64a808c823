//! Pages as pure functions from data to markup.

pub(crate) mod choices;
pub(crate) mod draw;
pub(crate) mod forms;
pub(crate) mod frame;
pub(crate) mod grid;
pub(crate) mod help;
mod insert;
pub(crate) mod invitation;
pub(crate) mod number;
pub(crate) mod plain;
pub(crate) mod put;
pub(crate) mod question;
pub(crate) mod refusal;
pub(crate) mod resume;
pub(crate) mod review;
pub(crate) mod stale;
pub(crate) mod typed;
mod voice;
pub(crate) mod welcome;
pub(crate) mod withdraw;

pub(crate) use voice::{Listener, Voice};
