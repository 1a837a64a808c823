//! The shares of a question in every column it is wanted in, at full precision: nothing here may leave as it is.

mod tally;

use std::collections::BTreeMap;

use stats::{Design, Kinds, Proportion};
use survey::{ChoiceId, Question, QuestionId};

use crate::{Error, People, code, set::Set};
use tally::{Grouping, Tally};

/// The level of every interval.
pub(crate) const LEVEL: f64 = 0.95;

/// Weighted people.
#[derive(Clone, Copy)]
pub(crate) struct Weighted<'a> {
    pub(crate) people: &'a People,
    pub(crate) design: &'a Design,
    /// Which of them nothing tells apart; none where each row is needed.
    pub(crate) kinds: Option<&'a Kinds>,
}

/// A question counted: its choices (and the nets of a scale) in every column.
pub(crate) struct Sheet {
    pub(crate) question: QuestionId,
    pub(crate) several: bool,
    /// Everybody first, then the groups of each question compared by.
    pub(crate) columns: Vec<Group>,
    pub(crate) blocks: Vec<Counts>,
}

/// A column: everybody, or a group.
pub(crate) struct Group {
    pub(crate) by: Option<(QuestionId, ChoiceId)>,
    /// Who is in it.
    pub(crate) set: Set,
    /// How many answered the question.
    pub(crate) respondents: usize,
    /// Which of the groupings it is of, and the group there.
    place: (usize, u32),
}

/// The choices of a question or of one row of a grid.
pub(crate) struct Counts {
    pub(crate) block: code::Block,
    /// By choice, then by column.
    pub(crate) shares: Vec<Vec<Share>>,
    /// The two ends of a scale among everybody: how many choices each has, and their shares.
    pub(crate) ends: Option<(usize, Share, Share)>,
    /// Of a question whose population table leaves choices out: who is in those, among everybody.
    pub(crate) outside: Option<Outside>,
    /// By line of the block, then by grouping.
    tallies: Vec<Vec<Tally>>,
}

/// The people in the choices that a population table does not count.
pub(crate) struct Outside {
    /// By choice: whether the table counts it.
    pub(crate) covered: Vec<bool>,
    /// Their share of everybody who answered.
    pub(crate) share: Share,
}

/// A share and what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// People in the base.
    pub(crate) base: usize,
    /// People who chose it.
    pub(crate) chose: usize,
    /// Who they are.
    pub(crate) set: Set,
    /// The weight of the base.
    pub(crate) weight: f64,
    /// The estimate; none where the base is too small for one.
    pub(crate) estimate: Option<Proportion>,
}

/// Counts a question for everybody and by the groups of each question in `by`; `covered` says of each choice whether
/// the question's population table counts it.
///
/// # Errors
/// [`Error::NothingToCount`], [`Error::NotAGroup`], or [`Error::Counting`] with the cause.
pub(crate) fn count(
    question: &Question,
    by: &[&Question],
    covered: Option<&[bool]>,
    weighted: Weighted<'_>,
) -> Result<Sheet, Error> {
    let coded = code::code(question, weighted.people)?;
    let everybody = Grouping { codes: Vec::new(), width: 1 };
    let mut groupings = vec![everybody];
    for by in by {
        code::check_groups(by)?;
        groupings.push(Grouping::of(by, weighted.people));
    }
    let columns = columns(by, &groupings, &coded.blocks, weighted.people.len());
    let counting = |source| Error::Counting { question: question.id.clone(), source };
    let (several, ordered) = (coded.several, coded.ordered);
    let counter = Counter { columns: &columns, groupings: &groupings, weighted };
    let blocks = coded.blocks.into_iter().map(|block| counter.counts(block, ordered, covered));
    let blocks = blocks.collect::<Result<Vec<_>, _>>().map_err(counting)?;
    Ok(Sheet { question: question.id.clone(), several, columns, blocks })
}

impl Sheet {
    /// The columns of the groups of a question, by number.
    pub(crate) fn groups_of(&self, by: &QuestionId) -> Vec<usize> {
        let is =
            |column: &usize| self.columns[*column].by.as_ref().is_some_and(|(question, _)| question == by);
        (1..self.columns.len()).filter(is).collect()
    }

