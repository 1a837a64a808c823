//! The numbers of a release, each once, and how they add up.

use std::collections::BTreeMap;

use survey::{ChoiceId, QuestionId, RowId};

use super::{Audited, Rule};
use crate::{
    count::{Counts, Group, Share, Sheet},
    set::Set,
};

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A choice in a column.
    Cell { sheet: usize, block: usize, choice: usize, column: usize },
    /// An end of a scale.
    End { sheet: usize, block: usize, end: usize },
    /// Those outside a population table.
    Outside { sheet: usize, block: usize },
    /// How many of a group answered.
    Base { sheet: usize, block: usize, column: usize },
}

/// What people of a number have in common: a question, its row and the choice they made; one choice under two names is
/// one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    /// A choice that makes a group, by who is in it.
    Group(Set),
    /// Any other.
    Choice { question: QuestionId, row: Option<RowId>, choice: usize },
}

/// A number of people, wherever it is told.
pub(super) struct Unknown {
    pub(super) people: usize,
    pub(super) places: Vec<Place>,
    /// Between what numbers it is, if that is known otherwise.
    pub(super) within: Option<(f64, f64)>,
    /// Of those of a group who answered: the number of the group.
    pub(super) of: Option<usize>,
}

/// Numbers that add up to others, or to a group of known size.
pub(super) struct Sum {
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) people: f64,
    pub(super) weight: f64,
}

/// The people of a release: every number once, and how they add up.
pub(super) struct Linked {
    pub(super) unknowns: Vec<Unknown>,
    known: BTreeMap<[Option<Said>; 2], usize>,
    pub(super) sums: Vec<Sum>,
    /// Sums that tie those of a group who answered to the group.
    pub(super) links: BTreeMap<usize, usize>,
    /// By how many people a rounded count may be off.
    counts: f64,
}

impl Linked {
    pub(super) fn of(sheets: &[Audited], counts: f64) -> Linked {
        let mut linked = Linked {
            unknowns: Vec::new(),
            known: BTreeMap::new(),
            sums: Vec::new(),
            links: BTreeMap::new(),
            counts,
        };
        for (number, audited) in sheets.iter().enumerate() {
            for (block, counts) in audited.sheet.blocks.iter().enumerate() {
                linked.block([number, block], audited, counts);
            }
        }
        linked
    }

    /// The number of those who said two things, or one: the same whichever way round a table is turned.
    ///
    /// Two questions may happen to be answered alike by the same people. An intruder does not know that, so only what
    /// is the same by its meaning is one number.
    fn unknown(&mut self, share: &Share, mut said: [Option<Said>; 2], place: Place) -> usize {
        said.sort();
        let number = self.number(share.chose, said);
        self.unknowns[number].places.push(place);
        number
    }

    fn number(&mut self, people: usize, said: [Option<Said>; 2]) -> usize {
        let next = self.unknowns.len();
        let number = *self.known.entry(said).or_insert(next);
        if number == next {
            self.unknowns.push(Unknown { people, places: Vec::new(), within: None, of: None });
        }
        number
    }

    /// How many of a group answered: told at the head of its column, unless they are few.
    ///
    /// All tables by one question bound how many are in its groups. They are not one system for that: the groups are
    /// bounded first, and each table then starts from what that gave.
    fn base(&mut self, group: &Group, share: &Share, rule: &Rule, place: Place, silent: usize) -> usize {
        let whole = self.number(group.set.people, [None, Some(Said::Group(group.set))]);
        let own = self.alone(share.base, None);
        self.unknowns[own].of = Some(whole);
        let few = (0.0, f64::from(rule.base) - 1.0);
        match (is_few(group, share, rule), share.base == group.set.people) {
            (false, _) => [whole, own].iter().for_each(|number| self.unknowns[*number].places.push(place)),
            (true, true) => [whole, own].iter().for_each(|number| self.unknowns[*number].within = Some(few)),
            // Of a larger group few answered.
            (true, false) => self.unknowns[own].within = Some(few),
        }
        let rest = self.alone(group.set.people - share.base, Some((0.0, silent as f64)));
        let rest = (share.base < group.set.people).then_some((rest, -1.0));
        let terms = [(whole, 1.0), (own, -1.0)].into_iter().chain(rest).collect();
        self.links.insert(own, self.sums.len());
        self.sums.push(Sum { terms, people: 0.0, weight: 0.0 });
        own
    }

    /// A number that has no other name.
    fn alone(&mut self, people: usize, within: Option<(f64, f64)>) -> usize {
        self.unknowns.push(Unknown { people, places: Vec::new(), within, of: None });
        self.unknowns.len() - 1
    }

    fn alone_at(&mut self, share: &Share, place: Place) -> usize {
        let number = self.alone(share.chose, None);
        self.unknowns[number].places.push(place);
        number
    }

    fn block(&mut self, [sheet, block]: [usize; 2], own: &Audited, counts: &Counts) {
        let whole = &own.sheet;
        let at = self.cells([sheet, block], whole, counts);
        let choices = at.len();
        for column in 0..whole.columns.len() {
            let cells = at.iter().map(|line| line[column]).collect();
            self.column([sheet, block, column], own, counts, cells);
        }
        if let Some((half, low, high)) = &counts.ends {
            let parts = [(0..*half, low, 0), (choices - half..choices, high, 1)];
            for (part, share, end) in parts {
                let whole = self.alone_at(share, Place::End { sheet, block, end });
                self.adds_up(part.map(|choice| at[choice][0]), whole);
            }
        }
        if let Some(outside) = &counts.outside {
            let whole = self.alone_at(&outside.share, Place::Outside { sheet, block });
            let left = (0..choices).filter(|choice| !outside.covered[*choice]);
            self.adds_up(left.map(|choice| at[choice][0]).collect::<Vec<_>>().into_iter(), whole);
        }
        self.across(whole, counts, &at);
    }

