//! Numbers for pairs of codes, in order of first appearance.

use std::collections::BTreeMap;

/// Pairs for which a table is made; above that they are looked up.
const TABLE: usize = 1 << 22;

/// Numbers given to pairs of codes as they come.
pub(crate) struct Numbers {
    width: usize,
    /// A place for every pair, while that is not too many.
    table: Vec<u32>,
    known: BTreeMap<(u32, u32), u32>,
    /// The pairs, by number.
    pub(crate) pairs: Vec<(u32, u32)>,
}

impl Numbers {
    /// For pairs of a code below `count` and one below `width`.
    pub(crate) fn new(count: usize, width: usize) -> Numbers {
        let size = count.saturating_mul(width);
        let table = if size <= TABLE { vec![u32::MAX; size] } else { Vec::new() };
        Numbers { width, table, known: BTreeMap::new(), pairs: Vec::new() }
    }

    /// The number of a pair, a new one when it is new.
    pub(crate) fn of(&mut self, one: u32, other: u32) -> u32 {
        let pair = (one, other);
        let place = match self.table.get_mut(one as usize * self.width + other as usize) {
            Some(place) => place,
            None => self.known.entry(pair).or_insert(u32::MAX),
        };
        if *place == u32::MAX {
            *place = self.pairs.len() as u32;
            self.pairs.push(pair);
        }
        *place
    }
}

/// One more than the largest code.
pub(crate) fn width(codes: &[u32]) -> usize {
    codes.iter().max().map_or(0, |last| *last as usize + 1)
}
