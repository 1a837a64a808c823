//! The trip of one answer, from a radio button on a phone to a number a planner reads.

use estimates::{Query, Respondent, Study};
use responses::{Mode, Response, Store};
use survey::{Answer, Missing};

use crate::visitor::{Visitor, answer_all, begin, newcomer_needs, sources};

#[test]
fn one_answer_walks_through_every_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();

    // A newcomer opens the page in Arabic, agrees, and says that the money of her home is not quite enough.
    let mut newcomer = Visitor::new(&store);
    let first = begin(&mut newcomer, "ar");
    let thanks = answer_all(&mut newcomer, first);
    assert_eq!(thanks.number().len(), "1234 5678 9012".len());

    // The store gives back the code, not the Arabic label under which it was chosen.
    let responses = store.responses("newcomer-needs").unwrap();
    let [response] = &responses[..] else { panic!("{} responses", responses.len()) };
    assert_eq!(response.answers.get(&"income_enough".into()), Some(&Answer::One("not_quite".into())));
    assert_eq!(response.language.tag(), "ar");
    assert_eq!(response.mode, Mode::OwnDevice);

    // What her form never asks is told apart from what she left empty; the recode to census groups is computed.
    assert_eq!(response.answers.get(&"lonely".into()), Some(&Answer::Missing(Missing::NoAnswer)));
    assert_eq!(response.answers.get(&"one_change".into()), Some(&Answer::Missing(Missing::NotInForm)));
    assert_eq!(response.answers.get(&"census_period".into()), Some(&Answer::One("y2016_2021".into())));

    // One person is no table: the estimate exists inside and does not leave.
    let survey = newcomer_needs();
    let (recipe, findings) = estimates::read_recipe(&sources(), &survey);
    let recipe = recipe.unwrap_or_else(|| panic!("{findings:#?}"));
    let refused = Study::new(survey.clone(), recipe.clone(), people(&responses), None);
    assert!(refused.is_err(), "one respondent cannot be raked to the census");

    // With a hundred and fifty like her and unlike her, her answer becomes part of a share with a range.
    let many = (0..150).map(|place| {
        let mut other = response.clone();
        let (kind, period) =
            [("immigrant", "before_2016"), ("immigrant", "y2016_2021"), ("npr", "npr")][place % 3];
        other.answers.given.insert("census_status".into(), Answer::One(kind.into()));
        other.answers.given.insert("census_period".into(), Answer::One(period.into()));
        let money = if place % 2 == 0 { "not_quite" } else { "enough" };
        other.answers.given.insert("income_enough".into(), Answer::One(money.into()));
        other
    });
    let many: Vec<_> = many.collect();
    let study = Study::new(survey, recipe, people(&many), None).unwrap();
    let query = Query::Shares { question: "income_enough".into(), by: None };
    let release = study.release(std::slice::from_ref(&query)).unwrap();
    let table = &release.tables[&query];
    let row = table.rows.iter().find(|row| row.choice.as_str() == "not_quite").unwrap();
    let estimates::Cell::Shown(shown) = &row.cells[0] else { panic!("{row:?} is withheld") };
    assert_eq!((shown.value.units, shown.value.places), (50, 2), "50 %");
    assert!(shown.low.units < 50 && shown.high.units > 50);
}

fn people(responses: &[Response]) -> Vec<Respondent> {
    responses.iter().cloned().map(Respondent::from).collect()
}
