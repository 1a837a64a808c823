//! Which numbers may be seen: small cells, unreliable ones, and the neighbours that would give them away.

mod line;

use survey::{Question, Survey};

use crate::{
    Recipe, Why,
    count::{Share, Sheet},
    letter::{self, Grade},
};
use line::{Line, Term};

/// The fewest people a number may rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// In the base.
    pub(crate) base: u32,
    /// Who chose it, and who did not.
    pub(crate) cell: u32,
    /// Whether nobody and everybody are small cells too.
    pub(crate) sensitive: bool,
}

/// What became of every number of a sheet: why it is withheld, or nothing.
pub(crate) struct Fates {
    /// By block, then choice, then column.
    pub(crate) shares: Vec<Vec<Vec<Option<Why>>>>,
    /// By block: the two ends of a scale.
    pub(crate) ends: Vec<[Option<Why>; 2]>,
}

impl Rule {
    /// The strictest of what the recipe, the survey and the questions ask.
    pub(crate) fn of(survey: &Survey, recipe: &Recipe, questions: &[&Question]) -> Rule {
        let sensitive = questions.iter().any(|each| each.sensitive || recipe.sensitive.contains(&each.id));
        let own = questions.iter().filter_map(|each| each.suppress).max().unwrap_or(0);
        let strict = if sensitive { recipe.sensitive_cell } else { 0 };
        Rule {
            base: recipe.policy.base.max(own),
            cell: recipe.policy.cell.max(survey.suppress).max(own).max(strict),
            sensitive,
        }
    }

    /// Whether a share would say something about too few people.
    pub(crate) fn is_small(&self, share: &Share) -> bool {
        let few = |people: usize| people < self.cell as usize && (people > 0 || self.sensitive);
        share.base < self.base as usize || few(share.chose) || few(share.base - share.chose)
    }

    /// Why a share is withheld for what it is itself.
    pub(crate) fn why(&self, share: &Share) -> Option<Why> {
        if self.is_small(share) {
            return Some(Why::Confidential);
        }
        match share.estimate.as_ref().map(letter::grade) {
            None | Some(Grade::Unreliable) => Some(Why::Unreliable),
            Some(_) => None,
        }
    }
}

/// Judges every number of a sheet by itself, then hides neighbours until no hidden number follows from the others.
///
/// Lines that add up: the choices of one answer in a column; a scale's end and its parts; everybody and the groups of
/// a question. In each a lone hole gets a second, the one that rests on the fewest people; and since holes can also be
/// computed round a corner, the whole system of lines is solved each time.
pub(crate) fn withhold(sheet: &Sheet, rules: &[Rule]) -> Fates {
    let places = Places::of(sheet);
    let mut hidden: Vec<Option<Why>> =
        places.shares(sheet).zip(&places.columns).map(|(share, column)| rules[*column].why(share)).collect();
    let people: Vec<usize> = places.shares(sheet).map(|share| share.chose).collect();
    places.same(sheet, &mut hidden);
    let lines = places.lines(sheet);
    while let Some((next, why)) = line::neighbour(&lines, &hidden, &people) {
        hidden[next] = Some(why);
        places.same(sheet, &mut hidden);
    }
    places.fates(sheet, &hidden)
}

/// Where each number of a sheet stands in one long list: by block, choice and column, then the ends of the block.
struct Places {
    /// The first place of each block.
    begins: Vec<usize>,
    /// The column of each place.
    columns: Vec<usize>,
    /// Pairs of columns that are the same people.
    twins: Vec<(usize, usize)>,
}

impl Places {
    fn of(sheet: &Sheet) -> Places {
        let (mut begins, mut columns) = (Vec::new(), Vec::new());
        for block in &sheet.blocks {
            begins.push(columns.len());
            block.shares.iter().for_each(|line| columns.extend(0..line.len()));
            columns.extend(block.ends.iter().flat_map(|_| [0, 0]));
        }
        let pairs = (1..sheet.columns.len()).flat_map(|column| (0..column).map(move |other| (column, other)));
        let same = |pair: &(usize, usize)| sheet.columns[pair.0].mask == sheet.columns[pair.1].mask;
        Places { begins, columns, twins: pairs.filter(same).collect() }
    }

