//! Conditions under new names.

use crate::{ChoiceId, CodeOf, Condition, Moment, QuestionId, Renames, Value};

impl Condition {
    /// The same condition with the names its questions, rows and codes have now.
    pub(crate) fn renamed(&self, names: &Renames) -> Condition {
        let all = |parts: &[Condition]| parts.iter().map(|part| part.renamed(names)).collect();
        match self {
            Condition::And(parts) => Condition::And(all(parts)),
            Condition::Or(parts) => Condition::Or(all(parts)),
            Condition::Not(inner) => Condition::Not(Box::new(inner.renamed(names))),
            Condition::Number { left, how, right } => {
                Condition::Number { left: left.renamed(names), how: *how, right: right.renamed(names) }
            }
            Condition::NumberIn { of, spans } => {
                let spans = spans.iter().map(|(low, high)| (low.renamed(names), high.renamed(names)));
                Condition::NumberIn { of: of.renamed(names), spans: spans.collect() }
            }
            Condition::Date { left, how, right } => {
                Condition::Date { left: left.renamed(names), how: *how, right: right.renamed(names) }
            }
            Condition::DateIn { of, spans } => {
                let spans = spans.iter().map(|(low, high)| (low.renamed(names), high.renamed(names)));
                Condition::DateIn { of: of.renamed(names), spans: spans.collect() }
            }
            Condition::Is(question, missing) => Condition::Is(names.question(question).clone(), *missing),
            Condition::Answered(question) => Condition::Answered(names.question(question).clone()),
            Condition::AreaIn { question, areas } => {
                Condition::AreaIn { question: names.question(question).clone(), areas: areas.clone() }
            }
            about_codes => about_codes.with_codes_renamed(names),
        }
    }

    fn with_codes_renamed(&self, names: &Renames) -> Condition {
        match self {
            Condition::Code { of, how, code, order } => {
                let of = of.renamed(names);
                let (code, order) = (one(names, of.question(), code), many(names, of.question(), order));
                Condition::Code { of, how: *how, code, order }
            }
            Condition::CodeIn { of, codes } => {
                let of = of.renamed(names);
                let codes = many(names, of.question(), codes);
                Condition::CodeIn { of, codes }
            }
            Condition::Has { question, all, codes } => {
                let question = names.question(question).clone();
                let codes = many(names, &question, codes);
                Condition::Has { question, all: *all, codes }
            }
            Condition::AnyRow { grid, every, how, code, order } => {
                let grid = names.question(grid).clone();
                let (code, order) = (one(names, &grid, code), many(names, &grid, order));
                Condition::AnyRow { grid, every: *every, how: *how, code, order }
            }
            without_codes => without_codes.clone(),
        }
    }
}

fn one(names: &Renames, question: &QuestionId, code: &ChoiceId) -> ChoiceId {
    names.code(question, code).clone()
}

fn many(names: &Renames, question: &QuestionId, codes: &[ChoiceId]) -> Vec<ChoiceId> {
    codes.iter().map(|code| one(names, question, code)).collect()
}

impl CodeOf {
    fn renamed(&self, names: &Renames) -> CodeOf {
        match self {
            CodeOf::Question(question) => CodeOf::Question(names.question(question).clone()),
            CodeOf::First(question) => CodeOf::First(names.question(question).clone()),
            CodeOf::Row(grid, row) => {
                let grid = names.question(grid).clone();
                let row = names.row(&grid, row).clone();
                CodeOf::Row(grid, row)
            }
        }
    }
}

impl Moment {
    fn renamed(&self, names: &Renames) -> Moment {
        match self {
            Moment::Of { question, to_day } => {
                Moment::Of { question: names.question(question).clone(), to_day: *to_day }
            }
            fixed => fixed.clone(),
        }
    }
}

impl Value {
    pub(crate) fn renamed(&self, names: &Renames) -> Value {
        match self {
            Value::Of(question) => Value::Of(names.question(question).clone()),
            Value::Count(question) => Value::Count(names.question(question).clone()),
            Value::Sum(left, how, right) => {
                Value::Sum(Box::new(left.renamed(names)), *how, Box::new(right.renamed(names)))
            }
            fixed => fixed.clone(),
        }
    }
}
