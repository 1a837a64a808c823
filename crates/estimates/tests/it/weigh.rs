//! Weights that can be checked on paper.

use estimates::{Count, Error, Number};
use responses::{Event, Mode, Tally};

use crate::toy::{plain, recipe, study, survey, times};

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
}

/// 60 in the north (half of them red) and 40 in the south (a quarter), where the population is half and half.
fn north_and_south() -> Vec<estimates::Respondent> {
    [
        times(30, &[("place", "north"), ("colour", "red")]),
        times(30, &[("place", "north"), ("colour", "green")]),
        times(10, &[("place", "south"), ("colour", "red")]),
        times(30, &[("place", "south"), ("colour", "green")]),
    ]
    .concat()
}

#[test]
fn weights_meet_the_margin_and_have_a_mean_of_one() {
    let study = study(recipe, north_and_south());
    let (respondents, weights) = (study.people().respondents(study.survey()), study.weights());
    close(weights.iter().sum::<f64>(), 100.0);
    let north = respondents
        .iter()
        .zip(weights)
        .filter(|(each, _)| each.answers.get(&"place".into()).unwrap().code().unwrap().as_str() == "north");
    north.for_each(|(_, weight)| close(*weight, 50.0 / 60.0));
}

#[test]
fn a_share_and_its_standard_error_by_hand() {
    let rows = study(recipe, north_and_south()).estimates("colour", None).unwrap();
    let red = rows[0].numbers.unwrap();
    assert_eq!((rows[0].choice.as_str(), red.respondents), ("red", 100));
    close(red.value, 0.5 * 0.5 + 0.5 * 0.25);
    // Residuals from the margin: a half in the north, a quarter and three quarters in the south.
    let north = (50.0_f64 / 60.0).powi(2) * 60.0 * 0.25;
    let south = (50.0_f64 / 40.0).powi(2) * (10.0 * 0.75 * 0.75 + 30.0 * 0.25 * 0.25);
    close(red.standard_error, ((north + south) / 1e4 * 100.0 / 99.0).sqrt());
    assert!(red.low < red.value && red.value < red.high);
}

#[test]
fn who_is_in_no_margin_keeps_an_own_share() {
    let mut people = north_and_south();
    people.extend(times(15, &[("place", "east"), ("colour", "red")]));
    people.extend(times(10, &[("place", "prefer_not"), ("colour", "red")]));
    let study = study(recipe, people);
    let margin = &study.release(&[]).unwrap().fieldwork.margins[0];
    assert_eq!(
        (margin.path.as_str(), margin.uncovered, margin.missing),
        (
            "land-2021/place",
            // 15 of the 115 who said where, and 10 of 125 who did not.
            Some(Number { units: 13, places: 2 }),
            Some(Number { units: 8, places: 2 })
        )
    );
    let red = study.estimates("colour", None).unwrap()[0].numbers.unwrap();
    close(red.value, 0.2 + 0.8 * 0.375);
}

#[test]
fn a_small_category_is_refused_with_the_remedy() {
    let mut people = times(60, &[("place", "north")]);
    people.extend(times(9, &[("place", "south")]));
    let survey = survey();
    let recipe = recipe(&survey);
    let error = estimates::Study::new(survey, recipe, people, None).unwrap_err();
    assert!(matches!(error, Error::CategoryTooSmall { respondents: 9, smallest: 10, .. }));
    let says = error.to_string();
    assert!(says.contains("`south` of `place` has 9 respondents"), "{says}");
    assert!(says.contains("collapse place south into CODE"), "{says}");
}

#[test]
fn nobody_to_count_is_an_error() {
    let survey = survey();
    let recipe = plain(&survey);
    let error = estimates::Study::new(survey, recipe, Vec::new(), None).unwrap_err();
    assert!(matches!(error, Error::NobodyToCount { .. }));
}

#[test]
fn the_order_of_people_changes_no_bit() {
    let one = study(recipe, north_and_south());
    let mut people = north_and_south();
    people.reverse();
    let other = study(recipe, people);
    assert_eq!(one.weights(), other.weights());
    assert_eq!(
        one.estimates("colour", Some("place")).unwrap(),
        other.estimates("colour", Some("place")).unwrap()
    );
}

#[test]
fn trimming_keeps_weights_in_their_range_and_says_what_it_cost() {
    let trimmed = |survey: &survey::Survey| {
        let mut recipe = recipe(survey);
        recipe.trim = Some((0.3, 1.2));
        recipe
    };
    let study = study(trimmed, north_and_south());
    assert!(study.weights().iter().all(|weight| *weight <= 1.2 + 1e-9));
    let off = study.release(&[]).unwrap().fieldwork.off.unwrap();
    assert!(off.value() > 0.0, "the south no longer meets its margin");
}

