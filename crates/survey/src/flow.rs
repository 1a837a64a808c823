//! Which questions are asked: a pure function of the answers and the day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::condition::Operand;
use crate::{
    Answer, Answers, Choice, ChoiceId, Condition, End, FormId, Kind, Missing, Page, Question, Row, Survey,
    Truth, Value,
};

/// One way through the questionnaire, as far as the answers lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk<'s> {
    /// The questions asked, in order, notes included, calcs left out.
    pub asked: Vec<&'s Question>,
    /// The answers that count: to questions asked, with every calc computed.
    pub answers: Answers,
    /// The last page a chosen `[end]` leads to.
    pub end: Option<&'s End>,
}

impl Survey {
    /// Walk through a form of the questionnaire with these answers on this day.
    ///
    /// A question is asked when the form keeps it, no `[end]` was chosen before it and its page's and its own `when` hold. What a
    /// changed answer leaves unasked is not among the answers of the walk, nor are choices and rows it no longer
    /// offers.
    pub fn walk(&self, form: &FormId, answers: &Answers, today: Date) -> Walk<'_> {
        let mut walk = Walk { asked: Vec::new(), answers: Answers::default(), end: None };
        for (page, question) in self.questions().filter(|(_, question)| self.keeps(form, question)) {
            if walk.end.is_none() && is_asked(page, question, &walk.answers, today) {
                self.step(question, answers, today, &mut walk);
            }
        }
        walk
    }

    fn step<'s>(&'s self, question: &'s Question, answers: &Answers, today: Date, walk: &mut Walk<'s>) {
        if let Some(answer) = calculated(question, walk, today) {
            walk.answers.given.insert(question.id.clone(), answer);
            return;
        }
        walk.asked.push(question);
        // Settled answers may say `not_asked` of a question that another answer has since brought up.
        let passed_by =
            |given: &&Answer| matches!(given.missing(), Some(Missing::NotAsked | Missing::NotInForm));
        let given = answers.get(&question.id).filter(|given| !(question.is_answered() && passed_by(given)));
        let Some(answer) = given.and_then(|given| question.still_offered(given, &walk.answers, today)) else {
            return;
        };
        walk.end = question.end_of(&answer).and_then(|id| self.end(id.as_str()));
        let chosen = answer.codes();
        let specified = answers.specified.iter();
        let specified = specified.filter(|((of, code), _)| *of == question.id && chosen.contains(&code));
        walk.answers.specified.extend(specified.map(|(key, words)| (key.clone(), words.clone())));
        walk.answers.given.insert(question.id.clone(), answer);
    }

    /// The answers as they are counted: calcs computed, what routing passed by `not_asked`, what the form does not
    /// keep `not_in_form`, what was seen or could have been and has no answer `no_answer`. Rows of a grid that were
    /// not offered are not there at all.
    pub fn settle(&self, form: &FormId, answers: &Answers, today: Date) -> Answers {
        let walk = self.walk(form, answers, today);
        let asked: BTreeSet<_> = walk.asked.iter().map(|question| &question.id).collect();
        let mut settled = walk.answers.clone();
        for grid in &walk.asked {
            if let Some(Answer::Rows(rows)) = settled.given.get_mut(&grid.id) {
                for row in grid.offered_rows(&walk.answers, today) {
                    rows.entry(row.id.clone()).or_insert(Answer::Missing(Missing::NoAnswer));
                }
            }
        }
        for (_, question) in self.questions().filter(|(_, question)| question.is_answered()) {
            let why = match asked.contains(&question.id) {
                true => Missing::NoAnswer,
                false if self.keeps(form, question) => Missing::NotAsked,
                false => Missing::NotInForm,
            };
            settled.given.entry(question.id.clone()).or_insert(Answer::Missing(why));
        }
        settled
    }
}

impl Question {
    /// The choices offered to someone who gave these answers: of a `from`, what was chosen there and the
    /// question's own lines.
    pub fn offered(&self, answers: &Answers, today: Date) -> Vec<&Choice> {
        let chosen = self.chosen_before(answers);
        let own = format!("{}.", self.id);
        self.choices()
            .iter()
            .filter(|choice| holds(choice.when.as_ref(), answers, today))
            .filter(|choice| {
                choice.words.path.starts_with(&own)
                    || chosen.as_ref().is_none_or(|chosen| chosen.contains(&&choice.id))
            })
            .collect()
    }

