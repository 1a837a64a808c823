//! The way through a questionnaire, and the answers as they are counted at its end.

use std::collections::BTreeMap;

use survey::{
    Answer, Answers, Choice, CodeOf, Comparison, Condition, End, EndId, FormId, Kind, Missing, Question,
    QuestionId, RowId, Survey, Value, Walk, Words,
};

use crate::sample::{
    answers, choice, choices, chose, many, number, one, page, question, row, said, survey, today,
};

fn is(question: &str, code: &str) -> Condition {
    let of = CodeOf::Question(question.into());
    Condition::Code { of, how: Comparison::Equal, code: code.into(), order: vec!["yes".into(), "no".into()] }
}

fn has(question: &str, code: &str) -> Condition {
    Condition::Has { question: question.into(), all: true, codes: vec![code.into()] }
}

fn when(mut question: Question, condition: Condition) -> Question {
    question.when = Some(condition);
    question
}

fn asked<'w>(walk: &'w Walk<'_>) -> Vec<&'w str> {
    walk.asked.iter().map(|question| question.id.as_str()).collect()
}

fn settled(survey: &Survey, given: &Answers, id: &str) -> Answer {
    survey
        .settle(&FormId::full(), given, today())
        .get(&QuestionId::from(id))
        .cloned()
        .expect("settling leaves nothing open")
}

const NOT_ASKED: Answer = Answer::Missing(Missing::NotAsked);
const NO_ANSWER: Answer = Answer::Missing(Missing::NoAnswer);
const PREFER_NOT: Answer = Answer::Missing(Missing::PreferNot);

/// Whether one works, how many hours, and a calc over both; then a page for those who do not.
fn work() -> Survey {
    let row = |code, condition| Choice { when: Some(condition), ..choice("time", code) };
    let hours = |how| Condition::Number { left: Value::Of("hours".into()), how, right: Value::Literal(30.0) };
    let time = vec![
        row("full", hours(Comparison::AtLeast)),
        row("part", hours(Comparison::Less)),
        row("none", is("works", "no")),
    ];
    let mut without = page("without", vec![one("looking", &["yes", "no"])]);
    without.when = Some(is("works", "no"));
    survey(vec![
        page(
            "work",
            vec![
                one("works", &["yes", "no"]),
                when(number("hours"), is("works", "yes")),
                question("time", Kind::Calc { choices: time }),
                question("thanks", Kind::Note),
            ],
        ),
        without,
    ])
}

#[test]
fn a_question_is_asked_when_its_condition_and_its_pages_hold() {
    let work = work();
    assert_eq!(asked(&work.walk(&FormId::full(), &Answers::default(), today())), ["works", "thanks"]);
    let yes = answers([("works", said("yes"))]);
    assert_eq!(asked(&work.walk(&FormId::full(), &yes, today())), ["works", "hours", "thanks"]);
    let no = answers([("works", said("no"))]);
    assert_eq!(asked(&work.walk(&FormId::full(), &no, today())), ["works", "thanks", "looking"]);
    let silent = answers([("works", PREFER_NOT)]);
    assert_eq!(
        asked(&work.walk(&FormId::full(), &silent, today())),
        ["works", "thanks"],
        "unknown does not show"
    );
}

#[test]
fn what_a_changed_answer_leaves_unasked_does_not_count() {
    let work = work();
    let changed = answers([("works", said("no")), ("hours", Answer::Number(40.0))]);
    let walk = work.walk(&FormId::full(), &changed, today());
    assert_eq!(walk.answers.get(&"hours".into()), None);
    assert_eq!(walk.answers.get(&"time".into()), Some(&said("none")), "nor for a calc");
    assert_eq!(settled(&work, &changed, "hours"), NOT_ASKED);
}

