//! Two waves, counted by hand: what changed, and what may not be compared.

use estimates::{Apart, Cell, Direction, Study, Waves};
use survey::Survey;

use crate::toy::{person_of, plain, survey};

/// So many with each answer.
fn wave(survey: &Survey, question: &str, people: &[(usize, &str)]) -> Study {
    let people = people.iter().flat_map(|(count, said)| vec![person_of(survey, &[(question, said)]); *count]);
    Study::new(survey.clone(), plain(survey), people.collect(), None).unwrap()
}

fn cell(cell: Option<&Cell>) -> Option<(i64, i64, i64)> {
    let shown = cell?.shown()?;
    Some((shown.value.units, shown.low.units, shown.high.units))
}

fn directions(waves: &Waves) -> Vec<(String, Direction)> {
    waves.lines.iter().map(|line| (line.choice.to_string(), line.direction)).collect()
}

#[test]
fn a_difference_of_independent_samples_is_told_by_its_interval() {
    let survey = survey();
    let before = wave(&survey, "colour", &[(100, "red"), (60, "green"), (40, "blue")]);
    let now = wave(&survey, "colour", &[(160, "red"), (50, "green"), (40, "blue")]);
    let waves = Waves::of(&before, &now, "colour").unwrap();
    // Red 50 % of 200, then 64 % of 250: 14 points. SE^2 = .25/199 + .2304/249 = .0021816, so SE = 4.671 points. Three
    // lines can be seen and "other" is nobody's: z for 3 or 4 differences is 2.394 or 2.498.
    let red = &waves.lines[0];
    let z = if waves.family == 4 { 2.4977 } else { 2.3940 };
    let half = |z: f64| (100.0 * z * (0.25_f64 / 199.0 + 0.2304 / 249.0).sqrt()).round() as i64;
    let (value, low, high) = cell(red.difference.as_ref()).unwrap();
    assert_eq!((value, high - low), (14, 2 * half(z)), "{red:?}");
    assert_eq!(red.direction, Direction::Higher);
    // Green 30 % then 20 %: -10 points, SE = sqrt(.21/199 + .16/249) = 4.120; 2.394 x 4.120 = 9.9: clear, barely, as
    // printed it ends at 0. A direction is told by what is printed.
    let (value, _, high) = cell(waves.lines[1].difference.as_ref()).unwrap();
    assert_eq!((value, high >= 0), (-10, waves.lines[1].direction == Direction::NoClearChange));
    // Blue 20 % then 16 %.
    assert_eq!(waves.lines[2].direction, Direction::NoClearChange);
}

#[test]
fn the_good_end_of_a_scale_makes_a_change_better_or_worse() {
    let survey = survey();
    let before = wave(&survey, "views", &[(60, "kind=1 quick=3"), (40, "kind=5 quick=3")]);
    let now = wave(&survey, "views", &[(20, "kind=1 quick=3"), (80, "kind=5 quick=3")]);
    let waves = Waves::of(&before, &now, "views").unwrap();
    let of = |row: &str, choice: &str| {
        let here = |line: &&estimates::Change| {
            line.row.as_ref().is_some_and(|each| each.as_str() == row) && line.choice.as_str() == choice
        };
        waves.lines.iter().find(here).unwrap().direction
    };
    // Fewer at the bad end and more at the good end are both for the better; the middle is neither.
    assert_eq!((of("kind", "1"), of("kind", "5")), (Direction::Better, Direction::Better));
    assert_eq!(of("quick", "5"), Direction::NoClearChange);
    let back = Waves::of(&now, &before, "views").unwrap();
    assert!(back.lines.iter().any(|line| line.direction == Direction::Worse));
}

#[test]
fn what_was_asked_otherwise_is_not_compared() {
    let now = survey();
    let people = [(100, "red"), (60, "green")];
    let changed = |edit: &str, by: &str| {
        let mut sources = crate::toy::sources();
        let text = sources["toy.survey"].replacen(edit, by, 1);
        assert_ne!(text, sources["toy.survey"], "{edit}");
        sources.insert("toy.survey".to_owned(), text);
        survey::read(&sources).0.unwrap()
    };
    for (edit, by, apart) in [
        ("? Which colour?", "? Which colour do you like?", Apart::Wording),
        ("- blue   Blue", "- blue   Light blue", Apart::Choices),
        ("  - blue   Blue\n", "", Apart::Choices),
        ("one colour\n", "many colour\n", Apart::Kind),
        ("? Which colour?\n", "? Which colour?\n  when age = old\n", Apart::Asked),
    ] {
        let old = changed(edit, by);
        let waves =
            Waves::of(&wave(&old, "colour", &people), &wave(&now, "colour", &people), "colour").unwrap();
        assert_eq!(waves.apart, Some(apart), "{by}");
        assert!(waves.lines.iter().all(|line| line.difference.is_none()));
        assert!(directions(&waves).iter().all(|(_, direction)| *direction == Direction::NotComparable));
    }
    // A hint and a short word make no other question.
    let old = changed("? Which colour?\n", "? Which colour?\n  hint Choose one.\n");
    let waves = Waves::of(&wave(&old, "colour", &people), &wave(&now, "colour", &people), "colour").unwrap();
    assert_eq!(waves.apart, None);
}

#[test]
fn a_withheld_side_tells_nothing_of_the_other() {
    let survey = survey();
    let before = wave(&survey, "colour", &[(60, "red"), (40, "green"), (3, "blue")]);
    let now = wave(&survey, "colour", &[(50, "red"), (30, "green"), (20, "blue")]);
    let waves = Waves::of(&before, &now, "colour").unwrap();
    let blue = &waves.lines[2];
    assert!(blue.before.as_ref().is_some_and(|cell| cell.withheld().is_some()), "{blue:?}");
    assert_eq!((blue.difference.as_ref(), blue.direction), (None, Direction::NotComparable));
}
