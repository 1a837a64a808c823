//! Model formulas: `response ~ term + term`.

use stats::{Mask, Term};

use super::data::{Column, Table};
use super::design::Sample;
use super::expression::{self, Expression};
use super::ops::groups::domain_of;
use super::{Failure, Fields};

/// A formula in its parts, as texts.
pub(crate) struct Formula<'a> {
    pub(crate) response: &'a str,
    terms: Vec<&'a str>,
    intercept: bool,
}

impl<'a> Formula<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Formula<'a>, Failure> {
        let (response, right) =
            text.split_once('~').ok_or_else(|| Failure::Broken(format!("formula `{text}` lacks a `~`")))?;
        let right = right.trim();
        let (right, mut intercept) = match right.strip_suffix("-1") {
            Some(rest) => (rest, false),
            None => (right, true),
        };
        let mut terms = outside_brackets(right, '+');
        terms.retain(|term| !matches!(*term, "" | "1"));
        if terms.contains(&"0") {
            intercept = false;
            terms.retain(|term| *term != "0");
        }
        Ok(Formula { response: response.trim(), terms, intercept })
    }

    /// Whether nothing stands on the right but `mark`.
    pub(crate) fn is_against(&self, intercept: bool) -> bool {
        self.terms.is_empty() && self.intercept == intercept
    }

    /// The only term of the right side.
    pub(crate) fn only_term(&self) -> Result<&'a str, Failure> {
        match self.terms.as_slice() {
            [one] => Ok(one),
            _ => Err(Failure::Broken("the formula needs exactly one term".into())),
        }
    }

    /// The names of the terms.
    pub(crate) fn terms(&self) -> &[&'a str] {
        &self.terms
    }
}

/// Parts between signs that stand outside every bracket.
fn outside_brackets(text: &str, sign: char) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            other if other == sign && depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts
}

/// `name(inner, inner)` in its parts.
pub(crate) fn called<'a>(text: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let inner = text.strip_prefix(name)?.trim().strip_prefix('(')?.strip_suffix(')')?;
    Some(outside_brackets(inner, ','))
}

/// The values of a term before it becomes columns.
pub(crate) enum Values {
    Numbers(Vec<Option<f64>>),
    Categories(Column),
}

impl Values {
    pub(crate) fn read(text: &str, table: &Table) -> Result<Values, Failure> {
        if let Some(inner) = called(text, "factor") {
            return Ok(Values::Categories(table.column(inner[0])?.clone()));
        }
        let expression = expression::read(text)?;
        match &expression {
            Expression::Column(name) if table.column(name)?.numbers.is_none() => {
                Ok(Values::Categories(table.column(name)?.clone()))
            }
            _ => Ok(Values::Numbers(expression.numbers(table)?)),
        }
    }

    pub(crate) fn is_known(&self, row: usize) -> bool {
        match self {
            Values::Numbers(numbers) => numbers[row].is_some(),
            Values::Categories(column) => column.texts[row].is_some(),
        }
    }

    /// Levels that occur in a domain, and the level of each row in it.
    pub(crate) fn levels(&self, domain: &Mask) -> (Vec<String>, Vec<Option<u32>>) {
        let inside = |row: usize, text: &Option<String>| text.clone().filter(|_| domain.contains(row));
        let texts: Vec<Option<String>> = match self {
            Values::Categories(column) => {
                column.texts.iter().enumerate().map(|(row, t)| inside(row, t)).collect()
            }
            Values::Numbers(numbers) => numbers
                .iter()
                .enumerate()
                .map(|(row, number)| inside(row, &number.map(|number| number.to_string())))
                .collect(),
        };
        Column::new(texts).levels()
    }
}

/// A formula over the rows in which nothing is missing.
pub(crate) struct Model {
    pub(crate) domain: Mask,
    /// The terms, for each its columns.
    pub(crate) groups: Vec<(String, Vec<Term>)>,
}

impl Model {
    /// Reads the terms; `also` says which rows have a response.
    pub(crate) fn read(
        formula: &Formula<'_>,
        op: &Fields<'_>,
        sample: &Sample<'_>,
        also: impl Fn(usize) -> bool,
    ) -> Result<Model, Failure> {
        let values = formula
            .terms
            .iter()
            .map(|text| Values::read(text, sample.table))
            .collect::<Result<Vec<_>, _>>()?;
        let asked = domain_of(op, sample)?;
        let known = |row: usize| also(row) && values.iter().all(|values| values.is_known(row));
        let domain = Mask::from_fn(asked.rows(), |row| asked.contains(row) && known(row));
        let mut groups = Vec::new();
        if formula.intercept {
            groups.push(("1".to_string(), vec![Term::intercept(domain.rows())]));
        }
        for (text, values) in formula.terms.iter().zip(&values) {
            let all_levels = groups.is_empty();
            groups.push((text.to_string(), columns(text, values, &domain, all_levels)));
        }
        Ok(Model { domain, groups })
    }

    pub(crate) fn terms(&self) -> Vec<Term> {
        self.groups.iter().flat_map(|(_, terms)| terms.clone()).collect()
    }
}

/// One column for a number; one per level but the first for a category.
fn columns(text: &str, values: &Values, domain: &Mask, all_levels: bool) -> Vec<Term> {
    if let Values::Numbers(numbers) = values {
        let filled = numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect();
        return vec![Term::new(text, filled)];
    }
    let (levels, codes) = values.levels(domain);
    let column = |(level, code): (&String, u32)| {
        let yes = codes.iter().map(|own| f64::from(u8::from(*own == Some(code)))).collect();
        Term::new(format!("{text}{level}"), yes)
    };
    levels.iter().zip(0..).skip(usize::from(!all_levels)).map(column).collect()
}
