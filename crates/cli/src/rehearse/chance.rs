//! Seeded chance: the same seed and person draw the same numbers, whatever else happens.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// One person's stream of chance.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of this person under this seed.
    pub(crate) fn new(seed: u64, person: u64) -> Chance {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(person);
        Chance(stream)
    }

    /// A number from 0 up to, not including, 1.
    pub(crate) fn share(&mut self) -> f64 {
        // 53 bits fill the mantissa of an f64.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something that happens with this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A whole number below `end`, which is at least 1.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((self.share() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// A logistic deviate with mean 0 and scale 1.
    pub(crate) fn logistic(&mut self) -> f64 {
        let share = self.share().clamp(1e-12, 1.0 - 1e-12);
        (share / (1.0 - share)).ln()
    }

    /// About standard normal: a sum of twelve, which has light tails and no surprises.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// A place in `weights`, each drawn with probability in proportion to its weight.
    pub(crate) fn place(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }
}
