//! What is called otherwise than in earlier editions: `was NAME…` and `[was CODE]` carry old answers to new names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Answer, Answers, ChoiceId, QuestionId, RowId, Survey};

/// The names an edition gave to what earlier editions called otherwise.
///
/// An old name is never given to a new thing, so it can be read without knowing which edition it was answered on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    questions: BTreeMap<QuestionId, QuestionId>,
    /// By the question's new name and the old code.
    codes: BTreeMap<(QuestionId, ChoiceId), ChoiceId>,
    /// By the question's new name and the old row.
    rows: BTreeMap<(QuestionId, RowId), RowId>,
}

impl Renames {
    /// The new names a survey has, by its `was` lines and marks.
    pub fn of(survey: &Survey) -> Renames {
        let mut renames = Renames::default();
        for (_, question) in survey.questions() {
            let id = &question.id;
            renames.questions.extend(question.was.iter().map(|was| (was.clone(), id.clone())));
            let codes =
                question.choices().iter().filter_map(|choice| Some((choice.was.clone()?, &choice.id)));
            renames.codes.extend(codes.map(|(was, code)| ((id.clone(), was), code.clone())));
            let rows = question.rows().iter().filter_map(|row| Some((row.was.clone()?, &row.id)));
            renames.rows.extend(rows.map(|(was, row)| ((id.clone(), was), row.clone())));
        }
        renames
    }

    /// The name of a question now.
    pub fn question<'n>(&'n self, old: &'n QuestionId) -> &'n QuestionId {
        self.questions.get(old).unwrap_or(old)
    }

    /// The code of a choice now; `question` is the name of its question now.
    pub fn code<'n>(&'n self, question: &QuestionId, old: &'n ChoiceId) -> &'n ChoiceId {
        self.codes.get(&(question.clone(), old.clone())).unwrap_or(old)
    }

    /// The code of a row now; `question` is the name of its grid now.
    pub fn row<'n>(&'n self, question: &QuestionId, old: &'n RowId) -> &'n RowId {
        self.rows.get(&(question.clone(), old.clone())).unwrap_or(old)
    }

    /// Answers given under the old names, under the new ones.
    pub fn answers(&self, answers: Answers) -> Answers {
        let given = answers.given.into_iter().map(|(old, answer)| {
            let id = self.question(&old).clone();
            let answer = self.answer(&id, answer);
            (id, answer)
        });
        let specified = answers.specified.into_iter().map(|((old, code), words)| {
            let id = self.question(&old).clone();
            let code = self.code(&id, &code).clone();
            ((id, code), words)
        });
        Answers { given: given.collect(), specified: specified.collect() }
    }

    fn answer(&self, id: &QuestionId, answer: Answer) -> Answer {
        let new = |code: &ChoiceId| self.code(id, code).clone();
        match answer {
            Answer::One(code) => Answer::One(new(&code)),
            Answer::Many(codes) => Answer::Many(codes.iter().map(new).collect::<BTreeSet<_>>()),
            Answer::Ranked(codes) => Answer::Ranked(codes.iter().map(new).collect()),
            Answer::Rows(rows) => {
                let renamed = |(row, answer)| (self.row(id, &row).clone(), self.answer(id, answer));
                Answer::Rows(rows.into_iter().map(renamed).collect())
            }
            other => other,
        }
    }
}
