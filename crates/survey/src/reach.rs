//! What answers can make a condition true: every combination of the answers it can tell apart, tried out.
//!
//! A question stands for the codes that some condition names, one other, the numbers about each constant, and the ways in
//! which it can be missing. A question whose own condition does not hold is not asked. Choices that end the survey are
//! left out, since nothing is asked after them. That is exact up to [`MOST`] combinations; beyond, what decides
//! about the furthest questions is left open, and where even that is too much nobody answers.

mod domain;
mod named;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::rc::Rc;

use jiff::civil::Date;

use crate::{Answer, Answers, Condition, Kind, Missing, Question, QuestionId, Survey, Truth};
use domain::domain;
use named::{Named, Parts};

/// So many combinations are tried at most.
const MOST: usize = 65_536;
/// So many answers of a question are kept at most for the next condition that looks at it.
const KEPT_MOST: usize = 256;

/// The questions of a survey in their order, each with the condition of its page.
pub(crate) struct Ground<'q> {
    asked: Vec<(Option<&'q Condition>, &'q Question)>,
    /// Questions that could not be read whole: of what looks at them nothing is said.
    unread: BTreeSet<&'q QuestionId>,
    places: BTreeMap<&'q QuestionId, usize>,
    today: Date,
    /// What was tried last of each question: neighbours among the conditions look at the same.
    tried: RefCell<BTreeMap<usize, Tried>>,
}

/// The answers of a question that were tried, and what was named of it then.
struct Tried {
    named: Parts,
    values: Rc<[Answer]>,
}

/// One question whose answers are tried out.
pub(crate) struct Variable<'q> {
    question: &'q Question,
    page: Option<&'q Condition>,
    values: Rc<[Answer]>,
    /// Whether what decides about its being asked is not tried out, so that it may be asked or not.
    is_open: bool,
}

impl<'q> Ground<'q> {
    /// The ground of these questions; `wave` stands for the current year.
    pub(crate) fn new(
        asked: impl Iterator<Item = (Option<&'q Condition>, &'q Question)>,
        wave: u16,
    ) -> Ground<'q> {
        let asked: Vec<_> = asked.collect();
        let mut places = BTreeMap::new();
        for (place, (_, question)) in asked.iter().enumerate() {
            places.entry(&question.id).or_insert(place);
        }
        let year = i16::try_from(wave).ok().filter(|year| (1900..=2200).contains(year)).unwrap_or(2027);
        Ground {
            asked,
            places,
            unread: BTreeSet::new(),
            tried: RefCell::default(),
            today: Date::constant(year, 7, 1),
        }
    }

    /// The ground where these questions could not be read whole.
    pub(crate) fn without(self, unread: BTreeSet<&'q QuestionId>) -> Ground<'q> {
        Ground { unread, ..self }
    }

    /// Whether some answers make all of these conditions true; `None` where that is too much to try.
    pub(crate) fn can_hold(&self, conditions: &[&Condition]) -> Option<bool> {
        let found = self.find(conditions, None, |answers| self.all_hold(conditions, answers));
        found.map(|found| found.is_some())
    }

    /// Answers that pass a test of what these conditions tell apart, if there are any; `None` where that is too much to
    /// try. The `check` of a question that is `unchecked` refuses nothing.
    pub(crate) fn find(
        &self,
        conditions: &[&Condition],
        unchecked: Option<&QuestionId>,
        test: impl Fn(&Answers) -> bool,
    ) -> Option<Option<Answers>> {
        self.try_out(&self.variables(conditions)?, unchecked, test)
    }

    /// What [`Ground::find`] does, with what is told apart already known: of one condition several things are asked.
    pub(crate) fn try_out(
        &self,
        variables: &[Variable<'q>],
        unchecked: Option<&QuestionId>,
        test: impl Fn(&Answers) -> bool,
    ) -> Option<Option<Answers>> {
        let mut trial = Trial { variables, today: self.today, unchecked, tried: 0, test: &test };
        let mut answers = Answers::default();
        match trial.try_from(0, &mut answers) {
            ControlFlow::Continue(()) => Some(None),
            ControlFlow::Break(found) => found.then_some(Some(answers)),
        }
    }

    /// Whether all conditions are true of these answers.
    pub(crate) fn all_hold(&self, conditions: &[&Condition], answers: &Answers) -> bool {
        conditions.iter().all(|condition| self.says(condition, answers) == Truth::Yes)
    }

    /// What a condition says of answers that are tried out.
    pub(crate) fn says(&self, condition: &Condition, answers: &Answers) -> Truth {
        condition.holds(answers, self.today)
    }

    /// The questions to be tried: those looked at, then those that decide about them, as far as there is room.
    pub(crate) fn variables(&self, conditions: &[&Condition]) -> Option<Vec<Variable<'q>>> {
        let mut named = Named::default();
        conditions.iter().for_each(|condition| named.add(condition));
        let mut within: Vec<usize> = self.placed(&named);
        let mut size = self.size(&within, &named)?;
        loop {
            let mut wider = named.clone();
            within.iter().for_each(|place| self.add_deciding(*place, &mut wider));
            let next = self.placed(&wider);
            if next == within && size == self.size(&within, &wider)? {
                named = wider;
                break;
            }
            let Some(larger) = self.size(&next, &wider) else { break };
            (named, within, size) = (wider, next, larger);
        }
        if within.iter().any(|place| self.unread.contains(&self.asked[*place].1.id)) {
            return None;
        }
        Some(within.iter().map(|place| self.variable(*place, &within, &named)).collect())
    }

    fn placed(&self, named: &Named) -> Vec<usize> {
        let mut places: Vec<usize> =
            named.questions().filter_map(|id| self.places.get(id).copied()).collect();
        places.sort_unstable();
        places
    }

    /// How many combinations there are at most; `None` where that is too many.
    fn size(&self, places: &[usize], named: &Named) -> Option<usize> {
        places.iter().try_fold(1_usize, |size, place| {
            let values = self.values(*place, named)?.len();
            size.checked_mul(values.max(1)).filter(|size| *size <= MOST)
        })
    }

    /// The answers to try of a question; `None` where there are too many.
    fn values(&self, place: usize, named: &Named) -> Option<Rc<[Answer]>> {
        let question = self.asked[place].1;
        let nothing = Parts::default();
        let parts = named.of(&question.id).unwrap_or(&nothing);
        if let Some(tried) = self.tried.borrow().get(&place).filter(|tried| tried.named == *parts) {
            return Some(tried.values.clone());
        }
        let values: Rc<[Answer]> = domain(question, parts, self.today)?.into();
        if values.len() <= KEPT_MOST {
            self.tried.borrow_mut().insert(place, Tried { named: parts.clone(), values: values.clone() });
        }
        Some(values)
    }

    /// What decides whether a question is asked, and what it is computed from.
    fn add_deciding(&self, place: usize, named: &mut Named) {
        let (page, question) = self.asked[place];
        let computed = question.choices().iter().filter(|_| question.is_computed());
        let own = question.when.iter().chain(page).chain(computed.filter_map(|row| row.when.as_ref()));
        own.for_each(|condition| named.add(condition));
        if let Kind::Computed { value } = &question.kind {
            named.add_value(value);
        }
        if let Some(rule) = &question.check {
            named.add_constants(&rule.holds);
        }
    }

    fn variable(&self, place: usize, within: &[usize], named: &Named) -> Variable<'q> {
        let (page, question) = self.asked[place];
        let mut deciding = Named::default();
        self.add_deciding(place, &mut deciding);
        let is_open = self.placed(&deciding).iter().any(|place| !within.contains(place));
        let values = self.values(place, named).unwrap_or_default();
        Variable { question, page, values, is_open }
    }
}

