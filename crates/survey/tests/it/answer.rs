//! Answers as they are stored: what goes in comes out, and nothing else is read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use survey::{Answer, ChoiceId, Missing, RowId};

use crate::sample::{chose, said};

fn any_code() -> impl Strategy<Value = ChoiceId> {
    "[a-z][a-z0-9_]{0,10}".prop_map(ChoiceId::new)
}

fn any_plain_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        any_code().prop_map(Answer::One),
        prop::collection::btree_set(any_code(), 1..5).prop_map(Answer::Many),
        prop::collection::vec(any_code(), 1..5).prop_map(Answer::Ranked),
        prop::num::f64::NORMAL.prop_map(Answer::Number),
        any::<i16>().prop_map(Answer::Year),
        any::<String>().prop_map(Answer::Words),
        "[A-Z][0-9][A-Z]".prop_map(Answer::Area),
        (0..6usize).prop_map(|which| Answer::Missing(Missing::ALL[which])),
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let rows = prop::collection::btree_map("[a-z]{1,8}".prop_map(RowId::new), any_plain_answer(), 1..4);
    prop_oneof![any_plain_answer(), rows.prop_map(Answer::Rows)]
}

proptest! {
    #[test]
    fn an_answer_comes_back_as_it_was_stored(answer in any_answer()) {
        prop_assert_eq!(Answer::from_json(&answer.to_json()), Some(answer));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Answer::from_json(&text);
    }
}

#[test]
fn the_stored_form_of_each_kind() {
    let rows = BTreeMap::from([(RowId::from("work"), said("2")), ("health".into(), said("1"))]);
    let cases = [
        (said("rent"), r#"{"one":"rent"}"#),
        (chose(&["work", "health"]), r#"{"many":["health","work"]}"#),
        (Answer::Ranked(vec!["work".into(), "health".into()]), r#"{"ranked":["work","health"]}"#),
        (Answer::Rows(rows), r#"{"rows":{"health":{"one":"1"},"work":{"one":"2"}}}"#),
        (Answer::Number(3.0), r#"{"number":3.0}"#),
        (Answer::Year(2019), r#"{"year":2019}"#),
        (Answer::Words("more \"buses\"".into()), r#"{"words":"more \"buses\""}"#),
        (Answer::Area("B3H".into()), r#"{"area":"B3H"}"#),
        (Answer::Missing(Missing::PreferNot), r#"{"missing":"prefer_not"}"#),
    ];
    for (answer, stored) in cases {
        assert_eq!(answer.to_json(), stored);
    }
}

#[test]
fn what_is_not_ours_is_not_read() {
    for text in [
        "",
        "{}",
        "null",
        r#""rent""#,
        r#"{"two":"rent"}"#,
        r#"{"one":3}"#,
        r#"{"year":99999}"#,
        r#"{"missing":"lost"}"#,
        r#"{"one":"rent","many":["work"]}"#,
        r#"{"rows":{"work":"2"}}"#,
    ] {
        assert_eq!(Answer::from_json(text), None, "{text}");
    }
}

#[test]
fn the_values_of_the_missing_answers_are_fixed() {
    let values: Vec<_> = Missing::ALL.into_iter().map(|missing| (missing.code(), missing.value())).collect();
    assert_eq!(
        values,
        [
            ("not_asked", -901),
            ("not_in_form", -902),
            ("no_answer", -903),
            ("prefer_not", -904),
            ("dont_know", -905),
            ("unreadable", -906)
        ]
    );
    assert!(Missing::ALL.into_iter().all(|missing| Missing::of_code(missing.code()) == Some(missing)));
}
