//! A drawing backend that writes clean SVG: sub-pixel places, classes instead of colours, nothing rasterised.

use std::fmt::Write;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};

use crate::palette::Ink;

/// Backend units per px: plotters counts in whole units, charts need eighths.
pub(crate) const UNITS: f64 = 8.0;

/// Nothing can fail here, but plotters wants an error type.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Never {}

/// What drawing one element returns.
type Drawn = Result<(), DrawingErrorKind<Never>>;

/// Collects the elements of one picture.
pub(crate) struct Backend<'o> {
    pub(crate) out: &'o mut String,
    /// Width and height in units.
    pub(crate) size: (u32, u32),
    /// The id of this picture's hatch.
    pub(crate) hatch: &'o str,
}

/// Units as px, without trailing zeros.
pub(crate) fn px(units: i32) -> String {
    let text = format!("{:.3}", f64::from(units) / UNITS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text and attribute values as XML wants them.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn class(color: BackendColor) -> &'static str {
    Ink::of(color.rgb).map_or("ink", Ink::class)
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    path.into_iter().map(|(x, y)| format!("{} {}", px(x), px(y))).collect::<Vec<_>>().join("L")
}

impl Backend<'_> {
    /// A hatch cannot be a class alone: each picture has a pattern of its own.
    fn fill(&self, color: BackendColor) -> String {
        let hatched = Ink::of(color.rgb) == Some(Ink::Caution);
        if hatched { format!(" style=\"fill:url(#{})\"", self.hatch) } else { String::new() }
    }

    fn stroke(&mut self, path: String, style: &impl BackendStyle) -> Drawn {
        let width = px(i32::try_from(style.stroke_width()).unwrap_or(i32::MAX));
        let class = class(style.color());
        let _ = write!(self.out, "<path class=\"line {class}\" stroke-width=\"{width}\" d=\"M{path}\"/>");
        Ok(())
    }
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Never;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// Never reached: every element below is written as an element.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke(points([from, to]), style)
    }

    /// plotters would turn a thick line into a raster polygon: 6.6 MB instead of 8 kB for one chart.
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.stroke(points(path), style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _: bool,
    ) -> Drawn {
        let fill = self.fill(style.color());
        let _ = write!(
            self.out,
            "<rect class=\"bar {}\"{fill} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            class(style.color()),
            px(left),
            px(top),
            px(right - left),
            px(bottom - top),
        );
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let kind = if fill { "disc" } else { "ring" };
        let radius = px(i32::try_from(radius).unwrap_or(i32::MAX));
        let (x, y, class) = (px(x), px(y), class(style.color()));
        let _ = write!(self.out, "<circle class=\"{kind} {class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");
        Ok(())
    }

    /// Also rasterised by plotters unless overridden.
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let (path, class) = (points(path), class(style.color()));
        let _ = write!(self.out, "<path class=\"diamond {class}\" d=\"M{path}Z\"/>");
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " middle",
            HPos::Right => " end",
        };
        let bold = if matches!(style.style(), FontStyle::Bold) { " bold" } else { "" };
        let (size, class) = (style.size(), class(style.color()));
        let (x, y, text) = (px(x), px(y), escaped(text));
        let _ = write!(
            self.out,
            "<text class=\"t{size} {class}{bold}{anchor}\" x=\"{x}\" y=\"{y}\">{text}</text>"
        );
        Ok(())
    }
}
