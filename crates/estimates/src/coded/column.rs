//! Which columns a survey has, and what of an answer stands in each.

use survey::{Answer, ChoiceId, Kind, Missing, Question, RowId, Survey};

use crate::Respondent;

/// A column of the coded file.
#[derive(Clone)]
pub(crate) struct Column<'s> {
    /// The question's name, or the name and a part.
    pub(crate) name: String,
    /// The question.
    pub(crate) question: &'s Question,
    /// What of its answer.
    pub(crate) part: Part<'s>,
}

/// The part of an answer that stands in a column.
#[derive(Clone, Copy)]
pub(crate) enum Part<'s> {
    /// A code, a number, a year or an area.
    Whole,
    /// 0 or 1: whether the choice was among those chosen.
    Choice(&'s ChoiceId),
    /// The code of a row of a grid.
    Row(&'s RowId),
    /// The code at a place of a ranking, from 0.
    Place(usize),
}

/// The columns of a survey in its order. Words have none: they stand in a file of their own.
pub(crate) fn columns(survey: &Survey) -> Vec<Column<'_>> {
    survey.questions().flat_map(|(_, question)| of_question(question)).collect()
}

fn of_question(question: &Question) -> Vec<Column<'_>> {
    let parts: Vec<(String, Part<'_>)> = match &question.kind {
        Kind::Note | Kind::Text { .. } => Vec::new(),
        Kind::Many { choices, .. } => {
            choices.iter().map(|choice| (format!("_{}", choice.id), Part::Choice(&choice.id))).collect()
        }
        Kind::Grid { rows, .. } => {
            rows.iter().map(|row| (format!("_{}", row.id), Part::Row(&row.id))).collect()
        }
        Kind::Rank { top, .. } => {
            (0..*top).map(|place| (format!("_{}", place + 1), Part::Place(place))).collect()
        }
        _ => vec![(String::new(), Part::Whole)],
    };
    let column = |(end, part)| Column { name: format!("{}{end}", question.id), question, part };
    parts.into_iter().map(column).collect()
}

/// All that the coded file says of a respondent, the row's number apart.
pub(crate) fn record(columns: &[Column<'_>], respondent: &Respondent) -> Vec<String> {
    let cell = |column: &Column<'_>| match respondent.answers.get(&column.question.id) {
        Some(answer) => cell(answer, column.part),
        None => String::new(),
    };
    first(respondent).into_iter().chain(columns.iter().map(cell)).collect()
}

/// The columns before those of the questions: language, form, state, and whether made up.
pub(crate) fn first(respondent: &Respondent) -> [String; 4] {
    [
        respondent.language.tag().to_owned(),
        respondent.form.to_string(),
        respondent.state.code().to_owned(),
        u8::from(respondent.synthetic).to_string(),
    ]
}

/// What stands in a column.
pub(crate) fn cell(answer: &Answer, part: Part<'_>) -> String {
    match (answer, part) {
        (Answer::Missing(missing), _) => missing.code().to_owned(),
        (Answer::Number(number), Part::Whole) => number.to_string(),
        (Answer::Year(year), Part::Whole) => year.to_string(),
        (Answer::Date(date), Part::Whole) => date.to_string(),
        (Answer::Area(area), Part::Whole) => area.clone(),
        (Answer::One(code), Part::Whole) => code.to_string(),
        (Answer::Many(codes), Part::Choice(code)) => u8::from(codes.contains(code)).to_string(),
        (Answer::Ranked(codes), Part::Place(place)) => {
            codes.get(place).map(ToString::to_string).unwrap_or_default()
        }
        // A row that was not offered is one that routing passed by.
        (Answer::Rows(rows), Part::Row(row)) => match rows.get(row) {
            Some(answer) => cell(answer, Part::Whole),
            None => Missing::NotAsked.code().to_owned(),
        },
        _ => String::new(),
    }
}