impl Survey {
    /// Whether one condition holds whenever the other does, over all answers there can be; `None` where that is too
    /// much to try.
    pub fn implies(&self, one: &Condition, other: &Condition) -> Option<bool> {
        let pages = self.questions().map(|(page, question)| (page.when.as_ref(), question));
        let ground = Ground::new(pages, self.version.wave);
        let contradicts = |answers: &Answers| {
            ground.says(one, answers) == Truth::Yes && ground.says(other, answers) != Truth::Yes
        };
        ground.find(&[one, other], None, contradicts).map(|found| found.is_none())
    }
}

/// The trying out of all combinations, up to the first that passes.
struct Trial<'t, 'q> {
    variables: &'t [Variable<'q>],
    today: Date,
    unchecked: Option<&'t QuestionId>,
    tried: usize,
    test: &'t dyn Fn(&Answers) -> bool,
}

impl Trial<'_, '_> {
    /// Breaks with `true` where some answers pass, with `false` where there are too many to try.
    fn try_from(&mut self, place: usize, answers: &mut Answers) -> ControlFlow<bool> {
        let Some(variable) = self.variables.get(place) else {
            self.tried += 1;
            return match (self.test)(answers) {
                true => ControlFlow::Break(true),
                false if self.tried > MOST => ControlFlow::Break(false),
                false => ControlFlow::Continue(()),
            };
        };
        let id = &variable.question.id;
        if let Some(answer) = variable.computed(answers, self.today).filter(|_| !variable.is_open) {
            answers.given.insert(id.clone(), answer);
            return self.try_from(place + 1, answers);
        }
        if !variable.is_asked(answers, self.today) {
            answers.given.insert(id.clone(), Answer::Missing(Missing::NotAsked));
            if !variable.is_open {
                return self.try_from(place + 1, answers);
            }
            self.try_from(place + 1, answers)?;
        }
        for value in variable.values.iter() {
            answers.given.insert(id.clone(), value.clone());
            if self.unchecked == Some(id) || !variable.is_refused(answers, self.today) {
                self.try_from(place + 1, answers)?;
            }
        }
        ControlFlow::Continue(())
    }
}

impl Variable<'_> {
    fn is_asked(&self, answers: &Answers, today: Date) -> bool {
        let mut conditions = self.question.when.iter().chain(self.page);
        !self.is_open && conditions.all(|condition| condition.holds(answers, today) == Truth::Yes)
    }

    fn is_refused(&self, answers: &Answers, today: Date) -> bool {
        self.question.check.as_ref().is_some_and(|rule| rule.holds.holds(answers, today) == Truth::No)
    }

    /// The answer of a question that is computed.
    fn computed(&self, answers: &Answers, today: Date) -> Option<Answer> {
        let missing = Answer::Missing(Missing::NotAsked);
        match &self.question.kind {
            Kind::Calc { choices } => {
                let holds = |when: &Option<Condition>| {
                    when.as_ref().is_none_or(|when| when.holds(answers, today) == Truth::Yes)
                };
                let row = choices.iter().find(|row| holds(&row.when));
                Some(row.map_or(missing, |row| Answer::One(row.id.clone())))
            }
            Kind::Computed { value } => Some(value.number(answers, today).map_or(missing, Answer::Number)),
            _ => None,
        }
    }
}
