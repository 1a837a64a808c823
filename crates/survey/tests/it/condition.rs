//! The three truth values, and what each test says of answers that are there, missing, or not to be compared.

use survey::Truth::{No, Unknown, Yes};
use survey::{Answer, Answers, Arithmetic, ChoiceId, CodeOf, Comparison, Condition, Missing, Truth, Value};

use crate::sample::{answers, chose, said, today};

/// A condition of each truth value.
fn of(truth: Truth) -> Condition {
    match truth {
        Yes => is_answered("given"),
        No => is_answered("left"),
        Unknown => code("left", Comparison::Equal, "a"),
    }
}

fn is_answered(question: &str) -> Condition {
    Condition::Answered(question.into())
}

fn code(question: &str, how: Comparison, against: &str) -> Condition {
    let of = CodeOf::Question(question.into());
    Condition::Code { of, how, code: against.into(), order: codes(&["a", "b", "c"]) }
}

fn codes(codes: &[&str]) -> Vec<ChoiceId> {
    codes.iter().map(|code| (*code).into()).collect()
}

fn given() -> Answers {
    answers([
        ("given", said("b")),
        ("left", Answer::Missing(Missing::NoAnswer)),
        ("refused", Answer::Missing(Missing::PreferNot)),
        ("needs", chose(&["work", "health"])),
        ("top", Answer::Ranked(codes(&["health"]))),
        ("people", Answer::Number(4.0)),
        ("arrived", Answer::Year(2019)),
    ])
}

fn holds(condition: &Condition) -> Truth {
    condition.holds(&given(), today())
}

const ALL: [Truth; 3] = [Yes, No, Unknown];

#[test]
fn and_or_and_not_are_the_tables_of_three_values() {
    let and = [[Yes, No, Unknown], [No, No, No], [Unknown, No, Unknown]];
    let or = [[Yes, Yes, Yes], [Yes, No, Unknown], [Yes, Unknown, Unknown]];
    for (left, (and, or)) in ALL.into_iter().zip(and.into_iter().zip(or)) {
        for (right, (and, or)) in ALL.into_iter().zip(and.into_iter().zip(or)) {
            assert_eq!(holds(&Condition::And(vec![of(left), of(right)])), and, "{left:?} and {right:?}");
            assert_eq!(holds(&Condition::Or(vec![of(left), of(right)])), or, "{left:?} or {right:?}");
        }
    }
    let not = ALL.map(|truth| holds(&Condition::Not(Box::new(of(truth)))));
    assert_eq!(not, [No, Yes, Unknown]);
}

#[test]
fn a_code_compares_by_its_place_in_the_list() {
    use Comparison::{AtLeast, AtMost, Equal, Less, More, NotEqual};
    let table = [
        (Equal, [No, Yes, No]),
        (NotEqual, [Yes, No, Yes]),
        (Less, [No, No, Yes]),
        (AtMost, [No, Yes, Yes]),
        (More, [Yes, No, No]),
        (AtLeast, [Yes, Yes, No]),
    ];
    for (how, expected) in table {
        assert_eq!(["a", "b", "c"].map(|each| holds(&code("given", how, each))), expected, "{how:?}");
        assert_eq!(holds(&code("left", how, "a")), Unknown);
        assert_eq!(holds(&code("never_heard_of", how, "a")), Unknown);
    }
}

#[test]
fn a_code_among_codes() {
    let among = |question: &str, list: &[&str]| {
        let of = CodeOf::Question(question.into());
        holds(&Condition::CodeIn { of, codes: codes(list) })
    };
    assert_eq!(among("given", &["a", "b"]), Yes);
    assert_eq!(among("given", &["a", "c"]), No);
    assert_eq!(among("refused", &["a"]), Unknown);
}

#[test]
fn sets_have_any_or_all() {
    let has = |question: &str, all, list: &[&str]| {
        holds(&Condition::Has { question: question.into(), all, codes: codes(list) })
    };
    assert_eq!(has("needs", false, &["work", "legal"]), Yes);
    assert_eq!(has("needs", true, &["work", "legal"]), No);
    assert_eq!(has("needs", true, &["work", "health"]), Yes);
    assert_eq!(has("needs", false, &["legal"]), No);
    assert_eq!(has("top", false, &["health"]), Yes);
    assert_eq!(has("left", false, &["work"]), Unknown, "left empty is missing, not an empty set");
}

#[test]
fn numbers_compare_and_compute() {
    let of = |question: &str| Value::Of(question.into());
    let sum = |left, how, right| Value::Sum(Box::new(left), how, Box::new(right));
    let is =
        |left: Value, how, right: f64| holds(&Condition::Number { left, how, right: Value::Literal(right) });
    assert_eq!(is(of("people"), Comparison::More, 3.0), Yes);
    assert_eq!(is(of("people"), Comparison::AtMost, 3.0), No);
    assert_eq!(is(of("left"), Comparison::More, 3.0), Unknown);
    assert_eq!(is(Value::Count("needs".into()), Comparison::Equal, 2.0), Yes);
    assert_eq!(is(Value::Count("left".into()), Comparison::Equal, 0.0), Unknown);
    assert_eq!(is(sum(Value::Now, Arithmetic::Minus, of("arrived")), Comparison::Equal, 8.0), Yes);
    assert_eq!(is(sum(of("people"), Arithmetic::Plus, of("people")), Comparison::Equal, 8.0), Yes);
    assert_eq!(is(sum(of("people"), Arithmetic::Times, of("people")), Comparison::Equal, 16.0), Yes);
    assert_eq!(is(sum(of("people"), Arithmetic::Over, Value::Literal(8.0)), Comparison::Equal, 0.5), Yes);
    let by_zero = sum(of("people"), Arithmetic::Over, Value::Literal(0.0));
    assert_eq!(is(by_zero, Comparison::More, 0.0), Unknown);
}