    /// What was chosen in the question whose answers are offered here; `None` where there is no such question.
    fn chosen_before<'a>(&self, answers: &'a Answers) -> Option<Vec<&'a ChoiceId>> {
        self.from().map(|from| answers.get(from).map(Answer::codes).unwrap_or_default())
    }

    /// Whether the answers leave anything to choose from: in a `from` something chosen before, in a grid a row.
    fn has_something_to_choose(&self, answers: &Answers, today: Date) -> bool {
        match (&self.kind, self.chosen_before(answers)) {
            (Kind::Grid { .. }, _) => !self.offered_rows(answers, today).is_empty(),
            (_, Some(chosen)) => {
                self.offered(answers, today).iter().any(|choice| chosen.contains(&&choice.id))
            }
            _ => true,
        }
    }

    /// What of an answer is still offered to someone who gave these answers before it; `None` if nothing is.
    fn still_offered(&self, answer: &Answer, before: &Answers, today: Date) -> Option<Answer> {
        let choices = self.offered(before, today);
        let is_offered = |code: &&ChoiceId| choices.iter().any(|choice| choice.id == **code);
        match answer {
            Answer::One(code) => is_offered(&code).then(|| answer.clone()),
            Answer::Many(codes) => {
                let codes: BTreeSet<_> = codes.iter().filter(is_offered).cloned().collect();
                (!codes.is_empty()).then_some(Answer::Many(codes))
            }
            Answer::Ranked(codes) => {
                let codes: Vec<_> = codes.iter().filter(is_offered).cloned().collect();
                (!codes.is_empty()).then_some(Answer::Ranked(codes))
            }
            Answer::Rows(rows) => {
                let mut rows = rows.clone();
                let offered = self.offered_rows(before, today);
                rows.retain(|id, _| offered.iter().any(|row| row.id == *id));
                (!rows.is_empty()).then_some(Answer::Rows(rows))
            }
            _ => Some(answer.clone()),
        }
    }

    /// The rows of a grid offered to someone who gave these answers.
    pub fn offered_rows(&self, answers: &Answers, today: Date) -> Vec<&Row> {
        self.rows().iter().filter(|row| holds(row.when.as_ref(), answers, today)).collect()
    }

    /// The questions that decide whether and how it is asked, and those whose answers its words say.
    pub fn looks_at(&self) -> BTreeSet<&crate::QuestionId> {
        let computed = match &self.kind {
            Kind::Computed { value } => value.operands(),
            _ => Vec::new(),
        };
        let conditions =
            self.when.iter().chain(self.choices().iter().filter_map(|choice| choice.when.as_ref()));
        conditions
            .chain(self.rows().iter().filter_map(|row| row.when.as_ref()))
            .flat_map(Condition::looks_at)
            .chain(self.from())
            .chain(computed.into_iter().map(|(question, _)| question))
            .chain(self.inserts().map(|insert| &insert.question))
            .collect()
    }

    fn end_of(&self, answer: &Answer) -> Option<&crate::EndId> {
        self.choice(answer.code()?.as_str())?.end.as_ref()
    }
}

fn is_asked(page: &Page, question: &Question, answers: &Answers, today: Date) -> bool {
    holds(page.when.as_ref(), answers, today)
        && holds(question.when.as_ref(), answers, today)
        && question.has_something_to_choose(answers, today)
}

fn holds(condition: Option<&Condition>, answers: &Answers, today: Date) -> bool {
    condition.is_none_or(|condition| condition.holds(answers, today) == Truth::Yes)
}

/// The answer of a question that is computed.
fn calculated(question: &Question, walk: &Walk<'_>, today: Date) -> Option<Answer> {
    match &question.kind {
        Kind::Calc { choices } => Some(calculate(choices, walk, today)),
        Kind::Computed { value } => Some(computed(value, walk, today)),
        _ => None,
    }
}

/// The number; without it, the reason of the first missing operand, or `not_asked` where it cannot be computed.
fn computed(value: &Value, walk: &Walk<'_>, today: Date) -> Answer {
    if let Some(number) = value.number(&walk.answers, today).filter(|number| number.is_finite()) {
        return Answer::Number(number + 0.0);
    }
    let why = value.operands().into_iter().find_map(|operand| why_missing(operand, walk));
    Answer::Missing(why.unwrap_or(Missing::NotAsked))
}

/// The first row that holds; with none, the reason of the first missing operand, or `not_asked`.
fn calculate(rows: &[Choice], walk: &Walk<'_>, today: Date) -> Answer {
    if let Some(row) = rows.iter().find(|row| holds(row.when.as_ref(), &walk.answers, today)) {
        return Answer::One(row.id.clone());
    }
    let mut operands = rows.iter().filter_map(|row| row.when.as_ref()).flat_map(Condition::operands);
    let why = operands.find_map(|operand| why_missing(operand, walk));
    Answer::Missing(why.unwrap_or(Missing::NotAsked))
}

/// Why an operand is missing, if it is: what was asked and has no answer yet is left empty, for now.
fn why_missing((question, row): Operand<'_>, walk: &Walk<'_>) -> Option<Missing> {
    match (walk.answers.get(question), row) {
        (Some(Answer::Rows(rows)), Some(row)) => {
            rows.get(row).map_or(Some(Missing::NotAsked), Answer::missing)
        }
        (Some(answer), _) => answer.missing(),
        (None, _) if walk.asked.iter().any(|asked| asked.id == *question) => Some(Missing::NoAnswer),
        (None, _) => Some(Missing::NotAsked),
    }
}
