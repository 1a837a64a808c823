//! An answer beside a published figure, another survey, other partnerships: counted by hand.

use estimates::{
    Against, Apart, Badge, Benchmark, Cell, Error, Recipe, Respondent, Study, Verdict, read_recipe,
};
use survey::Survey;

use crate::toy::{plain, sources, survey, times};

fn colours(red: usize, green: usize, blue: usize) -> Vec<Respondent> {
    let some = |count, colour| times(count, &[("colour", colour), ("hurt", "no")]);
    [some(red, "red"), some(green, "green"), some(blue, "blue")].concat()
}

fn study(people: Vec<Respondent>) -> Study {
    let survey = survey();
    let recipe = plain(&survey);
    Study::new(survey, recipe, people, None).unwrap()
}

fn with_benchmark() -> Recipe {
    let mut sources = sources();
    let line = "benchmark colour benchmarks/colour.csv  recall none  mode online\n";
    sources
        .insert("toy.recipe".into(), format!("recipe toy\nsurvey toy 2027\ndesign nonprobability\n{line}"));
    read_recipe(&sources, &survey()).0.unwrap()
}

fn points(cell: &Cell) -> [i64; 3] {
    let shown = cell.shown().unwrap();
    [shown.value.units, shown.low.units, shown.high.units]
}

#[test]
fn a_published_figure_has_badges_and_its_interval_counts() {
    let recipe = with_benchmark();
    let benchmark: &Benchmark = &recipe.benchmarks[0];
    assert_eq!(
        benchmark.badges,
        [Badge::Mode("telephone".into()), Badge::Population("adults of the land".into())]
    );
    let against = Against::benchmark(&study(colours(240, 100, 60)), benchmark).unwrap();
    // Four choices, of which `other` was not published and nobody chose: three differences.
    assert_eq!((against.family, against.apart), (3, None));
    let line = |choice: &str| against.lines.iter().find(|line| line.choice.as_str() == choice).unwrap();
    let red = line("red");
    // 60 - 40 points; SE^2 = 0.6 x 0.4 / 399 + (0.04/3.92)^2; z of 1 - 0.05/6 is 2.394.
    let error = (0.24_f64 / 399.0 + (0.04_f64 / (2.0 * 1.959_963_985)).powi(2)).sqrt();
    let reach = |sign: f64| ((0.2 + sign * 2.393_98 * error) * 100.0).round() as i64;
    assert_eq!(points(red.difference.as_ref().unwrap()), [20, reach(-1.0), reach(1.0)]);
    assert_eq!((red.verdict, line("green").verdict), (Verdict::Higher, Verdict::NoClearDifference));
    assert_eq!((line("other").there, line("other").verdict), (None, Verdict::NotTestable));
}

#[test]
fn what_is_withheld_here_is_not_set_beside_anything() {
    let recipe = with_benchmark();
    let against = Against::benchmark(&study(colours(60, 40, 3)), &recipe.benchmarks[0]).unwrap();
    let blue = against.lines.iter().find(|line| line.choice.as_str() == "blue").unwrap();
    assert!(blue.here.withheld().is_some() && blue.difference.is_none());
}

#[test]
fn another_survey_is_compared_where_it_asks_the_same() {
    let here = study(colours(240, 100, 60));
    let there = study(colours(100, 240, 60));
    let against = Against::beside(&here, &there, "colour").unwrap();
    assert_eq!(points(against.lines[0].difference.as_ref().unwrap())[0], 35);
    assert_eq!(against.lines[0].verdict, Verdict::Higher);
    // Asked in other words there.
    let mut other: Survey = survey();
    for question in other.pages.iter_mut().flat_map(|page| &mut page.questions) {
        if let Some(words) = question.asks.as_mut().filter(|_| question.id.as_str() == "colour") {
            words.source = "What colour do you like?".into();
        }
    }
    let recipe = plain(&other);
    let there = Study::new(other, recipe, colours(100, 240, 60), None).unwrap();
    let against = Against::beside(&here, &there, "colour").unwrap();
    assert_eq!(against.apart, Some(Apart::Wording));
    assert!(
        against.lines.iter().all(|line| line.difference.is_none() && line.verdict == Verdict::NotTestable)
    );
}

#[test]
fn a_pool_counts_each_partnership_the_same_and_needs_three() {
    let here = study(colours(240, 100, 60));
    let others = [study(colours(100, 100, 200)), study(colours(30, 60, 60)), study(colours(400, 300, 300))];
    let against = Against::pool(&here, &others, "colour").unwrap();
    // Red: 25, 20 and 40 per cent.
    assert_eq!(against.lines[0].there.unwrap().units, 28);
    assert_eq!(points(against.lines[0].difference.as_ref().unwrap())[0], 32);
    let error = Against::pool(&here, &others[..2], "colour").unwrap_err();
    assert!(matches!(error, Error::PoolTooSmall { others: 2, fewest: 3 }), "{error}");
    // Where one of them withholds, the pool tells nothing: the others would give it away.
    let others = [study(colours(100, 100, 200)), study(colours(3, 60, 60)), study(colours(400, 300, 300))];
    assert_eq!(Against::pool(&here, &others, "colour").unwrap().lines[0].there, None);
}