#[test]
fn settling_says_of_everything_why_it_is_missing() {
    let work = work();
    let yes = answers([("works", said("yes"))]);
    assert_eq!(settled(&work, &yes, "works"), said("yes"));
    assert_eq!(settled(&work, &yes, "hours"), NO_ANSWER);
    assert_eq!(settled(&work, &yes, "looking"), NOT_ASKED);
    let settled = work.settle(&FormId::full(), &yes, today());
    let names: Vec<_> = settled.given.keys().map(QuestionId::as_str).collect();
    assert_eq!(names, ["hours", "looking", "time", "works"], "a note holds no answer");
    assert_eq!(work.settle(&FormId::full(), &settled, today()), settled, "settled answers are settled");
    let mut changed = settled;
    changed.given.insert("works".into(), said("no"));
    assert_eq!(
        work.walk(&FormId::full(), &changed, today()).answers.get(&"looking".into()),
        None,
        "asked now, so not answered yet"
    );
}

#[test]
fn a_calc_takes_its_first_row_or_the_reason_of_its_first_missing_operand() {
    let work = work();
    let hours = |answer| answers([("works", said("yes")), ("hours", answer)]);
    assert_eq!(settled(&work, &hours(Answer::Number(30.0)), "time"), said("full"));
    assert_eq!(settled(&work, &hours(Answer::Number(29.0)), "time"), said("part"));
    assert_eq!(settled(&work, &hours(PREFER_NOT), "time"), PREFER_NOT);
    assert_eq!(settled(&work, &hours(NO_ANSWER), "time"), NO_ANSWER);
    assert_eq!(settled(&work, &answers([("works", said("yes"))]), "time"), NO_ANSWER, "asked, not answered");
    let silent = answers([("works", PREFER_NOT)]);
    assert_eq!(settled(&work, &silent, "time"), NOT_ASKED, "`hours` comes first, and routing passed it by");
}

#[test]
fn the_first_operand_is_the_one_written_first() {
    let both = Condition::And(vec![is("zone", "yes"), is("area", "yes")]);
    let rows = vec![Choice { when: Some(both), ..choice("where", "both") }];
    let survey = survey(vec![page(
        "where",
        vec![
            one("area", &["yes", "no"]),
            one("zone", &["yes", "no"]),
            question("where", Kind::Calc { choices: rows }),
        ],
    )]);
    let given = answers([("area", NO_ANSWER), ("zone", PREFER_NOT)]);
    assert_eq!(settled(&survey, &given, "where"), PREFER_NOT);
}

#[test]
fn a_calc_over_a_row_of_a_grid_is_missing_as_the_row_is() {
    let of = CodeOf::Row("access".into(), "work".into());
    let hard = Condition::CodeIn { of, codes: vec!["1".into()] };
    let rows = vec![row("access", "work", None), row("access", "health", None)];
    let calc = vec![Choice { when: Some(hard), ..choice("hard", "hard") }];
    let survey = survey(vec![page(
        "access",
        vec![
            question("access", Kind::Grid { rows, choices: choices("ease", &["1", "2"]), best: None }),
            question("hard", Kind::Calc { choices: calc }),
        ],
    )]);
    let cells = |work| {
        answers([("access", Answer::Rows([("work".into(), work), ("health".into(), said("1"))].into()))])
    };
    assert_eq!(settled(&survey, &cells(said("1")), "hard"), said("hard"));
    assert_eq!(settled(&survey, &cells(PREFER_NOT), "hard"), PREFER_NOT);
}

fn with_an_end() -> Survey {
    let ended = Choice { end: Some(EndId::from("declined")), ..choice("agree", "no") };
    let consent = question("agree", Kind::Consent { choices: vec![choice("agree", "yes"), ended] });
    let mut survey = survey(vec![
        page("start", vec![consent, one("home", &["rent"])]),
        page("rest", vec![number("people")]),
    ]);
    survey.ends = ["declined", "done"]
        .map(|id| End {
            id: id.into(),
            title: Words::new(format!("end.{id}"), id),
            says: None,
            support: None,
        })
        .into();
    survey
}

