//! The structure of the pictures: what is drawn is what is shown, and nothing leaves the sheet.

use report::{Anchor, Chart, Fonts, Reading, Shape, Width, files, layout, svg};

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

#[test]
fn each_figure_stands_by_itself_with_its_words_its_source_and_its_numbers() {
    let (document, fonts) = (document("fr"), Fonts::new());
    let made = files(&document, &fonts);
    assert_eq!(made, files(&document, &fonts), "the same bytes");
    let all = figures(&document);
    let told = || all.iter().filter(|figure| figure.instead.is_none());
    let of = |kind: &str| made.iter().filter(|(name, _)| name.ends_with(kind)).count();
    assert_eq!(of(".svg"), told().filter(|figure| figure.chart.is_some()).count());
    assert_eq!(of(".csv"), told().filter(|figure| figure.table.is_some()).count());
    for figure in told() {
        let file = |kind: &str| {
            let name = format!("{:02}-{}.{kind}", figure.number, figure.id);
            made.iter().find(|(each, _)| *each == name).map(|(_, text)| text)
        };
        let source = figure.notes.last().unwrap();
        if let Some(picture) = file("svg") {
            // It needs no page: colours and looks are its own, and it says who was asked and whose answers these are.
            assert!(picture.contains("<style>:root{--"), "{}", figure.id);
            assert_eq!(picture.matches("http").count(), 1, "only the name of SVG itself");
            let first = figure.title.split(' ').next().unwrap();
            assert!(
                picture.contains(first) && picture.contains(source.split(' ').next().unwrap()),
                "{}",
                figure.id
            );
        }
        if let (Some(text), Some(table)) = (file("csv"), &figure.table) {
            let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
            assert_eq!(
                lines.iter().position(|line| line.is_empty()),
                Some(1 + table.rows.len()),
                "{}",
                figure.id
            );
            assert!(
                text.contains(&table.rows.last().unwrap().label)
                    && text.contains(source.split(' ').next().unwrap())
            );
        }
    }
}
