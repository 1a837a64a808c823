//! What an intruder can work out of everything a release tells, and what else must be withheld so that he cannot.
//!
//! He takes every table together. How large each group is of which something is told he knows exactly; every share that is told lies within half a
//! unit of its last place; parts add up to their whole; and the same people are the same number wherever they are told.
//! For each withheld number he asks for the lowest and the highest value that all this leaves.

use std::collections::{BTreeMap, BTreeSet};

use survey::{ChoiceId, QuestionId, RowId};

use super::{
    Fates, Rule,
    simplex::{Program, Solved},
};
use crate::{
    Error, Why,
    count::{Counts, Group, Share, Sheet},
    set::Set,
};

/// A question counted, by which rules, and what is withheld of it.
pub(crate) struct Audited {
    pub(crate) sheet: Sheet,
    pub(crate) rules: Vec<Rule>,
    pub(crate) fates: Fates,
}

/// How exactly shares are told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Told {
    /// Half a unit of the last place; 0 where every digit is.
    pub(crate) half: f64,
    /// The multiple to which counts of people are rounded.
    pub(crate) counts_to: u32,
    /// Whether shares as answered are told beside the weighted ones.
    pub(crate) unweighted: bool,
}

impl Told {
    /// By how many people a rounded count may be off.
    fn off(self) -> f64 {
        f64::from(self.counts_to / 2)
    }

    /// As answered and as weighted, where both are told.
    fn weightings(self) -> Vec<bool> {
        if self.unweighted { vec![true, false] } else { vec![false] }
    }
}

/// Unknown numbers that are linked, above which nobody can wait for an answer.
const MOST: usize = 2_000;

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
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
struct Unknown {
    people: usize,
    places: Vec<Place>,
    /// Between what numbers it is, if that is known otherwise.
    within: Option<(f64, f64)>,
    /// Of those of a group who answered: the number of the group.
    of: Option<usize>,
}

/// Numbers that add up to others, or to a group of known size.
struct Sum {
    terms: Vec<(usize, f64)>,
    people: f64,
    weight: f64,
}

/// The people of a release: every number once, and how they add up.
struct Linked {
    unknowns: Vec<Unknown>,
    known: BTreeMap<[Option<Said>; 2], usize>,
    sums: Vec<Sum>,
    /// Sums that tie those of a group who answered to the group.
    links: BTreeMap<usize, usize>,
    /// By how many people a rounded count may be off.
    counts: f64,
}

/// Withholds more until the intruder can tell no withheld number of people more closely than the rules allow.
///
/// A number is safe if the values left to it are at least the smallest cell apart, and reach up to it, as do those of
/// the people who did not choose it. Where one is not, the told number of fewest people in a sum with it goes too.
///
/// `families` are the sheets that name the same people in different words; what goes takes its neighbours along there.
///
/// # Errors
/// [`Error::TablesTooLinked`] where so many numbers hang together that the answer would not come.
pub(crate) fn protect(families: &mut [Vec<Audited>], told: Told) -> Result<(), Error> {
    loop {
        let sizes: Vec<usize> = families.iter().map(Vec::len).collect();
        let mut sheets: Vec<Audited> = families.iter_mut().flat_map(std::mem::take).collect();
        let hid = protect_once(&mut sheets, told)?;
        let mut sheets = sheets.into_iter();
        for (family, size) in families.iter_mut().zip(sizes) {
            family.extend(sheets.by_ref().take(size));
        }
        if !hid {
            return Ok(());
        }
        families.iter_mut().for_each(|family| super::withhold(family));
    }
}

/// Whether anything had to go.
fn protect_once(sheets: &mut [Audited], told: Told) -> Result<bool, Error> {
    let linked = Linked::of(sheets, told.off());
    let mut hid = linked.same_everywhere(sheets);
    let parts = linked.parts();
    let mut sizes = linked.sizes(&parts, sheets, told);
    for part in &parts {
        while let Some(exposed) = linked.exposed(part, sheets, told, &sizes)? {
            let Some(next) = linked.beside(exposed, &linked.with_groups(part), sheets) else { break };
            linked.unknowns[next].places.iter().for_each(|place| hide(sheets, *place));
            sizes = linked.sizes(&parts, sheets, told);
            hid = true;
        }
    }
    Ok(hid)
}

/// The fewest and the most people, and weights, that groups can have.
type Sizes = BTreeMap<(usize, bool), (f64, f64)>;

