//! Everybody's answers, column by column: a byte for each cell of the coded file, whatever it says.

mod codes;
mod order;

use std::collections::BTreeMap;

use responses::State;
use survey::{Answer, FormId, Kind, Language, Missing, Question, QuestionId, Survey};

use crate::{
    Respondent,
    coded::{self, Column, Part, columns},
};
pub(crate) use codes::Codes;

/// Everybody's answers as columns of codes, without words: a hundred bytes for each person instead of ten thousand.
///
/// Made from [`Respondent`]s, or read from a coded file ([`read_people`](crate::read_people)).
#[derive(Clone, Debug)]
pub struct People {
    rows: usize,
    /// Language, form, state and whether made up, as the coded file writes them.
    pub(crate) first: [Codes; 4],
    /// The columns of each question, in the order of the coded file; of a text, whether something was written.
    pub(crate) questions: BTreeMap<QuestionId, Vec<Codes>>,
}

/// What a person said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing is recorded.
    Nothing,
    /// Why there is no answer.
    Missing(Missing),
    /// An answer.
    Something,
}

/// The word for a text that was written.
const WRITTEN: &str = "1";

impl People {
    /// The answers of respondents.
    pub fn of(survey: &Survey, respondents: &[Respondent]) -> People {
        let mut people = People::empty(survey);
        let columns = by_question(survey);
        for each in respondents {
            let first = coded::first(each);
            people.first.iter_mut().zip(&first).for_each(|(codes, word)| codes.push_word(word));
            for (question, columns) in &columns {
                let Some(kept) = people.questions.get_mut(&question.id) else { continue };
                let answer = each.answers.get(&question.id);
                match answer {
                    Some(Answer::Words(_)) => kept.iter_mut().for_each(|codes| codes.push_word(WRITTEN)),
                    Some(Answer::Missing(why)) => {
                        kept.iter_mut().for_each(|codes| codes.push_word(why.code()))
                    }
                    None => kept.iter_mut().for_each(|codes| codes.push(0)),
                    Some(answer) => {
                        let cells = kept.iter_mut().zip(columns);
                        cells.for_each(|(codes, column)| codes.push_word(&coded::cell(answer, column.part)));
                    }
                }
            }
            people.rows += 1;
        }
        people
    }

    /// Nobody yet.
    pub(crate) fn empty(survey: &Survey) -> People {
        let codes = |(question, columns): (&Question, Vec<Column<'_>>)| {
            let text = columns.is_empty().then(|| Codes::of([WRITTEN], true));
            (question.id.clone(), columns.iter().map(codes_of).chain(text).collect())
        };
        People {
            rows: 0,
            first: std::array::from_fn(|_| Codes::of([], false)),
            questions: by_question(survey).into_iter().map(codes).collect(),
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Notes that a row was written to every column.
    pub(crate) fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Puts others behind these.
    pub(crate) fn append(&mut self, others: &People) {
        self.first.iter_mut().zip(&others.first).for_each(|(codes, other)| codes.append(other));
        for (kept, other) in self.questions.values_mut().zip(others.questions.values()) {
            kept.iter_mut().zip(other).for_each(|(codes, other)| codes.append(other));
        }
        self.rows += others.rows;
    }

    /// Some of them, in the order given.
    pub(crate) fn take(&self, rows: &[u32]) -> People {
        People {
            rows: rows.len(),
            first: std::array::from_fn(|at| self.first[at].take(rows)),
            questions: self
                .questions
                .iter()
                .map(|(id, kept)| (id.clone(), kept.iter().map(|codes| codes.take(rows)).collect()))
                .collect(),
        }
    }

    /// The columns of a question; none where it has none.
    pub(crate) fn columns(&self, question: &QuestionId) -> &[Codes] {
        self.questions.get(question).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a person said to a question.
    pub(crate) fn said(&self, question: &QuestionId, row: usize) -> Said {
        let mut filled = self.columns(question).iter().filter(|codes| codes.get(row) != 0);
        let Some(first) = filled.next() else { return Said::Nothing };
        match first.missing(first.get(row)) {
            Some(why) if filled.all(|codes| codes.missing(codes.get(row)) == Some(why)) => Said::Missing(why),
            _ => Said::Something,
        }
    }

    /// The language last used.
    pub(crate) fn language(&self, row: usize) -> &str {
        self.first[0].word(row)
    }

    /// The form that was answered.
    pub(crate) fn form(&self, row: usize) -> &str {
        self.first[1].word(row)
    }

    /// Where the response stands.
    pub(crate) fn state(&self, row: usize) -> Option<State> {
        State::of_code(self.first[2].word(row))
    }

    /// Whether a rehearsal made it up.
    pub(crate) fn is_synthetic(&self, row: usize) -> bool {
        self.first[3].word(row) == "1"
    }

    /// How many used a language.
    pub(crate) fn in_language(&self, language: &Language) -> usize {
        self.first[0].count(language.tag())
    }

    /// How many answered a form.
    pub(crate) fn in_form(&self, form: &FormId) -> usize {
        self.first[1].count(form.as_str())
    }

    /// Those whom an answer showed that the survey is not for.
    pub(crate) fn screened_out(&self, survey: &Survey) -> Vec<bool> {
        let mut out = vec![false; self.rows];
        for (_, question) in survey.questions() {
            let ends: Vec<bool> = question.choices().iter().map(|choice| choice.end.is_some()).collect();
            let is_several =
                matches!(question.kind, Kind::Many { .. } | Kind::Rank { .. } | Kind::Grid { .. });
            let Some(codes) =
                self.columns(&question.id).first().filter(|_| !is_several && ends.contains(&true))
            else {
                continue;
            };
            for (out, code) in out.iter_mut().zip(codes.iter()) {
                *out |= codes.choice(code).is_some_and(|choice| ends[choice as usize]);
            }
        }
        out
    }

    /// All that the coded file says of a person, the row's number apart.
    pub(crate) fn record(&self, columns: &[Column<'_>], row: usize) -> Vec<String> {
        let first = self.first.iter().map(|codes| codes.word(row).to_owned());
        let mut at = 0;
        let mut last: Option<&QuestionId> = None;
        let cells = columns.iter().map(|column| {
            at = if last == Some(&column.question.id) { at + 1 } else { 0 };
            last = Some(&column.question.id);
            self.columns(&column.question.id)[at].word(row).to_owned()
        });
        first.chain(cells).collect()
    }

    /// They as respondents again, without their words.
    pub fn respondents(&self, survey: &Survey) -> Vec<Respondent> {
        let columns = by_question(survey);
        (0..self.rows).map(|row| coded::respondent(self, survey, &columns, row)).collect()
    }
}

/// The questions that people answer, each with its columns of the coded file.
pub(crate) fn by_question(survey: &Survey) -> Vec<(&Question, Vec<Column<'_>>)> {
    let mut questions: Vec<(&Question, Vec<Column<'_>>)> = survey
        .questions()
        .filter(|(_, question)| !matches!(question.kind, Kind::Note))
        .map(|(_, question)| (question, Vec::new()))
        .collect();
    let mut at = 0;
    for column in columns(survey) {
        while questions[at].0.id != column.question.id {
            at += 1;
        }
        questions[at].1.push(column);
    }
    questions
}

/// An empty column that knows the words it will hold.
fn codes_of(column: &Column<'_>) -> Codes {
    let choices = || column.question.choices().iter().map(|choice| choice.id.as_str());
    match column.part {
        Part::Choice(_) => Codes::of(["0", "1"], true),
        Part::Whole | Part::Row(_) | Part::Place(_) => Codes::of(choices(), true),
    }
}
