//! The cells of a question as an answer.

use std::collections::{BTreeMap, BTreeSet};

use notation::near;
use survey::{Answer, Answers, ChoiceId, FormId, Kind, Language, Missing, Question, RowId, Survey};

use super::column::{Column, Part};
use crate::{People, Respondent};

/// What is wrong with a cell.
pub(super) struct Slip {
    pub(super) column: String,
    pub(super) says: String,
}

/// A column, and what stands in it.
type Filled<'a, 's> = (&'a Column<'s>, &'a str);

/// Somebody as a respondent, without words.
pub(crate) fn respondent(
    people: &People,
    survey: &Survey,
    questions: &[(&Question, Vec<Column<'_>>)],
    row: usize,
) -> Respondent {
    let mut answers = Answers::default();
    for (question, columns) in questions {
        let kept = people.columns(&question.id);
        let cells = columns.iter().zip(kept.iter().map(|codes| codes.word(row)));
        if let Ok(Some(answer)) = answer(question, cells) {
            answers.given.insert(question.id.clone(), answer);
        }
    }
    Respondent {
        language: Language::of_tag(people.language(row)).unwrap_or_else(|| survey.source.clone()),
        form: FormId::new(people.form(row)),
        state: people.state(row).unwrap_or(responses::State::Finished),
        synthetic: people.is_synthetic(row),
        answers,
    }
}

/// The answer in the columns of a question; none where all are empty.
pub(super) fn answer<'a, 's: 'a>(
    question: &Question,
    cells: impl Iterator<Item = Filled<'a, 's>>,
) -> Result<Option<Answer>, Slip> {
    let filled: Vec<Filled<'_, '_>> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
    let Some((first, cell)) = filled.first() else { return Ok(None) };
    if let Some(missing) = Missing::of_code(cell)
        && filled.iter().all(|(_, other)| other == cell)
    {
        return Ok(Some(Answer::Missing(missing)));
    }
    match &question.kind {
        Kind::Many { .. } => many(&filled).map(Some),
        Kind::Rank { .. } => {
            let codes = filled.iter().map(|(column, cell)| code(column, cell));
            Ok(Some(Answer::Ranked(codes.collect::<Result<_, _>>()?)))
        }
        Kind::Grid { .. } => grid(&filled).map(Some),
        _ => single(first, cell).map(Some),
    }
}

fn many(filled: &[Filled<'_, '_>]) -> Result<Answer, Slip> {
    let mut chosen = BTreeSet::new();
    for (column, cell) in filled {
        match (*cell, column.part) {
            ("1", Part::Choice(code)) => {
                chosen.insert(code.clone());
            }
            ("0", _) => {}
            _ => {
                let says =
                    format!("`{cell}` is neither 0 nor 1, nor a missing code in all columns of the question");
                return Err(wrong(&column.name, says));
            }
        }
    }
    if chosen.is_empty() {
        let says = "no choice is 1: write `no_answer` in all columns of the question".to_owned();
        return Err(wrong(&filled[0].0.name, says));
    }
    Ok(Answer::Many(chosen))
}

fn grid(filled: &[Filled<'_, '_>]) -> Result<Answer, Slip> {
    let mut rows: BTreeMap<RowId, Answer> = BTreeMap::new();
    for (column, cell) in filled {
        let Part::Row(row) = column.part else { continue };
        let answer = match Missing::of_code(cell) {
            Some(Missing::NotAsked) => continue,
            Some(missing) => Answer::Missing(missing),
            None => Answer::One(code(column, cell)?),
        };
        rows.insert(row.clone(), answer);
    }
    Ok(Answer::Rows(rows))
}

/// A cell by itself.
pub(super) fn single(column: &Column<'_>, cell: &str) -> Result<Answer, Slip> {
    let number = |what: &str| wrong(&column.name, format!("`{cell}` is not {what}"));
    Ok(match &column.question.kind {
        Kind::Number { .. } | Kind::Computed { .. } => {
            let value: Option<f64> = cell.parse().ok().filter(|value: &f64| value.is_finite());
            Answer::Number(value.ok_or_else(|| number("a number"))?)
        }
        Kind::Year { .. } => Answer::Year(cell.parse().map_err(|_| number("a year"))?),
        Kind::Date { .. } => Answer::Date(cell.parse().map_err(|_| number("a date"))?),
        Kind::Fsa => Answer::Area(cell.to_owned()),
        _ => Answer::One(code(column, cell)?),
    })
}

fn code(column: &Column<'_>, cell: &str) -> Result<ChoiceId, Slip> {
    let question = column.question;
    question.choice(cell).map(|choice| choice.id.clone()).ok_or_else(|| {
        let codes = question.choices().iter().map(|choice| choice.id.as_str());
        let perhaps = near(cell, codes).map(|near| format!(": did you mean `{near}`?"));
        let says = format!("`{cell}` is not a choice of `{}`{}", question.id, perhaps.unwrap_or_default());
        wrong(&column.name, says)
    })
}

fn wrong(column: &str, says: String) -> Slip {
    Slip { column: column.to_owned(), says }
}