#[test]
fn a_number_within_spans_ends_included() {
    let within = |question: &str, spans: &[(f64, f64)]| {
        let spans = spans.iter().map(|(low, high)| (Value::Literal(*low), Value::Literal(*high))).collect();
        holds(&Condition::NumberIn { of: Value::Of(question.into()), spans })
    };
    assert_eq!(within("arrived", &[(2016.0, 2019.0)]), Yes);
    assert_eq!(within("arrived", &[(2019.0, 2021.0)]), Yes);
    assert_eq!(within("arrived", &[(1950.0, 1960.0), (2019.0, 2019.0)]), Yes);
    assert_eq!(within("arrived", &[(2020.0, 2021.0)]), No);
    assert_eq!(within("left", &[(2016.0, 2021.0)]), Unknown);
    let half_known = |high: f64| Condition::NumberIn {
        of: Value::Of("arrived".into()),
        spans: vec![
            (Value::Of("left".into()), Value::Literal(2030.0)),
            (Value::Literal(2000.0), Value::Literal(high)),
        ],
    };
    assert_eq!(holds(&half_known(2020.0)), Yes, "one span holds, whatever the other");
    assert_eq!(holds(&half_known(2010.0)), Unknown);
}

#[test]
fn rows_are_any_or_every_over_those_asked() {
    let rows = |cells: &[(&str, Answer)]| {
        Answer::Rows(cells.iter().map(|(row, answer)| ((*row).into(), answer.clone())).collect())
    };
    let test = |every, cells: &[(&str, Answer)]| {
        let condition = Condition::AnyRow {
            grid: "access".into(),
            every,
            how: Comparison::AtMost,
            code: "b".into(),
            order: codes(&["a", "b", "c"]),
        };
        condition.holds(&answers([("access", rows(cells))]), today())
    };
    let left = || Answer::Missing(Missing::NoAnswer);
    let not_asked = || Answer::Missing(Missing::NotAsked);
    assert_eq!(test(false, &[("work", said("c")), ("health", said("a"))]), Yes);
    assert_eq!(test(true, &[("work", said("c")), ("health", said("a"))]), No);
    assert_eq!(test(false, &[("work", left()), ("health", said("a"))]), Yes);
    assert_eq!(test(true, &[("work", left()), ("health", said("a"))]), Unknown);
    assert_eq!(test(false, &[("work", left()), ("health", said("c"))]), Unknown);
    assert_eq!(test(true, &[("work", left()), ("health", said("c"))]), No);
    assert_eq!(test(true, &[("work", not_asked()), ("health", said("a"))]), Yes);
    assert_eq!(test(false, &[("work", not_asked()), ("health", said("c"))]), No);
}

#[test]
fn a_row_of_a_grid_is_compared_like_a_question() {
    let cells = [("work".into(), said("c")), ("health".into(), Answer::Missing(Missing::DontKnow))];
    let access = answers([("access", Answer::Rows(cells.into()))]);
    let test = |row: &str| {
        let of = CodeOf::Row("access".into(), row.into());
        let order = codes(&["a", "b", "c"]);
        Condition::Code { of, how: Comparison::More, code: "a".into(), order }.holds(&access, today())
    };
    assert_eq!(["work", "health", "legal"].map(test), [Yes, Unknown, Unknown]);
}

#[test]
fn whether_it_was_answered_and_why_not_is_never_unknown() {
    let is = |question: &str, missing| holds(&Condition::Is(question.into(), missing));
    assert_eq!(is("refused", Missing::PreferNot), Yes);
    assert_eq!(is("refused", Missing::NoAnswer), No);
    assert_eq!(is("given", Missing::PreferNot), No);
    assert_eq!(is("passed_by", Missing::PreferNot), No);
    assert_eq!(is("passed_by", Missing::NotAsked), Yes);
    assert_eq!(is("given", Missing::NotAsked), No);
    let all = ["given", "left", "refused", "passed_by"].map(|question| holds(&is_answered(question)));
    assert_eq!(all, [Yes, No, No, No]);
}

#[test]
fn it_names_each_question_it_looks_at_once() {
    let count = Condition::Number {
        left: Value::Sum(
            Box::new(Value::Count("needs".into())),
            Arithmetic::Plus,
            Box::new(Value::Of("people".into())),
        ),
        how: Comparison::More,
        right: Value::Now,
    };
    let not = Condition::Not(Box::new(Condition::Or(vec![is_answered("given"), is_answered("needs")])));
    let both = Condition::And(vec![count, not]);
    let seen: Vec<_> = both.looks_at().into_iter().map(survey::QuestionId::as_str).collect();
    assert_eq!(seen, ["given", "needs", "people"]);
}