#[test]
fn only_finished_people_the_survey_is_for_count() {
    let left = |here: &str, count: usize| {
        let mut people = times(count, &[("here", here), ("colour", "green")]);
        people.iter_mut().for_each(|each| each.state = responses::State::Saved);
        people
    };
    let finished = [times(41, &[("here", "yes"), ("colour", "red")]), times(7, &[("here", "no")])];
    let people = [finished.concat(), left("yes", 3), left("no", 8)].concat();
    let fieldwork = study(plain, people).release(&[]).unwrap().fieldwork;
    assert_eq!(fieldwork.respondents, 41, "the first release tells its n");
    assert_eq!(fieldwork.screened_out, Count::Rounded(15), "7 at the end and 8 on the way");
    assert_eq!(fieldwork.unfinished, Count::Fewer(5), "3 people");
    assert_eq!((fieldwork.begun, fieldwork.finished), (Count::Rounded(60), Count::Rounded(50)));
}

#[test]
fn the_store_counts_those_it_keeps_nothing_of() {
    let english = survey::Language::english();
    let count = |event, many| ((event, english.clone(), Mode::OwnDevice), many);
    let tally = Tally {
        events: [count(Event::Begun, 72), count(Event::ScreenedOut, 12), count(Event::Withdrawn, 2)].into(),
        ..Tally::default()
    };
    let survey = survey();
    let recipe = plain(&survey);
    let people = times(40, &[("colour", "red")]);
    let study = estimates::Study::new(survey, recipe, people, Some(&tally)).unwrap();
    let fieldwork = study.release(&[]).unwrap().fieldwork;
    assert_eq!((fieldwork.begun, fieldwork.screened_out), (Count::Rounded(70), Count::Rounded(10)));
    assert_eq!((fieldwork.withdrawn, fieldwork.declined), (Count::Fewer(5), Count::Rounded(0)));
}

#[test]
fn an_error_says_that_made_up_answers_were_left_out() {
    let real = times(3, &[("place", "north")]);
    let mut made_up = times(300, &[("place", "south")]);
    made_up.iter_mut().for_each(|each| each.synthetic = true);
    let survey = survey();
    let recipe = recipe(&survey);
    let error = estimates::Study::new(survey, recipe, [real, made_up].concat(), None).unwrap_err();
    let says = error.to_string();
    assert!(says.ends_with("; 300 made-up responses were left out because 3 real ones exist"), "{says}");
}

#[test]
fn made_up_answers_count_only_where_there_is_no_real_one() {
    let real = times(40, &[("colour", "red")]);
    let mut made_up = times(50, &[("colour", "green")]);
    made_up.iter_mut().for_each(|each| each.synthetic = true);
    let both = [real, made_up.clone()].concat();
    let mixed = study(plain, both).release(&[]).unwrap().fieldwork;
    assert_eq!((mixed.respondents, mixed.synthetic, mixed.rehearsed_left_out), (40, false, 50));
    let rehearsed = study(plain, made_up).release(&[]).unwrap().fieldwork;
    assert_eq!((rehearsed.respondents, rehearsed.synthetic, rehearsed.rehearsed_left_out), (50, true, 0));
}

#[test]
fn margins_that_contradict_each_other_are_refused_with_what_to_do() {
    // Everybody in the north is young and everybody in the south old: the two margins want different numbers of them.
    let some = |place, age| times(60, &[("place", place), ("age", age)]);
    let people = [some("north", "young"), some("south", "old")].concat();
    let survey = survey();
    let mut recipe = recipe(&survey);
    recipe.rake = vec!["place".into(), "age".into()];
    let error = estimates::Study::new(survey, recipe, people, None).unwrap_err();
    assert!(matches!(error, estimates::Error::Raking(_)), "{error}");
    let why = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        error.to_string().contains("`collapse`") && why.contains("place") && why.contains("age"),
        "{error}: {why}"
    );
}

#[test]
fn classes_of_who_did_not_finish_need_enough_who_did() {
    let survey = survey();
    let mut recipe = crate::toy::plain(&survey);
    recipe.nonresponse = Some(estimates::ResponseClass::Language);
    let mut people = times(60, &[("place", "north")]);
    let mut left = times(30, &[("place", "north")]);
    left.iter_mut().for_each(|each| each.state = responses::State::Saved);
    people.extend(left);
    // Twenty-five who answered in Arabic, and five of them who stopped.
    let mut arabic = times(30, &[("place", "north")]);
    for (number, each) in arabic.iter_mut().enumerate() {
        each.language = survey::Language::of_tag("ar").unwrap();
        each.state = if number < 25 { responses::State::Finished } else { responses::State::Partial };
    }
    people.extend(arabic.clone());
    let study = estimates::Study::new(survey.clone(), recipe.clone(), people.clone(), None).unwrap();
    // 90/60 and 30/25, made to have a mean of 1 over the 85.
    let mean = (60.0 * 1.5 + 25.0 * 1.2) / 85.0;
    let mut weights = study.weights().to_vec();
    weights.sort_by(f64::total_cmp);
    close(weights[0], 1.2 / mean);
    close(weights[84], 1.5 / mean);
    people.truncate(90);
    people.extend(arabic[20..].iter().cloned());
    let error = estimates::Study::new(survey, recipe, people, None).unwrap_err();
    assert!(error.to_string().starts_with("of the class `ar` 5 finished and 5 did not"), "{error}");
}
