//! One person's answers, however they came: from the store or from an exported file.

use responses::{Mode, Response, State};
use survey::{Answers, FormId, Language, Survey};

use crate::error::LeftOut;

/// What estimates know of a response: no id, no day, no order.
#[derive(Clone, Debug, PartialEq)]
pub struct Respondent {
    /// The language last used.
    pub language: Language,
    /// The form of the survey that was answered.
    pub form: FormId,
    /// Where the response stands.
    pub state: State,
    /// Whether a rehearsal made it up.
    pub synthetic: bool,
    /// What was said.
    pub answers: Answers,
}

impl From<Response> for Respondent {
    fn from(response: Response) -> Respondent {
        Respondent {
            language: response.language,
            form: response.form,
            state: response.state,
            synthetic: response.mode == Mode::Rehearsal,
            answers: response.answers,
        }
    }
}

impl Respondent {
    /// Whether a chosen `[end]` says that the survey is not for this person.
    pub(crate) fn is_screened_out(&self, survey: &Survey) -> bool {
        survey.questions().any(|(_, question)| {
            let chosen = self.answers.get(&question.id).and_then(|answer| answer.code());
            chosen.and_then(|code| question.choice(code.as_str())).is_some_and(|choice| choice.end.is_some())
        })
    }
}

/// Who is in the tables, and who is not.
pub(crate) struct Counted {
    /// Finished responses of people the survey is for; never real and made-up ones together.
    pub(crate) respondents: Vec<Respondent>,
    /// Whether those are made up.
    pub(crate) synthetic: bool,
    /// Made-up ones left out because real ones exist.
    pub(crate) rehearsed_left_out: usize,
    /// Finished responses of people it is not for.
    pub(crate) screened_out: usize,
    /// Responses begun and left by people it is not for.
    pub(crate) screened_out_early: usize,
}

/// Where responses stand that were begun and not submitted.
pub(crate) const UNFINISHED: &[State] = &[State::Begun, State::Saved, State::Partial];

impl Counted {
    /// What to say where too few are left.
    pub(crate) fn left_out(&self) -> LeftOut {
        let real = if self.synthetic { 0 } else { self.respondents.len() + self.screened_out };
        LeftOut { made_up: self.rehearsed_left_out, real }
    }
}

/// Chooses who counts: made-up responses only where there is no real one.
pub(crate) fn choose(survey: &Survey, respondents: &[Respondent]) -> Counted {
    let finished = || respondents.iter().filter(|each| each.state == State::Finished);
    let synthetic = finished().all(|each| each.synthetic) && finished().next().is_some();
    let (kept, left): (Vec<_>, Vec<_>) = finished().partition(|each| each.synthetic == synthetic);
    let (screened, counted): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|each| each.is_screened_out(survey));
    let early = respondents.iter().filter(|each| {
        each.synthetic == synthetic && UNFINISHED.contains(&each.state) && each.is_screened_out(survey)
    });
    Counted {
        screened_out_early: early.count(),
        respondents: counted.into_iter().cloned().collect(),
        synthetic,
        rehearsed_left_out: left.len(),
        screened_out: screened.len(),
    }
}