    /// The share of a choice in one column less that in another of the same question compared by.
    pub(crate) fn difference(
        &self,
        (block, choice): (usize, usize),
        [a, b]: [usize; 2],
        level: f64,
    ) -> Result<stats::Difference, stats::Error> {
        let counts = &self.blocks[block];
        let (line, cell) = counts.block.place(choice);
        let ((grouping, a), (_, b)) = (self.columns[a].place, self.columns[b].place);
        counts.tallies[line][grouping].difference(cell, [a, b], level)
    }
}

/// Everybody, and the groups of each grouping.
fn columns(by: &[&Question], groupings: &[Grouping], blocks: &[code::Block], people: usize) -> Vec<Group> {
    let lines: Vec<&code::Line> = blocks.iter().filter_map(|block| block.lines.first()).collect();
    let answered: Vec<bool> = (0..people).map(|row| lines.iter().any(|line| line.cells[row] != 0)).collect();
    let mut columns = Vec::new();
    for (number, grouping) in groupings.iter().enumerate() {
        let mut found = vec![(Set::default(), 0); grouping.width as usize];
        for (row, answered) in answered.iter().enumerate() {
            let (set, respondents) = &mut found[grouping.of_row(row) as usize];
            set.add(row);
            *respondents += usize::from(*answered);
        }
        let name = |group: usize| {
            let by = by[number.checked_sub(1)?];
            Some((by.id.clone(), by.choices()[group.checked_sub(1)?].id.clone()))
        };
        // Group 0 of a question compared by are those without an answer to it.
        let first = usize::from(number > 0);
        columns.extend(found.into_iter().enumerate().skip(first).map(|(group, (set, respondents))| Group {
            by: name(group),
            set,
            respondents,
            place: (number, group as u32),
        }));
    }
    columns
}

/// What all lines of a question are counted with.
struct Counter<'a> {
    columns: &'a [Group],
    groupings: &'a [Grouping],
    weighted: Weighted<'a>,
}

impl Counter<'_> {
    fn counts(
        &self,
        mut block: code::Block,
        ordered: bool,
        covered: Option<&[bool]>,
    ) -> Result<Counts, stats::Error> {
        let mut tallies = Vec::new();
        for line in &mut block.lines {
            let line = code::Line { cells: std::mem::take(&mut line.cells), width: line.width };
            let of = |grouping| Tally::of(&line, grouping, self.weighted);
            tallies.push(self.groupings.iter().map(of).collect::<Result<Vec<_>, _>>()?);
        }
        // Groups of the same people under two names are counted once.
        let mut known: BTreeMap<(Set, Set), Share> = BTreeMap::new();
        let mut shares = Vec::new();
        for choice in 0..block.choices.len() {
            let (line, cell) = block.place(choice);
            let in_column = |column: &Group| {
                let tally = &tallies[line][column.place.0];
                let sets = tally.sets(&[cell], column.place.1);
                if let Some(share) = known.get(&sets) {
                    return Ok(share.clone());
                }
                let share = tally.share(&[cell], column.place.1)?;
                known.insert(sets, share.clone());
                Ok(share)
            };
            shares.push(self.columns.iter().map(in_column).collect::<Result<Vec<_>, stats::Error>>()?);
        }
        let everybody = &tallies[0][0];
        let ends = if ordered { ends(block.choices.len(), everybody)? } else { None };
        let outside = covered.map(|covered| outside(covered, everybody)).transpose()?.flatten();
        Ok(Counts { block, shares, ends, outside, tallies })
    }
}

/// Who is in a choice that is not covered; none where every choice is, or none.
fn outside(covered: &[bool], everybody: &Tally) -> Result<Option<Outside>, stats::Error> {
    if covered.iter().all(|each| *each == covered[0]) {
        return Ok(None);
    }
    let left = (1..).zip(covered).filter(|(_, covered)| !**covered).map(|(cell, _)| cell);
    let share = everybody.share(&left.collect::<Vec<_>>(), 0)?;
    Ok(Some(Outside { covered: covered.to_vec(), share }))
}

/// The lower and the upper half of a scale; the middle of an odd number of choices is in neither.
fn ends(choices: usize, everybody: &Tally) -> Result<Option<(usize, Share, Share)>, stats::Error> {
    let (choices, half) = (choices as u32, choices as u32 / 2);
    if half == 0 {
        return Ok(None);
    }
    let share = |cells: std::ops::RangeInclusive<u32>| everybody.share(&cells.collect::<Vec<_>>(), 0);
    Ok(Some((half as usize, share(1..=half)?, share(choices - half + 1..=choices)?)))
}
