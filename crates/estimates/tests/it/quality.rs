//! How complete the answers are, counted by hand.

use estimates::{Count, Study};
use responses::State;
use survey::{Kind, Language, Survey};

use crate::toy::{person, plain, survey, times};

/// A hundred who finished: 80 chose a colour, 12 left it empty, 8 would rather not say. Of 40 grids 30 go straight down.
fn study() -> Study {
    let mut people = times(40, &[("colour", "red")]);
    people.extend(times(30, &[("colour", "blue"), ("views", "kind=4 quick=4 fair=4")]));
    people.extend(times(10, &[("colour", "green"), ("views", "kind=4 quick=2 fair=1")]));
    people.extend(times(12, &[("colour", "no_answer")]));
    people.extend(times(8, &[("colour", "prefer_not")]));
    // Fifteen stopped after the only page, in English, and two who agreed and said nothing in Arabic.
    for _ in 0..15 {
        let mut left = person(&[("place", "north")]);
        left.state = State::Saved;
        people.push(left);
    }
    for _ in 0..2 {
        let mut left = person(&[]);
        (left.state, left.language) = (State::Begun, Language::of_tag("ar").unwrap());
        people.push(left);
    }
    let survey = of_three_rows();
    let recipe = plain(&survey);
    Study::new(survey, recipe, people, None).unwrap()
}

/// The toy, whose grid of two rows gets a third: two are no line.
fn of_three_rows() -> Survey {
    let mut survey = survey();
    let questions = survey.pages.iter_mut().flat_map(|page| &mut page.questions);
    for question in questions.filter(|question| question.id.as_str() == "views") {
        let Kind::Grid { rows, .. } = &mut question.kind else { unreachable!() };
        let third = survey::Row { id: "fair".into(), ..rows[0].clone() };
        rows.push(third);
    }
    survey
}

#[test]
fn what_was_left_open_is_told_of_who_was_asked() {
    let quality = study().quality();
    let item = |name: &str| quality.items.iter().find(|item| item.question.as_str() == name).unwrap();
    let colour = item("colour");
    assert_eq!(colour.asked, Count::Rounded(100));
    let units = |share: Option<estimates::Number>| share.map(|share| share.units);
    // The toy's cell is 5: twelve and eight may be told, nobody too.
    assert_eq!(
        (units(colour.left_empty), units(colour.prefer_not), units(colour.dont_know)),
        (Some(12), Some(8), Some(0))
    );
    // Nobody was asked about needs: nothing is told of no base.
    assert_eq!((item("needs").asked, item("needs").left_empty), (Count::Rounded(0), None));
}

#[test]
fn a_straight_line_goes_down_three_rows_and_more() {
    let quality = study().quality();
    let line = quality.lines.iter().find(|line| line.question.as_str() == "views").unwrap();
    assert_eq!((line.answered, line.straight.map(|share| share.units)), (Count::Rounded(40), Some(75)));
}

#[test]
fn where_people_stopped_is_rounded_and_bounded() {
    let quality = study().quality();
    let of = |page: Option<&str>| -> Vec<(Option<String>, Count)> {
        let here = quality.stops.iter().filter(|stop| stop.page.as_ref().map(|page| page.as_str()) == page);
        here.map(|stop| (stop.language.as_ref().map(|each| each.tag().to_owned()), stop.people)).collect()
    };
    // Seventeen of whom fifteen in English; the toy has one page, which everybody has seen.
    assert_eq!(of(None), [(None, Count::Rounded(15)), (Some("en".to_owned()), Count::Rounded(15))]);
}
