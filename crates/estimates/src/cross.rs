//! Two profile questions as one, to compare groups of both at once.

use survey::{Choice, Kind, Page, PageId, Question, QuestionId, Role, Survey, Words};

use crate::{Error, People, code, coded, people::Codes};

/// The survey with one more question whose choices are the pairs of two others, `stay_kind_age_group` and so on, and
/// everybody's place in it; and its name.
///
/// # Errors
/// [`Error::UnknownQuestion`], [`Error::NotAGroup`], [`Error::NoColumns`], [`Error::TooManyCrossed`] unless two are named.
pub fn crossed(survey: &Survey, people: People, names: &[&str]) -> Result<(Survey, People, String), Error> {
    let [one, other] = names else { return Err(Error::TooManyCrossed { questions: names.len() }) };
    let find = |name: &str| {
        let ids = survey.questions().map(|(_, question)| question.id.as_str());
        let near = notation::near(name, ids).map(str::to_owned);
        survey.question(name).ok_or_else(|| Error::UnknownQuestion { question: name.to_owned(), near })
    };
    let (one, other) = (find(one)?, find(other)?);
    for question in [one, other] {
        code::check_groups(question)?;
        coded::check_held(survey, question, &people)?;
    }
    let id = QuestionId::new(format!("{}_{}", one.id, other.id));
    let pairs = one.choices().iter().flat_map(|a| other.choices().iter().map(move |b| (a, b)));
    let choices: Vec<Choice> = pairs
        .map(|(a, b)| {
            let code = format!("{}_{}", a.id, b.id);
            let words = Words::new(format!("{id}.{code}"), format!("{}, {}", a.words.source, b.words.source));
            Choice::new(code.as_str().into(), words)
        })
        .collect();
    let mut codes = Codes::of(choices.iter().map(|choice| choice.id.as_str()), true);
    let both = code::categories(one, &people).into_iter().zip(code::categories(other, &people));
    let width = other.choices().len() as u32;
    both.for_each(|(a, b)| codes.push(a.zip(b).map_or(0, |(a, b)| a * width + b + 1)));
    let (mut survey, mut people) = (survey.clone(), people);
    people.questions.insert(id.clone(), vec![codes]);
    let question = crossing(id.clone(), choices, one.sensitive || other.sensitive, [one, other]);
    survey.pages.push(Page {
        id: PageId::new("crossed"),
        title: Words::new("crossed", "Two at once"),
        when: None,
        sensitive: None,
        support: None,
        questions: vec![question],
    });
    Ok((survey, people, id.to_string()))
}

fn crossing(id: QuestionId, choices: Vec<Choice>, sensitive: bool, of: [&Question; 2]) -> Question {
    let names = of
        .map(|question| question.short.as_ref().map_or(question.id.as_str(), |words| words.source.as_str()));
    Question {
        kind: Kind::Calc { choices },
        asks: None,
        hint: None,
        short: Some(Words::new(format!("{id}:short"), names.join(", "))),
        when: None,
        allow: Vec::new(),
        sensitive,
        role: Some(Role::Profile),
        margin: None,
        suppress: of.iter().filter_map(|question| question.suppress).max(),
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