#[test]
fn a_chosen_end_passes_by_all_that_follows() {
    let survey = with_an_end();
    let no = answers([("agree", said("no")), ("home", said("rent")), ("people", Answer::Number(2.0))]);
    let walk = survey.walk(&FormId::full(), &no, today());
    assert_eq!(asked(&walk), ["agree"]);
    assert_eq!(walk.end.map(|end| end.id.as_str()), Some("declined"));
    assert_eq!(settled(&survey, &no, "people"), NOT_ASKED);
    let yes = answers([("agree", said("yes"))]);
    let walk = survey.walk(&FormId::full(), &yes, today());
    assert_eq!((asked(&walk), walk.end), (vec!["agree", "home", "people"], None));
}

/// Needs, those known of (with a line of its own), and a grid of one row for each need.
fn needs() -> Survey {
    let from = Some("needs".into());
    let mut all = choices("list.needs", &["work", "health"]);
    all.push(choice("knew", "knew_none"));
    let rows = ["work", "health"].map(|each| row("access", each, Some(has("needs", each))));
    let scale = choices("list.ease", &["1", "2"]);
    survey(vec![page(
        "needs",
        vec![
            many("needs", &["work", "health", "none"]),
            question("knew", Kind::Many { choices: all, from: from.clone(), most: None }),
            question("top", Kind::Rank { choices: choices("list.needs", &["work", "health"]), from, top: 2 }),
            question("access", Kind::Grid { rows: rows.into(), choices: scale, best: None }),
        ],
    )])
}

#[test]
fn from_offers_what_was_chosen_and_lines_of_its_own() {
    let needs = needs();
    let given = answers([("needs", chose(&["work"]))]);
    let offered = |id: &str| -> Vec<String> {
        let choices = needs.question(id).unwrap().offered(&given, today());
        choices.into_iter().map(|choice| choice.id.to_string()).collect()
    };
    assert_eq!(offered("knew"), ["work", "knew_none"]);
    assert_eq!(offered("top"), ["work"]);
}

#[test]
fn nothing_to_choose_from_is_not_asked() {
    let needs = needs();
    for given in [answers([]), answers([("needs", NO_ANSWER)]), answers([("needs", chose(&["none"]))])] {
        assert_eq!(asked(&needs.walk(&FormId::full(), &given, today())), ["needs"]);
    }
    let work = answers([("needs", chose(&["work"]))]);
    assert_eq!(asked(&needs.walk(&FormId::full(), &work, today())), ["needs", "knew", "top", "access"]);
}

#[test]
fn what_is_no_longer_offered_leaves_the_answers_behind_it() {
    let needs = needs();
    let cells: BTreeMap<RowId, Answer> = [("work".into(), said("1")), ("health".into(), said("2"))].into();
    let mut given = answers([
        ("needs", chose(&["work"])),
        ("knew", chose(&["work", "health"])),
        ("top", Answer::Ranked(vec!["health".into()])),
        ("access", Answer::Rows(cells)),
    ]);
    given.specified.insert(("knew".into(), "health".into()), "a clinic".into());
    given.specified.insert(("knew".into(), "work".into()), "a shop".into());
    let walk = needs.walk(&FormId::full(), &given, today());
    assert_eq!(walk.answers.get(&"knew".into()), Some(&chose(&["work"])));
    assert_eq!(walk.answers.get(&"top".into()), None, "nothing of it is left, so it is asked again");
    let kept = Answer::Rows([("work".into(), said("1"))].into());
    assert_eq!(walk.answers.get(&"access".into()), Some(&kept));
    let boxes: Vec<_> = walk.answers.specified.values().map(String::as_str).collect();
    assert_eq!(boxes, ["a shop"]);
}

#[test]
fn a_settled_grid_has_exactly_the_rows_offered() {
    let needs = needs();
    let given = answers([
        ("needs", chose(&["work", "health"])),
        ("access", Answer::Rows([("work".into(), said("1"))].into())),
    ]);
    let Answer::Rows(rows) = settled(&needs, &given, "access") else { panic!("rows were given") };
    let rows: Vec<_> = rows.iter().map(|(row, answer)| (row.as_str(), answer.clone())).collect();
    assert_eq!(rows, [("health", NO_ANSWER), ("work", said("1"))]);
}
