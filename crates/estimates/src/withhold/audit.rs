//! What an intruder can work out of everything a release tells, and what else must be withheld so that he cannot.
//!
//! He takes every table together. Every share that is told lies within half a unit of its last place, and how many
//! answered within half of the multiple it is rounded to; parts add up to their whole; and the same people are the same
//! number wherever they are told.
//! For each withheld number he asks for the lowest and the highest value that all this leaves.

mod linked;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use survey::QuestionId;

use super::{Fates, Rule};
use crate::{
    Error, Why,
    count::{Share, Sheet},
};
use linked::{Linked, Place};
use view::View;

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

/// Withholds more until the intruder can tell no withheld number of people more closely than the rules allow.
///
/// A number is safe if the values left to it are at least the smallest cell apart, and reach up to it, as do those of
/// the people who did not choose it. Where one is not, the told number of fewest people in a sum with it goes too.
///
/// `families` are the sheets that name the same people in different words; what goes takes its neighbours along there.
///
/// # Errors
/// [`Error::TablesTooLinked`] where so many numbers hang together that the answer would not come, and
/// [`Error::StillExposed`] where nothing is left to withhold beside a number that follows from what is known anyway.
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
            let next = linked.beside(exposed, &linked.with_groups(part), sheets);
            let next =
                next.ok_or_else(|| Error::StillExposed { questions: linked.questions(exposed, sheets) })?;
            linked.unknowns[next].places.iter().for_each(|place| hide(sheets, *place));
            if linked.unknowns[next].places.iter().any(|place| matches!(place, Place::Base { .. })) {
                sizes = linked.sizes(&parts, sheets, told);
            }
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
            let rule = rule(sheets, *place);
            // Nobody is nobody's secret, but where nobody counts as few.
            let small = |share: &Share| rule.is_small(share) && (share.chose > 0 || rule.sensitive);
            fate(sheets, *place) == Some(Why::Confidential) && share(sheets, *place).is_some_and(small)
        };
        self.unknowns[number].places.iter().any(is_small)
    }

    /// The questions a number is told of.
    fn questions(&self, number: usize, sheets: &[Audited]) -> Vec<QuestionId> {
        let sheet = |place: &Place| match place {
            Place::Cell { sheet, .. }
            | Place::End { sheet, .. }
            | Place::Outside { sheet, .. }
            | Place::Base { sheet, .. } => *sheet,
        };
        let sheets_of: BTreeSet<usize> = self.unknowns[number].places.iter().map(sheet).collect();
        sheets_of.into_iter().map(|sheet| sheets[sheet].sheet.question.clone()).collect()
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
