#![doc = include_str!("../README.md")]

mod compose;
mod definition;
mod document;
mod draw;
mod figure;
mod files;
mod fonts;
mod html;
mod insert;
mod layout;
pub mod palette;
mod read;
mod scene;
mod scope;
mod test;
mod tongue;
mod wrap;

pub use compose::compose;
pub use definition::{
    Counted, End, FigureWish, Item, Kind, Measure, Order, Prose, Report, Section, Share, Span, Text,
};
pub use document::{BigNumber, Block, Document, PageWords, Part};
pub use draw::svg;
pub use figure::{
    Chart, DataRow, DataTable, Dumbbell, DumbbellRow, Figure, Fill, Likert, LikertRow, Printed, Profile,
    ProfileRow, Ranked, RankedRow, Reading, Ticks,
};
pub use files::files;
pub use fonts::{Fonts, Weight};
pub use html::html;
pub use insert::{Insert, Verb};
pub use layout::{Width, layout};
pub use read::read;
pub use scene::{Anchor, Scene, Shape};
pub use test::Test;
pub use wrap::wrap;
