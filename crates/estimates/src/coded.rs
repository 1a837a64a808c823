//! The coded file: what people said as plain columns of codes, and the way back.

mod answer;
mod codebook;
mod column;
mod quotes;
mod read;
mod row;
mod words;

use std::collections::BTreeMap;

use survey::{Question, Survey};

use crate::{Error, People, Respondent, Study};
pub(crate) use answer::respondent;
pub(crate) use column::{Column, Part, cell, columns, first, record};
pub use read::{read_coded, read_people};

/// The columns before those of the questions.
const FIRST: [&str; 5] = ["row", "language", "form", "state", "synthetic"];

/// An export: three files that together say everything, and none of which says who wrote what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// `responses.csv`: one row per response, sorted by what it says.
    pub responses: String,
    /// `words.csv`: what people wrote, in an order that has nothing to do with the rows.
    pub words: String,
    /// `codebook.csv`: what each column and code means.
    pub codebook: String,
    /// How many responses there are.
    pub rows: usize,
}

/// Write responses as columns of codes; with their weights if a recipe was run.
///
/// The sorting leaves neither the order nor the hour in which responses came in. Words stand in a file of their own,
/// without a link to the row, since people may name themselves or others.
pub fn write_coded(survey: &Survey, respondents: &[Respondent], study: Option<&Study>) -> Coded {
    Coded {
        responses: responses(survey, respondents, study),
        words: words::write(survey, respondents),
        codebook: codebook::write(survey, study.is_some()),
        rows: respondents.len(),
    }
}

/// Whether anybody's answers hold a question: an answer, or why there is none.
///
/// # Errors
/// [`Error::NoColumns`]. Without it, a file that lacks a column would read as if everybody were silent.
pub(crate) fn check_held(survey: &Survey, question: &Question, people: &People) -> Result<(), Error> {
    let columns: Vec<String> = columns(survey)
        .into_iter()
        .filter(|column| column.question.id == question.id)
        .map(|column| column.name)
        .collect();
    let held = people.columns(&question.id).iter().any(|codes| codes.iter().any(|code| code != 0));
    if held || people.is_empty() || columns.is_empty() {
        return Ok(());
    }
    Err(Error::NoColumns { question: question.id.clone(), columns })
}

fn responses(survey: &Survey, respondents: &[Respondent], study: Option<&Study>) -> String {
    let columns = columns(survey);
    let mut records: Vec<Vec<String>> = respondents.iter().map(|each| record(&columns, each)).collect();
    records.sort();
    let weights = study.map(|study| by_record(&columns, study));
    let head = FIRST.into_iter().map(str::to_owned).chain(columns.iter().map(|column| column.name.clone()));
    let head = head.chain(weights.iter().map(|_| "weight".to_owned()));
    let mut lines = vec![head.collect::<Vec<_>>()];
    for (number, record) in records.into_iter().enumerate() {
        // Who is not counted has no weight. Two who said the same have the same.
        let weight =
            weights.as_ref().map(|weights| weights.get(&record).map(f64::to_string).unwrap_or_default());
        lines.push(std::iter::once((number + 1).to_string()).chain(record).chain(weight).collect());
    }
    csv_of(&lines)
}

/// The weight of everybody who counts, by what she said: two who said the same have the same.
fn by_record(columns: &[column::Column<'_>], study: &Study) -> BTreeMap<Vec<String>, f64> {
    let weights = study.weights().iter().copied();
    (0..study.people().len()).map(|row| study.people().record(columns, row)).zip(weights).collect()
}

/// The row of each counted response in the export, and its weight.
pub(crate) fn weights(study: &Study) -> String {
    let columns = columns(study.survey());
    let all = |people: &People| (0..people.len()).map(|row| people.record(&columns, row)).collect::<Vec<_>>();
    let mut records = [all(study.people()), all(study.others())].concat();
    records.sort();
    let weights = by_record(&columns, study);
    let line = |(number, record): (usize, &Vec<String>)| {
        weights.get(record).map(|weight| vec![(number + 1).to_string(), weight.to_string()])
    };
    let head = vec!["row".to_owned(), "weight".to_owned()];
    let lines: Vec<Vec<String>> =
        std::iter::once(head).chain(records.iter().enumerate().filter_map(line)).collect();
    csv_of(&lines)
}

/// Lines as comma-separated values, quoted where they must be.
fn csv_of(lines: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer
            .write_record(line)
            .expect("writing to memory cannot fail, and every line has the head's width");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("only text was written")
}
