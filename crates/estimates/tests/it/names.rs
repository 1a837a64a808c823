//! One group of people under two names, and those whom a population table leaves out.

use estimates::{EstimateRow, Query, Respondent, Study, Why};
use survey::Survey;

use crate::toy::{person_of, plain, recipe, sources, survey, times};

/// The toy survey with a recode of `place` that names the people of the north anew, and lumps the others.
fn recoded() -> Survey {
    let mut sources = sources();
    let toy = sources.get_mut("toy.survey").unwrap();
    *toy = toy.replace(
        "one age\n",
        "calc side\n  - up    Up    [when place = north]\n  - down  Down  [when place = south or place = east]\n  \
         - away  Away  [when place = abroad]\n  role profile\none age\n",
    );
    let (survey, findings) = survey::read(&sources);
    survey.unwrap_or_else(|| panic!("{}", notation::draw(&findings, &sources, false)))
}

fn people(survey: &Survey, counts: [(&str, &str, &str, usize); 8]) -> Vec<Respondent> {
    let some = |(place, side, colour, count)| {
        let one = person_of(
            survey,
            &[("place", place), ("side", side), ("colour", colour), ("people", "3"), ("hurt", "no")],
        );
        vec![one; count]
    };
    counts.into_iter().flat_map(some).collect()
}

/// Few are red in the east, so the east is withheld and its nearest neighbour with it: by `place` that is the north.
fn few_in_the_east() -> [(&'static str, &'static str, &'static str, usize); 8] {
    [
        ("north", "up", "red", 40),
        ("north", "up", "green", 60),
        ("south", "down", "red", 60),
        ("south", "down", "green", 60),
        ("east", "down", "red", 2),
        ("east", "down", "green", 40),
        ("abroad", "away", "red", 50),
        ("abroad", "away", "green", 50),
    ]
}

fn why<'r>(rows: &'r [EstimateRow], choice: &str, group: Option<&str>) -> Option<Why> {
    let is = |row: &&'r EstimateRow| {
        row.choice == choice && row.group.as_ref().map(survey::ChoiceId::as_str) == group
    };
    rows.iter().find(is).unwrap().withheld
}

fn study(survey: &Survey, people: Vec<Respondent>) -> Study {
    Study::new(survey.clone(), plain(survey), people, None).unwrap()
}

#[test]
fn a_group_has_one_fate_under_both_names() {
    let survey = recoded();
    let study = study(&survey, people(&survey, few_in_the_east()));
    let by = |name: &str| study.estimates("colour", Some(name)).unwrap();
    let (place, side) = (by("place"), by("side"));
    assert_eq!(why(&place, "red", Some("east")), Some(Why::Confidential));
    assert_eq!(why(&place, "red", Some("north")), Some(Why::Confidential), "else it would follow");
    assert_eq!(why(&side, "red", Some("up")), Some(Why::Confidential), "the north by another name");
    for (one, other) in [("north", "up"), ("abroad", "away")] {
        for choice in ["red", "green", "blue"] {
            assert_eq!(why(&place, choice, Some(one)), why(&side, choice, Some(other)), "{choice} in {one}");
        }
    }
}

#[test]
fn a_choice_has_one_fate_under_both_names() {
    let survey = recoded();
    let mut counts = few_in_the_east();
    counts[5].3 = 1;
    let study = study(&survey, people(&survey, counts));
    let (place, side) = (study.estimates("place", None).unwrap(), study.estimates("side", None).unwrap());
    assert_eq!(why(&place, "east", None), Some(Why::Confidential));
    for (one, other) in [("north", "up"), ("abroad", "away")] {
        assert_eq!(why(&place, one, None), why(&side, other, None), "{one}");
    }
    let queries = ["place", "side"].map(|question| Query::Shares { question: question.into(), by: None });
    let release = study.release(&queries).unwrap();
    let fate =
        |at: usize, choice: &str| release.tables[&queries[at]].cell(None, choice, None).unwrap().withheld();
    assert_eq!(fate(0, "north"), fate(1, "up"));
    assert_eq!(fate(0, "abroad"), fate(1, "away"));
}

