//! Conditions and numbers as authors write them.

use crate::{Arithmetic, ChoiceId, CodeOf, Condition, Moment, Value};

/// A condition; what joins several tests stands in parentheses wherever it is part of another.
pub(super) fn condition(of: &Condition) -> String {
    match of {
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Not(inner) => format!("not {}", part(inner)),
        Condition::Code { of, how, code, .. } => format!("{} {} {code}", code_of(of), how.as_str()),
        Condition::CodeIn { of, codes: among } => format!("{} in ({})", code_of(of), codes(among)),
        Condition::AreaIn { question, areas } => format!("{question} in ({})", areas.join(", ")),
        Condition::Number { left, how, right } => {
            format!("{} {} {}", value(left), how.as_str(), value(right))
        }
        Condition::NumberIn { of, spans } => {
            let spans: Vec<_> = spans.iter().map(|(low, high)| span(&value(low), &value(high))).collect();
            format!("{} in ({})", value(of), spans.join(", "))
        }
        Condition::Date { left, how, right } => {
            format!("{} {} {}", moment(left), how.as_str(), moment(right))
        }
        Condition::DateIn { of, spans } => {
            let spans: Vec<_> = spans.iter().map(|(low, high)| span(&moment(low), &moment(high))).collect();
            format!("{} in ({})", moment(of), spans.join(", "))
        }
        Condition::Has { question, all, codes: among } => match (&among[..], all) {
            ([code], true) => format!("{question} has {code}"),
            (_, true) => format!("{question} has all ({})", codes(among)),
            (_, false) => format!("{question} has any ({})", codes(among)),
        },
        Condition::AnyRow { grid, every, how, code, .. } => {
            format!("{} row of {grid} {} {code}", if *every { "every" } else { "any" }, how.as_str())
        }
        Condition::Is(question, missing) => format!("{question} is {}", missing.code()),
        Condition::Answered(question) => format!("answered({question})"),
    }
}

fn joined(parts: &[Condition], by: &str) -> String {
    parts.iter().map(part).collect::<Vec<_>>().join(by)
}

/// A condition as part of another.
fn part(of: &Condition) -> String {
    match of {
        Condition::And(_) | Condition::Or(_) => format!("({})", condition(of)),
        _ => condition(of),
    }
}

fn codes(codes: &[ChoiceId]) -> String {
    codes.iter().map(ChoiceId::as_str).collect::<Vec<_>>().join(", ")
}

fn span(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}..{high}") }
}

fn code_of(of: &CodeOf) -> String {
    match of {
        CodeOf::Question(question) => question.to_string(),
        CodeOf::Row(grid, row) => format!("{grid}.{row}"),
        CodeOf::First(rank) => format!("first({rank})"),
    }
}

fn moment(of: &Moment) -> String {
    match of {
        Moment::Day(day) => day.to_string(),
        Moment::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
        Moment::Of { question, .. } => question.to_string(),
    }
}

/// A number to be computed.
pub(super) fn value(of: &Value) -> String {
    match of {
        Value::Literal(number) => number.to_string(),
        Value::Now => "now".to_owned(),
        Value::Of(question) => question.to_string(),
        Value::Count(question) => format!("count({question})"),
        Value::Sum(left, how, right) => {
            let sign = match how {
                Arithmetic::Plus => "+",
                Arithmetic::Minus => "-",
                Arithmetic::Times => "*",
                Arithmetic::Over => "/",
            };
            format!("{} {sign} {}", operand(left), operand(right))
        }
    }
}

fn operand(of: &Value) -> String {
    if matches!(of, Value::Sum(..)) { format!("({})", value(of)) } else { value(of) }
}
