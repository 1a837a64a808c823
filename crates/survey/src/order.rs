//! The order in which one person sees the choices of a shuffled question.

use crate::{Choice, Question};

impl Question {
    /// The offered choices as the person with this seed sees them: in the order of the file, or shuffled with
    /// `[last]` and `[only]` choices kept at the end.
    ///
    /// Every choice has a place of its own under a seed, so that one that is offered later, or no longer, moves no
    /// other. The same seed always gives the same order; store it with the response.
    pub fn in_order<'q>(&self, offered: Vec<&'q Choice>, seed: u64) -> Vec<&'q Choice> {
        if !self.shuffled {
            return offered;
        }
        let (end, mut shuffled): (Vec<_>, Vec<_>) =
            offered.into_iter().partition(|choice| choice.last || choice.only);
        shuffled.sort_by_cached_key(|choice| key(seed, &[self.id.as_str(), choice.id.as_str()]));
        shuffled.extend(end);
        shuffled
    }
}

/// A number that is uniform over seeds: FNV-1a over the names, mixed as SplitMix64 does.
fn key(seed: u64, names: &[&str]) -> u64 {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
    let named = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(mix(seed) ^ named)
}

fn mix(of: u64) -> u64 {
    let of = of.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let of = (of ^ (of >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let of = (of ^ (of >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    of ^ (of >> 31)
}
