//! A picture before it is drawn: shapes and words at their places, in px from the upper left corner.

use crate::{fonts::Weight, palette::Ink};

/// A finished layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// In the order of drawing.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// The same picture lower by so many px.
    #[must_use]
    pub fn lowered(mut self, by: f64) -> Scene {
        self.height += by;
        for shape in &mut self.shapes {
            match shape {
                Shape::Bar { y, .. } | Shape::Text { y, .. } => *y += by,
                Shape::Line { from, to, .. } => (from.1, to.1) = (from.1 + by, to.1 + by),
                Shape::Disc { at, .. } | Shape::Ring { at, .. } | Shape::Diamond { at, .. } => at.1 += by,
            }
        }
        self
    }
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// The text ends there.
    End,
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle: a bar, a part of a stack, a swatch, a ground under words.
    Bar {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Its length.
        width: f64,
        /// Its height.
        height: f64,
        /// Its role.
        ink: Ink,
    },
    /// A straight line.
    Line {
        /// Where it begins.
        from: (f64, f64),
        /// Where it ends.
        to: (f64, f64),
        /// How thick.
        thickness: f64,
        /// Its role.
        ink: Ink,
    },
    /// A filled circle.
    Disc {
        /// Its middle.
        at: (f64, f64),
        /// Its radius.
        radius: f64,
        /// Its role.
        ink: Ink,
    },
    /// An open circle on paper ground.
    Ring {
        /// Its middle.
        at: (f64, f64),
        /// Its radius.
        radius: f64,
        /// Its role.
        ink: Ink,
    },
    /// A filled square on its corner.
    Diamond {
        /// Its middle.
        at: (f64, f64),
        /// From the middle to a corner.
        radius: f64,
        /// Its role.
        ink: Ink,
    },
    /// One line of words.
    Text {
        /// Where it is anchored.
        x: f64,
        /// Its baseline.
        y: f64,
        /// The words.
        text: String,
        /// Font size in px.
        size: f64,
        /// Font weight.
        weight: Weight,
        /// Which part of it stands at `x`.
        anchor: Anchor,
        /// Its role.
        ink: Ink,
    },
}
