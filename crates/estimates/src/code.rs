//! Answer to number: the only place where what people said becomes something to compute with.

use stats::Mask;
use survey::{Answer, ChoiceId, Kind, Missing, Question, RowId};

use crate::{Error, Respondent};

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
    /// Who answered.
    pub(crate) base: Mask,
    /// Each choice with 1 for those who chose it.
    pub(crate) choices: Vec<(ChoiceId, Vec<f64>)>,
    /// How many were asked and gave no answer.
    pub(crate) missing: usize,
}

/// Codes a question with choices.
///
/// # Errors
/// [`Error::NothingToCount`] for a question without choices.
pub(crate) fn code(question: &Question, respondents: &[Respondent]) -> Result<Coded, Error> {
    let blocks = match &question.kind {
        Kind::Grid { rows, .. } => {
            rows.iter().map(|row| block(question, Some(&row.id), respondents)).collect()
        }
        _ if question.choices().is_empty() => {
            return Err(Error::NothingToCount { question: question.id.clone() });
        }
        _ => vec![block(question, None, respondents)],
    };
    Ok(Coded {
        blocks,
        several: matches!(question.kind, Kind::Many { .. } | Kind::Rank { .. }),
        ordered: matches!(question.kind, Kind::Grid { .. } | Kind::One { ordered: true, .. }),
    })
}

/// The numbers of a `number` or `year`, with who gave one.
pub(crate) fn numbers(question: &Question, respondents: &[Respondent]) -> Option<(Vec<f64>, Mask)> {
    if !matches!(question.kind, Kind::Number { .. } | Kind::Year { .. } | Kind::Computed { .. }) {
        return None;
    }
    let given: Vec<Option<f64>> =
        respondents.iter().map(|each| each.answers.get(&question.id).and_then(Answer::number)).collect();
    let base = Mask::from_fn(given.len(), |row| given[row].is_some());
    Some((given.into_iter().map(Option::unwrap_or_default).collect(), base))
}

/// The groups a question makes, in the order of the survey; together they hold everybody who answered it.
///
/// # Errors
/// [`Error::NotAGroup`] unless everybody chooses one.
pub(crate) fn groups(
    question: &Question,
    respondents: &[Respondent],
) -> Result<Vec<(ChoiceId, Mask)>, Error> {
    if !matches!(
        question.kind,
        Kind::One { .. } | Kind::Consent { .. } | Kind::Calc { .. } | Kind::Language { .. }
    ) {
        return Err(Error::NotAGroup { question: question.id.clone() });
    }
    let codes = categories(question, respondents);
    let mask = |number: usize| Mask::from_fn(codes.len(), |row| codes[row] == Some(number as u32));
    Ok(question
        .choices()
        .iter()
        .enumerate()
        .map(|(number, choice)| (choice.id.clone(), mask(number)))
        .collect())
}

/// The number of each person's choice in the order of the survey; none where the answer is missing.
pub(crate) fn categories(question: &Question, respondents: &[Respondent]) -> Vec<Option<u32>> {
    let number = |code: &ChoiceId| question.choices().iter().position(|choice| choice.id == *code);
    let of = |each: &Respondent| number(each.answers.get(&question.id)?.code()?);
    respondents.iter().map(|each| of(each).map(|number| number as u32)).collect()
}

fn block(question: &Question, row: Option<&RowId>, respondents: &[Respondent]) -> Block {
    let answers: Vec<Option<&Answer>> =
        respondents.iter().map(|each| part(each.answers.get(&question.id)?, row)).collect();
    let chosen: Vec<Vec<&ChoiceId>> =
        answers.iter().map(|answer| answer.map(Answer::codes).unwrap_or_default()).collect();
    let indicator = |choice: &ChoiceId| -> Vec<f64> {
        chosen.iter().map(|codes| f64::from(u8::from(codes.contains(&choice)))).collect()
    };
    let asked = |answer: &&Option<&Answer>| answer.and_then(Answer::missing).is_some_and(was_asked);
    Block {
        row: row.cloned(),
        base: Mask::from_fn(chosen.len(), |each| !chosen[each].is_empty()),
        choices: question.choices().iter().map(|choice| (choice.id.clone(), indicator(&choice.id))).collect(),
        missing: answers.iter().filter(asked).count(),
    }
}

/// The answer itself, or that of one row of a grid.
fn part<'a>(answer: &'a Answer, row: Option<&RowId>) -> Option<&'a Answer> {
    match (answer, row) {
        (Answer::Rows(rows), Some(row)) => rows.get(row),
        _ => Some(answer),
    }
}

fn was_asked(missing: Missing) -> bool {
    !matches!(missing, Missing::NotAsked | Missing::NotInForm)
}
