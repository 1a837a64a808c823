//! How often intervals of proportions hold the truth, and how wide they are.
//!
//! `cargo run --release -p stats --example coverage` draws samples from made populations with a fixed seed and
//! prints the table that stands in the crate's README. A domain is half of a sample, so its size varies around
//! the one in the table. Clustered samples are 20 clusters; people of a cluster resemble each other with an
//! intraclass correlation of 0.09.

//! The last column rakes each sample to a known margin that goes along with the answer, rakes each of its bootstrap
//! replicates again, and gives the default interval from their spread.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use stats::*;

const SAMPLES: u64 = 4000;
/// Samples that are also raked and repeated, and how often each is.
const REPEATED: u64 = 2000;
const REPLICATES: usize = 100;
/// Chance that somebody's category of the margin is that of their answer.
const ALONG: f64 = 0.7;
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

/// Somebody: whether they say yes, are in the domain, and their category of the margin.
#[derive(Clone, Copy)]
struct Person {
    yes: bool,
    inside: bool,
    category: bool,
}

/// A population by clusters.
struct Population {
    people: Vec<Vec<Person>>,
    /// Share of yes in the domain.
    truth: f64,
    /// Share of everybody in the second category of the margin.
    margin: f64,
}

fn main() -> Result<(), Error> {
    let names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
    println!("| share | domain of | sample | {} | re-raked bootstrap |", names.join(" | "));
    println!("|---|---|---|{}", "---|".repeat(METHODS.len() + 1));
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
    let mut people: Vec<Vec<Person>> = Vec::with_capacity(POPULATION.0);
    let mut apart = random.clone();
    apart.set_stream(u64::MAX);
    for _ in 0..POPULATION.0 {
        let common = uniform(random) < share;
        let mut one = || {
            let own = uniform(random) < share;
            let follows = uniform(random) < alike;
            let (yes, inside) = (if follows { common } else { own }, uniform(random) < 0.5);
            Person { yes, inside, category: yes == (uniform(&mut apart) < ALONG) }
        };
        people.push((0..POPULATION.1).map(|_| one()).collect());
    }
    let share = |among: &dyn Fn(&Person) -> bool, of: &dyn Fn(&Person) -> bool| {
        let all = || people.iter().flatten().filter(|person| among(person));
        all().filter(|person| of(person)).count() as f64 / all().count() as f64
    };
    let truth = share(&|person| person.inside, &|person| person.yes);
    let margin = share(&|_| true, &|person| person.category);
    Population { people, truth, margin }
}

/// How often intervals held the truth, and how wide they were.
#[derive(Clone, Copy, Default)]
struct Tally {
    samples: f64,
    covered: f64,
    width: f64,
}

impl Tally {
    fn count(&mut self, interval: &Proportion, truth: f64) {
        self.samples += 1.0;
        self.covered += f64::from(u8::from(interval.low <= truth && truth <= interval.high));
        self.width += interval.high - interval.low;
    }
}

/// Coverage and mean width of every method, the re-raked bootstrap last.
fn results(population: &Population, size: usize, clustered: bool) -> Result<Vec<(f64, f64)>, Error> {
    let mut tallies = vec![Tally::default(); METHODS.len() + 1];
    for sample in 0..SAMPLES {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        random.set_stream(1 + sample);
        let (rows, clusters) = draw(population, 2 * size, clustered, &mut random);
        let weights = vec![1.0; rows.len()];
        let parts = DesignParts { clusters, ..DesignParts::weighted(weights, Basis::Probability) };
        let design = Design::new(parts)?;
        let domain = Mask::from_fn(rows.len(), |row| rows[row].inside);
        if design.degrees_of_freedom(&domain) == 0 {
            continue;
        }
        let values: Vec<f64> = rows.iter().map(|person| f64::from(u8::from(person.yes))).collect();
        for ((_, method), tally) in METHODS.iter().zip(&mut tallies) {
            tally.count(&proportion(&design, &values, &domain, *method, 0.95)?, population.truth);
        }
        if sample < REPEATED {
            let design = match repeated(&design, population, &rows, sample) {
                // A replicate without a category refuses its sample: the remedy is to collapse, not to count.
                Err(Error::InReplicate { .. }) => continue,
                design => design?,
            };
            let interval = proportion(&design, &values, &domain, ProportionInterval::Beta, 0.95)?;
            tallies[METHODS.len()].count(&interval, population.truth);
        }
    }
    Ok(tallies.iter().map(|tally| (tally.covered / tally.samples, tally.width / tally.samples)).collect())
}

/// The sample raked to the margin, it and each of its bootstrap replicates.
fn repeated(design: &Design, population: &Population, rows: &[Person], seed: u64) -> Result<Design, Error> {
    let margin = Margin {
        name: "margin".into(),
        codes: rows.iter().map(|person| Some(u32::from(person.category))).collect(),
        targets: vec![Some(1.0 - population.margin), Some(population.margin)],
        labels: vec!["one".into(), "other".into()],
    };
    let kind = ReplicateKind::Bootstrap { replicates: REPLICATES, seed };
    let options = RakeOptions { targets: Targets::Shares, ..RakeOptions::with(Missing::Refuse) };
    Ok(rake(&design.with_replicates(kind, Centre::Estimate)?, &[margin], &options)?.design)
}

/// People drawn one by one, or the same number from each of the clusters drawn.
fn draw(
    population: &Population,
    size: usize,
    clustered: bool,
    random: &mut ChaCha8Rng,
) -> (Vec<Person>, Option<Vec<u32>>) {
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
