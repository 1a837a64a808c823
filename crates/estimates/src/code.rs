//! Answer to number: the only place where what people said becomes something to compute with.

use survey::{ChoiceId, Kind, Missing, Question, QuestionId, RowId};

use crate::{
    Error, People,
    people::{Codes, Said},
};

/// A question as numbers beside its base. A missing answer is outside the base, never a zero.
pub(crate) struct Coded {
    /// One for the question, or one per row of a grid.
    pub(crate) blocks: Vec<Block>,
    /// Whether people could choose several.
    pub(crate) several: bool,
    /// Whether the choices are a scale.
    pub(crate) ordered: bool,
}

/// The choices of a question, or of one row of a grid.
pub(crate) struct Block {
    /// The row of a grid.
    pub(crate) row: Option<RowId>,
    /// The choices, in the order of the survey.
    pub(crate) choices: Vec<ChoiceId>,
    /// One for all choices, or where several could be chosen one for each.
    pub(crate) lines: Vec<Line>,
    /// How many were asked and gave no answer.
    pub(crate) missing: usize,
}

/// Answers of which everybody has at most one.
pub(crate) struct Line {
    /// By person: 0 outside the base, else 1 and more.
    pub(crate) cells: Vec<u32>,
    /// One more than the largest cell.
    pub(crate) width: u32,
}

impl Block {
    /// The line a choice stands in, and its cell there.
    pub(crate) fn place(&self, choice: usize) -> (usize, u32) {
        if self.lines.len() == 1 && self.choices.len() > 1 { (0, choice as u32 + 1) } else { (choice, 1) }
    }
}

/// Codes a question with choices.
///
/// # Errors
/// [`Error::NothingToCount`] for a question without choices.
pub(crate) fn code(question: &Question, people: &People) -> Result<Coded, Error> {
    if question.choices().is_empty() {
        return Err(Error::NothingToCount { question: question.id.clone() });
    }
    let columns = people.columns(&question.id);
    let blocks = match &question.kind {
        Kind::Grid { rows, .. } => {
            let missing = |codes: &Codes| {
                (0..people.len()).filter(|row| codes.missing(codes.get(*row)).is_some_and(was_asked)).count()
            };
            let rows = rows.iter().zip(columns);
            rows.map(|(row, codes)| block(question, Some(&row.id), vec![one(codes)], missing(codes)))
                .collect()
        }
        Kind::Many { .. } => {
            let lines = columns.iter().map(ticked).collect();
            vec![block(question, None, lines, silent(people, &question.id))]
        }
        Kind::Rank { .. } => {
            let lines = (1..=question.choices().len() as u32).map(|code| ranked(columns, code)).collect();
            vec![block(question, None, lines, silent(people, &question.id))]
        }
        _ => {
            let lines = columns.iter().map(one).collect();
            vec![block(question, None, lines, silent(people, &question.id))]
        }
    };
    Ok(Coded {
        blocks,
        several: matches!(question.kind, Kind::Many { .. } | Kind::Rank { .. }),
        ordered: matches!(question.kind, Kind::Grid { .. } | Kind::One { ordered: true, .. }),
    })
}

/// The numbers of a `number` or `year`, with who gave one.
pub(crate) fn numbers(question: &Question, people: &People) -> Option<(Vec<f64>, stats::Mask)> {
    if !matches!(question.kind, Kind::Number { .. } | Kind::Year { .. } | Kind::Computed { .. }) {
        return None;
    }
    let codes = people.columns(&question.id).first()?;
    let number = |code: u32| codes.word_of(code).parse::<f64>().ok().filter(|_| codes.is_answer(code));
    let given = codes.map(number);
    let base = stats::Mask::from_fn(given.len(), |row| given[row].is_some());
    Some((given.into_iter().map(Option::unwrap_or_default).collect(), base))
}

/// Whether everybody chooses one of a question's choices, so that these make groups.
///
/// # Errors
/// [`Error::NotAGroup`].
pub(crate) fn check_groups(question: &Question) -> Result<(), Error> {
    match question.kind {
        Kind::One { .. } | Kind::Consent { .. } | Kind::Calc { .. } | Kind::Language { .. } => Ok(()),
        _ => Err(Error::NotAGroup { question: question.id.clone() }),
    }
}

/// The number of each person's choice in the order of the survey; none where the answer is missing.
pub(crate) fn categories(question: &Question, people: &People) -> Vec<Option<u32>> {
    match people.columns(&question.id).first() {
        Some(codes) => codes.map(|code| codes.choice(code)),
        None => vec![None; people.len()],
    }
}

fn block(question: &Question, row: Option<&RowId>, lines: Vec<Line>, missing: usize) -> Block {
    let choices = question.choices().iter().map(|choice| choice.id.clone()).collect();
    Block { row: row.cloned(), choices, lines, missing }
}

/// One choice each; an answer that is none of them is in the base.
fn one(codes: &Codes) -> Line {
    let choices = codes.choices();
    let cell = |code: u32| match codes.choice(code) {
        Some(choice) => choice + 1,
        None => {
            if codes.is_answer(code) {
                choices + 1
            } else {
                0
            }
        }
    };
    Line { cells: codes.map(cell), width: choices + 2 }
}

/// Who ticked a choice, among those who answered the question.
fn ticked(codes: &Codes) -> Line {
    let cell = |code: u32| match codes.choice(code) {
        Some(ticked) => 2 - ticked,
        None => 0,
    };
    Line { cells: codes.map(cell), width: 3 }
}

/// Who put a choice at any place.
fn ranked(places: &[Codes], choice: u32) -> Line {
    let rows = places.first().map_or(0, Codes::len);
    let cell = |row: usize| {
        let answers = || places.iter().map(|codes| (codes, codes.get(row)));
        let answered = answers().any(|(codes, code)| codes.is_answer(code));
        if answers().any(|(_, code)| code == choice) { 1 } else { 2 * u32::from(answered) }
    };
    Line { cells: (0..rows).map(cell).collect(), width: 3 }
}

/// How many were asked a question and did not answer it.
fn silent(people: &People, question: &QuestionId) -> usize {
    let is_silent = |row: &usize| matches!(people.said(question, *row), Said::Missing(why) if was_asked(why));
    (0..people.len()).filter(is_silent).count()
}

pub(crate) fn was_asked(missing: Missing) -> bool {
    !matches!(missing, Missing::NotAsked | Missing::NotInForm)
}
