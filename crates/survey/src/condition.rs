//! Conditions over answers, with three truth values: a missing operand makes a test unknown.

mod renamed;

use jiff::civil::Date;

use crate::{Answer, Answers, ChoiceId, Missing, QuestionId, RowId};

/// What a condition says of some answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// An operand is missing, for whatever reason.
    Unknown,
}

/// How two things compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// A condition that was read and found well-typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// One holds.
    Or(Vec<Condition>),
    /// The other way round.
    Not(Box<Condition>),
    /// A code against a code, by its place in the list.
    Code {
        /// Whose answer.
        of: CodeOf,
        /// How.
        how: Comparison,
        /// Against which code.
        code: ChoiceId,
        /// The codes in the order of the list.
        order: Vec<ChoiceId>,
    },
    /// A code among codes.
    CodeIn {
        /// Whose answer.
        of: CodeOf,
        /// The codes.
        codes: Vec<ChoiceId>,
    },
    /// A postal area among areas.
    AreaIn {
        /// Which question.
        question: QuestionId,
        /// The areas, as `B3H`.
        areas: Vec<String>,
    },
    /// A number against a number.
    Number {
        /// Left.
        left: Value,
        /// How.
        how: Comparison,
        /// Right.
        right: Value,
    },
    /// A number within one of the spans, both ends included.
    NumberIn {
        /// The number.
        of: Value,
        /// The spans.
        spans: Vec<(Value, Value)>,
    },
    /// A day or month against another; where either is a month, by months.
    Date {
        /// Left.
        left: Moment,
        /// How.
        how: Comparison,
        /// Right.
        right: Moment,
    },
    /// A day or month within one of the spans, both ends included.
    DateIn {
        /// The day or month.
        of: Moment,
        /// The spans.
        spans: Vec<(Moment, Moment)>,
    },
    /// A `many` or `rank` holds codes.
    Has {
        /// Which question.
        question: QuestionId,
        /// All of them, or any.
        all: bool,
        /// The codes.
        codes: Vec<ChoiceId>,
    },
    /// A row of a grid compares so, for any or for every row asked.
    AnyRow {
        /// Which grid.
        grid: QuestionId,
        /// Every row, or any.
        every: bool,
        /// How.
        how: Comparison,
        /// Against which code.
        code: ChoiceId,
        /// The codes in the order of the scale.
        order: Vec<ChoiceId>,
    },
    /// Missing for this very reason; never unknown.
    Is(QuestionId, Missing),
    /// A real answer was given; never unknown.
    Answered(QuestionId),
}

/// A day or a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
    /// The answer to a `date`.
    Of {
        /// Which question.
        question: QuestionId,
        /// Whether it asks for the day.
        to_day: bool,
    },
}

/// Where a code comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// A question.
    Question(QuestionId),
    /// A row of a grid.
    Row(QuestionId, RowId),
    /// What a `rank` has first.
    First(QuestionId),
}

/// A question a condition looks at, and the row where it is one of a grid.
pub(crate) type Operand<'c> = (&'c QuestionId, Option<&'c RowId>);