fn hide(sheets: &mut [Audited], place: Place) {
    *fate_mut(sheets, place) = Some(Why::Confidential);
    // A column without a base has no shares either: they would be of nobody knows how many.
    if let Place::Base { sheet, block, column } = place {
        let shares = &mut sheets[sheet].fates.shares[block];
        shares.iter_mut().for_each(|shares| shares[column] = Some(Why::Confidential));
    }
}

fn fate_mut(sheets: &mut [Audited], place: Place) -> &mut Option<Why> {
    match place {
        Place::Cell { sheet, block, choice, column } => {
            &mut sheets[sheet].fates.shares[block][choice][column]
        }
        Place::End { sheet, block, end } => &mut sheets[sheet].fates.ends[block][end],
        Place::Outside { sheet, block } => &mut sheets[sheet].fates.outside[block],
        Place::Base { sheet, block, column } => &mut sheets[sheet].fates.bases[block][column],
    }
}

fn fate(sheets: &[Audited], place: Place) -> Option<Why> {
    match place {
        Place::Cell { sheet, block, choice, column } => sheets[sheet].fates.shares[block][choice][column],
        Place::End { sheet, block, end } => sheets[sheet].fates.ends[block][end],
        Place::Outside { sheet, block } => sheets[sheet].fates.outside[block],
        Place::Base { sheet, block, column } => sheets[sheet].fates.bases[block][column],
    }
}

fn share(sheets: &[Audited], place: Place) -> Option<&Share> {
    match place {
        Place::Cell { sheet, block, choice, column } => {
            Some(&sheets[sheet].sheet.blocks[block].shares[choice][column])
        }
        Place::End { sheet, block, end } => {
            let (_, low, high) = sheets[sheet].sheet.blocks[block].ends.as_ref()?;
            Some(if end == 0 { low } else { high })
        }
        Place::Outside { sheet, block } => Some(&sheets[sheet].sheet.blocks[block].outside.as_ref()?.share),
        Place::Base { .. } => None,
    }
}

fn rule(sheets: &[Audited], place: Place) -> Rule {
    match place {
        Place::Cell { sheet, column, .. } | Place::Base { sheet, column, .. } => sheets[sheet].rules[column],
        Place::End { sheet, .. } | Place::Outside { sheet, .. } => sheets[sheet].rules[0],
    }
}

