//! How long estimates and raking take.
//!
//! R's `survey` 4.5 with reference BLAS, on two cores: mean of a million rows 150 ms, raking four margins
//! 8.7 s, forty tables of 800 people 410 ms.

use divan::{Bencher, black_box};
use stats::*;

fn main() {
    divan::main();
}

/// A number below `bound` that looks random and is the same in every run.
fn pick(row: usize, salt: u64, bound: u32) -> u32 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15 ^ salt).rotate_left(29);
    ((mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) % u64::from(bound)) as u32
}

/// 50 strata of 20 clusters.
fn design(rows: usize) -> Design {
    Design::new(DesignParts {
        strata: Some((0..rows).map(|row| (row % 1000 / 20) as u32).collect()),
        clusters: Some((0..rows).map(|row| (row % 1000) as u32).collect()),
        ..DesignParts::weighted(
            (0..rows).map(|row| 1.0 + f64::from(pick(row, 1, 90))).collect(),
            Basis::Probability,
        )
    })
    .expect("the design is made to be right")
}

fn margins(rows: usize) -> Vec<Margin> {
    [5, 4, 3, 6]
        .into_iter()
        .zip(10..)
        .map(|(categories, salt)| Margin {
            name: format!("margin {salt}"),
            codes: (0..rows).map(|row| Some(pick(row, salt, categories))).collect(),
            targets: (0..categories)
                .map(|code| Some(f64::from(code + 1) * 6e4 / f64::from(categories * (categories + 1))))
                .collect(),
            labels: (0..categories).map(|code| code.to_string()).collect(),
        })
        .collect()
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 10)]
fn build_design(bencher: Bencher<'_, '_>, rows: usize) {
    bencher.bench(|| design(black_box(rows)));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 20)]
fn mean_with_standard_error(bencher: Bencher<'_, '_>, rows: usize) {
    let design = design(rows);
    let values: Vec<f64> = (0..rows).map(|row| f64::from(pick(row, 2, 1000))).collect();
    let all = Mask::all(rows);
    bencher.bench(|| mean(black_box(&design), black_box(&values), &all));
}

#[divan::bench(args = [800, 100_000, 1_000_000], sample_count = 10)]
fn rake_four_margins(bencher: Bencher<'_, '_>, rows: usize) {
    let (design, margins) = (design(rows), margins(rows));
    bencher.bench(|| rake(black_box(&design), &margins, &RakeOptions::with(Missing::Refuse)));
}

/// Forty tables: eight answers, each by five groups, with intervals, after raking.
#[divan::bench(sample_count = 20)]
fn forty_tables_of_800_people(bencher: Bencher<'_, '_>) {
    let rows = 800;
    let raked = rake(&design(rows), &margins(rows), &RakeOptions::with(Missing::Refuse));
    let design = raked.expect("every category has people").design;
    let groups: Vec<Mask> =
        (0..5).map(|group| Mask::from_fn(rows, |row| pick(row, 30, 5) == group)).collect();
    let answers: Vec<Vec<f64>> =
        (0..40).map(|salt| (0..rows).map(|row| f64::from(pick(row, 40 + salt, 2))).collect()).collect();
    bencher.bench(|| {
        for answer in &answers {
            for group in &groups {
                let _ = black_box(proportion(&design, answer, group, ProportionInterval::Beta, 0.95));
            }
        }
    });
}
