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
    let first = [
        respondent.language.tag().to_owned(),
        respondent.form.to_string(),
        respondent.state.code().to_owned(),
        u8::from(respondent.synthetic).to_string(),
    ];
    let cell = |column: &Column<'_>| match respondent.answers.get(&column.question.id) {
        Some(answer) => cell(answer, column.part),
        None => String::new(),
    };
    first.into_iter().chain(columns.iter().map(cell)).collect()
}

/// The same as one text that is ordered alike: no cell holds what stands between them.
pub(crate) fn content(columns: &[Column<'_>], respondent: &Respondent) -> String {
    let mut content = String::with_capacity(4 * columns.len());
    content.push_str(respondent.language.tag());
    for part in
        [respondent.form.as_str(), respondent.state.code(), if respondent.synthetic { "1" } else { "0" }]
    {
        content.push('\0');
        content.push_str(part);
    }
    for column in columns {
        content.push('\0');
        if let Some(answer) = respondent.answers.get(&column.question.id) {
            add(&mut content, answer, column.part);
        }
    }
    content
}

/// Write a cell at the end of a text; what is common is not made a text of its own.
fn add(to: &mut String, answer: &Answer, part: Part<'_>) {
    match (answer, part) {
        (Answer::Missing(missing), _) => to.push_str(missing.code()),
        (Answer::One(code), Part::Whole) => to.push_str(code.as_str()),
        (Answer::Many(codes), Part::Choice(code)) => to.push(if codes.contains(code) { '1' } else { '0' }),
        _ => to.push_str(&cell(answer, part)),
    }
}

fn cell(answer: &Answer, part: Part<'_>) -> String {
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
