//! How likely a condition holds, when each answer that goes on is as likely as any other.

use super::visit::Visit;
use crate::{ChoiceId, CodeOf, Comparison, Condition, Missing, QuestionId, Value};

/// The share of people for whom a condition holds and does not; for the rest it is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Odds {
    pub(super) yes: f64,
    pub(super) no: f64,
}

/// Of what cannot be told from the survey: as likely as not.
const EVEN: f64 = 0.5;
/// The share of people who choose none of a list.
const NONE: f64 = 0.2;
/// The share of people who do the unusual: prefer not to answer, choose more or fewer than most.
const FEW: f64 = 0.05;

impl Odds {
    /// Of those who were asked, so many say yes.
    fn among(asked: f64, yes: f64) -> Odds {
        Odds { yes: asked * yes, no: asked * (1.0 - yes) }
    }

    fn not(self) -> Odds {
        Odds { yes: self.no, no: self.yes }
    }

    fn and(self, other: Odds) -> Odds {
        Odds { yes: self.yes * other.yes, no: 1.0 - (1.0 - self.no) * (1.0 - other.no) }
    }
}

/// How likely a condition holds for somebody who came so far.
pub(super) fn odds(condition: &Condition, visit: &Visit<'_>) -> Odds {
    let all = |parts: &[Condition], turn: fn(Odds) -> Odds| {
        let parts = parts.iter().map(|part| turn(odds(part, visit)));
        parts.fold(Odds { yes: 1.0, no: 0.0 }, Odds::and)
    };
    match condition {
        Condition::And(parts) => all(parts, |part| part),
        Condition::Or(parts) => all(parts, Odds::not).not(),
        Condition::Not(inner) => odds(inner, visit).not(),
        Condition::Code { of, how, code, order } => {
            of_codes(of, visit, |given| compares(given, *how, code, order))
        }
        Condition::CodeIn { of, codes } => of_codes(of, visit, |given| codes.contains(given)),
        Condition::Has { question, all, codes } => has(question, *all, codes, visit),
        Condition::Number { left, how, right } => number(left, *how, right, visit),
        Condition::Is(question, missing) => is(question, *missing, visit),
        Condition::Answered(question) => {
            let asked = share(question, visit);
            Odds { yes: asked, no: 1.0 - asked }
        }
        Condition::AreaIn { .. }
        | Condition::NumberIn { .. }
        | Condition::Date { .. }
        | Condition::DateIn { .. }
        | Condition::AnyRow { .. } => Odds::among(share_of_all(condition, visit), EVEN),
    }
}

fn share(question: &QuestionId, visit: &Visit<'_>) -> f64 {
    visit.met(question).map_or(0.0, |met| met.share)
}

/// The share of people who were asked everything a condition looks at.
fn share_of_all(condition: &Condition, visit: &Visit<'_>) -> f64 {
    condition.looks_at().into_iter().map(|question| share(question, visit)).fold(1.0, f64::min)
}

fn of_codes(of: &CodeOf, visit: &Visit<'_>, suits: impl Fn(&ChoiceId) -> bool) -> Odds {
    let Some(met) = visit.met(of.question()) else { return Odds { yes: 0.0, no: 0.0 } };
    let go_on: Vec<_> = met.question.choices().iter().filter(|choice| choice.end.is_none()).collect();
    let suiting = go_on.iter().filter(|choice| suits(&choice.id)).count();
    Odds::among(met.share, suiting as f64 / go_on.len().max(1) as f64)
}

fn compares(given: &ChoiceId, how: Comparison, code: &ChoiceId, order: &[ChoiceId]) -> bool {
    let place = |code: &ChoiceId| order.iter().position(|each| each == code);
    place(given).zip(place(code)).is_some_and(|(given, code)| how.suits(given.cmp(&code)))
}

/// Choices are as likely as the number that is usually made of them; one that excludes the others is chosen by few.
fn has(question: &QuestionId, all: bool, codes: &[ChoiceId], visit: &Visit<'_>) -> Odds {
    let Some(met) = visit.met(question) else { return Odds { yes: 0.0, no: 0.0 } };
    let excludes = |code: &&ChoiceId| met.question.choice(code.as_str()).is_some_and(|choice| choice.only);
    let one = |code: &ChoiceId| {
        if excludes(&code) { NONE } else { visit.usually_made(met, code).clamp(FEW, 1.0 - FEW) }
    };
    let yes = match all {
        true => codes.iter().map(one).product(),
        false => 1.0 - codes.iter().map(|code| 1.0 - one(code)).product::<f64>(),
    };
    Odds::among(met.share, yes)
}

/// How many are usually chosen can be told; what number is typed cannot.
fn number(left: &Value, how: Comparison, right: &Value, visit: &Visit<'_>) -> Odds {
    let mut asked = left.operands();
    asked.extend(right.operands());
    let asked = asked.into_iter().map(|(question, _)| share(question, visit)).fold(1.0, f64::min);
    let order =
        known(left, visit).zip(known(right, visit)).and_then(|(left, right)| left.partial_cmp(&right));
    let likely = |suits| if suits { 1.0 - FEW } else { FEW };
    Odds::among(asked, order.map_or(EVEN, |order| likely(how.suits(order))))
}

fn known(value: &Value, visit: &Visit<'_>) -> Option<f64> {
    match value {
        Value::Literal(number) => Some(*number),
        Value::Count(question) => visit.met(question).map(|met| met.usual.made.round()),
        Value::Now | Value::Of(_) | Value::Sum(..) => None,
    }
}

fn is(question: &QuestionId, missing: Missing, visit: &Visit<'_>) -> Odds {
    let asked = visit.met(question).map(|met| met.share);
    let yes = match missing {
        Missing::NotInForm => f64::from(u8::from(asked.is_none())),
        Missing::NotAsked => asked.map_or(0.0, |asked| 1.0 - asked),
        _ => asked.unwrap_or_default() * FEW,
    };
    Odds { yes, no: 1.0 - yes }
}
