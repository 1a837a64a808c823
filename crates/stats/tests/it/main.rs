//! Tests of the `stats` crate from outside.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise, also in its own helpers")]

mod golden;
mod margins;
mod metamorphic;
mod models;
mod properties;
mod refusals;
mod replicates;
mod sums;
mod toys;
mod weighting;

#[path = "../../examples/golden/runner.rs"]
mod runner;

/// Equal but for rounding.
#[track_caller]
fn close(got: f64, expected: f64) {
    let slack = 1e-10 * expected.abs().max(1.0);
    assert!((got - expected).abs() <= slack, "expected {expected}, got {got}");
}
