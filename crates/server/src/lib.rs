#![doc = include_str!("../README.md")]

mod app;
mod error;
mod filled;
mod guard;
mod own_words;
mod pages;
mod posted;
mod routes;
mod screen;
mod seal;
mod serve;
mod taken;
mod views;
mod visitor;

pub use app::{Clock, Setup};
pub use error::Error;
pub use routes::router;
pub use serve::serve;
