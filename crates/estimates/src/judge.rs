//! Which groups differ: every pair at once, so that a page of comparisons is wrong as rarely as one.

use survey::ChoiceId;

use crate::{
    Cell, Contrast, Policy, Shown, Why,
    against::verdict,
    count::{LEVEL, Sheet},
    round::number,
    withhold::Fates,
};

/// A pair of groups in one line of a table.
struct Pair {
    block: usize,
    choice: usize,
    a: usize,
    b: usize,
}

/// The differences between the groups in `columns`, and how many were tested.
///
/// Each interval has the level 1 - 0.05/m, where m counts every pair of groups in every line whose two sides may be
/// seen (Bonferroni). A verdict is given only where the interval as printed excludes 0.
pub(crate) fn contrasts(
    sheet: &Sheet,
    fates: &Fates,
    columns: &[usize],
    policy: &Policy,
) -> (Vec<Contrast>, usize) {
    let pairs = pairs(sheet, columns);
    let family = pairs.iter().filter(|pair| hidden(pair, fates).is_none()).count();
    let level = 1.0 - (1.0 - LEVEL) / family.max(1) as f64;
    let contrast = |pair: &Pair| {
        let counts = &sheet.blocks[pair.block];
        let difference = match hidden(pair, fates) {
            Some(why) => Cell::Withheld(why),
            None => difference(pair, sheet, level, policy),
        };
        Contrast {
            row: counts.block.row.clone(),
            choice: counts.block.choices[pair.choice].clone(),
            a: group(sheet, pair.a),
            b: group(sheet, pair.b),
            verdict: verdict(Some(&difference)),
            difference,
        }
    };
    (pairs.iter().map(contrast).collect(), family)
}

fn pairs(sheet: &Sheet, columns: &[usize]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (block, counts) in sheet.blocks.iter().enumerate() {
        for choice in 0..counts.shares.len() {
            for (place, a) in columns.iter().enumerate() {
                let others = columns[place + 1..].iter();
                pairs.extend(others.map(|b| Pair { block, choice, a: *a, b: *b }));
            }
        }
    }
    pairs
}

/// The difference and one side would give the other side.
fn hidden(pair: &Pair, fates: &Fates) -> Option<Why> {
    let line = &fates.shares[pair.block][pair.choice];
    // Of two reasons the graver one is named.
    line[pair.a].into_iter().chain(line[pair.b]).min()
}

fn difference(pair: &Pair, sheet: &Sheet, level: f64, policy: &Policy) -> Cell {
    match sheet.difference((pair.block, pair.choice), [pair.a, pair.b], level) {
        Ok(found) => Cell::Shown(Shown {
            value: number(found.value, policy),
            low: number(found.low.max(-1.0), policy),
            high: number(found.high.min(1.0), policy),
            letter: None,
        }),
        // Nothing varies in either group, so there is nothing to test.
        Err(_) => Cell::Withheld(Why::Unreliable),
    }
}

fn group(sheet: &Sheet, column: usize) -> ChoiceId {
    sheet.columns[column].by.as_ref().map(|(_, group)| group.clone()).expect("only groups are compared")
}
