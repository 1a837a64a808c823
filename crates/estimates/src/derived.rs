//! Questions that nobody was asked: made of answers, so that they are weighted, withheld and rounded like any other.

use survey::{Choice, Kind, Page, PageId, Question, QuestionId, Role, Survey, Words};

/// A question of one choice each that is made of others.
pub(crate) fn question(id: QuestionId, choices: Vec<Choice>, short: &str, role: Role) -> Question {
    Question {
        kind: Kind::Calc { choices },
        asks: None,
        hint: None,
        short: Some(Words::new(format!("{id}:short"), short)),
        when: None,
        allow: Vec::new(),
        sensitive: false,
        role: Some(role),
        margin: None,
        suppress: None,
        concept: None,
        check: None,
        warn: None,
        shuffled: false,
        audio: Vec::new(),
        was: Vec::new(),
        accepts: Vec::new(),
        id,
    }
}

/// The survey with a page of such questions at its end.
pub(crate) fn with_page(survey: &Survey, id: &str, title: &str, questions: Vec<Question>) -> Survey {
    let mut survey = survey.clone();
    survey.pages.push(Page {
        id: PageId::new(id),
        title: Words::new(id, title),
        when: None,
        sensitive: None,
        support: None,
        questions,
    });
    survey
}