/// A number to be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A literal.
    Literal(f64),
    /// The current year.
    Now,
    /// The answer to a `number` or `year`.
    Of(QuestionId),
    /// How many were chosen.
    Count(QuestionId),
    /// A sum, difference, product or quotient.
    Sum(Box<Value>, Arithmetic, Box<Value>),
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Truth {
    fn of(test: bool) -> Truth {
        if test { Truth::Yes } else { Truth::No }
    }

    fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl Comparison {
    /// Whether two things that are ordered so compare in this way.
    pub fn suits(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::More => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }
}

impl Condition {
    /// What the condition says of these answers on this day.
    pub fn holds(&self, answers: &Answers, today: Date) -> Truth {
        match self {
            Condition::And(all) => every(all.iter().map(|each| each.holds(answers, today))),
            Condition::Or(any) => every(any.iter().map(|each| each.holds(answers, today).not())).not(),
            Condition::Not(inner) => inner.holds(answers, today).not(),
            Condition::Code { of, how, code, order } => {
                of.code(answers).map_or(Truth::Unknown, |given| by_place(given, *how, code, order))
            }
            Condition::CodeIn { of, codes } => {
                of.code(answers).map_or(Truth::Unknown, |given| Truth::of(codes.contains(given)))
            }
            Condition::AreaIn { question, areas } => match answers.get(question) {
                Some(Answer::Area(area)) => Truth::of(areas.contains(area)),
                _ => Truth::Unknown,
            },
            Condition::Number { left, how, right } => compare(left, *how, right, answers, today),
            Condition::NumberIn { of, spans } => within(of, spans, answers, today),
            Condition::Date { left, how, right } => {
                left.order(right, answers).map_or(Truth::Unknown, |order| Truth::of(how.suits(order)))
            }
            Condition::DateIn { of, spans } => of.within(spans, answers),
            Condition::Has { question, all, codes } => has(answers.get(question), *all, codes),
            Condition::AnyRow { grid, every, how, code, order } => {
                rows(answers.get(grid), *every, |given| by_place(given, *how, code, order))
            }
            // What routing passed by has no answer until the answers are settled.
            Condition::Is(question, missing) => Truth::of(match answers.get(question) {
                Some(answer) => answer.missing() == Some(*missing),
                None => *missing == Missing::NotAsked,
            }),
            Condition::Answered(question) => Truth::of(answers.is_answered(question)),
        }
    }

    /// The questions it looks at, each once, in byte order.
    pub fn looks_at(&self) -> std::collections::BTreeSet<&QuestionId> {
        self.operands().into_iter().map(|(question, _)| question).collect()
    }

    /// What it looks at, as often as it does, in the order it is written: questions, and rows of grids.
    pub(crate) fn operands(&self) -> Vec<Operand<'_>> {
        let mut seen = Vec::new();
        self.collect(&mut seen);
        seen
    }

    fn collect<'c>(&'c self, seen: &mut Vec<Operand<'c>>) {
        match self {
            Condition::And(inner) | Condition::Or(inner) => inner.iter().for_each(|each| each.collect(seen)),
            Condition::Not(inner) => inner.collect(seen),
            Condition::Code { of, .. } | Condition::CodeIn { of, .. } => {
                seen.push((of.question(), of.row()));
            }
            Condition::Number { left, right, .. } => {
                left.collect(seen);
                right.collect(seen);
            }
            Condition::NumberIn { of, spans } => {
                of.collect(seen);
                spans.iter().for_each(|(low, high)| {
                    low.collect(seen);
                    high.collect(seen);
                });
            }
            Condition::Date { left, right, .. } => {
                seen.extend(left.question().into_iter().chain(right.question()))
            }
            Condition::DateIn { of, spans } => {
                let ends = spans.iter().flat_map(|(low, high)| [low, high]);
                seen.extend(std::iter::once(of).chain(ends).filter_map(Moment::question));
            }
            Condition::Has { question, .. }
            | Condition::AreaIn { question, .. }
            | Condition::AnyRow { grid: question, .. }
            | Condition::Is(question, _)
            | Condition::Answered(question) => {
                seen.push((question, None));
            }
        }
    }
}

impl Moment {
    fn question(&self) -> Option<Operand<'_>> {
        match self {
            Moment::Of { question, .. } => Some((question, None)),
            Moment::Day(_) | Moment::Month(_) => None,
        }
    }

    fn is_day(&self) -> bool {
        matches!(self, Moment::Day(_) | Moment::Of { to_day: true, .. })
    }

    fn date(&self, answers: &Answers) -> Option<Date> {
        match self {
            Moment::Day(date) | Moment::Month(date) => Some(*date),
            Moment::Of { question, .. } => match answers.get(question)? {
                Answer::Date(date) => Some(*date),
                _ => None,
            },
        }
    }

    fn order(&self, other: &Moment, answers: &Answers) -> Option<std::cmp::Ordering> {
        let (left, right) = (self.date(answers)?, other.date(answers)?);
        Some(if self.is_day() && other.is_day() {
            left.cmp(&right)
        } else {
            left.first_of_month().cmp(&right.first_of_month())
        })
    }

    fn within(&self, spans: &[(Moment, Moment)], answers: &Answers) -> Truth {
        let inside = |(low, high): &(Moment, Moment)| {
            let after = self.order(low, answers)?.is_ge();
            Some(after && self.order(high, answers)?.is_le())
        };
        every(spans.iter().map(|span| inside(span).map_or(Truth::Unknown, Truth::of).not())).not()
    }
}

impl CodeOf {
    /// The question asked about.
    pub fn question(&self) -> &QuestionId {
        match self {
            CodeOf::Question(question) | CodeOf::Row(question, _) | CodeOf::First(question) => question,
        }
    }

