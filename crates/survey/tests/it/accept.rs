//! What a form posts, and what each kind of question makes of it.

use survey::{Answer, Kind, Missing, Question, Raw, SPECIFY_LONGEST, Why};

use crate::sample::{
    accept, answers, choice, choices, chose, fields, many, number, one, question, row, said, today,
};

fn answer(question: &Question, pairs: &[(&str, &str)]) -> Answer {
    accept(question, pairs).expect("it is taken").answer
}

fn why(question: &Question, pairs: &[(&str, &str)]) -> (String, Why) {
    let refusal = accept(question, pairs).expect_err("it is refused");
    assert_eq!(refusal.question, question.id);
    (refusal.field, refusal.why)
}

fn refused(field: &str, why: Why) -> (String, Why) {
    (field.to_owned(), why)
}

const NO_ANSWER: Answer = Answer::Missing(Missing::NoAnswer);
const PREFER_NOT: Answer = Answer::Missing(Missing::PreferNot);

#[test]
fn one_code_or_none() {
    let home = one("home", &["rent", "own"]);
    assert_eq!(answer(&home, &[("home", " rent ")]), said("rent"));
    assert_eq!(answer(&home, &[]), NO_ANSWER);
    assert_eq!(answer(&home, &[("home", "  ")]), NO_ANSWER);
    assert_eq!(answer(&home, &[("home", "rent"), ("home", "rent")]), said("rent"));
    assert_eq!(why(&home, &[("home", "Rent")]), refused("home", Why::NotOffered));
    assert_eq!(why(&home, &[("home", "rent"), ("home", "own")]), refused("home", Why::TooMany { most: 1 }));
}

#[test]
fn a_missing_answer_is_taken_where_it_is_allowed_and_alone() {
    let mut home = one("home", &["rent"]);
    assert_eq!(answer(&home, &[("home", "prefer_not")]), PREFER_NOT);
    assert_eq!(why(&home, &[("home", "dont_know")]), refused("home", Why::NotOffered));
    let alone = Why::OnlyAlone { choice: "prefer_not".into() };
    assert_eq!(why(&home, &[("home", "prefer_not"), ("home", "rent")]), refused("home", alone.clone()));
    assert_eq!(
        why(&number("people"), &[("people", "3"), ("people", "prefer_not")]),
        refused("people", alone.clone())
    );
    assert_eq!(answer(&number("people"), &[("people", ""), ("people", "prefer_not")]), PREFER_NOT);
    assert_eq!(
        why(&many("needs", &["work"]), &[("needs", "work"), ("needs", "prefer_not")]),
        refused("needs", alone)
    );
    home.allow.clear();
    assert_eq!(why(&home, &[("home", "prefer_not")]), refused("home", Why::NotOffered));
}

#[test]
fn no_missing_code_can_be_posted_that_only_routing_gives() {
    let mut home = one("home", &["rent"]);
    home.allow = vec![Missing::PreferNot, Missing::DontKnow];
    for code in ["not_asked", "no_answer", "unreadable"] {
        assert_eq!(why(&home, &[("home", code)]), refused("home", Why::NotOffered));
    }
}

#[test]
fn consent_and_what_may_end_the_survey_cannot_be_left_empty() {
    let consent = question("agree", Kind::Consent { choices: choices("agree", &["yes", "no"]) });
    assert_eq!(why(&consent, &[]), refused("agree", Why::Needed));
    assert_eq!(answer(&consent, &[("agree", "yes")]), said("yes"));
    let mut age = one("age", &["under_16", "over_16"]);
    assert_eq!(answer(&age, &[]), NO_ANSWER);
    let Kind::One { choices, .. } = &mut age.kind else { unreachable!("it is a one") };
    choices[0].end = Some("too_young".into());
    assert_eq!(why(&age, &[]), refused("age", Why::Needed));
}

#[test]
fn many_codes_each_once() {
    let needs = many("needs", &["work", "health"]);
    let posted = [("needs", "work"), ("needs", "health"), ("needs", "work"), ("other", "x")];
    assert_eq!(answer(&needs, &posted), chose(&["health", "work"]));
    assert_eq!(answer(&needs, &[]), NO_ANSWER);
    assert_eq!(answer(&needs, &[("needs", "prefer_not")]), PREFER_NOT);
    assert_eq!(why(&needs, &[("needs", "work"), ("needs", "wrok")]), refused("needs", Why::NotOffered));
}

