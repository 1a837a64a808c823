//! An answer repeated in the words of a later question.

use survey::{Answer, Answers, ChoiceId, Insert, Kind, Language, Listed, Question, Survey};

use crate::views::{Voice, put::number};

/// An answer in words.
pub(crate) struct Said<'l> {
    /// The words.
    pub(crate) text: String,
    /// The language they are in, where it is not that of the words around them.
    language: Option<&'l Language>,
}

impl Said<'_> {
    /// The language to declare among words of `around`.
    pub(crate) fn lang(&self, around: &Language) -> Option<&Language> {
        self.language.filter(|language| *language != around)
    }
}

/// What stands where nothing was answered: the reader of the survey has made sure that nobody comes here.
const NOTHING: &str = "…";

/// The answer an insert names, as words of this language repeat it.
pub(crate) fn said<'v>(voice: &Voice<'v>, insert: &Insert, language: &Language) -> Said<'v> {
    let survey = &voice.app.survey;
    let found = survey.question(insert.question.as_str()).zip(voice.answer(&insert.question));
    let Some((question, answer)) = found else { return plain(NOTHING.to_owned()) };
    if insert.count {
        return plain(number(answer.codes().len() as f64, language));
    }
    match answer {
        Answer::Number(value) => plain(number(*value, language)),
        Answer::Year(year) => plain(language.year(*year)),
        Answer::Date(day) if matches!(question.kind, Kind::Date { to_day: true, .. }) => {
            plain(language.day(*day))
        }
        Answer::Date(day) => plain(language.month(*day)),
        Answer::Words(words) | Answer::Area(words) => plain(words.clone()),
        Answer::One(code) if matches!(question.kind, Kind::Language { .. }) => endonym(voice, code),
        Answer::One(_) | Answer::Many(_) | Answer::Ranked(_) => choices(voice, question, answer, language),
        Answer::Rows(_) | Answer::Missing(_) => plain(NOTHING.to_owned()),
    }
}

fn plain<'l>(text: String) -> Said<'l> {
    Said { text, language: None }
}

/// A language by what its speakers call it.
fn endonym<'v>(voice: &Voice<'v>, code: &ChoiceId) -> Said<'v> {
    let known = Language::of_tag(code.as_str());
    let text = known.as_ref().map_or_else(|| voice.plain("language.other"), |language| language.endonym());
    // Its own tag is declared only where we hold it: among the languages on offer.
    Said { text: text.to_owned(), language: voice.app.language(code.as_str()) }
}

/// What was chosen, in the order it was offered or ranked, listed as the language lists things.
fn choices<'v>(voice: &Voice<'v>, question: &Question, answer: &Answer, language: &Language) -> Said<'v> {
    let words = |code: &ChoiceId| question.choice(code.as_str()).map(|choice| &choice.words);
    let chosen = in_order(question, answer).into_iter().filter_map(words);
    let items: Vec<String> = chosen.map(|words| words.unanswered(language).into_owned()).collect();
    let pieces = language.list(&items).into_iter().map(|piece| match piece {
        Listed::Item(place) => items[place].clone(),
        Listed::Between(text) => text,
    });
    let is_said = can_all_be_said(&voice.app.survey, question, answer, language);
    Said { text: pieces.collect(), language: (!is_said).then_some(&voice.app.survey.source) }
}

fn in_order<'a>(question: &'a Question, answer: &'a Answer) -> Vec<&'a ChoiceId> {
    let codes = answer.codes();
    match answer {
        Answer::Many(_) => {
            question.choices().iter().map(|choice| &choice.id).filter(|id| codes.contains(id)).collect()
        }
        _ => codes,
    }
}

/// Whether the answer an insert names has words in this language.
pub(crate) fn can_be_said(survey: &Survey, insert: &Insert, language: &Language, answers: &Answers) -> bool {
    let id = &insert.question;
    let found = survey.question(id.as_str()).zip(answers.get(id));
    insert.count || found.is_none_or(|(question, answer)| can_all_be_said(survey, question, answer, language))
}

fn can_all_be_said(survey: &Survey, question: &Question, answer: &Answer, language: &Language) -> bool {
    let is_named = matches!(question.kind, Kind::Language { .. });
    let mut chosen = answer.codes().into_iter().filter_map(|code| question.choice(code.as_str()));
    is_named || *language == survey.source || chosen.all(|choice| choice.words.speaks(language))
}
