//! Which numbers may be seen: small cells, unreliable ones, and the neighbours that would give them away.

mod audit;
mod line;
mod places;
mod simplex;

use survey::{Question, Survey};

use crate::{
    Recipe, Why,
    count::{Share, Sheet},
    letter::{self, Grade},
};
pub(crate) use audit::{Audited, Told, protect};
use line::{Line, Term};
use places::Places;

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
    /// By block: those whom the population table does not count.
    pub(crate) outside: Vec<Option<Why>>,
    /// By block, then column: how many answered.
    pub(crate) bases: Vec<Vec<Option<Why>>>,
}

impl Audited {
    /// Every number of a sheet as it is by itself.
    pub(crate) fn of(sheet: Sheet, rules: Vec<Rule>) -> Audited {
        let blocks = sheet.blocks.iter();
        let shares = blocks.clone().map(|counts| {
            let line = |shares: &Vec<Share>| {
                shares.iter().zip(&rules).map(|(share, rule)| rule.why(share)).collect()
            };
            counts.shares.iter().map(line).collect()
        });
        let end = |share: &Share| rules[0].why(share);
        let ends = blocks.clone().map(|counts| match &counts.ends {
            Some((_, low, high)) => [end(low), end(high)],
            None => [None, None],
        });
        // Said as a plain share of those who answered, so only too few people are a reason.
        let outside = blocks.clone().map(|counts| {
            let small = counts.outside.as_ref().is_some_and(|outside| rules[0].is_small(&outside.share));
            small.then_some(Why::Confidential)
        });
        let bases = vec![vec![None; sheet.columns.len()]; sheet.blocks.len()];
        let fates =
            Fates { shares: shares.collect(), ends: ends.collect(), outside: outside.collect(), bases };
        Audited { fates, sheet, rules }
    }
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

/// Judges every number by itself, then hides neighbours until no hidden number follows from the others.
///
/// The sheets are of questions that name the same people in different words, and are judged as one. Lines that add
/// up: the choices of one answer in a column; a scale's end and its parts; those a population table counts, and those
/// it does not; everybody and the groups of a question. In each a lone hole gets a second, the one that rests on the
/// fewest people; and since holes can also be computed round a corner, the whole system of lines is solved each time.
///
/// What is withheld already stays so.
pub(crate) fn withhold(family: &mut [Audited]) {
    let places = Places::of(family);
    let mut hidden = places.hidden.clone();
    let sheets = || family.iter().enumerate();
    let lines: Vec<Line> = sheets().flat_map(|(number, own)| places.lines(number, &own.sheet)).collect();
    while let Some((next, why)) = line::neighbour(&lines, &hidden, &places.people) {
        hidden[next] = Some(why);
    }
    for (number, own) in family.iter_mut().enumerate() {
        let bases = std::mem::take(&mut own.fates.bases);
        own.fates = places.fates(number, &own.sheet, &hidden, bases);
    }
}

fn plus(places: impl Iterator<Item = usize>) -> Line {
    Line { terms: places.map(|place| Term { place, factor: 1.0 }).collect(), kind: line::Kind::Exact }
}

fn with_total(mut line: Line, place: usize) -> Line {
    line.terms.push(Term { place, factor: -1.0 });
    line
}