#[test]
fn many_has_a_most_and_choices_that_exclude_the_others() {
    let mut none = choice("needs", "none");
    none.only = true;
    let all = [choices("needs", &["work", "health", "legal"]), vec![none]].concat();
    let needs = question("needs", Kind::Many { choices: all, from: None, most: Some(2) });
    assert_eq!(answer(&needs, &[("needs", "none")]), chose(&["none"]));
    assert_eq!(
        why(&needs, &[("needs", "work"), ("needs", "none")]),
        refused("needs", Why::OnlyAlone { choice: "none".into() })
    );
    assert_eq!(answer(&needs, &[("needs", "work"), ("needs", "legal")]), chose(&["legal", "work"]));
    assert_eq!(
        why(&needs, &[("needs", "work"), ("needs", "legal"), ("needs", "health")]),
        refused("needs", Why::TooMany { most: 2 })
    );
}

#[test]
fn what_was_not_chosen_before_is_not_offered() {
    let kind = Kind::Many {
        choices: choices("list.all", &["work", "legal"]),
        from: Some("needs".into()),
        most: None,
    };
    let knew = question("knew", kind);
    let before = answers([("needs", chose(&["work"]))]);
    let take = |code| knew.accept(Raw(&fields(&[("knew", code)])), &before, today());
    assert_eq!(take("work").unwrap().answer, chose(&["work"]));
    assert_eq!(take("legal").unwrap_err().why, Why::NotOffered);
}

#[test]
fn a_ranking_closes_its_gaps_and_holds_nothing_twice() {
    let kind = Kind::Rank { choices: choices("top", &["work", "health", "legal"]), from: None, top: 2 };
    let top = question("top", kind);
    let ranked = |codes: &[&str]| Answer::Ranked(codes.iter().map(|code| (*code).into()).collect());
    assert_eq!(answer(&top, &[("top.2", "work"), ("top.1", "legal")]), ranked(&["legal", "work"]));
    assert_eq!(answer(&top, &[("top.1", ""), ("top.2", "work")]), ranked(&["work"]));
    assert_eq!(answer(&top, &[("top.3", "work")]), NO_ANSWER);
    assert_eq!(answer(&top, &[("top", "prefer_not"), ("top.1", "")]), PREFER_NOT);
    assert_eq!(
        why(&top, &[("top.1", "work"), ("top.2", "work")]),
        refused("top.2", Why::RankedTwice { choice: "work".into() })
    );
    assert_eq!(why(&top, &[("top.2", "wrok")]), refused("top.2", Why::NotOffered));
    let alone = refused("top", Why::OnlyAlone { choice: "prefer_not".into() });
    assert_eq!(why(&top, &[("top", "prefer_not"), ("top.1", "work")]), alone);
    assert_eq!(why(&top, &[("top.1", "work"), ("top.2", "prefer_not")]), alone);
}

#[test]
fn a_grid_has_one_answer_for_each_row_offered() {
    let rows = vec![row("access", "work", None), row("access", "health", None)];
    let access = question("access", Kind::Grid { rows, choices: choices("ease", &["1", "2"]), best: None });
    let Answer::Rows(given) = answer(&access, &[("access.work", "2")]) else { panic!("rows were given") };
    let given: Vec<_> = given.iter().map(|(row, answer)| (row.as_str(), answer.clone())).collect();
    assert_eq!(given, [("health", NO_ANSWER), ("work", said("2"))]);
    assert_eq!(answer(&access, &[]), NO_ANSWER);
    assert_eq!(why(&access, &[("access.health", "3")]), refused("access.health", Why::NotOffered));
    let Answer::Rows(given) = answer(&access, &[("access.work", "prefer_not")]) else { panic!("rows") };
    assert_eq!(given["work"], PREFER_NOT);
}

#[test]
fn numbers_in_the_digits_of_any_script() {
    let people = number("people");
    for typed in ["12", "١٢", "۱۲", "१२", "੧੨", "１２", "12."] {
        assert_eq!(answer(&people, &[("people", typed)]), Answer::Number(12.0), "{typed}");
    }
    for typed in ["twelve", "1e1", "1.5", "--1", "1-2", "NaN", "inf", "-", "."] {
        assert_eq!(why(&people, &[("people", typed)]).1, Why::NotANumber { decimals: 0 }, "{typed}");
    }
    for typed in ["101", "-1", "99999999999999999999"] {
        let range = Why::OutOfRange { low: 0.0, high: 100.0 };
        assert_eq!(why(&people, &[("people", typed)]).1, range, "{typed}");
    }
    let Answer::Number(zero) = answer(&people, &[("people", "-0")]) else { panic!("a number") };
    assert!(zero.is_sign_positive(), "0 is stored in one way");
}

