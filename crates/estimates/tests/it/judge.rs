//! Differences are claimed only where the data allow it.

use estimates::{Contrast, Query, Verdict};

use crate::toy::{plain, study, times};

fn contrasts(red: [usize; 2], of: usize, extra: Option<&str>) -> (Vec<Contrast>, usize) {
    let query = Query::Shares { question: "colour".into(), by: Some("place".into()) };
    let group = |place: &'static str, red: usize| {
        let some = |count, colour| times(count, &[("place", place), ("colour", colour)]);
        [some(red, "red"), some(of - red, "green")].concat()
    };
    let mut people = [group("north", red[0]), group("south", red[1])].concat();
    people.extend(extra.into_iter().flat_map(|place| times(of, &[("place", place), ("colour", "green")])));
    let release = study(plain, people).release(std::slice::from_ref(&query)).unwrap();
    (release.tables[&query].contrasts.clone(), release.tables[&query].family)
}

fn first(red: [usize; 2]) -> Contrast {
    contrasts(red, 200, None).0.into_iter().find(|each| each.choice.as_str() == "red").unwrap()
}

#[test]
fn a_clear_difference_is_said_with_its_direction() {
    let higher = first([140, 80]);
    assert_eq!((higher.a.as_str(), higher.b.as_str(), higher.verdict), ("north", "south", Verdict::Higher));
    let shown = *higher.difference.shown().unwrap();
    assert_eq!(shown.value.units, 30);
    assert!(shown.low.units > 0 && shown.low.units < 30 && shown.high.units > 30);
    assert_eq!(first([80, 140]).verdict, Verdict::Lower);
}

#[test]
fn an_unclear_one_is_not() {
    let unclear = first([104, 100]);
    assert_eq!(unclear.verdict, Verdict::NoClearDifference);
    let shown = *unclear.difference.shown().unwrap();
    assert!(shown.low.units < 0 && shown.high.units > 0);
}

#[test]
fn verdict_and_printed_range_never_disagree() {
    for red in (100..140).map(|red| [red, 100]) {
        let contrast = first(red);
        let shown = contrast.difference.shown().unwrap();
        let clear = shown.low.units > 0 || shown.high.units < 0;
        assert_eq!(clear, contrast.verdict != Verdict::NoClearDifference, "{red:?}");
    }
}

#[test]
fn more_comparisons_make_wider_ranges() {
    let width = |contrasts: &[Contrast]| {
        let shown = contrasts[0].difference.shown().unwrap();
        shown.high.units - shown.low.units
    };
    let (two, few) = contrasts([140, 80], 200, None);
    let (three, many) = contrasts([140, 80], 200, Some("east"));
    assert!(many > few, "{many} {few}");
    assert!(width(&three) > width(&two));
}
