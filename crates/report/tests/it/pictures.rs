//! The structure of the pictures: what is drawn is what is shown, and nothing leaves the sheet.

use report::{Anchor, Chart, Fonts, Reading, Shape, Width, layout, svg};

use crate::figures::{document, figures};

#[test]
fn nothing_stands_outside_its_sheet() {
    let fonts = Fonts::new();
    for tag in ["en", "fr"] {
        let document = document(tag);
        for (figure, width) in
            figures(&document).into_iter().flat_map(|figure| [(figure, Width::Wide), (figure, Width::Narrow)])
        {
            let Some(chart) = &figure.chart else { continue };
            let scene = layout(chart, width, &fonts);
            for shape in &scene.shapes {
                if let Shape::Text { x, y, text, size, weight, anchor, .. } = shape {
                    let wide = fonts.width(text, *size, *weight);
                    let left = match anchor {
                        Anchor::Start => *x,
                        Anchor::Middle => x - wide / 2.0,
                        Anchor::End => x - wide,
                    };
                    let inside = left >= -0.5
                        && left + wide <= scene.width + 0.5
                        && *y <= scene.height
                        && *y >= *size * 0.7;
                    assert!(inside, "{tag} {} {width:?}: `{text}` from {left} to {}", figure.id, left + wide);
                }
            }
        }
    }
}

#[test]
fn there_is_a_bar_for_every_shown_number_and_none_for_others() {
    let document = document("en");
    let figure = figures(&document)[1];
    let Some(Chart::Ranked(ranked)) = &figure.chart else { panic!("the second figure is ranked") };
    let shown = ranked.rows.iter().filter(|row| matches!(row.reading, Reading::Shown(_))).count();
    let picture =
        svg(&layout(figure.chart.as_ref().unwrap(), Width::Wide, &Fonts::new()), "a", "T", "A", "en");
    let bars = ["bar lead", "bar rest", "bar caution"]
        .map(|class| picture.matches(&format!("class=\"{class}\"")).count());
    assert_eq!(bars.iter().sum::<usize>(), shown);
    assert_eq!(bars, [2, 8, 1]);
    assert_eq!(picture.matches("url(#a-hatch)").count(), 1);
}

#[test]
fn bars_are_as_long_as_the_printed_numbers() {
    let document = document("en");
    let figure = figures(&document)[1];
    let scene = layout(figure.chart.as_ref().unwrap(), Width::Wide, &Fonts::new());
    let bars: Vec<f64> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Bar { width, ink, .. } if *ink != report::palette::Ink::Paper => Some(*width),
            _ => None,
        })
        .collect();
    assert!((bars[0] / bars[1] - 61.0 / 57.0).abs() < 1e-9);
}

#[test]
fn a_picture_is_named_described_and_told_in_its_language() {
    let document = document("fr");
    for figure in figures(&document) {
        let Some(chart) = &figure.chart else { continue };
        let picture =
            svg(&layout(chart, Width::Narrow, &Fonts::new()), "f", &figure.title, &figure.alt, "fr");
        for part in [
            "role=\"img\"",
            "lang=\"fr\"",
            "<title id=\"f-title\">",
            "<desc id=\"f-desc\">",
            "aria-hidden=\"true\"",
        ] {
            assert!(picture.contains(part), "{}: {part} is missing", figure.id);
        }
        assert!(!figure.alt.is_empty() && !picture.contains("style=\"font") && !picture.contains("NaN"));
    }
}

#[test]
fn labels_break_evenly() {
    let fonts = Fonts::new();
    let lines = report::wrap(
        "Finding a family doctor or nurse practitioner",
        250.0,
        15.0,
        report::Weight::Regular,
        &fonts,
    );
    assert_eq!(lines, ["Finding a family doctor", "or nurse practitioner"]);
}
