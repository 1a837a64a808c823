#![doc = include_str!("../README.md")]

mod app;
mod days;
mod doors;
mod editions;
mod error;
mod filled;
#[cfg(fuzzing)]
pub mod fuzzing;
mod guard;
mod logo;
mod metrics;
mod opened;
mod own_words;
mod pages;
mod posted;
mod preview;
mod routes;
mod screen;
mod seal;
mod serve;
mod signals;
mod taken;
mod throttle;
mod views;
mod visitor;

pub use app::{Apart, Setup};
pub use days::Clock;
pub use error::Error;
pub use logo::Logo;
pub use preview::Preview;
pub use routes::router;
pub use serve::{serve, serve_watched};
