//! What a report gets.

use estimates::{Count, Earlier, Error, Number, Query};
use survey::Language;

use crate::toy::{plain, recipe, study, times};

#[test]
fn a_profile_shows_sample_weights_and_population_side_by_side() {
    let people = [
        times(120, &[("place", "north")]),
        times(60, &[("place", "south")]),
        times(20, &[("place", "east")]),
    ];
    let profile = Query::Profile { question: "place".into() };
    let release = study(recipe, people.concat()).release(&[profile]).unwrap();
    let table = &release.profiles["place"];
    assert!(table.raked);
    let shares = |at: usize| {
        let row = &table.rows[at];
        [row.sample, row.weighted, row.population].map(|number| number.map(|number| number.units))
    };
    assert_eq!(shares(0), [Some(67), Some(50), Some(50)], "north, of the two places the census counts");
    assert_eq!(shares(1), [Some(33), Some(50), Some(50)], "south");
    assert_eq!(shares(2), [Some(10), Some(10), None], "east is in no census: of everybody");
    assert_eq!(table.respondents, Count::Rounded(200));
    assert!(release.fieldwork.design_effect.value() > 1.0 && release.fieldwork.effective < 200);
    assert_eq!(release.fieldwork.margins[0].source, ["Source: made up for tests."]);
}

#[test]
fn the_ends_of_a_scale_are_summed_before_rounding() {
    let counts = [33, 33, 34, 50, 50];
    let person = |(code, count): (usize, usize)| {
        let code = (code + 1).to_string();
        let views = format!("kind={code} quick=dont_know");
        times(count, &[("scale", &code), ("views", &views)])
    };
    let people: Vec<_> = counts.into_iter().enumerate().flat_map(person).collect();
    let queries = ["scale", "views"].map(|question| Query::Shares { question: question.into(), by: None });
    let release = study(plain, people).release(&queries).unwrap();
    let net = &release.tables[&queries[0]].nets[0];
    // 16.5 % and 16.5 % would make 34 % if each were rounded first.
    assert_eq!(net.low_end.shown().unwrap().value, Number { units: 33, places: 2 });
    assert_eq!(net.high_end.shown().unwrap().value, Number { units: 50, places: 2 });
    assert_eq!(net.low.len(), 2);
    let views = &release.tables[&queries[1]];
    assert_eq!(views.nets[0].respondents, Count::Rounded(200));
    assert_eq!((views.nets[1].respondents, views.nets[1].missing), (Count::Rounded(0), Count::Rounded(200)));
    assert_eq!(views.cell(Some("kind"), "4", None).unwrap().shown().unwrap().value.units, 25);
}

#[test]
fn counts_are_told_as_the_policy_says() {
    assert_eq!(Count::told(0, 10, 5), Count::Rounded(0));
    assert_eq!(Count::told(9, 10, 5), Count::Fewer(10));
    assert_eq!(Count::told(12, 10, 5), Count::Rounded(10));
    assert_eq!(Count::told(13, 10, 5), Count::Rounded(15));
    assert_eq!(Count::told(13, 10, 1), Count::Exactly(13));
}

#[test]
fn a_decimal_is_rounded_once() {
    assert_eq!(Number::round(0.614, 2), Number { units: 61, places: 2 });
    assert_eq!(Number::round(0.615, 2).to_string(), "0.62");
    assert_eq!(Number::round(-0.125, 2).units, -13);
}

#[test]
fn a_lone_small_language_is_not_told_and_none_follows() {
    let people = times(50, &[("colour", "red")]);
    let languages = study(plain, people).release(&[]).unwrap().fieldwork.languages;
    assert_eq!(languages, [(Language::english(), Some(Count::Rounded(50)))]);
}

#[test]
fn questions_that_cannot_be_counted_are_named() {
    let study = study(plain, times(50, &[("colour", "red")]));
    let error = study.estimates("colours", None).unwrap_err();
    assert_eq!(error.to_string(), "the survey has no question `colours`: did you mean `colour`?");
    assert!(matches!(study.estimates("wish", None).unwrap_err(), Error::NothingToCount { .. }));
    assert!(matches!(study.estimates("colour", Some("needs")).unwrap_err(), Error::NotAGroup { .. }));
}

#[test]
fn numbers_have_means() {
    let people = [times(30, &[("people", "2")]), times(30, &[("people", "5")])].concat();
    let rows = study(plain, people).estimates("people", None).unwrap();
    let mean = rows[0].numbers.unwrap();
    assert_eq!((rows[0].choice.as_str(), mean.value, mean.respondents), ("mean", 3.5, 60));
    assert!((mean.standard_error - (2.25_f64 * 60.0 / 59.0 / 60.0).sqrt()).abs() < 1e-12);
}

#[test]
fn withheld_rows_have_no_number_in_any_format() {
    let people = [times(90, &[("colour", "red")]), times(3, &[("colour", "blue")])].concat();
    let rows = study(plain, people).estimates("colour", None).unwrap();
    let json = estimates::estimates_json(&rows);
    let blue = json.split('{').find(|object| object.contains("\"blue\"")).unwrap();
    assert!(
        blue.contains("\"withheld\": \"x\"") && !blue.contains("value") && !blue.contains("respondents"),
        "{blue}"
    );
    let csv = estimates::estimates_csv(&rows);
    assert!(csv.contains("\ncolour,blue,,,,,,,,,x\n"), "{csv}");
}

#[test]
fn a_second_release_of_nearly_the_same_people_is_refused() {
    let study = |count| study(plain, times(count, &[("place", "north"), ("colour", "red")]));
    let earlier = Earlier::of(&study(100));
    assert_eq!(Earlier::from_json(&earlier.to_json(&Default::default())), Some(earlier.clone()));
    // The toy's cell is 5: the same people, or five more.
    assert!(study(100).check_earlier(&earlier).is_ok() && study(105).check_earlier(&earlier).is_ok());
    let error = study(103).check_earlier(&earlier).unwrap_err();
    assert!(matches!(error, estimates::Error::ReleaseTooNear { before: 100, now: 103, cell: 5 }), "{error}");
    // Another wave is other people.
    assert!(study(103).check_earlier(&Earlier { wave: 2024, ..earlier }).is_ok());
}
