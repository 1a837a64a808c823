//! From a scene to SVG, by plotters on our own backend. Only this module knows plotters; it adds no layout.

mod backend;
mod svg;

pub use svg::svg;
