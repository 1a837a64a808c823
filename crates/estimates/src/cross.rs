//! Two profile questions as one, to compare groups of both at once.

use survey::{Choice, Question, QuestionId, Role, Survey, Words};

use crate::{Error, People, code, coded, derived, people::Codes};

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
    let mut people = people;
    people.questions.insert(id.clone(), vec![codes]);
    let both = [one, other];
    let names = both.map(|each| each.short.as_ref().map_or(each.id.as_str(), |words| words.source.as_str()));
    let question = Question {
        sensitive: one.sensitive || other.sensitive,
        suppress: both.iter().filter_map(|each| each.suppress).max(),
        ..derived::question(id.clone(), choices, &names.join(", "), Role::Profile)
    };
    Ok((derived::with_page(survey, "crossed", "Two at once", vec![question]), people, id.to_string()))
}
