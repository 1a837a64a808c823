//! Which people a number is about, in sixteen bytes.

/// A set of people: how many, and the sum of everybody's mark. Two sets with one sum are the same people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set {
    /// How many.
    pub(crate) people: usize,
    /// The sum of their marks.
    pub(crate) mark: u128,
}

impl Set {
    /// Takes a person in, who is not there yet.
    pub(crate) fn add(&mut self, row: usize) {
        self.people += 1;
        self.mark = self.mark.wrapping_add(mark(row));
    }

    /// Both, which have nobody in common.
    pub(crate) fn with(self, other: Set) -> Set {
        Set { people: self.people + other.people, mark: self.mark.wrapping_add(other.mark) }
    }
}

/// A number as good as drawn by lot, always the same for a row.
fn mark(row: usize) -> u128 {
    let half = |salt: u64| {
        let mut bits = (row as u64 ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    u128::from(half(0x6a09_e667_f3bc_c908)) << 64 | u128::from(half(0x3c6e_f372_fe94_f82b))
}