#[test]
fn numbers_as_every_language_prints_them() {
    let hours = question("hours", Kind::Number { low: 0.0, high: 60.0, decimals: 1, unit: None });
    let born = question("born", Kind::Year { first: 1950, last: None });
    for language in survey::Language::all() {
        let (number, year) = (language.number(7.5, 1), language.year(2019));
        assert_eq!(answer(&hours, &[("hours", &number)]), Answer::Number(7.5), "{language}: {number}");
        assert_eq!(answer(&born, &[("born", &year)]), Answer::Year(2019), "{language}: {year}");
    }
    let many = question("many", Kind::Number { low: 0.0, high: 20_000.0, decimals: 0, unit: None });
    for typed in ["١٢٬٣٤٥", "۱۲٬۳۴۵", "12345"] {
        assert_eq!(answer(&many, &[("many", typed)]), Answer::Number(12_345.0), "{typed}");
    }
}

#[test]
fn decimals_behind_any_decimal_point() {
    let hours = question("hours", Kind::Number { low: -5.0, high: 60.0, decimals: 1, unit: None });
    for typed in ["7.5", "7,5", "٧٫٥"] {
        assert_eq!(answer(&hours, &[("hours", typed)]), Answer::Number(7.5), "{typed}");
    }
    assert_eq!(answer(&hours, &[("hours", "-4.5")]), Answer::Number(-4.5));
    assert_eq!(why(&hours, &[("hours", "7.55")]).1, Why::NotANumber { decimals: 1 });
}

#[test]
fn years_up_to_the_current_one() {
    let year = question("year", Kind::Year { first: 1950, last: None });
    assert_eq!(answer(&year, &[("year", "٢٠١٩")]), Answer::Year(2019));
    assert_eq!(answer(&year, &[("year", "2027")]), Answer::Year(2027));
    assert_eq!(answer(&year, &[("year", "1950")]), Answer::Year(1950));
    for typed in ["2028", "1949", "123456"] {
        let range = Why::OutOfRange { low: 1950.0, high: 2027.0 };
        assert_eq!(why(&year, &[("year", typed)]).1, range, "{typed}");
    }
    assert_eq!(why(&year, &[("year", "last year")]).1, Why::NotANumber { decimals: 0 });
}

#[test]
fn three_characters_of_a_postal_code_are_kept() {
    let area = question("area", Kind::Fsa);
    for typed in ["B3H", "b3h", "B3H 4R2", "b3h-4r2", "B٣H", " b 3 h "] {
        assert_eq!(answer(&area, &[("area", typed)]), Answer::Area("B3H".into()), "{typed}");
    }
    for typed in ["B3", "B33", "3BH", "W3H", "B3O", "D3H", "B3H4", "B3HXXX", "90210", "Bé3", "B3H 4R2 1"] {
        assert_eq!(why(&area, &[("area", typed)]).1, Why::NotAnArea, "{typed}");
    }
}

#[test]
fn words_are_counted_as_browsers_count_them() {
    let wish = question("wish", Kind::Text { most: 7 });
    assert_eq!(answer(&wish, &[("wish", "one\r\ntwo")]), Answer::Words("one\ntwo".into()));
    assert_eq!(answer(&wish, &[("wish", "حافلات")]), Answer::Words("حافلات".into()));
    assert_eq!(why(&wish, &[("wish", "too many")]), refused("wish", Why::TooLong { most: 7 }));
    assert_eq!(answer(&wish, &[("wish", " \r\n ")]), NO_ANSWER);
}

#[test]
fn the_words_of_a_box_belong_to_the_choice_that_opens_it() {
    let mut other = choice("home", "other");
    other.specify = true;
    let kind = Kind::One { choices: vec![choice("home", "rent"), other], ordered: false };
    let home = question("home", kind);
    let given = accept(&home, &[("home", "other"), ("home.other.words", " with friends ")]).unwrap();
    assert_eq!(given.specified.get("other").map(String::as_str), Some("with friends"));
    let given = accept(&home, &[("home", "rent"), ("home.other.words", "with friends")]).unwrap();
    assert!(given.specified.is_empty(), "the box of a choice not taken is dropped");
    let given = accept(&home, &[("home", "rent"), ("home.rent.words", "x")]).unwrap();
    assert!(given.specified.is_empty(), "this choice opens no box");
    let long = "x".repeat(SPECIFY_LONGEST + 1);
    let refusal = why(&home, &[("home", "other"), ("home.other.words", &long)]);
    assert_eq!(refusal, refused("home.other.words", Why::TooLong { most: SPECIFY_LONGEST }));
}

#[test]
fn a_note_and_a_calc_take_nothing() {
    for kind in [Kind::Note, Kind::Calc { choices: choices("said", &["a"]) }] {
        let said = question("said", kind);
        assert_eq!(answer(&said, &[("said", "a")]), Answer::Missing(Missing::NotAsked));
    }
}
