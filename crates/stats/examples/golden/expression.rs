//! Expressions over columns: comparisons, logic and arithmetic, with missing values.

mod parse;

use super::Failure;
use super::data::Table;
pub(crate) use parse::read;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Number(f64),
    Text(String),
    Column(String),
    IsMissing(String),
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Call(String, Box<Expression>),
    Pair(Sign, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Sign {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

/// A value of one row; none is missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Number(f64),
    Text(String),
    Truth(bool),
}

impl Expression {
    /// The value in a row of a table.
    pub(crate) fn at(&self, table: &Table, row: usize) -> Result<Option<Cell>, Failure> {
        Ok(match self {
            Expression::Number(value) => Some(Cell::Number(*value)),
            Expression::Text(text) => Some(Cell::Text(text.clone())),
            Expression::Column(name) => column(table, name, row)?,
            Expression::IsMissing(name) => Some(Cell::Truth(column(table, name, row)?.is_none())),
            Expression::Not(inner) => match inner.at(table, row)? {
                Some(Cell::Truth(value)) => Some(Cell::Truth(!value)),
                None => None,
                Some(_) => return Err(Failure::Broken("`!` needs a truth value".into())),
            },
            Expression::Negative(inner) => number(inner.at(table, row)?)?.map(|value| Cell::Number(-value)),
            Expression::Call(name, inner) => {
                number(inner.at(table, row)?)?.map(|value| call(name, value)).transpose()?.map(Cell::Number)
            }
            Expression::Pair(sign, left, right) => pair(*sign, left.at(table, row)?, right.at(table, row)?)?,
        })
    }

    /// One number per row: truth is 1 and 0, missing is none.
    pub(crate) fn numbers(&self, table: &Table) -> Result<Vec<Option<f64>>, Failure> {
        (0..table.rows).map(|row| number(self.at(table, row)?)).collect()
    }

    /// Which rows make the expression true; missing does not.
    pub(crate) fn truths(&self, table: &Table) -> Result<Vec<bool>, Failure> {
        (0..table.rows)
            .map(|row| match self.at(table, row)? {
                Some(Cell::Truth(value)) => Ok(value),
                None => Ok(false),
                Some(_) => Err(Failure::Broken("a domain needs a truth value".into())),
            })
            .collect()
    }
}

fn column(table: &Table, name: &str, row: usize) -> Result<Option<Cell>, Failure> {
    let column = table.column(name)?;
    Ok(match &column.numbers {
        Some(numbers) => numbers[row].map(Cell::Number),
        None => column.texts[row].clone().map(Cell::Text),
    })
}

fn number(cell: Option<Cell>) -> Result<Option<f64>, Failure> {
    match cell {
        None => Ok(None),
        Some(Cell::Number(value)) => Ok(Some(value)),
        Some(Cell::Truth(value)) => Ok(Some(f64::from(u8::from(value)))),
        Some(Cell::Text(text)) => Err(Failure::Broken(format!("\"{text}\" is not a number"))),
    }
}

/// A function of one number.
pub(crate) fn call(name: &str, value: f64) -> Result<f64, Failure> {
    match name {
        "log" => Ok(value.ln()),
        "exp" => Ok(value.exp()),
        "sqrt" => Ok(value.sqrt()),
        _ => Err(Failure::Unknown(format!("function `{name}`"))),
    }
}

fn pair(sign: Sign, left: Option<Cell>, right: Option<Cell>) -> Result<Option<Cell>, Failure> {
    if matches!(sign, Sign::Or | Sign::And) {
        return logic(sign, left, right);
    }
    let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
    let order = match (&left, &right) {
        (Cell::Text(left), Cell::Text(right)) => Some(left.cmp(right)),
        (Cell::Text(left), Cell::Number(right)) => Some(left.as_str().cmp(right.to_string().as_str())),
        (Cell::Number(left), Cell::Text(right)) => Some(left.to_string().as_str().cmp(right.as_str())),
        _ => None,
    };
    let (left, right) = match order {
        Some(order) => (f64::from(order as i8), 0.0),
        None => (number(Some(left))?.unwrap_or(0.0), number(Some(right))?.unwrap_or(0.0)),
    };
    let truth = match sign {
        Sign::Equal => left == right,
        Sign::Unequal => left != right,
        Sign::Less => left < right,
        Sign::AtMost => left <= right,
        Sign::More => left > right,
        Sign::AtLeast => left >= right,
        _ if order.is_some() => return Err(Failure::Broken("text in arithmetic".into())),
        _ => return Ok(Some(Cell::Number(arithmetic(sign, left, right)))),
    };
    Ok(Some(Cell::Truth(truth)))
}

/// Three-valued: false and missing is false, true or missing is true.
fn logic(sign: Sign, left: Option<Cell>, right: Option<Cell>) -> Result<Option<Cell>, Failure> {
    let truth = |cell| match cell {
        None => Ok(None),
        Some(Cell::Truth(value)) => Ok(Some(value)),
        Some(_) => Err(Failure::Broken("`&` and `|` need truth values".into())),
    };
    let decisive = sign == Sign::Or;
    Ok(match (truth(left)?, truth(right)?) {
        (Some(value), _) | (_, Some(value)) if value == decisive => Some(Cell::Truth(decisive)),
        (Some(_), Some(_)) => Some(Cell::Truth(!decisive)),
        _ => None,
    })
}

/// A pair of numbers.
pub(crate) fn arithmetic(sign: Sign, left: f64, right: f64) -> f64 {
    match sign {
        Sign::Plus => left + right,
        Sign::Minus => left - right,
        Sign::Times => left * right,
        Sign::Over => left / right,
        _ => left.powf(right),
    }
}
