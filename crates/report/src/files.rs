//! Each figure by itself: a picture that needs no page, and its numbers for a spreadsheet.

use crate::{
    document::{Block, Document},
    draw::svg,
    figure::{Chart, DataTable, Figure},
    fonts::{Fonts, Weight},
    html::PICTURE,
    layout::{Width, layout},
    palette::{self, Ink},
    scene::{Anchor, Scene, Shape},
    wrap::wrap,
};

/// The figures of a document as files with their names: `02-needs.svg` with title, people and source in it, and
/// `02-needs.csv`. A figure of which nothing may be shown has neither.
pub fn files(document: &Document, fonts: &Fonts) -> Vec<(String, String)> {
    let blocks = document.sections.iter().flat_map(|part| &part.blocks);
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.as_ref()),
        _ => None,
    });
    let mut files = Vec::new();
    for figure in figures.filter(|figure| figure.instead.is_none()) {
        let name = format!("{:02}-{}", figure.number, figure.id);
        if let Some(chart) = &figure.chart {
            files.push((format!("{name}.svg"), picture(document, figure, chart, fonts)));
        }
        if let Some(table) = &figure.table {
            files.push((format!("{name}.csv"), csv_of(figure, table)));
        }
    }
    files
}

/// Space between the words and the picture, and around all, in px.
const GAP: f64 = 16.0;
/// From one line of words to the next.
const LINE: f64 = 20.0;

/// The chart with its title, its people and its notes, in colours of its own.
fn picture(document: &Document, figure: &Figure, chart: &Chart, fonts: &Fonts) -> String {
    let room = Width::Wide.px();
    let title = lines(&figure.title, (15.0, Weight::Bold), Ink::Ink, room, fonts);
    let subtitle = lines(&figure.subtitle, (13.0, Weight::Regular), Ink::Grey, room, fonts);
    let notes = lines(&figure.notes.join(" "), (13.0, Weight::Regular), Ink::Grey, room, fonts);
    let above = [title, subtitle].concat();
    let mut scene = layout(chart, Width::Wide, fonts).lowered(above.len() as f64 * LINE + GAP);
    let below = scene.height + GAP;
    scene.height = below + notes.len() as f64 * LINE;
    let placed = |words: Vec<Words>, top: f64| {
        words.into_iter().enumerate().map(move |(number, words)| words.at(top + (number as f64 + 0.8) * LINE))
    };
    scene.shapes.extend(placed(above, 0.0).chain(placed(notes, below)));
    let paper = Shape::Bar { x: 0.0, y: 0.0, width: scene.width, height: scene.height, ink: Ink::Paper };
    let shapes = std::iter::once(paper).chain(scene.shapes).collect();
    let scene = Scene { shapes, ..scene };
    let drawn = svg(&scene, &figure.id, &figure.title, &figure.alt, document.language.tag());
    let style = format!("<style>:root{{{}}}{PICTURE}</style>", palette::properties(false));
    // The first sign of this kind ends the opening of the element: those in its attributes are escaped.
    drawn.replacen('>', &format!(">{style}"), 1)
}

/// A line of words without its place.
#[derive(Clone)]
struct Words {
    text: String,
    size: f64,
    weight: Weight,
    ink: Ink,
}

impl Words {
    fn at(self, y: f64) -> Shape {
        let Words { text, size, weight, ink } = self;
        Shape::Text { x: 0.0, y, text, size, weight, anchor: Anchor::Start, ink }
    }
}

fn lines(text: &str, (size, weight): (f64, Weight), ink: Ink, room: f64, fonts: &Fonts) -> Vec<Words> {
    let lines = wrap(text, room, size, weight, fonts).into_iter();
    lines.map(|text| Words { text, size, weight, ink }).collect()
}

/// The table as comma-separated values that a spreadsheet opens as they are; what it is and its notes stand below.
fn csv_of(figure: &Figure, table: &DataTable) -> String {
    let mut text = "\u{feff}".to_owned();
    let mut line = |cells: &[&str]| {
        text.push_str(&cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    };
    line(&table.heads.iter().map(String::as_str).collect::<Vec<_>>());
    for row in &table.rows {
        let cells = row.cells.iter().map(String::as_str);
        line(&std::iter::once(row.label.as_str()).chain(cells).collect::<Vec<_>>());
    }
    line(&[]);
    for note in [&table.caption, &figure.subtitle].into_iter().chain(&figure.notes) {
        line(&[note]);
    }
    text
}

/// A cell as RFC 4180 wants it; one that a spreadsheet would compute is kept from that.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '@']) { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}
