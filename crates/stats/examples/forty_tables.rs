//! A whole small survey in one process: 800 people raked to four margins, then 40 domain tables with intervals.
//!
//! `cargo build --release -p stats --example forty_tables`, then time the program with `/usr/bin/time -v`: what
//! it takes from its start to its end, and how much memory, is what the crate's README reports.

use stats::*;

const PEOPLE: usize = 800;

/// A number below `bound` that looks random and is the same in every run.
fn pick(row: usize, salt: u64, bound: u32) -> u32 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15 ^ salt).rotate_left(29);
    ((mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) % u64::from(bound)) as u32
}

fn main() -> Result<(), Error> {
    let design = Design::new(DesignParts {
        clusters: Some((0..PEOPLE).map(|row| (row % 100) as u32).collect()),
        ..DesignParts::weighted(vec![1.0; PEOPLE], Basis::NonprobabilityRaked)
    })?;
    let margins: Vec<Margin> = [5, 4, 3, 6].into_iter().zip(10..).map(margin).collect();
    let shares = RakeOptions { targets: Targets::Shares, ..RakeOptions::with(Missing::Refuse) };
    let design = rake(&design, &margins, &shares)?.design;
    let groups: Vec<Mask> =
        (0..5).map(|group| Mask::from_fn(PEOPLE, |row| pick(row, 30, 5) == group)).collect();
    for table in 0..40 {
        let answer: Vec<f64> = (0..PEOPLE).map(|row| f64::from(pick(row, 40 + table, 2))).collect();
        for group in &groups {
            let share = proportion(&design, &answer, group, ProportionInterval::Beta, 0.95)?;
            print!("{:.1} ({:.1} to {:.1})  ", 100.0 * share.value, 100.0 * share.low, 100.0 * share.high);
        }
        println!();
    }
    Ok(())
}

fn margin((categories, salt): (u32, u64)) -> Margin {
    let all = f64::from(categories * (categories + 1) / 2);
    Margin {
        name: format!("margin {salt}"),
        codes: (0..PEOPLE).map(|row| Some(pick(row, salt, categories))).collect(),
        targets: (1..=categories).map(|part| Some(f64::from(part) / all)).collect(),
        labels: (0..categories).map(|code| code.to_string()).collect(),
    }
}
