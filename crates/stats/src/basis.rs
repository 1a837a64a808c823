//! On what ground an estimate may speak about people who were not asked.

/// The ground on which a sample speaks for a population; a required part of every design.
///
/// There is no default on purpose: whoever makes a design says which one it is, and every estimate
/// carries the answer along to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Every person of a recorded frame had a known chance of being asked.
    Probability,
    /// People came by themselves or by open links, and weights were fitted to population margins.
    NonprobabilityRaked,
    /// People recruited each other, with recorded links and network sizes.
    Referral,
    /// Everybody was asked.
    Census,
    /// The answers speak for those who gave them, and for nobody else.
    Unweighted,
}
