//! One wave of a survey: the answers to all its editions, under the names the survey has now. Waves are never pooled.

use std::collections::BTreeMap;

use responses::{Response, State};
use survey::{Answer, Answers, Fingerprint, Missing, Renames, Survey, Version};

use crate::Respondent;

/// The answers to one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    /// Everybody's answers, under the names of the newest edition.
    pub respondents: Vec<Respondent>,
    /// How many responses to other waves were left out.
    pub left_out: usize,
}

/// The newest wave that somebody answered; a definition without a label counts as none.
pub fn newest(versions: &BTreeMap<Fingerprint, Version>, responses: &[Response]) -> Option<u16> {
    responses.iter().filter_map(|response| versions.get(&response.version)).map(|version| version.wave).max()
}

/// The answers to one wave, as `survey` would have them today.
///
/// `earlier` are the published editions of the wave, the oldest first, and `survey` is the newest: each gives what it
/// renamed (`was`) its new name. What a finished response to another edition does not hold was not in that edition.
pub fn of_wave(
    wave: u16,
    survey: &Survey,
    earlier: &[Survey],
    versions: &BTreeMap<Fingerprint, Version>,
    responses: Vec<Response>,
) -> Wave {
    let renames: Vec<Renames> = earlier.iter().chain([survey]).map(Renames::of).collect();
    let (own, others): (Vec<_>, Vec<_>) = responses
        .into_iter()
        .partition(|response| versions.get(&response.version).is_some_and(|version| version.wave == wave));
    let now = survey.fingerprint();
    let respondent = |response: Response| {
        let (is_another, is_finished) = (response.version != now, response.state == State::Finished);
        let mut respondent = Respondent::from(response);
        respondent.answers = renames.iter().fold(respondent.answers, |answers, names| names.answers(answers));
        if is_another && is_finished {
            mark_absent(survey, &mut respondent.answers);
        }
        respondent
    };
    Wave { respondents: own.into_iter().map(respondent).collect(), left_out: others.len() }
}

/// A finished response has an answer to every question of its edition, if only that it was not asked.
fn mark_absent(survey: &Survey, answers: &mut Answers) {
    for (_, question) in survey.questions().filter(|(_, question)| question.is_answered()) {
        answers.given.entry(question.id.clone()).or_insert(Answer::Missing(Missing::NotInForm));
    }
}
