//! What people tend to answer: a table anybody can read and change.

use std::collections::BTreeMap;

use super::person::Person;

/// The coefficients of one choice, in the order of the columns.
type Coefficients = [f64; 5];

/// The table of `assets/tendencies.csv`.
pub(crate) struct Tendencies(BTreeMap<(String, String), Coefficients>);

impl Tendencies {
    /// The table that comes with the program.
    pub(crate) fn shipped() -> Tendencies {
        Tendencies(include_str!("../../assets/tendencies.csv").lines().filter_map(row).collect())
    }

    /// The logit of a choice for this person; 0 where the table is silent.
    pub(crate) fn of(&self, question: &str, code: &str, person: &Person) -> f64 {
        let row = self.0.get(&(question.to_owned(), code.to_owned()));
        let traits = [1.0, person.recent, person.temporary, person.hardship, person.roots];
        row.map_or(0.0, |row| row.iter().zip(traits).map(|(coefficient, each)| coefficient * each).sum())
    }
}

fn row(line: &str) -> Option<((String, String), Coefficients)> {
    let mut cells = line.split(',');
    let key = (cells.next()?.to_owned(), cells.next()?.to_owned());
    let numbers: Vec<f64> = cells.map(|cell| cell.trim().parse().ok()).collect::<Option<_>>()?;
    Some((key, numbers.try_into().ok()?))
}
