//! What an intruder knows of each number, and how closely he can tell it.

use std::collections::BTreeMap;

use super::{
    Audited, Rule, Sizes, Told, fate,
    linked::{Linked, Place, is_few},
    rule, share,
};
use crate::{
    count::{Share, Sheet},
    withhold::simplex::{Program, Solved},
};

/// The numbers as an intruder sees them: of people as answered, or of their weights.
pub(super) struct View<'a> {
    pub(super) linked: &'a Linked,
    pub(super) sheets: &'a [Audited],
    pub(super) told: Told,
    pub(super) as_answered: bool,
    pub(super) sizes: &'a Sizes,
}

impl View<'_> {
    pub(super) fn exposed(&self, part: &[usize], numbers: &[usize], hidden: &[usize]) -> Option<usize> {
        let (at, program) = self.program(part, numbers);
        // The truth is a solution, so there is one; where rounding hid it, nothing is taken for safe.
        let solved = program.solve();
        debug_assert!(solved.is_some(), "the truth is a solution");
        let Some(mut solved) = solved else { return hidden.first().copied() };
        hidden.iter().copied().find(|number| !self.is_safe(*number, at[number], &mut solved))
    }

    /// A part as equations, and which number of theirs each number is.
    pub(super) fn program(&self, part: &[usize], numbers: &[usize]) -> (BTreeMap<usize, usize>, Program) {
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
    pub(super) fn ends(&self, number: usize) -> (f64, f64) {
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
            let hair = 1e-6 * most.abs().max(1.0);
            (low, high) = (low.max(least - behind - hair), high.min(most + hair));
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