#[test]
fn a_mean_has_one_fate_under_both_names() {
    let survey = recoded();
    let mut counts = few_in_the_east();
    counts[5].3 = 4;
    let mut people = people(&survey, counts);
    for (number, person) in people.iter_mut().enumerate() {
        let household = survey::Answer::Number(1.0 + (number % 4) as f64);
        person.answers.given.insert("people".into(), household);
    }
    let study = study(&survey, people);
    let by = |name: &str| study.estimates("people", Some(name)).unwrap();
    let (place, side) = (by("place"), by("side"));
    assert_eq!(why(&place, "mean", Some("east")), Some(Why::Confidential), "6 people");
    let hidden = ["north", "abroad"].map(|group| why(&place, "mean", Some(group)).is_some());
    assert!(hidden.contains(&true), "one takes the rest of everybody along");
    assert_eq!(hidden, ["up", "away"].map(|group| why(&side, "mean", Some(group)).is_some()));
}

#[test]
fn bases_are_rounded_as_the_recipe_says() {
    let people = [times(61, &[("colour", "red")]), times(62, &[("colour", "green")])].concat();
    let rows = crate::toy::study(plain, people).estimates("colour", None).unwrap();
    assert_eq!(rows[0].numbers.unwrap().respondents, 125, "123 people");
}

/// What is told of the places where so many live.
fn profile(counts: [usize; 4], also_shares: bool) -> (Vec<[Option<i64>; 2]>, Option<i64>) {
    let places = ["north", "south", "east", "abroad"].into_iter().zip(counts);
    let people: Vec<_> = places.flat_map(|(place, count)| times(count, &[("place", place)])).collect();
    let question = survey::QuestionId::from("place");
    let mut queries = vec![Query::Profile { question: question.clone() }];
    queries.extend(also_shares.then(|| Query::Shares { question: question.clone(), by: None }));
    let release = crate::toy::study(recipe, people).release(&queries).unwrap();
    let told = |share: Option<estimates::Number>| share.map(|share| share.units);
    let rows = release.profiles[&question].rows.iter().map(|row| [told(row.sample), told(row.weighted)]);
    (rows.collect(), told(release.fieldwork.margins[0].uncovered))
}

#[test]
fn too_few_outside_the_census_are_not_told() {
    let (rows, uncovered) = profile([120, 60, 3, 0], false);
    assert_eq!((rows[2], uncovered), ([None, None], None), "3 people are in no census");
    let (beside_shares, _) = profile([120, 60, 3, 0], true);
    assert!(beside_shares.iter().all(|row| *row == [None, None]), "two bases would tell their difference");
    let (rows, uncovered) = profile([120, 60, 30, 0], true);
    assert_eq!((rows[0], uncovered), ([Some(67), Some(50)], Some(14)));
}

#[test]
fn of_those_outside_none_follows_from_their_sum() {
    let (rows, uncovered) = profile([120, 60, 3, 30], false);
    assert_eq!(uncovered, Some(15));
    assert_eq!((rows[2], rows[3]), ([None, None], [None, None]), "33 outside less 30 abroad are 3");
    assert!(rows[0][0].is_some(), "the others have nothing to do with it");
}

#[test]
fn of_those_covered_none_follows_from_the_others() {
    let survey = survey();
    let mut recipe = plain(&survey);
    recipe.rake.clear();
    let rows = {
        let places = [("north", 150), ("south", 3), ("east", 60), ("abroad", 50)];
        let people: Vec<_> =
            places.into_iter().flat_map(|(place, count)| times(count, &[("place", place)])).collect();
        let study = Study::new(survey, recipe, people, None).unwrap();
        let query = Query::Profile { question: "place".into() };
        let release = study.release(&[query]).unwrap();
        release.profiles["place"].rows.clone()
    };
    assert_eq!((rows[0].sample, rows[1].sample), (None, None), "100 % of those covered less the north");
    assert!(rows[2].sample.is_some() && rows[3].sample.is_some());
}
