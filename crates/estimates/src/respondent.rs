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
    /// All the others.
    pub(crate) others: Vec<Respondent>,
    /// Whether those who count are made up.
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
pub(crate) fn choose(survey: &Survey, everybody: Vec<Respondent>) -> Counted {
    let is_finished = |each: &Respondent| each.state == State::Finished;
    let finished = || everybody.iter().filter(|each| is_finished(each));
    let synthetic = finished().all(|each| each.synthetic) && finished().next().is_some();
    let is_ours = |each: &Respondent| each.synthetic == synthetic;
    let (respondents, others): (Vec<_>, Vec<_>) = everybody
        .into_iter()
        .partition(|each| is_finished(each) && is_ours(each) && !each.is_screened_out(survey));
    let of = |want: &dyn Fn(&Respondent) -> bool| others.iter().filter(|each| want(each)).count();
    let is_unfinished = |each: &Respondent| UNFINISHED.contains(&each.state);
    Counted {
        synthetic,
        rehearsed_left_out: of(&|each| is_finished(each) && !is_ours(each)),
        screened_out: of(&|each| is_finished(each) && is_ours(each)),
        screened_out_early: of(&|each| is_unfinished(each) && is_ours(each) && each.is_screened_out(survey)),
        respondents,
        others,
    }
}

impl Counted {
    /// Everybody, counted or not.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = &Respondent> {
        self.respondents.iter().chain(&self.others)
    }
}
