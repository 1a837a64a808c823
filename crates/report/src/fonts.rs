//! The letters of charts and pages: Noto Sans in two weights, cut to Latin, measured and embedded from one source.

use ttf_parser::Face;

const REGULAR: &[u8] = include_bytes!("../assets/fonts/noto-sans-regular.ttf");
const BOLD: &[u8] = include_bytes!("../assets/fonts/noto-sans-bold.ttf");

/// The page's copy of the regular weight.
pub(crate) const REGULAR_WOFF2: &[u8] = include_bytes!("../assets/fonts/noto-sans-regular.woff2");
/// The page's copy of the bold weight.
pub(crate) const BOLD_WOFF2: &[u8] = include_bytes!("../assets/fonts/noto-sans-bold.woff2");

/// The two weights there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Most words.
    Regular,
    /// Values and heads.
    Bold,
}

/// The fonts, opened once and handed to whatever measures text.
pub struct Fonts {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// Open the fonts the crate carries.
    ///
    /// # Panics
    /// If the crate carries broken fonts, which its tests rule out.
    pub fn new() -> Fonts {
        let open = |bytes| Face::parse(bytes, 0).expect("the crate carries its own fonts, read in its tests");
        Fonts { regular: open(REGULAR), bold: open(BOLD) }
    }

    /// How wide `text` is in px at `size` px. Kerning is left out: it makes text narrower, never wider by a visible part.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let face = self.face(weight);
        let units: f64 = text.chars().map(|letter| advance(face, letter)).sum();
        units * size / f64::from(face.units_per_em())
    }

    /// The first letter of `text` the fonts cannot draw.
    pub fn missing(&self, text: &str) -> Option<char> {
        text.chars().find(|letter| !letter.is_control() && self.regular.glyph_index(*letter).is_none())
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// The advance of one letter in font units; an unknown letter counts as a wide one, so nothing is cut off.
fn advance(face: &Face<'_>, letter: char) -> f64 {
    face.glyph_index(letter)
        .and_then(|glyph| face.glyph_hor_advance(glyph))
        .map_or(f64::from(face.units_per_em()), f64::from)
}
