//! Figures as data, before any pixel: what is said, in which order.

use report::{Block, Chart, Document, Figure, Fill, Reading, compose};

use crate::sample;

pub(crate) fn document(tag: &str) -> Document {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let release = sample::release(&survey, &report.queries());
    compose(&report, &release, &survey, &sample::language(tag)).0
}

pub(crate) fn figures(document: &Document) -> Vec<&Figure> {
    let blocks = document.sections.iter().flat_map(|part| &part.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(&**figure),
            _ => None,
        })
        .collect()
}

fn snapshot(figure: &Figure) -> String {
    let mut lines = vec![format!("{}. {}", figure.number, figure.title), figure.subtitle.clone()];
    match &figure.chart {
        Some(Chart::Ranked(ranked)) => lines.extend(ranked.rows.iter().map(|row| match &row.reading {
            Reading::Shown(printed) => format!(
                "{} | {} | {} | {} | {}",
                row.label,
                printed.words,
                printed.range,
                printed.letter.as_deref().unwrap_or("-"),
                if row.leading { "leads" } else { "-" }
            ),
            Reading::Withheld(words) => format!("{} | {words}", row.label),
        })),
        Some(Chart::Likert(likert)) => lines.extend(likert.rows.iter().map(|row| {
            let parts = row.parts.iter().map(|part| match part.fill {
                Fill::One(_) => part.words.clone(),
                Fill::Both { .. } => format!("[{}]", part.words),
            });
            let parts: Vec<String> = parts.collect();
            format!("{} | {} < {} > {}", row.label, row.low, parts.join(" "), row.high)
        })),
        Some(Chart::Dumbbell(dumbbell)) => {
            lines.push(format!("{} / {}", dumbbell.ring, dumbbell.disc));
            lines.extend(dumbbell.rows.iter().map(|row| {
                let end = |end: &Option<(estimates::Number, String)>| {
                    end.as_ref().map_or("-".to_owned(), |end| end.1.clone())
                };
                format!("{} | {} {} | {}", row.label, end(&row.ring), end(&row.disc), row.verdict)
            }));
        }
        _ => {}
    }
    lines.join("\n").replace('\u{a0}', "~")
}

#[test]
fn needs_are_ranked_by_what_is_published() {
    let document = document("en");
    let figure = figures(&document)[1];
    assert_eq!(
        snapshot(figure),
        "\
2. Needed most: housing, finding work and health care (no clear order)
In the last 12 months, which of these did you need? Weighted share of newcomers aged 16 or over in the Halifax area; n =~405.
Housing | 61% | 56–66 | - | leads
Finding work | 57% | 52–62 | - | leads
Health care | 49% | 44–54 | - | -
Language classes | 41% | 36–46 | - | -
Settling in | 38% | 33–43 | - | -
Credential recognition | 33% | 28–38 | - | -
Social connection | 30% | 25–35 | - | -
Food and basics | 27% | 22–32 | - | -
Children and school | 21% | 16–26 | - | -
Recreation and library | 18% | 13–23 | - | -
None of these | 6% | 1–11 | E | -
Interpretation | x: not shown, to protect people
Legal or immigration | F: too unreliable to publish"
    );
    assert_eq!(
        figure.alt,
        "Bar chart. Needed most: housing, finding work and health care (no clear order): Housing 61%, \
         Finding work 57%, Health care 49%. 2 rows are not shown in full."
    );
}

#[test]
fn french_has_its_own_spaces_marks_and_order() {
    let document = document("fr");
    let text = snapshot(figures(&document)[1]);
    assert!(text.contains("Logement | 61~% | 56~à~66 | - | leads"), "{text}");
    assert!(text.contains("Rien de tout cela | 6~% | 1~à~11 | E | -"), "{text}");
    let aide = text.find("Aide juridique").unwrap();
    let interpretation = text.find("Interprétation").unwrap();
    assert!(aide < interpretation, "withheld rows follow the alphabet of the language:\n{text}");
}

#[test]
fn only_the_side_with_a_withheld_part_is_summed() {
    let document = document("en");
    assert_eq!(
        snapshot(figures(&document)[3]),
        "\
4. 73% find the community welcoming; 23% say that newcomers are heard
How much do you agree with each of these? Weighted share of newcomers aged 16 or over in the Halifax area; n =~405.
Welcoming to newcomers | 13% < 4 9 14 43 30 > 73%
Know where to get help | 22% < 7 15 16 41 21 > 62%
People to rely on | 31% < [31] 15 36 18 > 54%
Skills are used | 48% < 21 27 12 26 14 > 40%
Newcomers are heard | 46% < 17 29 31 17 6 > 23%"
    );
}

#[test]
fn two_groups_are_told_apart_only_where_that_is_clear() {
    let document = document("en");
    let text = snapshot(figures(&document)[4]);
    assert!(text.contains("2022 or later (n =~135) / Before 2016 (n =~135)"), "{text}");
    assert!(text.contains("Housing | 52 63 | no clear difference"), "{text}");
    assert!(text.contains("Settling in | 47 29 | 18 points (7 to 29)"), "{text}");
    assert!(text.contains("Interpretation | - - | x: not shown, to protect people"), "{text}");
}

#[test]
fn weighted_and_unweighted_shares_stand_side_by_side() {
    let document = document("en");
    let table = figures(&document)[2].table.as_ref().unwrap();
    assert_eq!(
        table.heads,
        ["Help needed", "Weighted share", "As answered, unweighted", "Indicative range (95%)", "n"]
    );
    assert_eq!(table.rows[0].label, "Housing");
    assert_eq!(table.rows[0].cells, ["61%", "57%", "56% to 66%", "405"]);
    let hidden = table.rows.iter().find(|row| row.label == "Interpretation").unwrap();
    assert_eq!(hidden.cells[..3], ["x", "–", "–"]);
    let beside = figures(&document)[1].table.as_ref().unwrap();
    assert_eq!(beside.heads, ["Help needed", "Weighted share", "Indicative range (95%)", "n"]);
}
