//! From a figure to a scene: where everything stands. One file for each kind of chart.

mod dumbbell;
mod frame;
mod likert;
mod profile;
mod ranked;

use crate::{figure::Chart, fonts::Fonts, scene::Scene};

/// How much room there is across.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// A page: labels beside the marks.
    Wide,
    /// A phone: labels above the marks.
    Narrow,
}

impl Width {
    /// The width of the picture in px.
    pub fn px(self) -> f64 {
        match self {
            Width::Wide => 672.0,
            Width::Narrow => 328.0,
        }
    }

    /// Whether labels stand beside the marks.
    pub fn is_wide(self) -> bool {
        self == Width::Wide
    }
}

/// Lay a chart out.
pub fn layout(chart: &Chart, width: Width, fonts: &Fonts) -> Scene {
    match chart {
        Chart::Ranked(ranked) => ranked::layout(ranked, width, fonts),
        Chart::Likert(likert) => likert::layout(likert, width, fonts),
        Chart::Dumbbell(dumbbell) => dumbbell::layout(dumbbell, width, fonts),
        Chart::Profile(profile) => profile::layout(profile, width, fonts),
    }
}