impl Linked {
    fn of(sheets: &[Audited], counts: f64) -> Linked {
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
        for number in [whole, own] {
            match is_few(group, share, rule) {
                true => self.unknowns[number].within = Some((0.0, f64::from(rule.base) - 1.0)),
                false => self.unknowns[number].places.push(place),
            }
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
        let width = whole.columns.len();
        let mut at: Vec<Vec<usize>> = Vec::new();
        for (choice, shares) in counts.shares.iter().enumerate() {
            let choice_said = said(whole, counts, choice);
            let cell = |(column, share): (usize, &Share)| {
                let group = whole.columns[column].by.as_ref().map(|(by, group)| {
                    named(whole.columns[column].set, || (by.clone(), None, group_number(whole, by, group)))
                });
                self.unknown(
                    share,
                    [Some(choice_said.clone()), group],
                    Place::Cell { sheet, block, choice, column },
                )
            };
            at.push(shares.iter().enumerate().map(cell).collect());
        }
        let choices = at.len();
        let silent = whole.columns[0].set.people - counts.shares[0][0].base;
        for column in 0..width {
            let share = &counts.shares[0][column];
            let place = Place::Base { sheet, block, column };
            let base = (column > 0 && whole.columns[column].set.people > 0)
                .then(|| self.base(&whole.columns[column], share, &own.rules[column], place, silent));
            let chose: usize = (0..choices).map(|choice| counts.shares[choice][column].chose).sum();
            // Who gave an answer that is none of the choices is in the base and in no line.
            if whole.several || chose != share.base {
                continue;
            }
            let terms = (0..choices).map(|choice| (at[choice][column], 1.0));
            let mut terms: Vec<(usize, f64)> = terms.chain(base.map(|base| (base, -1.0))).collect();
            if base.is_some() {
                self.sums.push(Sum { terms, people: 0.0, weight: 0.0 });
                continue;
            }
            // How many answered is told rounded too; nobody who did not is among them.
            let over = self.counts.min(silent as f64);
            terms.push((self.alone(0, Some((-self.counts, over))), -1.0));
            self.sums.push(Sum { terms, people: share.base as f64, weight: share.weight });
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

    /// Hides in all places what is about too few people in one; whether anything was.
    fn same_everywhere(&self, sheets: &mut [Audited]) -> bool {
        let mut hid = false;
        for (number, unknown) in self.unknowns.iter().enumerate() {
            let hidden = self.is_secret(number, sheets);
            let told = |place: &&Place| fate(sheets, **place) != Some(Why::Confidential);
            let told: Vec<Place> = unknown.places.iter().filter(told).copied().collect();
            if hidden && unknown.people > 0 {
                hid |= !told.is_empty();
                told.into_iter().for_each(|place| hide(sheets, place));
            }
        }
        hid
    }

    /// Sums that have numbers in common, directly or by way of others.
    fn parts(&self) -> Vec<Vec<usize>> {
        let mut owner: Vec<Option<usize>> = vec![None; self.unknowns.len()];
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let links: BTreeSet<usize> = self.links.values().copied().collect();
        for (number, sum) in self.sums.iter().enumerate().filter(|(number, _)| !links.contains(number)) {
            let mut joined: Vec<usize> =
                sum.terms.iter().filter_map(|(unknown, _)| owner[*unknown]).collect();
            joined.sort_unstable();
            joined.dedup();
            let home = joined.first().copied().unwrap_or(parts.len());
            if home == parts.len() {
                parts.push(Vec::new());
            }
            for other in joined.into_iter().skip(1) {
                let moved = std::mem::take(&mut parts[other]);
                owner.iter_mut().filter(|owner| **owner == Some(other)).for_each(|owner| *owner = Some(home));
                parts[home].extend(moved);
            }
            sum.terms.iter().for_each(|(unknown, _)| owner[*unknown] = Some(home));
            parts[home].push(number);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// A part with its groups: how they are tied to it, and the sums they stand in themselves.
    fn with_groups(&self, part: &[usize]) -> Vec<usize> {
        let numbers = self.numbers(part);
        let links: Vec<usize> = numbers.iter().filter_map(|number| self.links.get(number).copied()).collect();
        let groups: BTreeSet<usize> = numbers.iter().filter_map(|number| self.unknowns[*number].of).collect();
        let all_links: BTreeSet<usize> = self.links.values().copied().collect();
        let own = self.sums.iter().enumerate().filter(|(number, sum)| {
            !all_links.contains(number) && sum.terms.iter().any(|(each, _)| groups.contains(each))
        });
        let mut all: Vec<usize> =
            part.iter().copied().chain(links).chain(own.map(|(number, _)| number)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The numbers of a part.
    fn numbers(&self, part: &[usize]) -> Vec<usize> {
        let terms = part.iter().flat_map(|sum| &self.sums[*sum].terms);
        let mut numbers: Vec<usize> = terms.map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// How large groups can be, by all that is told of them themselves.
    fn sizes(&self, parts: &[Vec<usize>], sheets: &[Audited], told: Told) -> Sizes {
        let mut sizes = Sizes::new();
        let groups: BTreeSet<usize> = self.unknowns.iter().filter_map(|unknown| unknown.of).collect();
        for as_answered in told.weightings() {
            let view = View { linked: self, sheets, told, as_answered, sizes: &Sizes::new() };
            let mut found: Sizes =
                groups.iter().map(|group| ((*group, as_answered), view.ends(*group))).collect();
            for part in parts {
                let numbers = self.numbers(part);
                let own: Vec<usize> =
                    numbers.iter().copied().filter(|number| groups.contains(number)).collect();
                if own.is_empty() || numbers.len() > MOST {
                    continue;
                }
                let (at, program) = view.program(part, &numbers);
                let Some(mut solved) = program.solve() else { continue };
                found.extend(own.into_iter().map(|group| ((group, as_answered), solved.range(at[&group]))));
            }
            sizes.extend(found);
        }
        sizes
    }

    /// A withheld number of people that can be told too closely, of a part of the release.
    fn exposed(
        &self,
        part: &[usize],
        sheets: &[Audited],
        told: Told,
        sizes: &Sizes,
    ) -> Result<Option<usize>, Error> {
        let mut hidden = self.numbers(part);
        hidden.retain(|number| self.is_secret(*number, sheets));
        if hidden.is_empty() {
            return Ok(None);
        }
        let part = &self.with_groups(part);
        let numbers = self.numbers(part);
        if numbers.len() > MOST {
            return Err(Error::TablesTooLinked { numbers: numbers.len(), most: MOST });
        }
        for as_answered in told.weightings() {
            let view = View { linked: self, sheets, told, as_answered, sizes };
            if let Some(exposed) = view.exposed(part, &numbers, &hidden) {
                return Ok(Some(exposed));
            }
        }
        Ok(None)
    }

    /// Whether a number is about too few people: those that are hidden beside it need no protection of their own.
    fn is_secret(&self, number: usize, sheets: &[Audited]) -> bool {
        let is_small = |place: &Place| {
            let small = |share: &Share| rule(sheets, *place).is_small(share);
            fate(sheets, *place) == Some(Why::Confidential) && share(sheets, *place).is_some_and(small)
        };
        self.unknowns[number].places.iter().any(is_small)
    }

    /// The told number of fewest people in a sum with this one, or in a sum with such a sum.
    fn beside(&self, number: usize, part: &[usize], sheets: &[Audited]) -> Option<usize> {
        let is_told = |number: &usize| {
            let unknown = &self.unknowns[*number];
            !unknown.places.is_empty() && unknown.places.iter().any(|place| fate(sheets, *place).is_none())
        };
        let mut reached = vec![number];
        for _ in 0..part.len().max(1) {
            let sums = part.iter().map(|sum| &self.sums[*sum]);
            let through = sums.filter(|sum| sum.terms.iter().any(|(each, _)| reached.contains(each)));
            let mut near: Vec<usize> =
                through.flat_map(|sum| sum.terms.iter().map(|(each, _)| *each)).collect();
            near.sort_unstable();
            near.dedup();
            let next = near.iter().copied().filter(is_told);
            // A whole column goes last.
            let heads = |each: usize| {
                let places = self.unknowns[each].places.iter();
                places
                    .filter(|place| matches!(place, Place::Base { .. }) && fate(sheets, **place).is_none())
                    .count()
            };
            if let Some(next) = next.min_by_key(|each| (heads(*each) > 0, self.unknowns[*each].people, *each))
            {
                return Some(next);
            }
            if near.len() <= reached.len() {
                return None;
            }
            reached = near;
        }
        None
    }
}

/// Whether of a group so few answered that no number is told about them; of an empty group nobody can be named.
fn is_few(group: &Group, share: &Share, rule: &Rule) -> bool {
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

fn group_number(whole: &Sheet, by: &QuestionId, group: &ChoiceId) -> usize {
    let groups = whole.groups_of(by).into_iter();
    let is = |column: &usize| whole.columns[*column].by.as_ref().is_some_and(|(_, each)| each == group);
    groups.into_iter().position(|column| is(&column)).unwrap_or_default()
}

/// The numbers as an intruder sees them: of people as answered, or of their weights.
struct View<'a> {
    linked: &'a Linked,
    sheets: &'a [Audited],
    told: Told,
    as_answered: bool,
    sizes: &'a Sizes,
}

impl View<'_> {
    fn exposed(&self, part: &[usize], numbers: &[usize], hidden: &[usize]) -> Option<usize> {
        let (at, program) = self.program(part, numbers);
        // The truth is a solution, so there is one; where rounding hid it, nothing is taken for safe.
        let Some(mut solved) = program.solve() else { return hidden.first().copied() };
        hidden.iter().copied().find(|number| !self.is_safe(*number, at[number], &mut solved))
    }

    /// A part as equations, and which number of theirs each number is.
    fn program(&self, part: &[usize], numbers: &[usize]) -> (BTreeMap<usize, usize>, Program) {
        let at: BTreeMap<usize, usize> = numbers.iter().copied().zip(0..).collect();
        let equation = |sum: &usize| {
            let sum = &self.linked.sums[*sum];
            let terms = sum.terms.iter().map(|(number, factor)| (at[number], *factor)).collect();
            (terms, if self.as_answered { sum.people } else { sum.weight })
        };
        let ends = numbers.iter().map(|number| self.ends(*number)).collect();
        let equations = part.iter().map(equation).collect();
        (at, Program { ends, equations })
    }

    /// What is known of a number by itself, in people or in weights.
    fn ends(&self, number: usize) -> (f64, f64) {
        let unknown = &self.linked.unknowns[number];
        let (mut low, mut high) = (0.0_f64, f64::INFINITY);
        for place in &unknown.places {
            if let Place::Base { sheet, block, column } = *place {
                let whole = &self.sheets[sheet].sheet;
                let share = &whole.blocks[block].shares[0][column];
                if fate(self.sheets, *place).is_none() {
                    let (size, off) = self.rounded(share);
                    // Of a group itself: some of those who did not answer may be in it.
                    let all_answered = unknown.of.is_some() || share.base == whole.columns[column].set.people;
                    let more = if all_answered { 0.0 } else { self.silent(whole, block) };
                    (low, high) = (low.max(size - off), high.min(size + off + more));
                }
                continue;
            }
            let Some(share) = share(self.sheets, *place) else { continue };
            let (size, rule) = (self.size(share), rule(self.sheets, *place));
            high = high.min(self.most(*place, share, &rule));
            if fate(self.sheets, *place).is_some() {
                continue;
            }
            let told = match (self.as_answered, &share.estimate) {
                (true, _) if share.base > 0 => share.chose as f64 / share.base as f64,
                (false, Some(estimate)) => estimate.value,
                _ => continue,
            };
            let told = if self.told.half > 0.0 {
                (told / (2.0 * self.told.half)).round() * 2.0 * self.told.half
            } else {
                told
            };
            // A hair wider, so that sums of decimals cannot contradict each other.
            let hair = 1e-9 * size.max(1.0);
            low = low.max((told - self.told.half) * size - hair);
            high = high.min((told + self.told.half) * size + hair);
        }
        if let Some(within) = unknown.within {
            let each = self.each();
            (low, high) = (if within.0 < 0.0 { within.0 * each } else { low }, high.min(within.1 * each));
        }
        if let Some((least, most)) = unknown.of.and_then(|group| self.sizes.get(&(group, self.as_answered))) {
            let behind = unknown.places.first().map_or(f64::INFINITY, |place| match *place {
                Place::Base { sheet, block, .. } => self.silent(&self.sheets[sheet].sheet, block),
                _ => f64::INFINITY,
            });
            (low, high) = (low.max(least - behind), high.min(*most));
        }
        (low.min(high), high)
    }

    /// The most that a number can be: all of its group, as far as is known how many these are.
    fn most(&self, place: Place, share: &Share, rule: &Rule) -> f64 {
        let size = self.size(share);
        let Place::Cell { sheet, block, choice, column } = place else { return size };
        if is_few(&self.sheets[sheet].sheet.columns[column], share, rule) {
            let each = if share.base > 0 { size / share.base as f64 } else { 1.0 };
            return each * f64::from(rule.base - 1);
        }
        match fate(self.sheets, Place::Base { sheet, block, column }) {
            Some(_) => self.size(&self.sheets[sheet].sheet.blocks[block].shares[choice][0]),
            None => size,
        }
    }

    /// A base as it is told, and by how much that may be off.
    fn rounded(&self, share: &Share) -> (f64, f64) {
        let (people, size, off) = (share.base as f64, self.size(share), self.told.off());
        let to = f64::from(self.told.counts_to.max(1));
        let about = ((people + off) / to).floor() * to;
        let each = if share.base > 0 { size / people } else { 1.0 };
        (about * each, off * each)
    }

    /// How many did not answer.
    fn silent(&self, whole: &Sheet, block: usize) -> f64 {
        let silent = whole.columns[0].set.people - whole.blocks[block].shares[0][0].base;
        silent as f64 * self.each()
    }

    /// What a person weighs at most of whom that is nowhere told.
    fn each(&self) -> f64 {
        if self.as_answered { 1.0 } else { 10.0 }
    }

    fn size(&self, share: &Share) -> f64 {
        if self.as_answered { share.base as f64 } else { share.weight }
    }

    fn is_safe(&self, number: usize, at: usize, solved: &mut Solved) -> bool {
        let places = self.linked.unknowns[number].places.iter();
        let told = places.filter_map(|place| Some((share(self.sheets, *place)?, rule(self.sheets, *place))));
        let Some((share, rule)) = told.min_by_key(|(share, _)| share.base) else { return true };
        if share.base == 0 {
            return true;
        }
        let size = self.size(share);
        let people = |number: f64| if size > 0.0 { number / size * share.base as f64 } else { 0.0 };
        let (low, high) = solved.range(at);
        let (low, high) = (people(low), people(high));
        // Of a group smaller than a cell nobody can be more than all of it.
        let enough = f64::from(rule.cell).min(share.base as f64) - 1e-6;
        high - low >= enough && high >= enough && share.base as f64 - low >= enough
    }
}
