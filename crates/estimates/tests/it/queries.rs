//! Medians, the index of a grid, and two profile questions at once, counted by hand.

use estimates::{Error, People, Query, Study, Why, crossed};

use crate::toy::{person, plain, survey, times};

fn study(people: Vec<estimates::Respondent>) -> Study {
    let survey = survey();
    let recipe = plain(&survey);
    Study::new(survey, recipe, people, None).unwrap()
}

#[test]
fn a_median_is_a_number_somebody_gave() {
    let homes = |people: &str, count| times(count, &[("place", "north"), ("people", people)]);
    let study =
        study([homes("1", 30), homes("3", 40), homes("9", 30), times(5, &[("place", "north")])].concat());
    let rows = study.medians("people", None).unwrap();
    let median = rows[0].numbers.unwrap();
    assert_eq!((rows[0].choice.as_str(), median.value, median.respondents), ("median", 3.0, 100));
    assert!(median.low <= 3.0 && median.high >= 3.0 && median.low >= 1.0, "{median:?}");
    // By a group that nobody else is in, and of a question without numbers.
    assert_eq!(study.medians("people", Some("place")).unwrap()[0].numbers.unwrap().value, 3.0);
    assert!(matches!(study.medians("place", None).unwrap_err(), Error::NoNumbers { .. }));
}

#[test]
fn a_median_of_few_is_withheld() {
    let rows = study(times(12, &[("people", "4")])).medians("people", None).unwrap();
    assert_eq!((rows[0].numbers, rows[0].withheld), (None, Some(Why::Confidential)));
}

#[test]
fn an_index_is_the_mean_of_the_rows_and_alpha_says_how_they_go_together() {
    let views =
        |kind: u8, quick: u8, count| times(count, &[("views", &format!("kind={kind} quick={quick}"))]);
    let study = study(
        [views(5, 4, 30), views(2, 1, 30), views(3, 3, 30), times(10, &[("views", "kind=5")])].concat(),
    );
    let index = study.index("views", None).unwrap();
    let row = index.rows[0].numbers.unwrap();
    // 4.5, 1.5 and 3: who left a row open has no index.
    assert!((row.value - 3.0).abs() < 1e-12 && row.respondents == 90, "{row:?}");
    // Items 5 2 3 and 4 1 3: variances 14/9 each, of the sum 9 3 6: 6; alpha = 2 (1 - (28/9)/6), whatever the divisor.
    let alpha = 2.0 * (1.0 - (28.0 / 9.0) / 6.0);
    assert_eq!((index.items, index.alpha.unwrap().units), (2, (alpha * 100.0_f64).round() as i64));
    assert!(matches!(study.index("colour", None).unwrap_err(), Error::NotAGrid { .. }));
}

#[test]
fn two_profile_questions_make_one() {
    let some =
        |place, age, colour, count| times(count, &[("place", place), ("age", age), ("colour", colour)]);
    let people = [
        some("north", "young", "red", 60),
        some("north", "young", "green", 40),
        some("north", "old", "red", 30),
        some("north", "old", "green", 70),
        some("south", "young", "red", 50),
        some("south", "young", "green", 50),
        some("south", "old", "red", 2),
        some("south", "old", "green", 9),
        vec![person(&[("place", "north"), ("colour", "red")])],
    ]
    .concat();
    let survey = survey();
    let people = People::of(&survey, &people);
    let (with, people, id) = crossed(&survey, people, &["place", "age"]).unwrap();
    assert_eq!(id, "place_age");
    let recipe = plain(&with);
    let study = Study::of(with, recipe, &people, None).unwrap();
    let rows = study.estimates("colour", Some(&id)).unwrap();
    let red = |group: &str| {
        let here = |row: &&estimates::EstimateRow| {
            row.choice == "red" && row.group.as_ref().unwrap().as_str() == group
        };
        rows.iter().find(here).unwrap().clone()
    };
    assert!((red("north_young").numbers.unwrap().value - 0.6).abs() < 1e-12);
    // Eleven old people of the south are too few.
    assert_eq!(red("south_old").withheld, Some(Why::Confidential));
    let query = Query::Shares { question: "colour".into(), by: Some(id.as_str().into()) };
    assert_eq!(study.release(&[query]).unwrap().tables.len(), 1);
}

#[test]
fn three_at_once_are_refused() {
    let survey = survey();
    let people = People::of(&survey, &times(3, &[("place", "north")]));
    let error = crossed(&survey, people, &["place", "age", "colour"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "two questions can be crossed, not 3: of three together single people could be recognized"
    );
}
