//! The columns of a model.

use crate::Error;
use crate::matrix::Rows;

/// A column of a model, with the name that messages and results call it by.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// One number per row; a categorical answer gives one 0/1 column per category but the first.
    pub values: Vec<f64>,
}

impl Term {
    /// The column of ones, under the name that R gives it.
    pub fn intercept(rows: usize) -> Term {
        Term { name: "(Intercept)".into(), values: vec![1.0; rows] }
    }

    /// A column under a name.
    pub fn new(name: impl Into<String>, values: Vec<f64>) -> Term {
        Term { name: name.into(), values }
    }
}

/// The rows of a model that a domain keeps, in their order.
pub(crate) fn rows_of(terms: &[Term], kept: &[usize]) -> Result<Rows, Error> {
    let one = |row: &usize| {
        let values: Vec<f64> = terms.iter().map(|term| term.values[*row]).collect();
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(values),
            false => Err(Error::ValueNotFinite { row: *row }),
        }
    };
    kept.iter().map(one).collect()
}

/// The names of the terms.
pub(crate) fn names(terms: &[Term]) -> Vec<String> {
    terms.iter().map(|term| term.name.clone()).collect()
}

/// A term that a matrix of squares and products showed to depend on those before.
pub(crate) fn dependent(terms: &[Term]) -> impl Fn(usize) -> Error {
    move |place| Error::TermDependent { term: terms[place].name.clone() }
}
