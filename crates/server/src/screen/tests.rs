use std::collections::BTreeMap;

use survey::{Choice, Condition, Form, Kind, Language, Page, Question, Row, RowId, Survey, Version, Words};

use super::*;

fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        kind,
        asks: Some(Words::new(id, id)),
        hint: None,
        short: None,
        when: None,
        allow: Vec::new(),
        sensitive: false,
        role: None,
        margin: None,
        suppress: None,
        concept: None,
        check: None,
        warn: None,
        shuffled: false,
        audio: Vec::new(),
        was: Vec::new(),
        accepts: Vec::new(),
    }
}

fn text(id: &str) -> Question {
    question(id, Kind::Text { most: 10 })
}

fn after(mut question: Question, earlier: &str) -> Question {
    question.when = Some(Condition::Answered(earlier.into()));
    question
}

fn survey_of(questions: Vec<Question>) -> Survey {
    let page = Page {
        id: "page".into(),
        title: Words::new("page", "Page"),
        when: None,
        sensitive: None,
        support: None,
        questions,
    };
    let words = || Words::new("", "");
    Survey {
        name: "small".into(),
        title: words(),
        version: Version { wave: 1, edition: 1 },
        source: Language::english(),
        languages: Vec::new(),
        host: words(),
        eligible: None,
        contact: words(),
        ethics: None,
        field: None,
        withdraw: None,
        draw: None,
        suppress: 10,
        missing: BTreeMap::new(),
        pages: vec![page],
        ends: Vec::new(),
        margins: BTreeMap::new(),
        forms: Vec::new(),
        sets: BTreeMap::new(),
        uses: Vec::new(),
        official: Vec::new(),
        fallback: 0,
    }
}

/// The names of the questions of every screen.
fn cut(questions: Vec<Question>) -> Vec<String> {
    let survey = survey_of(questions);
    let names = |screen: &Screen| {
        let ids: Vec<&str> = screen.questions(&survey).iter().map(|question| question.id.as_str()).collect();
        format!("{}: {}", screen.id, ids.join(" "))
    };
    screens(&survey, &FormId::full()).iter().map(names).collect()
}

#[test]
fn a_page_that_fits_is_one_screen() {
    assert_eq!(cut(vec![text("a"), text("b")]), ["page: a b"]);
}

#[test]
fn a_question_that_looks_at_its_screen_begins_another() {
    assert_eq!(
        cut(vec![text("a"), text("b"), after(text("c"), "a"), text("d")]),
        ["page: a b", "page-2: c d"]
    );
}

#[test]
fn it_does_so_through_a_calc_too() {
    let mut row = Choice::new("x".into(), Words::new("", ""));
    row.when = Some(Condition::Answered("a".into()));
    let calc = question("sum", Kind::Calc { choices: vec![row] });
    assert_eq!(cut(vec![text("a"), calc, after(text("b"), "sum")]), ["page: a sum", "page-2: b"]);
}

#[test]
fn a_full_screen_begins_another() {
    let questions = ["a", "b", "c", "d", "e", "f"].map(text).into();
    assert_eq!(cut(questions), ["page: a b c d e", "page-2: f"]);
}

#[test]
fn a_grid_counts_its_rows() {
    let row = |id: &str| Row::new(RowId::new(id), Words::new(id, id));
    let rows = ["p", "q", "r", "s"].map(row).into();
    let grid = question("grid", Kind::Grid { rows, choices: Vec::new(), best: None });
    assert_eq!(cut(vec![text("a"), text("b"), grid]), ["page: a b", "page-2: grid"]);
}

#[test]
fn the_consent_and_what_stands_before_it_are_on_the_first_page() {
    let consent = question("agree", Kind::Consent { choices: Vec::new() });
    assert_eq!(cut(vec![question("hello", Kind::Note), consent]), Vec::<String>::new());
}

#[test]
fn a_hard_part_is_announced_and_followed_by_support() {
    let mut survey = survey_of(vec![text("a")]);
    survey.pages[0].sensitive = Some(Words::new("page.page", "Hard"));
    survey.pages[0].support = Some(Words::new("page.page:support", "Help"));
    let ids: Vec<String> = screens(&survey, &FormId::full()).into_iter().map(|screen| screen.id).collect();
    assert_eq!(ids, ["page-before", "page", "page-after"]);
}

#[test]
fn a_form_is_cut_as_if_it_were_all_there_is() {
    let mut survey = survey_of(["a", "b", "c", "d", "e", "f", "g"].map(text).into());
    survey.pages[0].sensitive = Some(Words::new("page.page", "Hard"));
    let form = |id: &str, keeps: &[&str]| Form {
        id: id.into(),
        title: Words::new(format!("form.{id}"), id),
        keeps: keeps.iter().map(|id| (*id).into()).collect(),
        languages: Vec::new(),
    };
    survey.forms = vec![form("short", &["a", "g"]), form("none", &[])];
    let ids =
        |form: &str| screens(&survey, &form.into()).into_iter().map(|screen| screen.id).collect::<Vec<_>>();
    assert_eq!(ids("full"), ["page-before", "page", "page-2"]);
    assert_eq!(ids("short"), ["page-before", "page"], "two questions share a screen");
    assert!(ids("none").is_empty(), "nothing is announced where nothing is asked");
    let short: FormId = "short".into();
    let walk = survey.walk(&short, &Answers::default(), jiff::civil::Date::constant(2027, 2, 14));
    let place = place(&survey, &screens(&survey, &short), 0, &walk);
    assert_eq!((place.number, place.of), (1, 3), "the warning, the questions, the review");
}
