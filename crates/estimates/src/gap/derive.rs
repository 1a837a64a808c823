//! The class of each need as a question of the survey, so that it is weighted, withheld and rounded like any other.

use survey::{Answer, Choice, Missing, Question, QuestionId, Role, Survey, Words};

use super::{Class, Service, classify, names};
use crate::{Respondent, derived};

/// The survey with one more question for each need, `gap_housing` and so on, and everybody's answer to it.
///
/// Its base are those who have the need; who has it not was not asked.
pub fn with_gaps(
    survey: &Survey,
    respondents: Vec<Respondent>,
    services: &[Service],
) -> (Survey, Vec<Respondent>) {
    let needs = needs(survey);
    let questions: Vec<Question> = needs.iter().map(|(code, words)| question(code, words)).collect();
    let survey = derived::with_page(survey, "gap", "Needs and services", questions);
    let answered = respondents.into_iter().map(|mut each| {
        for (need, _) in &needs {
            let answer = match classify(&each.answers, need, services) {
                Some(class) => Answer::One(class.code().into()),
                None => Answer::Missing(Missing::NotAsked),
            };
            each.answers.given.insert(name_of(need), answer);
        }
        each
    });
    let respondents = answered.collect();
    (survey, respondents)
}

/// The needs people are asked about, with their words.
pub(super) fn needs(survey: &Survey) -> Vec<(String, String)> {
    let question = survey.question(names::NEED).into_iter();
    let choices =
        question.flat_map(|question| question.choices()).filter(|choice| !choice.only && !choice.specify);
    choices.map(|choice| (choice.id.to_string(), choice.words.source.clone())).collect()
}

/// The name of the question that holds the class of a need.
pub(super) fn name_of(need: &str) -> QuestionId {
    QuestionId::new(format!("{}{need}", names::DERIVED))
}

fn question(need: &str, words: &str) -> Question {
    let id = name_of(need);
    let choice = |class: Class| {
        let path = format!("{id}.{}", class.code());
        Choice::new(class.code().into(), Words::new(path, class.words()))
    };
    let choices = Class::ALL.map(choice).into();
    derived::question(id, choices, words, Role::Outcome)
}
