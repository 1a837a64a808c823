//! Which questions are asked: a pure function of the answers and the day.

use jiff::civil::Date;

use crate::{
    Answer, Answers, Choice, ChoiceId, Condition, End, Kind, Missing, Page, Question, Row, Survey, Truth,
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
    /// Walk through the questionnaire with these answers on this day.
    ///
    /// A question is asked when no `[end]` was chosen before it and its page's and its own `when` hold. What a
    /// changed answer leaves unasked is not among the answers of the walk.
    pub fn walk(&self, answers: &Answers, today: Date) -> Walk<'_> {
        let mut walk = Walk { asked: Vec::new(), answers: Answers::default(), end: None };
        for (page, question) in self.questions() {
            if walk.end.is_none() && is_asked(page, question, &walk.answers, today) {
                self.step(question, answers, today, &mut walk);
            }
        }
        walk
    }

    fn step<'s>(&'s self, question: &'s Question, answers: &Answers, today: Date, walk: &mut Walk<'s>) {
        if let Kind::Calc { choices } = &question.kind {
            let answer = calculate(choices, &walk.answers, today);
            walk.answers.given.insert(question.id.clone(), answer);
            return;
        }
        walk.asked.push(question);
        let Some(answer) = answers.get(&question.id) else { return };
        walk.end = question.end_of(answer).and_then(|id| self.end(id.as_str()));
        walk.answers.given.insert(question.id.clone(), answer.clone());
        let specified = answers.specified.iter().filter(|((of, _), _)| *of == question.id);
        walk.answers.specified.extend(specified.map(|(key, words)| (key.clone(), words.clone())));
    }

    /// The answers as they are counted: calcs computed, what routing passed by `not_asked`, what was seen or could
    /// have been and has no answer `no_answer`.
    pub fn settle(&self, answers: &Answers, today: Date) -> Answers {
        let walk = self.walk(answers, today);
        let asked: std::collections::BTreeSet<_> = walk.asked.iter().map(|question| &question.id).collect();
        let mut settled = walk.answers;
        for (_, question) in self.questions().filter(|(_, question)| question.is_answered()) {
            let why = if asked.contains(&question.id) { Missing::NoAnswer } else { Missing::NotAsked };
            settled.given.entry(question.id.clone()).or_insert(Answer::Missing(why));
        }
        settled
    }
}

impl Question {
    /// The choices offered to someone who gave these answers: of a `from`, what was chosen there and the
    /// question's own lines.
    pub fn offered(&self, answers: &Answers, today: Date) -> Vec<&Choice> {
        let chosen: Option<Vec<&ChoiceId>> =
            self.from().map(|from| answers.get(from).map(Answer::codes).unwrap_or_default());
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

    /// The rows of a grid offered to someone who gave these answers.
    pub fn offered_rows(&self, answers: &Answers, today: Date) -> Vec<&Row> {
        self.rows().iter().filter(|row| holds(row.when.as_ref(), answers, today)).collect()
    }

    /// The questions that decide whether and how it is asked.
    pub fn looks_at(&self) -> std::collections::BTreeSet<&crate::QuestionId> {
        let conditions =
            self.when.iter().chain(self.choices().iter().filter_map(|choice| choice.when.as_ref()));
        conditions
            .chain(self.rows().iter().filter_map(|row| row.when.as_ref()))
            .flat_map(Condition::looks_at)
            .chain(self.from())
            .collect()
    }

    fn end_of(&self, answer: &Answer) -> Option<&crate::EndId> {
        self.choice(answer.code()?.as_str())?.end.as_ref()
    }
}

fn is_asked(page: &Page, question: &Question, answers: &Answers, today: Date) -> bool {
    let something_to_choose = match &question.kind {
        Kind::Many { from: Some(_), .. } | Kind::Rank { from: Some(_), .. } => {
            !question.offered(answers, today).is_empty()
        }
        Kind::Grid { .. } => !question.offered_rows(answers, today).is_empty(),
        _ => true,
    };
    holds(page.when.as_ref(), answers, today)
        && holds(question.when.as_ref(), answers, today)
        && something_to_choose
}

fn holds(condition: Option<&Condition>, answers: &Answers, today: Date) -> bool {
    condition.is_none_or(|condition| condition.holds(answers, today) == Truth::Yes)
}

/// The first row that holds; with none, the reason of the first missing operand, or `not_asked`.
fn calculate(rows: &[Choice], answers: &Answers, today: Date) -> Answer {
    if let Some(row) = rows.iter().find(|row| holds(row.when.as_ref(), answers, today)) {
        return Answer::One(row.id.clone());
    }
    let operands = rows.iter().filter_map(|row| row.when.as_ref()).flat_map(Condition::looks_at);
    let why = operands.filter_map(|question| match answers.get(question) {
        Some(answer) => answer.missing(),
        None => Some(Missing::NoAnswer),
    });
    Answer::Missing(why.into_iter().next().unwrap_or(Missing::NotAsked))
}
