//! What can be taken of a screen that was sent: accepted answers, refusals, and where an answer ends the survey.

use std::collections::BTreeMap;

use responses::Recorded;
use survey::{Answer, Answers, Date, EndId, FormId, Missing, Question, Raw, Refusal, Survey, Walk};

use crate::{screen::is_asked, views::refusal::WARNED};

/// What was taken of a screen.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// What was accepted.
    pub(crate) given: Vec<Recorded>,
    /// What was refused.
    pub(crate) refusals: Vec<Refusal>,
    /// All answers with the accepted ones among them.
    pub(crate) answers: Answers,
    /// The last page an accepted answer leads to.
    pub(crate) end: Option<EndId>,
}

/// What is asked: a form of the survey, on a day.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    /// The survey.
    pub(crate) survey: &'a Survey,
    /// The form of it.
    pub(crate) form: &'a FormId,
    /// The day.
    pub(crate) today: Date,
}

impl<'a> Asking<'a> {
    fn walk(&self, answers: &Answers) -> Walk<'a> {
        self.survey.walk(self.form, answers, self.today)
    }
}

/// Take what was posted for these questions, in order, up to an answer that ends the survey.
pub(crate) fn take(asking: &Asking<'_>, questions: &[Question], raw: Raw<'_>, answers: &Answers) -> Taken {
    let today = asking.today;
    let mut taken = Taken { answers: answers.clone(), ..Taken::default() };
    // An earlier answer of this very screen must not end the survey once more before it was looked at again.
    questions.iter().for_each(|question| forget(&mut taken.answers, question));
    for question in questions.iter().filter(|question| question.is_shown() && question.is_answered()) {
        let walk = asking.walk(&taken.answers);
        if taken.end.is_some() || !is_asked(question, &walk) {
            continue;
        }
        match question.accept(raw, &walk.answers, today) {
            Ok(given) => {
                let seen = raw.all(WARNED).contains(&question.id.as_str());
                let warned = question.warned(&given.answer, &walk.answers, today).filter(|_| !seen);
                taken.refusals.extend(warned);
                let given = Recorded {
                    question: question.id.clone(),
                    answer: given.answer,
                    specified: given.specified,
                };
                put(&mut taken.answers, &given);
                taken.end = asking.walk(&taken.answers).end.map(|end| end.id.clone());
                taken.given.push(given);
            }
            Err(refusal) => taken.refusals.push(refusal),
        }
    }
    if taken.end.is_some() {
        taken.refusals.clear();
    }
    taken
}

/// "I would rather not answer" for every question of a skipped part that lets people say so.
pub(crate) fn skip(asking: &Asking<'_>, questions: &[Question], answers: &Answers) -> Taken {
    let mut taken = Taken { answers: answers.clone(), ..Taken::default() };
    let walk = asking.walk(answers);
    let can_be_said = |question: &&Question| question.allow.contains(&Missing::PreferNot);
    for question in questions.iter().filter(can_be_said).filter(|question| is_asked(question, &walk)) {
        let given = Recorded {
            question: question.id.clone(),
            answer: Answer::Missing(Missing::PreferNot),
            specified: BTreeMap::new(),
        };
        put(&mut taken.answers, &given);
        taken.given.push(given);
    }
    taken
}

/// The answers as the store takes them.
pub(crate) fn recorded(answers: &Answers) -> Vec<Recorded> {
    let of = |question: &survey::QuestionId| {
        let ours = answers.specified.iter().filter(|((of, _), _)| of == question);
        ours.map(|((_, code), words)| (code.clone(), words.clone())).collect()
    };
    answers
        .given
        .iter()
        .map(|(question, answer)| Recorded {
            question: question.clone(),
            answer: answer.clone(),
            specified: of(question),
        })
        .collect()
}

fn put(answers: &mut Answers, given: &Recorded) {
    answers.given.insert(given.question.clone(), given.answer.clone());
    answers.specified.retain(|(of, _), _| *of != given.question);
    let words =
        given.specified.iter().map(|(code, words)| ((given.question.clone(), code.clone()), words.clone()));
    answers.specified.extend(words);
}

fn forget(answers: &mut Answers, question: &Question) {
    answers.given.remove(&question.id);
    answers.specified.retain(|(of, _), _| *of != question.id);
}
