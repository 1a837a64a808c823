//! The crossing of margins: rows collapsed to the combinations of categories that occur.

use super::Margin;
use crate::chunks;
use crate::design::Counting;

/// Largest table of combinations before those that do not occur are left out.
const TABLE: usize = 1 << 20;

/// Non-empty combinations of the margins' categories, in the order of their codes.
pub(super) struct Cells {
    /// Cell of each row.
    pub(super) of_rows: Vec<u32>,
    /// For each margin, the category of each cell.
    pub(super) categories: Vec<Vec<u32>>,
    /// What stands in each cell.
    pub(super) sums: Vec<Sums>,
}

/// Rows of a cell: how many have a weight, sum w, sum w^2, and how many there are at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) respondents: usize,
    pub(super) rows: usize,
    pub(super) weight: f64,
    pub(super) squares: f64,
}

/// Crosses the margins; a category that has no target is the first after those that have one, missing the second.
pub(super) fn cross(weights: &[f64], margins: &[Margin]) -> Cells {
    let mut keys = vec![0_u32; weights.len()];
    let mut width = 1;
    let mut categories: Vec<Vec<u32>> = Vec::new();
    let mut group: Vec<&Margin> = Vec::new();
    for margin in margins {
        if width * slots(margin) > TABLE {
            width = settle(&mut keys, &mut group, width, &mut categories);
        }
        width *= slots(margin);
        group.push(margin);
    }
    settle(&mut keys, &mut group, width, &mut categories);
    let sums = count(weights, &keys, categories[0].len());
    Cells { of_rows: keys, categories, sums }
}

impl Cells {
    /// How much each cell counts when means of categories are taken out of values.
    pub(super) fn counted(&self, counting: Counting, factors: &[f64]) -> Vec<f64> {
        let one = |(sums, factor): (&Sums, &f64)| match counting {
            Counting::ByWeight => sums.weight * factor,
            Counting::Equally if *factor > 0.0 => sums.respondents as f64,
            Counting::Equally => 0.0,
        };
        self.sums.iter().zip(factors).map(one).collect()
    }
}

fn slots(margin: &Margin) -> usize {
    margin.targets.len() + 2
}

/// Where a code stands among the slots of its margin.
fn slot(code: Option<u32>, covered: u32) -> u32 {
    code.map_or(covered + 1, |code| code.min(covered))
}

/// Adds the codes of a group of margins to the keys and numbers the keys that occur.
fn settle(keys: &mut [u32], group: &mut Vec<&Margin>, width: usize, categories: &mut Vec<Vec<u32>>) -> usize {
    let seen = chunks::fill(keys, |first, keys| {
        for margin in group.iter() {
            let (covered, slots) = (margin.targets.len() as u32, slots(margin) as u32);
            let codes = &margin.codes[first..first + keys.len()];
            keys.iter_mut().zip(codes).for_each(|(key, code)| *key = *key * slots + slot(*code, covered));
        }
        let mut seen = vec![false; width];
        keys.iter().for_each(|key| seen[*key as usize] = true);
        seen
    });
    let occurring: Vec<u32> =
        (0..width as u32).filter(|key| seen.iter().any(|seen| seen[*key as usize])).collect();
    let mut numbers = vec![0_u32; width];
    (0..).zip(&occurring).for_each(|(number, key)| numbers[*key as usize] = number);
    chunks::fill(keys, |_, keys| keys.iter_mut().for_each(|key| *key = numbers[*key as usize]));
    unpack(&occurring, group, categories);
    group.clear();
    occurring.len()
}

/// The categories of each key, those of earlier margins included.
fn unpack(occurring: &[u32], group: &[&Margin], categories: &mut Vec<Vec<u32>>) {
    let mut rest = occurring.to_vec();
    let mut own: Vec<Vec<u32>> = Vec::new();
    for margin in group.iter().rev() {
        let slots = slots(margin) as u32;
        own.push(rest.iter().map(|key| key % slots).collect());
        rest.iter_mut().for_each(|key| *key /= slots);
    }
    for earlier in categories.iter_mut() {
        *earlier = rest.iter().map(|key| earlier[*key as usize]).collect();
    }
    own.reverse();
    categories.extend(own);
}

fn count(weights: &[f64], cells: &[u32], size: usize) -> Vec<Sums> {
    let parts = chunks::map(weights.len(), 4 * size, |rows| {
        let mut sums = vec![Sums::default(); size];
        for (weight, cell) in weights[rows.clone()].iter().zip(&cells[rows]) {
            let sums = &mut sums[*cell as usize];
            sums.respondents += usize::from(*weight != 0.0);
            sums.rows += 1;
            sums.weight += weight;
            sums.squares += weight * weight;
        }
        sums
    });
    let mut whole = vec![Sums::default(); size];
    for part in &parts {
        whole.iter_mut().zip(part).for_each(|(whole, part)| whole.add(part));
    }
    whole
}

impl Sums {
    fn add(&mut self, part: &Sums) {
        self.respondents += part.respondents;
        self.rows += part.rows;
        self.weight += part.weight;
        self.squares += part.squares;
    }
}
