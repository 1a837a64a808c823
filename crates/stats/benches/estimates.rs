//! How long estimates and weighting take.
//!
//! R's `survey` 4.5 with reference BLAS, on two cores, for a million rows: design 2.5 s, mean 150 ms, mean by
//! ten groups 2.5 s, raking four margins 8.7 s, mean of 200 replicates 3.4 s after 22 s for making them; forty
//! tables of 800 people 410 ms.

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
fn parts(rows: usize) -> DesignParts {
    DesignParts {
        strata: Some((0..rows).map(|row| (row % 1000 / 20) as u32).collect()),
        clusters: Some((0..rows).map(|row| (row % 1000) as u32).collect()),
        ..DesignParts::weighted(
            (0..rows).map(|row| 1.0 + f64::from(pick(row, 1, 90))).collect(),
            Basis::Probability,
        )
    }
}

fn design(rows: usize) -> Design {
    Design::new(parts(rows)).expect("the design is made to be right")
}

fn values(rows: usize) -> Vec<f64> {
    (0..rows).map(|row| f64::from(pick(row, 2, 1000))).collect()
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

#[divan::bench(args = [100_000, 1_000_000], sample_count = 20)]
fn build_design(bencher: Bencher<'_, '_>, rows: usize) {
    bencher.with_inputs(|| parts(rows)).bench_values(|parts| Design::new(black_box(parts)));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 50)]
fn mean_with_standard_error(bencher: Bencher<'_, '_>, rows: usize) {
    let (design, values, all) = (design(rows), values(rows), Mask::all(rows));
    bencher.bench(|| mean(black_box(&design), black_box(&values), &all));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 50)]
fn mean_by_ten_groups(bencher: Bencher<'_, '_>, rows: usize) {
    let (design, values) = (design(rows), values(rows));
    let groups: Vec<u32> = (0..rows).map(|row| pick(row, 3, 10)).collect();
    bencher.bench(|| means_by(black_box(&design), black_box(&values), &groups));
}

/// A bootstrap of 200 replicates, made and read; its degrees of freedom are found once per design.
#[divan::bench(args = [100_000, 1_000_000], sample_count = 50)]
fn mean_of_200_replicates(bencher: Bencher<'_, '_>, rows: usize) {
    let kind = ReplicateKind::Bootstrap { replicates: 200, seed: 1 };
    let design = design(rows).with_replicates(kind, Centre::Estimate).expect("every stratum has 20 clusters");
    let (values, all) = (values(rows), Mask::all(rows));
    bencher.bench(|| mean(black_box(&design), black_box(&values), &all));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 10)]
fn first_mean_of_200_replicates(bencher: Bencher<'_, '_>, rows: usize) {
    let kind = ReplicateKind::Bootstrap { replicates: 200, seed: 1 };
    let (design, values, all) = (design(rows), values(rows), Mask::all(rows));
    bencher.bench(|| {
        let design = black_box(&design).with_replicates(kind, Centre::Estimate);
        design.and_then(|design| mean(&design, black_box(&values), &all))
    });
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

/// Rao and Scott's test of five by five categories.
#[divan::bench(args = [100_000, 1_000_000], sample_count = 50)]
fn test_of_five_by_five(bencher: Bencher<'_, '_>, rows: usize) {
    let design = design(rows);
    let codes = |salt| -> Vec<Option<u32>> { (0..rows).map(|row| Some(pick(row, salt, 5))).collect() };
    let (one, other, all) = (codes(4), codes(5), Mask::all(rows));
    bencher.bench(|| chi_square(black_box(&design), &one, &other, &all, AssociationMethod::RaoScottF));
}

/// A plain sum of 64 MB in eight lanes: what one core gets from memory, for the ratio in the README.
#[divan::bench(sample_count = 50)]
fn sum_of_64_megabytes(bencher: Bencher<'_, '_>) {
    let numbers = vec![1.5_f64; 8_000_000];
    bencher.bench(|| {
        let mut lanes = [0.0; 8];
        for eight in black_box(&numbers).chunks_exact(8) {
            lanes.iter_mut().zip(eight).for_each(|(lane, number)| *lane += number);
        }
        lanes.iter().sum::<f64>()
    });
}