    fn shares<'s>(&self, sheet: &'s Sheet) -> impl Iterator<Item = &'s Share> {
        sheet.blocks.iter().flat_map(|block| {
            let ends = block.ends.iter().flat_map(|(_, low, high)| [low, high]);
            block.shares.iter().flatten().chain(ends)
        })
    }

    fn at(&self, sheet: &Sheet, block: usize, choice: usize, column: usize) -> usize {
        self.begins[block] + choice * sheet.columns.len() + column
    }

    /// Two groups of the same people are one number: hidden once, hidden twice.
    fn same(&self, sheet: &Sheet, hidden: &mut [Option<Why>]) {
        for (column, other) in &self.twins {
            for (block, counts) in sheet.blocks.iter().enumerate() {
                for choice in 0..counts.shares.len() {
                    let pair = [column, other].map(|column| self.at(sheet, block, choice, *column));
                    let why = hidden[pair[0]].or(hidden[pair[1]]);
                    pair.iter().for_each(|place| hidden[*place] = hidden[*place].or(why));
                }
            }
        }
    }

    fn lines(&self, sheet: &Sheet) -> Vec<Line> {
        let mut lines = Vec::new();
        for (block, counts) in sheet.blocks.iter().enumerate() {
            let choices = counts.shares.len();
            if !sheet.several {
                for column in 0..sheet.columns.len() {
                    lines.push(plus((0..choices).map(|choice| self.at(sheet, block, choice, column))));
                }
            }
            if let Some((half, ..)) = counts.ends {
                let ends = self.begins[block] + choices * sheet.columns.len();
                let low = (0..half).map(|choice| self.at(sheet, block, choice, 0));
                let high = (choices - half..choices).map(|choice| self.at(sheet, block, choice, 0));
                lines.push(with_total(plus(low), ends));
                lines.push(with_total(plus(high), ends + 1));
            }
            for choice in 0..choices {
                lines.extend(self.across(sheet, block, choice));
            }
        }
        lines
    }

    /// Everybody is the sum of the groups of each question compared by.
    fn across(&self, sheet: &Sheet, block: usize, choice: usize) -> Vec<Line> {
        let mut questions: Vec<_> =
            sheet.columns.iter().filter_map(|column| column.by.as_ref().map(|by| &by.0)).collect();
        questions.dedup();
        let everybody = self.at(sheet, block, choice, 0);
        let line = |by| {
            let groups = sheet.groups_of(by).into_iter();
            let with_people = groups.filter(|column| sheet.columns[*column].respondents > 0);
            plus(with_people.map(|column| self.at(sheet, block, choice, column)))
        };
        let inexact = |line: Line| Line { exact: false, ..line };
        questions.into_iter().map(|by| inexact(with_total(line(by), everybody))).collect()
    }

    fn fates(&self, sheet: &Sheet, hidden: &[Option<Why>]) -> Fates {
        let width = sheet.columns.len();
        let (mut shares, mut ends) = (Vec::new(), Vec::new());
        for (block, counts) in sheet.blocks.iter().enumerate() {
            let begin = self.begins[block];
            let end = begin + counts.shares.len() * width;
            shares.push(hidden[begin..end].chunks(width).map(<[_]>::to_vec).collect());
            ends.push(if counts.ends.is_some() { [hidden[end], hidden[end + 1]] } else { [None, None] });
        }
        Fates { shares, ends }
    }
}

fn plus(places: impl Iterator<Item = usize>) -> Line {
    Line { terms: places.map(|place| Term { place, factor: 1.0 }).collect(), exact: true }
}

fn with_total(mut line: Line, place: usize) -> Line {
    line.terms.push(Term { place, factor: -1.0 });
    line
}
