//! What one person said, from the form field to the statistics.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::{ChoiceId, Missing, QuestionId, RowId};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// One code.
    One(ChoiceId),
    /// A set of codes, never empty: a `many` left empty is missing.
    Many(BTreeSet<ChoiceId>),
    /// Codes in the person's order, never empty.
    Ranked(Vec<ChoiceId>),
    /// One answer for each row that was offered.
    Rows(BTreeMap<RowId, Answer>),
    /// A number.
    Number(f64),
    /// A Gregorian year.
    Year(i16),
    /// A day; of a question to the month, its first.
    Date(Date),
    /// The person's own words.
    Words(String),
    /// A forward sortation area, as `B3H`.
    Area(String),
    /// None, and why.
    Missing(Missing),
}

/// Everything one person said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The answers by question.
    pub given: BTreeMap<QuestionId, Answer>,
    /// The words in the boxes of `[specify]` choices.
    pub specified: BTreeMap<(QuestionId, ChoiceId), String>,
}

impl Answer {
    /// The code of a `one`, `consent`, `language` or `calc`.
    pub fn code(&self) -> Option<&ChoiceId> {
        match self {
            Answer::One(code) => Some(code),
            _ => None,
        }
    }

    /// Why it is missing, if it is.
    pub fn missing(&self) -> Option<Missing> {
        match self {
            Answer::Missing(missing) => Some(*missing),
            _ => None,
        }
    }

    /// The number of a `number` or a `year`.
    pub fn number(&self) -> Option<f64> {
        match self {
            Answer::Number(number) => Some(*number),
            Answer::Year(year) => Some(f64::from(*year)),
            _ => None,
        }
    }

    /// The chosen codes of a `one`, `many` or `rank`, in byte order or in the person's.
    pub fn codes(&self) -> Vec<&ChoiceId> {
        match self {
            Answer::One(code) => vec![code],
            Answer::Many(codes) => codes.iter().collect(),
            Answer::Ranked(codes) => codes.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The canonical JSON that is stored: one key names the shape, codes in byte order.
    pub fn to_json(&self) -> String {
        self.value().to_string()
    }

    /// The answer of a stored JSON, or `None` if it is not one of ours.
    pub fn from_json(text: &str) -> Option<Answer> {
        of_value(&serde_json::from_str(text).ok()?)
    }

    fn value(&self) -> Value {
        match self {
            Answer::One(code) => json!({ "one": code.as_str() }),
            Answer::Many(codes) => json!({ "many": list(codes) }),
            Answer::Ranked(codes) => json!({ "ranked": list(codes) }),
            Answer::Rows(rows) => {
                let rows: Map<String, Value> =
                    rows.iter().map(|(row, answer)| (row.to_string(), answer.value())).collect();
                json!({ "rows": rows })
            }
            Answer::Number(number) => json!({ "number": number }),
            Answer::Year(year) => json!({ "year": year }),
            Answer::Date(date) => json!({ "date": date.to_string() }),
            Answer::Words(words) => json!({ "words": words }),
            Answer::Area(area) => json!({ "area": area }),
            Answer::Missing(missing) => json!({ "missing": missing.code() }),
        }
    }
}

fn list<'c>(codes: impl IntoIterator<Item = &'c ChoiceId>) -> Vec<&'c str> {
    codes.into_iter().map(ChoiceId::as_str).collect()
}

fn of_value(value: &Value) -> Option<Answer> {
    let (shape, inner) = value.as_object().filter(|shapes| shapes.len() == 1)?.iter().next()?;
    Some(match shape.as_str() {
        "one" => Answer::One(inner.as_str()?.into()),
        "many" => Answer::Many(codes(inner)?.into_iter().collect()),
        "ranked" => Answer::Ranked(codes(inner)?),
        "rows" => Answer::Rows(rows(inner)?),
        "number" => Answer::Number(inner.as_f64()?),
        "year" => Answer::Year(i16::try_from(inner.as_i64()?).ok()?),
        "date" => Answer::Date(inner.as_str()?.parse().ok()?),
        "words" => Answer::Words(inner.as_str()?.to_owned()),
        "area" => Answer::Area(inner.as_str()?.to_owned()),
        "missing" => Answer::Missing(Missing::of_code(inner.as_str()?)?),
        _ => return None,
    })
}

fn codes(value: &Value) -> Option<Vec<ChoiceId>> {
    value.as_array()?.iter().map(|code| code.as_str().map(ChoiceId::from)).collect()
}

fn rows(value: &Value) -> Option<BTreeMap<RowId, Answer>> {
    value
        .as_object()?
        .iter()
        .map(|(row, answer)| Some((RowId::new(row.clone()), of_value(answer)?)))
        .collect()
}

impl Answers {
    /// The answer to a question, if one was recorded.
    pub fn get(&self, question: &QuestionId) -> Option<&Answer> {
        self.given.get(question)
    }

    /// Whether a real answer, not a missing one, was given.
    pub fn is_answered(&self, question: &QuestionId) -> bool {
        self.get(question).is_some_and(|answer| answer.missing().is_none())
    }
}
