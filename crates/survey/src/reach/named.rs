//! What conditions name of each question: the codes, numbers and reasons that they tell apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{ChoiceId, CodeOf, Comparison, Condition, Missing, Moment, QuestionId, RowId, Value};

/// What some conditions name of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) codes: BTreeSet<ChoiceId>,
    /// Compared by order, so that every code counts.
    pub(super) every_code: bool,
    pub(super) numbers: Vec<f64>,
    /// Computed with, so that every number counts.
    pub(super) every_number: bool,
    /// How many were chosen matters.
    pub(super) counted: bool,
    pub(super) missing: BTreeSet<Missing>,
    pub(super) rows: BTreeSet<RowId>,
    /// `any row of` and `every row of`.
    pub(super) all_rows: bool,
    /// The first and last day of each day or month it is compared with.
    pub(super) days: BTreeSet<(Date, Date)>,
    pub(super) areas: BTreeSet<String>,
}

/// What some conditions name, by question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named(BTreeMap<QuestionId, Parts>);

impl Named {
    pub(super) fn questions(&self) -> impl Iterator<Item = &QuestionId> {
        self.0.keys()
    }

    pub(super) fn of(&self, id: &QuestionId) -> Option<&Parts> {
        self.0.get(id)
    }

    fn parts(&mut self, id: &QuestionId) -> &mut Parts {
        self.0.entry(id.clone()).or_default()
    }

    /// Add what a condition names of questions that are tried out already.
    pub(super) fn add_constants(&mut self, condition: &Condition) {
        let known: BTreeSet<QuestionId> = self.0.keys().cloned().collect();
        self.add(condition);
        self.0.retain(|id, _| known.contains(id));
    }

    /// Add what a condition names.
    pub(super) fn add(&mut self, condition: &Condition) {
        match condition {
            Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| self.add(part)),
            Condition::Not(inner) => self.add(inner),
            Condition::Code { of, how, code, .. } => {
                let by_order = !matches!(how, Comparison::Equal | Comparison::NotEqual);
                self.code_of(of, [code]).every_code |= by_order;
            }
            Condition::CodeIn { of, codes } => {
                self.code_of(of, codes);
            }
            Condition::AreaIn { question, areas } => {
                self.parts(question).areas.extend(areas.iter().cloned());
            }
            Condition::Number { left, right, .. } => self.add_compared(left, right),
            Condition::NumberIn { of, spans } => {
                for (low, high) in spans {
                    self.add_compared(of, low);
                    self.add_compared(of, high);
                }
            }
            Condition::Date { left, right, .. } => self.add_dates(&[left, right]),
            Condition::DateIn { of, spans } => {
                let ends = spans.iter().flat_map(|(low, high)| [low, high]);
                self.add_dates(&std::iter::once(of).chain(ends).collect::<Vec<_>>());
            }
            Condition::Has { question, codes, .. } => {
                self.parts(question).codes.extend(codes.iter().cloned());
            }
            Condition::AnyRow { grid, .. } => self.parts(grid).all_rows = true,
            Condition::Is(question, missing) => {
                self.parts(question).missing.insert(*missing);
            }
            Condition::Answered(question) => {
                self.parts(question);
            }
        }
    }

    /// Add what is computed with.
    pub(super) fn add_value(&mut self, value: &Value) {
        for (question, _) in value.operands() {
            self.parts(question).every_number = true;
        }
        self.add_counts(value);
    }

    fn code_of<'c>(&mut self, of: &CodeOf, codes: impl IntoIterator<Item = &'c ChoiceId>) -> &mut Parts {
        let parts = self.parts(of.question());
        parts.codes.extend(codes.into_iter().cloned());
        if let CodeOf::Row(_, row) = of {
            parts.rows.insert(row.clone());
        }
        parts
    }

    /// A question against a number is told apart at that number; anything else takes every number.
    fn add_compared(&mut self, left: &Value, right: &Value) {
        match (left, right) {
            (Value::Of(question), Value::Literal(number)) | (Value::Literal(number), Value::Of(question)) => {
                let numbers = &mut self.parts(question).numbers;
                if !numbers.contains(number) {
                    numbers.push(*number);
                }
            }
            _ => {
                self.add_value(left);
                self.add_value(right);
            }
        }
    }

    fn add_counts(&mut self, value: &Value) {
        match value {
            Value::Count(question) => self.parts(question).counted = true,
            Value::Sum(left, _, right) => {
                self.add_counts(left);
                self.add_counts(right);
            }
            Value::Literal(_) | Value::Now | Value::Of(_) => {}
        }
    }

    fn add_dates(&mut self, moments: &[&Moment]) {
        let days: Vec<(Date, Date)> = moments
            .iter()
            .filter_map(|moment| match moment {
                Moment::Day(day) => Some((*day, *day)),
                Moment::Month(first) => Some((*first, first.last_of_month())),
                Moment::Of { .. } => None,
            })
            .collect();
        for moment in moments {
            if let Moment::Of { question, .. } = moment {
                self.parts(question).days.extend(days.iter().copied());
            }
        }
    }
}
