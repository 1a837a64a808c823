//! One person's answers, however they came: from the store or from an exported file.

use responses::{Mode, Response, State};
use survey::{Answers, FormId, Language, Survey};

use crate::{People, coded, error::LeftOut};

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

/// Who is in the tables, and who is not.
pub(crate) struct Counted {
    /// Finished responses of people the survey is for, in an order made from what they said; never real and made-up
    /// ones together.
    pub(crate) people: People,
    /// All the others.
    pub(crate) others: People,
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
        let real = if self.synthetic { 0 } else { self.people.len() + self.screened_out };
        LeftOut { made_up: self.rehearsed_left_out, real }
    }

    /// How many of those that are as real as those who count stand in one of these states.
    pub(crate) fn standing(&self, states: &[State]) -> usize {
        let here = |people: &People| {
            let is = |row: &usize| {
                people.is_synthetic(*row) == self.synthetic
                    && people.state(*row).is_some_and(|state| states.contains(&state))
            };
            (0..people.len()).filter(is).count()
        };
        here(&self.people) + here(&self.others)
    }
}

/// Chooses who counts: made-up responses only where there is no real one.
pub(crate) fn choose(survey: &Survey, everybody: &People) -> Counted {
    let [states, made_up] = [2, 3].map(|at| &everybody.first[at]);
    let states = states.map(|code| State::of_code(states.word_of(code)));
    let made_up = made_up.map(|code| made_up.word_of(code) == "1");
    let sent_away = everybody.screened_out(survey);
    let is_finished = |row: usize| states[row] == Some(State::Finished);
    let finished = || (0..everybody.len()).filter(|row| is_finished(*row));
    let synthetic = finished().next().is_some() && finished().all(|row| made_up[row]);
    let is_ours = |row: usize| made_up[row] == synthetic;
    let (counted, others): (Vec<u32>, Vec<u32>) = (0..everybody.len() as u32)
        .partition(|row| is_finished(*row as usize) && is_ours(*row as usize) && !sent_away[*row as usize]);
    let of = |want: &dyn Fn(usize) -> bool| others.iter().filter(|row| want(**row as usize)).count();
    let is_unfinished = |row: usize| states[row].is_some_and(|state| UNFINISHED.contains(&state));
    let (rehearsed_left_out, screened_out, screened_out_early) = (
        of(&|row| is_finished(row) && !is_ours(row)),
        of(&|row| is_finished(row) && is_ours(row)),
        of(&|row| is_unfinished(row) && is_ours(row) && sent_away[row]),
    );
    Counted {
        synthetic,
        rehearsed_left_out,
        screened_out,
        screened_out_early,
        people: everybody.take(&everybody.in_order(&coded::columns(survey), counted)),
        others: everybody.take(&others),
    }
}
