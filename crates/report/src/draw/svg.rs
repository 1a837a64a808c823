//! One picture as an SVG element for a page.

use plotters::{
    coord::Shift,
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text},
    prelude::{DrawingArea, IntoDrawingArea},
    style::{
        Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle, text_anchor::HPos, text_anchor::Pos,
        text_anchor::VPos,
    },
};

use super::backend::{Backend, UNITS, escaped, px};
use crate::{
    fonts::Weight,
    palette::Ink,
    scene::{Anchor, Scene, Shape},
};

type Area<'o> = DrawingArea<Backend<'o>, Shift>;

/// The scene as an SVG element with title and description, its colours left to the classes of the page.
///
/// `id` prefixes every id in it, so that many pictures can share a page; `alt` is spoken instead of the picture.
pub fn svg(scene: &Scene, id: &str, title: &str, alt: &str, language: &str) -> String {
    let hatch = format!("{id}-hatch");
    let mut marks = String::new();
    draw(scene, &mut marks, &hatch);
    let (width, height) = (px(units(scene.width)), px(units(scene.height)));
    let hatched = scene.shapes.iter().any(|shape| matches!(shape, Shape::Bar { ink: Ink::Caution, .. }));
    let defs = if hatched { pattern(&hatch) } else { String::new() };
    let (title, alt) = (escaped(title), escaped(alt));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"{language}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{alt}</desc>{defs}\
         <g aria-hidden=\"true\">{marks}</g></svg>"
    )
}

/// Lines of 1.6 px every 5, at 45 degrees: caution is told by texture, not by a paler colour.
fn pattern(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"paper\" width=\"5\" height=\"5\"/>\
         <rect class=\"stripe\" width=\"1.6\" height=\"5\"/></pattern></defs>"
    )
}

fn draw(scene: &Scene, out: &mut String, hatch: &str) {
    let size = (units(scene.width).unsigned_abs(), units(scene.height).unsigned_abs());
    let area = Backend { out, size, hatch }.into_drawing_area();
    for shape in &scene.shapes {
        draw_shape(&area, shape);
    }
}

fn draw_shape(area: &Area<'_>, shape: &Shape) {
    match shape {
        Shape::Bar { x, y, width, height, ink } => {
            let corners = [point((*x, *y)), point((x + width, y + height))];
            put(area, &Rectangle::new(corners, filled(*ink)));
        }
        Shape::Line { from, to, thickness, ink } => {
            let style = filled(*ink).stroke_width(units(*thickness).unsigned_abs());
            put(area, &PathElement::new(vec![point(*from), point(*to)], style));
        }
        Shape::Disc { at, radius, ink } => put(area, &Circle::new(point(*at), units(*radius), filled(*ink))),
        Shape::Ring { at, radius, ink } => {
            let style = ShapeStyle { filled: false, ..filled(*ink) };
            put(area, &Circle::new(point(*at), units(*radius), style));
        }
        Shape::Diamond { at: (x, y), radius, ink } => {
            let corners = [(*x, y - radius), (x + radius, *y), (*x, y + radius), (x - radius, *y)];
            put(area, &Polygon::new(corners.map(point).to_vec(), filled(*ink)));
        }
        Shape::Text { x, y, text, size, weight, anchor, ink } => {
            let style = words(*size, *weight, *anchor, *ink);
            put(area, &Text::new(text.clone(), point((*x, *y)), style));
        }
    }
}

fn put<E>(area: &Area<'_>, element: &E)
where
    for<'e> &'e E: PointCollection<'e, (i32, i32)>,
    for<'o> E: Drawable<Backend<'o>>,
{
    area.draw(element).expect("our backend only writes into a string");
}

fn words(size: f64, weight: Weight, anchor: Anchor, ink: Ink) -> TextStyle<'static> {
    let style = match weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let across = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = ("sans-serif", size, style).into_font();
    TextStyle { color: color(ink).to_backend_color(), pos: Pos::new(across, VPos::Bottom), font }
}

fn filled(ink: Ink) -> ShapeStyle {
    ShapeStyle { color: color(ink).into(), filled: true, stroke_width: 0 }
}

fn color(ink: Ink) -> RGBColor {
    let (red, green, blue) = ink.on_paper();
    RGBColor(red, green, blue)
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

#[expect(clippy::cast_possible_truncation, reason = "a picture is a few thousand units wide")]
fn units(px: f64) -> i32 {
    (px * UNITS).round() as i32
}