    /// The number of each choice in each column.
    fn cells(&mut self, [sheet, block]: [usize; 2], whole: &Sheet, counts: &Counts) -> Vec<Vec<usize>> {
        let mut at: Vec<Vec<usize>> = Vec::new();
        for (choice, shares) in counts.shares.iter().enumerate() {
            let own = said(whole, counts, choice);
            let cell = |(column, share): (usize, &Share)| {
                let place = Place::Cell { sheet, block, choice, column };
                self.unknown(share, [Some(own.clone()), group_of(whole, column)], place)
            };
            at.push(shares.iter().enumerate().map(cell).collect());
        }
        at
    }

    /// What the choices of a column add up to, where nobody could make two.
    fn column(
        &mut self,
        [sheet, block, column]: [usize; 3],
        own: &Audited,
        counts: &Counts,
        cells: Vec<usize>,
    ) {
        let (whole, share) = (&own.sheet, &counts.shares[0][column]);
        let silent = whole.columns[0].set.people - counts.shares[0][0].base;
        let place = Place::Base { sheet, block, column };
        let base = (column > 0 && whole.columns[column].set.people > 0)
            .then(|| self.base(&whole.columns[column], share, &own.rules[column], place, silent));
        let chose: usize = counts.shares.iter().map(|shares| shares[column].chose).sum();
        // Who gave an answer that is none of the choices is in the base and in no line.
        if whole.several || chose != share.base {
            return;
        }
        let terms = cells.into_iter().map(|cell| (cell, 1.0));
        let mut terms: Vec<(usize, f64)> = terms.chain(base.map(|base| (base, -1.0))).collect();
        if base.is_some() {
            return self.sums.push(Sum { terms, people: 0.0, weight: 0.0 });
        }
        // How many answered is told rounded too; nobody who did not is among them.
        let over = self.counts.min(silent as f64);
        terms.push((self.alone(0, Some((-self.counts, over))), -1.0));
        self.sums.push(Sum { terms, people: share.base as f64, weight: share.weight });
    }

    fn adds_up(&mut self, parts: impl Iterator<Item = usize>, whole: usize) {
        let terms = parts.map(|part| (part, 1.0)).chain([(whole, -1.0)]).collect();
        self.sums.push(Sum { terms, people: 0.0, weight: 0.0 });
    }

    /// Everybody is the groups of a question compared by, and who is in none of them.
    fn across(&mut self, whole: &Sheet, counts: &Counts, at: &[Vec<usize>]) {
        let mut questions: Vec<_> =
            whole.columns.iter().filter_map(|column| column.by.as_ref().map(|by| &by.0)).collect();
        questions.dedup();
        for by in questions {
            let groups = whole.groups_of(by);
            for (choice, shares) in counts.shares.iter().enumerate() {
                let inside: usize = groups.iter().map(|column| shares[*column].base).sum();
                let mut terms: Vec<(usize, f64)> =
                    groups.iter().map(|column| (at[choice][*column], 1.0)).collect();
                terms.push((at[choice][0], -1.0));
                let left = shares[0].base.saturating_sub(inside);
                // Those in no group: how many they are follows from bases, which are rounded.
                terms.push((self.alone(left, Some((0.0, left as f64 + self.counts))), 1.0));
                self.sums.push(Sum { terms, people: 0.0, weight: 0.0 });
            }
        }
    }
}

/// Whether of a group so few answered that no number is told about them; of an empty group nobody can be named.
pub(super) fn is_few(group: &Group, share: &Share, rule: &Rule) -> bool {
    group.set.people > 0 && share.base < rule.base as usize
}

/// What those have in common who made a choice.
fn said(whole: &Sheet, counts: &Counts, choice: usize) -> Said {
    let own = || (whole.question.clone(), counts.block.row.clone(), choice);
    match whole.several || counts.block.row.is_some() {
        true => {
            let (question, row, choice) = own();
            Said::Choice { question, row, choice }
        }
        false => named(counts.shares[choice][0].set, own),
    }
}

/// A group by who is in it; an empty one by its name, since nobody is not somebody.
fn named(set: Set, own: impl Fn() -> (QuestionId, Option<RowId>, usize)) -> Said {
    if set.people > 0 {
        return Said::Group(set);
    }
    let (question, row, choice) = own();
    Said::Choice { question, row, choice }
}

/// The group of a column; none of everybody.
fn group_of(whole: &Sheet, column: usize) -> Option<Said> {
    let (by, group) = whole.columns[column].by.as_ref()?;
    Some(named(whole.columns[column].set, || (by.clone(), None, group_number(whole, by, group))))
}

fn group_number(whole: &Sheet, by: &QuestionId, group: &ChoiceId) -> usize {
    let groups = whole.groups_of(by).into_iter();
    let is = |column: &usize| whole.columns[*column].by.as_ref().is_some_and(|(_, each)| each == group);
    groups.into_iter().position(|column| is(&column)).unwrap_or_default()
}
