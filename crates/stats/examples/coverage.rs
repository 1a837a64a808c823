//! How often intervals of proportions hold the truth, and how wide they are.
//!
//! `cargo run --release -p stats --example coverage` draws samples from made populations with a fixed seed and
//! prints the table that stands in the crate's README. A domain is half of a sample, so its size varies around
//! the one in the table. Clustered samples are 20 clusters; people of a cluster resemble each other with an
//! intraclass correlation of 0.09.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use stats::{Basis, Design, DesignParts, Error, Mask, ProportionInterval, proportion};

const SAMPLES: u64 = 4000;
const SEED: u64 = 20_260_101;
const CLUSTERS: usize = 20;
/// Clusters in the population, and people in each.
const POPULATION: (usize, usize) = (2000, 60);
/// Chance to answer as the cluster does; its square is the intraclass correlation.
const ALIKE: f64 = 0.3;

const METHODS: [(&str, ProportionInterval); 4] = [
    ("beta", ProportionInterval::Beta),
    ("logit", ProportionInterval::Logit),
    ("Wilson", ProportionInterval::Wilson),
    ("Wald", ProportionInterval::Mean),
];

/// A population by clusters: who says yes, and who is in the domain.
struct Population {
    people: Vec<Vec<(bool, bool)>>,
    truth: f64,
}

fn main() -> Result<(), Error> {
    let names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
    println!("| share | domain of | sample | {} |", names.join(" | "));
    println!("|---|---|---|{}", "---|".repeat(METHODS.len()));
    let mut lowest = 1.0_f64;
    for clustered in [false, true] {
        for share in [0.05, 0.2, 0.5] {
            let mut random = ChaCha8Rng::seed_from_u64(SEED);
            let population = populate(share, if clustered { ALIKE } else { 0.0 }, &mut random);
            for size in [20, 50, 200] {
                let results = results(&population, size, clustered)?;
                lowest = lowest.min(results[0].0);
                let cell = |(covered, width): &(f64, f64)| format!("{:.1} % ({width:.2})", 100.0 * covered);
                let cells: Vec<String> = results.iter().map(cell).collect();
                let sample = if clustered { "clusters" } else { "people" };
                println!("| {share} | {size} | {sample} | {} |", cells.join(" | "));
            }
        }
    }
    println!("\nlowest coverage of the default: {:.1} %", 100.0 * lowest);
    Ok(())
}

/// A number from 0 up to 1.
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

fn populate(share: f64, alike: f64, random: &mut ChaCha8Rng) -> Population {
    let mut people = Vec::with_capacity(POPULATION.0);
    for _ in 0..POPULATION.0 {
        let common = uniform(random) < share;
        let mut one = || {
            let own = uniform(random) < share;
            let follows = uniform(random) < alike;
            (if follows { common } else { own }, uniform(random) < 0.5)
        };
        people.push((0..POPULATION.1).map(|_| one()).collect());
    }
    let domain = || people.iter().flatten().filter(|(_, inside): &&(bool, bool)| *inside);
    let truth = domain().filter(|(yes, _)| *yes).count() as f64 / domain().count() as f64;
    Population { people, truth }
}

/// Coverage and mean width of every method.
fn results(population: &Population, size: usize, clustered: bool) -> Result<Vec<(f64, f64)>, Error> {
    let mut sums = vec![(0.0, 0.0); METHODS.len()];
    let mut counted = 0.0;
    for sample in 0..SAMPLES {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        random.set_stream(1 + sample);
        let (rows, clusters) = draw(population, 2 * size, clustered, &mut random);
        let weights = vec![1.0; rows.len()];
        let parts = DesignParts { clusters, ..DesignParts::weighted(weights, Basis::Probability) };
        let design = Design::new(parts)?;
        let domain = Mask::from_fn(rows.len(), |row| rows[row].1);
        if design.degrees_of_freedom(&domain) == 0 {
            continue;
        }
        counted += 1.0;
        let values: Vec<f64> = rows.iter().map(|(yes, _)| f64::from(u8::from(*yes))).collect();
        for ((_, method), (covered, width)) in METHODS.iter().zip(&mut sums) {
            let interval = proportion(&design, &values, &domain, *method, 0.95)?;
            let holds = interval.low <= population.truth && population.truth <= interval.high;
            *covered += f64::from(u8::from(holds));
            *width += interval.high - interval.low;
        }
    }
    Ok(sums.into_iter().map(|(covered, width)| (covered / counted, width / counted)).collect())
}

/// People drawn one by one, or the same number from each of the clusters drawn.
fn draw(
    population: &Population,
    size: usize,
    clustered: bool,
    random: &mut ChaCha8Rng,
) -> (Vec<(bool, bool)>, Option<Vec<u32>>) {
    let mut below = |bound: usize| ((uniform(random) * bound as f64) as usize).min(bound - 1);
    let (clusters, people) = POPULATION;
    if !clustered {
        let rows = (0..size).map(|_| population.people[below(clusters)][below(people)]).collect();
        return (rows, None);
    }
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for label in 0..CLUSTERS {
        let mut left = population.people[below(clusters)].clone();
        // What is left over goes to the first clusters.
        let count = size / CLUSTERS + usize::from(label < size % CLUSTERS);
        for _ in 0..count {
            rows.push(left.swap_remove(below(left.len())));
            labels.push(label as u32);
        }
    }
    (rows, Some(labels))
}
