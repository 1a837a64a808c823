//! The numbers of several sheets in one list, each once however often it is told.

use std::collections::BTreeMap;

use super::{Audited, Fates, Line, Rule, line::Kind, plus, with_total};
use crate::{
    Why,
    count::{Counts, Share, Sheet},
    set::Set,
};

/// Every number of the sheets. The same people of the same group are one number under whatever name they are told:
/// hidden once, hidden everywhere.
pub(super) struct Places {
    /// By sheet, then block: where its numbers begin in `numbers`.
    begins: Vec<Vec<usize>>,
    /// By sheet, block, choice and column, then the two ends, then those outside: which number it is.
    numbers: Vec<usize>,
    /// By number: why it is withheld for what it is itself.
    pub(super) hidden: Vec<Option<Why>>,
    /// By number: the people it rests on.
    pub(super) people: Vec<usize>,
    known: BTreeMap<Key, usize>,
}

/// The people of a column, those of them who chose, and, where nobody did, the place itself: nobody is not somebody.
type Key = (Set, Set, Option<[usize; 3]>);

impl Places {
    pub(super) fn of(sheets: &[Audited]) -> Places {
        let (hidden, people) = (Vec::new(), Vec::new());
        let mut places =
            Places { begins: Vec::new(), numbers: Vec::new(), hidden, people, known: BTreeMap::new() };
        for (number, own) in sheets.iter().enumerate() {
            places.begins.push(Vec::new());
            for (block, counts) in own.sheet.blocks.iter().enumerate() {
                places.begins[number].push(places.numbers.len());
                places.block([number, block], own, counts);
            }
        }
        places
    }

    fn block(&mut self, at: [usize; 2], own: &Audited, counts: &Counts) {
        let Audited { sheet, rules, fates } = own;
        for (choice, shares) in counts.shares.iter().enumerate() {
            for (column, share) in shares.iter().enumerate() {
                let restated = (column == 0 && is_small_restated(counts, choice, &rules[0]))
                    .then_some(Why::Confidential);
                let key = key(sheet, column, share.set, [at[0], at[1], choice]);
                self.add(key, share, restated.or(fates.shares[at[1]][choice][column]));
            }
        }
        let choices = counts.block.choices.len();
        if let Some((_, low, high)) = &counts.ends {
            for (share, after) in [(low, 0), (high, 1)] {
                let key = key(sheet, 0, share.set, [at[0], at[1], choices + after]);
                self.add(key, share, fates.ends[at[1]][after]);
            }
        }
        if let Some(outside) = &counts.outside {
            let key = key(sheet, 0, outside.share.set, [at[0], at[1], choices + 2]);
            self.add(key, &outside.share, fates.outside[at[1]]);
        }
    }

    fn add(&mut self, key: Key, share: &Share, why: Option<Why>) {
        let next = self.hidden.len();
        let number = *self.known.entry(key).or_insert(next);
        if number == next {
            self.hidden.push(why);
            self.people.push(share.chose);
        } else {
            // Of two reasons the graver one.
            self.hidden[number] = self.hidden[number].into_iter().chain(why).min();
        }
        self.numbers.push(number);
    }

    fn at(&self, [sheet, block]: [usize; 2], width: usize, choice: usize, column: usize) -> usize {
        self.numbers[self.begins[sheet][block] + choice * width + column]
    }

    /// What adds up in a sheet.
    pub(super) fn lines(&self, number: usize, sheet: &Sheet) -> Vec<Line> {
        let (mut lines, width) = (Vec::new(), sheet.columns.len());
        for (block, counts) in sheet.blocks.iter().enumerate() {
            let choices = counts.shares.len();
            let at = |choice, column| self.at([number, block], width, choice, column);
            if !sheet.several {
                lines.extend((0..width).map(|column| plus((0..choices).map(|choice| at(choice, column)))));
            }
            let mut after = self.begins[number][block] + choices * width;
            if let Some((half, ..)) = counts.ends {
                lines.push(with_total(plus((0..half).map(|choice| at(choice, 0))), self.numbers[after]));
                let high = plus((choices - half..choices).map(|choice| at(choice, 0)));
                lines.push(with_total(high, self.numbers[after + 1]));
                after += 2;
            }
            if let Some(outside) = &counts.outside {
                let part = |covered: bool| {
                    let inside = (0..choices).filter(move |choice| outside.covered[*choice] == covered);
                    plus(inside.map(|choice| at(choice, 0)))
                };
                lines.push(with_total(part(false), self.numbers[after]));
                // A profile tells shares of those covered, which add up whatever part of everybody they are.
                lines.push(Line { kind: Kind::Alone, ..part(true) });
            }
            lines.extend((0..choices).flat_map(|choice| across(sheet, |column| at(choice, column))));
        }
        lines
    }

    pub(super) fn fates(
        &self,
        number: usize,
        sheet: &Sheet,
        hidden: &[Option<Why>],
        bases: Vec<Vec<Option<Why>>>,
    ) -> Fates {
        let width = sheet.columns.len();
        let mut fates = Fates { shares: Vec::new(), ends: Vec::new(), outside: Vec::new(), bases };
        for (block, counts) in sheet.blocks.iter().enumerate() {
            let begin = self.begins[number][block];
            let told = |place: usize| hidden[self.numbers[place]];
            let line = |choice: usize| {
                (0..width).map(|column| told(begin + choice * width + column)).collect::<Vec<_>>()
            };
            fates.shares.push((0..counts.shares.len()).map(line).collect());
            let after = begin + counts.shares.len() * width;
            let ends = usize::from(counts.ends.is_some());
            fates.ends.push(if ends == 1 { [told(after), told(after + 1)] } else { [None, None] });
            fates.outside.push(counts.outside.as_ref().and_then(|_| told(after + 2 * ends)));
        }
        fates
    }
}

/// Everybody is the sum of the groups of each question compared by.
fn across(sheet: &Sheet, at: impl Fn(usize) -> usize) -> Vec<Line> {
    let mut questions: Vec<_> =
        sheet.columns.iter().filter_map(|column| column.by.as_ref().map(|by| &by.0)).collect();
    questions.dedup();
    let line = |by| {
        let groups = sheet.groups_of(by).into_iter();
        let with_people = groups.filter(|column| sheet.columns[*column].respondents > 0);
        Line { kind: Kind::Near, ..with_total(plus(with_people.map(&at)), at(0)) }
    };
    questions.into_iter().map(line).collect()
}

/// Whether the share of a covered choice would say something about too few people when told of those covered only.
fn is_small_restated(counts: &Counts, choice: usize, rule: &Rule) -> bool {
    let Some(outside) = counts.outside.as_ref().filter(|outside| outside.covered[choice]) else {
        return false;
    };
    let share = &counts.shares[choice][0];
    rule.is_small(&Share { base: share.base - outside.share.chose, estimate: None, ..share.clone() })
}

fn key(sheet: &Sheet, column: usize, chosen: Set, place: [usize; 3]) -> Key {
    (sheet.columns[column].set, chosen, (chosen.people == 0).then_some(place))
}