    fn row(&self) -> Option<&RowId> {
        match self {
            CodeOf::Question(_) | CodeOf::First(_) => None,
            CodeOf::Row(_, row) => Some(row),
        }
    }

    fn code<'a>(&self, answers: &'a Answers) -> Option<&'a ChoiceId> {
        match self {
            CodeOf::Question(question) => answers.get(question)?.code(),
            CodeOf::Row(grid, row) => match answers.get(grid)? {
                Answer::Rows(rows) => rows.get(row)?.code(),
                _ => None,
            },
            CodeOf::First(rank) => match answers.get(rank)? {
                Answer::Ranked(codes) => codes.first(),
                _ => None,
            },
        }
    }
}

impl Value {
    /// The number, or `None` where an operand is missing or a divisor is 0.
    pub fn number(&self, answers: &Answers, today: Date) -> Option<f64> {
        match self {
            Value::Literal(number) => Some(*number),
            Value::Now => Some(f64::from(today.year())),
            Value::Of(question) => answers.get(question)?.number(),
            Value::Count(question) => answers
                .get(question)
                .filter(|answer| answer.missing().is_none())
                .map(|answer| answer.codes().len() as f64),
            Value::Sum(left, how, right) => {
                let (left, right) = (left.number(answers, today)?, right.number(answers, today)?);
                match how {
                    Arithmetic::Plus => Some(left + right),
                    Arithmetic::Minus => Some(left - right),
                    Arithmetic::Times => Some(left * right),
                    Arithmetic::Over => (right != 0.0).then(|| left / right),
                }
            }
        }
    }

    /// What it looks at, in the order it is written.
    pub(crate) fn operands(&self) -> Vec<Operand<'_>> {
        let mut seen = Vec::new();
        self.collect(&mut seen);
        seen
    }

    fn collect<'v>(&'v self, seen: &mut Vec<Operand<'v>>) {
        match self {
            Value::Literal(_) | Value::Now => {}
            Value::Of(question) | Value::Count(question) => {
                seen.push((question, None));
            }
            Value::Sum(left, _, right) => {
                left.collect(seen);
                right.collect(seen);
            }
        }
    }
}

fn every(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::Yes, Truth::and)
}

fn by_place(given: &ChoiceId, how: Comparison, code: &ChoiceId, order: &[ChoiceId]) -> Truth {
    let place = |code: &ChoiceId| order.iter().position(|each| each == code);
    match (place(given), place(code)) {
        (Some(given), Some(code)) => Truth::of(how.suits(given.cmp(&code))),
        _ => Truth::Unknown,
    }
}

fn compare(left: &Value, how: Comparison, right: &Value, answers: &Answers, today: Date) -> Truth {
    let order = left
        .number(answers, today)
        .zip(right.number(answers, today))
        .and_then(|(left, right)| left.partial_cmp(&right));
    order.map_or(Truth::Unknown, |order| Truth::of(how.suits(order)))
}

fn within(of: &Value, spans: &[(Value, Value)], answers: &Answers, today: Date) -> Truth {
    let Some(number) = of.number(answers, today) else { return Truth::Unknown };
    let in_span = |(low, high): &(Value, Value)| {
        let low = low.number(answers, today)?;
        let high = high.number(answers, today)?;
        Some(low <= number && number <= high)
    };
    every(spans.iter().map(|span| in_span(span).map_or(Truth::Unknown, Truth::of).not())).not()
}

fn has(answer: Option<&Answer>, all: bool, codes: &[ChoiceId]) -> Truth {
    let Some(answer) = answer.filter(|answer| answer.missing().is_none()) else { return Truth::Unknown };
    let chosen = answer.codes();
    Truth::of(if all {
        codes.iter().all(|code| chosen.contains(&code))
    } else {
        codes.iter().any(|code| chosen.contains(&code))
    })
}

fn rows(answer: Option<&Answer>, all: bool, test: impl Fn(&ChoiceId) -> Truth) -> Truth {
    let Some(Answer::Rows(rows)) = answer else { return Truth::Unknown };
    let asked = rows.values().filter(|row| row.missing() != Some(Missing::NotAsked));
    let truths = asked.map(|row| row.code().map_or(Truth::Unknown, &test));
    if all { every(truths) } else { every(truths.map(Truth::not)).not() }
}
