//! An order made from what people said: sums of decimals depend on their order, so the hour of an answer must not make it.

use std::ops::Range;

use super::{Codes, People};
use crate::coded::Column;

/// Bits of a key that is compared first.
const BITS: u32 = 128;

impl People {
    /// Rows ordered by what they say, column by column, words in byte order.
    ///
    /// `columns` are those of the coded file. Two who said the same may stand either way round.
    pub(crate) fn in_order(&self, columns: &[Column<'_>], rows: Vec<u32>) -> Vec<u32> {
        let mut all: Vec<&Codes> = self.first.iter().collect();
        let mut last = None;
        for column in columns {
            if last != Some(&column.question.id) {
                all.extend(self.columns(&column.question.id));
                last = Some(&column.question.id);
            }
        }
        let ranks: Vec<(&Codes, Vec<u32>)> = all.into_iter().map(|codes| (codes, ranks(codes))).collect();
        let mut keys: Vec<(u128, u32)> = rows.into_iter().map(|row| (0, row)).collect();
        let mut rest = ranks.as_slice();
        // Those who are alike so far stand together, and the next columns order each of these ranges.
        let everybody: Range<usize> = 0..keys.len();
        let mut alike = Vec::from([everybody]);
        while !rest.is_empty() && !alike.is_empty() {
            let (block, later) = rest.split_at(leading(rest).max(1));
            let of_rows = keys_of(block, self.len());
            alike = alike.into_iter().flat_map(|range| sort(&mut keys, range, &of_rows)).collect();
            rest = later;
        }
        keys.into_iter().map(|(_, row)| row).collect()
    }
}

/// What everybody says in the columns of a block, as one number that is ordered alike.
fn keys_of(block: &[(&Codes, Vec<u32>)], people: usize) -> Vec<u128> {
    let mut all = vec![0_u128; people];
    for (codes, ranks) in block {
        let bits = width(ranks);
        all.iter_mut().zip(codes.iter()).for_each(|(key, code)| {
            *key = (*key << bits) | u128::from(ranks[code as usize]);
        });
    }
    all
}

/// Orders a range by these keys; what is still alike in it.
fn sort(keys: &mut [(u128, u32)], range: Range<usize>, of_rows: &[u128]) -> Vec<Range<usize>> {
    let own = &mut keys[range.clone()];
    own.iter_mut().for_each(|(key, row)| *key = of_rows[*row as usize]);
    own.sort_unstable_by_key(|(key, _)| *key);
    let mut start = range.start;
    let groups = own.chunk_by(|one, other| one.0 == other.0).map(|group| {
        start += group.len();
        start - group.len()..start
    });
    groups.filter(|group| group.len() > 1).collect()
}

/// By code: the place of its word among all words of the column.
fn ranks(codes: &Codes) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..codes.words() as u32).collect();
    sorted.sort_by_key(|code| codes.word_of(*code));
    let mut ranks = vec![0; sorted.len()];
    (0..).zip(sorted).for_each(|(rank, code)| ranks[code as usize] = rank);
    ranks
}

/// How many of the first columns have room in a key.
fn leading(ranks: &[(&Codes, Vec<u32>)]) -> usize {
    let mut room = BITS;
    let fits = |(_, ranks): &&(&Codes, Vec<u32>)| {
        let left = room.checked_sub(width(ranks));
        room = left.unwrap_or(0);
        left.is_some()
    };
    ranks.iter().take_while(fits).count()
}

fn width(ranks: &[u32]) -> u32 {
    (ranks.len().max(2) as u32).next_power_of_two().trailing_zeros()
}
