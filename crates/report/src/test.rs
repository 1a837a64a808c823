//! Conditions of texts and figures: what the published numbers must allow before something is said.

use std::ops::Range;

use estimates::Query;
use notation::{Finding, Place};
use survey::QuestionId;

use crate::{
    definition::{Measure, Share},
    scope::{Scope, Token},
};

/// A condition. One on a withheld number is false, and so is its negation.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The answers are weighted.
    Weighted,
    /// The number is published.
    Published(Measure),
    /// The number is published, with a letter.
    Caution(Measure),
    /// The whole range lies above so many per cent.
    Above(Measure, u32),
    /// The whole range lies below so many per cent.
    Below(Measure, u32),
    /// Some pair of groups differs clearly.
    Differs(Share, QuestionId),
    /// The opposite.
    Not(Box<Test>),
    /// Both.
    And(Box<Test>, Box<Test>),
    /// Either.
    Or(Box<Test>, Box<Test>),
}

impl Test {
    /// The tables it looks at.
    pub fn queries(&self) -> Vec<Query> {
        match self {
            Test::Weighted => Vec::new(),
            Test::Published(measure)
            | Test::Caution(measure)
            | Test::Above(measure, _)
            | Test::Below(measure, _) => {
                vec![measure.query()]
            }
            Test::Differs(share, by) => {
                vec![Query::Shares { question: share.question.clone(), by: Some(by.clone()) }]
            }
            Test::Not(test) => test.queries(),
            Test::And(one, other) | Test::Or(one, other) => [one.queries(), other.queries()].concat(),
        }
    }
}

/// Read a condition; `at` turns a range of its text into a place.
pub(crate) fn read(
    words: &[Token<'_>],
    at: &dyn Fn(Range<usize>) -> Place,
    scope: &Scope<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Test> {
    let end = words.last().map_or(0..0, |token| token.range.clone());
    let mut reader = Reader { rest: words, scope, at, findings, end };
    let test = reader.either()?;
    if let Some(extra) = reader.rest.first().cloned() {
        reader.wrong(extra.range, &format!("`{}` is too much here", extra.text));
        return None;
    }
    Some(test)
}

struct Reader<'r, 's> {
    rest: &'r [Token<'r>],
    scope: &'r Scope<'s>,
    at: &'r dyn Fn(Range<usize>) -> Place,
    findings: &'r mut Vec<Finding>,
    end: Range<usize>,
}

impl<'r> Reader<'r, '_> {
    fn wrong(&mut self, range: Range<usize>, says: &str) {
        let remedy = "a condition is `weighted`, `published M`, `caution M`, `M above N`, `M below N` or `differs M by GROUP`, \
                      joined by `not`, `and`, `or` and brackets";
        self.findings.push(Finding::error("R014", (self.at)(range), says).remedy(remedy));
    }

    fn next(&mut self) -> Option<Token<'r>> {
        let Some((first, rest)) = self.rest.split_first() else {
            self.wrong(self.end.clone(), "this condition is not finished");
            return None;
        };
        self.rest = rest;
        Some(first.clone())
    }

    fn skip(&mut self, word: &str) -> bool {
        let found = self.rest.first().is_some_and(|token| token.text == word);
        self.rest = if found { &self.rest[1..] } else { self.rest };
        found
    }

    fn either(&mut self) -> Option<Test> {
        let mut test = self.both()?;
        while self.skip("or") {
            test = Test::Or(Box::new(test), Box::new(self.both()?));
        }
        Some(test)
    }

    fn both(&mut self) -> Option<Test> {
        let mut test = self.one()?;
        while self.skip("and") {
            test = Test::And(Box::new(test), Box::new(self.one()?));
        }
        Some(test)
    }

    fn one(&mut self) -> Option<Test> {
        if self.skip("not") {
            return Some(Test::Not(Box::new(self.one()?)));
        }
        if self.skip("(") {
            let test = self.either()?;
            if !self.skip(")") {
                self.wrong(self.end.clone(), "a bracket is never closed");
                return None;
            }
            return Some(test);
        }
        let first = self.next()?;
        match first.text {
            "weighted" => Some(Test::Weighted),
            "published" => Some(Test::Published(self.measure()?)),
            "caution" => Some(Test::Caution(self.measure()?)),
            "differs" => self.differs(),
            _ => self.compared(&first),
        }
    }

    fn measure(&mut self) -> Option<Measure> {
        let token = self.next()?;
        self.measure_of(&token)
    }

    fn measure_of(&mut self, token: &Token<'_>) -> Option<Measure> {
        let share = self.scope.share(token, self.at, self.findings)?;
        let group = if self.skip("for") {
            let token = self.next()?;
            Some(self.scope.group(&token, self.at, self.findings)?)
        } else {
            None
        };
        Some(Measure { share, group })
    }

    fn differs(&mut self) -> Option<Test> {
        let token = self.next()?;
        let share = self.scope.share(&token, self.at, self.findings)?;
        if !self.skip("by") {
            self.wrong(token.range, "`by` and a group must follow");
            return None;
        }
        let token = self.next()?;
        Some(Test::Differs(share, self.scope.groups(&token, self.at, self.findings)?))
    }

    fn compared(&mut self, first: &Token<'_>) -> Option<Test> {
        let measure = self.measure_of(first)?;
        let word = self.next()?;
        let number = self.next()?;
        let bound = number.text.parse().ok().filter(|bound| *bound <= 100);
        match (word.text, bound) {
            ("above", Some(bound)) => Some(Test::Above(measure, bound)),
            ("below", Some(bound)) => Some(Test::Below(measure, bound)),
            ("above" | "below", None) => {
                self.wrong(number.range, &format!("`{}` is not a number from 0 to 100", number.text));
                None
            }
            _ => {
                self.wrong(word.range, &format!("`{}` is not a comparison", word.text));
                None
            }
        }
    }
}
