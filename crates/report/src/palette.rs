//! Every colour of the charts, on paper and on dark, each under the name of its role.
//!
//! Contrasts and distances are computed again from these values by the crate's tests.

use std::fmt::Write;

/// A colour as red, green, blue.
pub type Rgb = (u8, u8, u8);

/// What a colour is for; charts name roles, the page decides how they look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Words and axes.
    Ink,
    /// Quieter words: ranges, ticks, notes.
    Grey,
    /// Grid lines: decoration.
    Grid,
    /// The ground, and the halo around whiskers.
    Paper,
    /// Bars of the leading group, and the second group of a comparison.
    Lead,
    /// All other bars.
    Rest,
    /// Bars to be read with caution: hatched.
    Caution,
    /// The population in a profile.
    Target,
    /// A difference that is not clear: dashed.
    Unclear,
    /// The bad end of a scale.
    Low2,
    /// Towards the bad end.
    Low1,
    /// The middle of a scale.
    Middle,
    /// Towards the good end.
    High1,
    /// The good end of a scale.
    High2,
    /// Words on `Low2` and `High2`.
    OnStrong,
    /// Words on the paler parts of a scale.
    OnPale,
}

/// One row of the palette: role, class, on paper, on dark.
type Row = (Ink, &'static str, Rgb, Rgb);

/// The palette. Values on paper differ from each other, since drawing knows a role by its colour.
const ROWS: [Row; 16] = [
    (Ink::Ink, "ink", (0x1f, 0x24, 0x2b), (0xe9, 0xec, 0xef)),
    (Ink::Grey, "grey", (0x59, 0x62, 0x6e), (0xaa, 0xb3, 0xbd)),
    (Ink::Grid, "grid", (0xdd, 0xe1, 0xe6), (0x39, 0x42, 0x4c)),
    (Ink::Paper, "paper", (0xff, 0xff, 0xff), (0x14, 0x18, 0x1d)),
    (Ink::Lead, "lead", (0x12, 0x43, 0x6d), (0x6b, 0xac, 0xe6)),
    (Ink::Rest, "rest", (0x4c, 0x72, 0x93), (0x4f, 0x86, 0xb5)),
    (Ink::Caution, "caution", (0x3b, 0x62, 0x84), (0x5f, 0x96, 0xc5)),
    (Ink::Target, "target", (0xc2, 0x4e, 0x12), (0xff, 0x8a, 0x4c)),
    (Ink::Unclear, "unclear", (0x7b, 0x85, 0x91), (0x8b, 0x94, 0x9e)),
    (Ink::Low2, "low2", (0x9c, 0x3d, 0x0e), (0xe0, 0x70, 0x3a)),
    (Ink::Low1, "low1", (0xf0, 0xa3, 0x6b), (0xf3, 0xb5, 0x8a)),
    (Ink::Middle, "middle", (0xd9, 0xdc, 0xe0), (0x8c, 0x95, 0x9f)),
    (Ink::High1, "high1", (0x7f, 0xb2, 0xd6), (0x8f, 0xbf, 0xe0)),
    (Ink::High2, "high2", (0x0b, 0x4f, 0x86), (0x4f, 0x8f, 0xc4)),
    (Ink::OnStrong, "onstrong", (0xfe, 0xfe, 0xfe), (0x10, 0x14, 0x18)),
    (Ink::OnPale, "onpale", (0x1e, 0x24, 0x2b), (0x11, 0x14, 0x18)),
];

/// Outlines of the pale parts of a scale, which alone would drown in the paper: role, on paper, on dark.
pub const OUTLINES: [(Ink, Rgb, Rgb); 3] = [
    (Ink::Low1, (0xb5, 0x62, 0x1f), (0xf3, 0xb5, 0x8a)),
    (Ink::Middle, (0x7b, 0x85, 0x91), (0x8b, 0x94, 0x9e)),
    (Ink::High1, (0x3f, 0x7f, 0xae), (0x8f, 0xbf, 0xe0)),
];

impl Ink {
    /// Every role, in the order of the palette.
    pub fn all() -> impl Iterator<Item = Ink> {
        ROWS.iter().map(|row| row.0)
    }

    /// The class the page dresses.
    pub fn class(self) -> &'static str {
        self.row().1
    }

    /// The colour on white paper.
    pub fn on_paper(self) -> Rgb {
        self.row().2
    }

    /// The colour on the dark ground.
    pub fn on_dark(self) -> Rgb {
        self.row().3
    }

    /// The role of a colour on paper, if it is one of ours.
    pub fn of(rgb: Rgb) -> Option<Ink> {
        ROWS.iter().find(|row| row.2 == rgb).map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.0 == self).expect("the palette has a row for every role")
    }
}

/// The custom properties of a style sheet: `--lead:#12436d;…`, and the outlines as `--low1-edge`.
pub fn properties(dark: bool) -> String {
    let mut out = String::new();
    for (_, class, paper, on_dark) in ROWS {
        let _ = write!(out, "--{class}:{};", hex(if dark { on_dark } else { paper }));
    }
    for (ink, paper, on_dark) in OUTLINES {
        let _ = write!(out, "--{}-edge:{};", ink.class(), hex(if dark { on_dark } else { paper }));
    }
    out
}

/// A colour as style sheets write it.
pub fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The contrast of two colours, from 1 to 21.
///
/// # Source
/// WCAG 2.2, "relative luminance" and "contrast ratio".
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
