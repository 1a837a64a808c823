//! What a person has met so far: to which share of people each question was shown, and how many choices are made.

use std::collections::BTreeMap;

use super::{Person, TYPICAL, odds::odds};
use crate::{Choice, ChoiceId, Condition, Kind, Page, Question, QuestionId};

/// A way through a survey, as far as it has come.
pub(super) struct Visit<'s> {
    pub(super) person: Person,
    met: BTreeMap<&'s QuestionId, Met<'s>>,
}

/// A question that was come to.
pub(super) struct Met<'s> {
    pub(super) question: &'s Question,
    /// The share of people who are asked it.
    pub(super) share: f64,
    /// The choices of a typical person: what is likely is told by these.
    pub(super) usual: Choices,
    /// Those of the person who goes this way.
    own: Choices,
}

/// How many choices are offered, and how many are made.
#[derive(Clone, Copy)]
pub(super) struct Choices {
    offered: f64,
    pub(super) made: f64,
}

impl Choices {
    /// The part of what is offered that is chosen.
    fn part(self) -> f64 {
        (self.made / self.offered.max(1.0)).min(1.0)
    }
}

impl<'s> Visit<'s> {
    pub(super) fn new(person: Person) -> Visit<'s> {
        Visit { person, met: BTreeMap::new() }
    }

    /// What is known of a question that was come to; `None` of one the form does not keep.
    pub(super) fn met(&self, question: &QuestionId) -> Option<&Met<'s>> {
        self.met.get(question)
    }

    /// Come to a question: how far this person is shown it, from 0 to 1.
    pub(super) fn come_to(&mut self, page: &'s Page, question: &'s Question) -> f64 {
        let asked = self.share(page.when.as_ref()).min(self.share(question.when.as_ref()));
        let share = asked.min(self.share_with_choices(question));
        let usual = self.choices(question, TYPICAL, |met| met.usual);
        let own = self.choices(question, self.person, |met| met.own);
        self.met.insert(&question.id, Met { question, share, usual, own });
        self.person.shown(share)
    }

    /// How far this person is shown what has this condition, from 0 to 1.
    pub(super) fn shown(&self, condition: Option<&Condition>) -> f64 {
        self.person.shown(self.share(condition))
    }

    /// How many choices this person makes.
    pub(super) fn made(&self, question: &QuestionId) -> f64 {
        self.met(question).map_or(0.0, |met| met.own.made)
    }

    /// How far a choice is offered to this person: in a `from`, others than its own lines as far as they were chosen.
    pub(super) fn offered(&self, question: &Question, choice: &Choice) -> f64 {
        self.offered_by(question, choice, |met| met.own)
    }

    /// The share of people who usually make a choice, of those who are asked.
    pub(super) fn usually_made(&self, met: &Met<'_>, code: &ChoiceId) -> f64 {
        self.made_by(met, code, |met| met.usual)
    }

    fn share(&self, condition: Option<&Condition>) -> f64 {
        condition.map_or(1.0, |condition| odds(condition, self).yes)
    }

    /// The share of people who have anything to choose from: of a calc those who have what it is computed from, of a
    /// `from` those who were asked there, of a grid those who have a row.
    fn share_with_choices(&self, question: &Question) -> f64 {
        let least = |shares: &mut dyn Iterator<Item = &QuestionId>| {
            shares.map(|id| self.met(id).map_or(0.0, |met| met.share)).fold(1.0, f64::min)
        };
        match &question.kind {
            Kind::Calc { .. } | Kind::Computed { .. } => least(&mut question.looks_at().into_iter()),
            Kind::Many { .. } | Kind::Rank { .. } => least(&mut question.from().into_iter()),
            Kind::Grid { rows, .. } => {
                rows.iter().map(|row| self.share(row.when.as_ref())).sum::<f64>().min(1.0)
            }
            _ => 1.0,
        }
    }

    fn offered_by(&self, question: &Question, choice: &Choice, whose: fn(&Met<'_>) -> Choices) -> f64 {
        let own = format!("{}.", question.id);
        match question.from() {
            Some(from) if !choice.words.path.starts_with(&own) => {
                self.met(from).map_or(0.0, |from| self.made_by(from, &choice.id, whose))
            }
            _ => 1.0,
        }
    }

    /// The share of people who make a choice, of those who are asked.
    fn made_by(&self, met: &Met<'_>, code: &ChoiceId, whose: fn(&Met<'_>) -> Choices) -> f64 {
        let choice = met.question.choice(code.as_str());
        choice.map_or(0.0, |choice| self.offered_by(met.question, choice, whose) * whose(met).part())
    }

    fn choices(&self, question: &Question, person: Person, whose: fn(&Met<'_>) -> Choices) -> Choices {
        let choices = question.choices().iter();
        let offered: f64 = choices.map(|choice| self.offered_by(question, choice, whose)).sum();
        let part = if question.from().is_some() { person.chooses_again } else { person.chooses };
        let made = match &question.kind {
            Kind::Many { most, .. } => {
                (part * offered).max(1.0).min(most.map_or(offered, |most| most as f64))
            }
            Kind::Rank { top, .. } => offered.min(*top as f64),
            _ => 1.0,
        };
        Choices { offered, made }
    }
}

impl Person {
    /// How far this one is shown what a share of people is shown.
    fn shown(self, share: f64) -> f64 {
        if self.sees_all { share.ceil() } else { share }
    }
}
