//! Referral samples made from a referral sample.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::chain::Chain;
use super::{Referral, Resampling, inclusion};
use crate::Error;
use crate::matrix::Rows;

/// The people whose group and network size are known, and who recruited whom among them.
pub(super) struct Known {
    groups: usize,
    /// Group and network size.
    traits: Vec<(usize, f64)>,
    /// Recruiter of each, none for seeds and for recruits of somebody unknown.
    recruiters: Vec<Option<usize>>,
    /// Recruits of each.
    recruits: Vec<Vec<usize>>,
}

impl Known {
    pub(super) fn new(sample: &Referral, places: &[Option<usize>], groups: usize) -> Known {
        let mut known = Known { groups, traits: vec![], recruiters: vec![], recruits: vec![] };
        let mut number = vec![None; places.len()];
        for (row, place) in places.iter().enumerate() {
            if let (Some(place), Some(degree)) = (place, sample.degrees[row]) {
                let recruiter = sample.recruiters[row].and_then(|recruiter: usize| number[recruiter]);
                number[row] = Some(known.traits.len());
                if let Some(recruiter) = recruiter {
                    let recruits: &mut Vec<usize> = &mut known.recruits[recruiter];
                    recruits.push(known.traits.len());
                }
                known.traits.push((*place, degree));
                known.recruiters.push(recruiter);
                known.recruits.push(Vec::new());
            }
        }
        known
    }

    pub(super) fn people(&self) -> usize {
        self.traits.len()
    }

    fn start(&self) -> Chain {
        Chain::new(self.groups)
    }

    /// Recruits by the group of their recruiter.
    fn recruited_by(&self) -> Vec<Vec<usize>> {
        let mut recruited = vec![Vec::new(); self.groups];
        for (person, recruiter) in self.recruiters.iter().enumerate() {
            if let Some(recruiter) = recruiter {
                recruited[self.traits[*recruiter].0].push(person);
            }
        }
        recruited
    }
}

/// What samples are made from.
pub(super) enum Maker {
    Chain { recruited: Vec<Vec<usize>> },
    Tree { seeds: Vec<usize> },
    Population { mixing: Rows, classes: Vec<Class> },
}

/// People of a made population who are alike.
#[derive(Clone)]
pub(super) struct Class {
    group: usize,
    degree: f64,
    people: f64,
}

impl Maker {
    pub(super) fn new(known: &Known, resampling: Resampling) -> Result<Maker, Error> {
        Ok(match resampling {
            Resampling::Chain => Maker::Chain { recruited: known.recruited_by() },
            Resampling::Tree => Maker::Tree {
                seeds: (0..known.people()).filter(|at| known.recruiters[*at].is_none()).collect(),
            },
            Resampling::SuccessiveSampling { population } => {
                let mut chain = known.start();
                for (person, recruiter) in known.recruiters.iter().enumerate() {
                    if let Some(recruiter) = recruiter {
                        chain.link(known.traits[*recruiter].0, known.traits[person].0);
                    }
                }
                Maker::Population { mixing: chain.transitions(), classes: classes(known, population)? }
            }
        })
    }

    pub(super) fn make(&self, known: &Known, random: &mut ChaCha8Rng) -> Chain {
        match self {
            Maker::Chain { recruited } => make_chain(known, recruited, random),
            Maker::Tree { seeds } => make_tree(known, seeds, random),
            Maker::Population { mixing, classes } => draw_from(known, mixing, classes.clone(), random),
        }
    }
}

/// A number from 0 up to `bound`, not included.
fn below(random: &mut ChaCha8Rng, bound: usize) -> usize {
    // 53 of 64 bits: what a double holds; the bound is far smaller.
    ((share(random) * bound as f64) as usize).min(bound.saturating_sub(1))
}

/// A number from 0 up to 1, not included.
fn share(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

fn make_chain(known: &Known, recruited: &[Vec<usize>], random: &mut ChaCha8Rng) -> Chain {
    let mut chain = known.start();
    let mut person = below(random, known.people());
    chain.add(known.traits[person].0, known.traits[person].1);
    for _ in 1..known.people() {
        let from = known.traits[person].0;
        let recruits = &recruited[from];
        if recruits.is_empty() {
            // A group without recruits ends the chain; another seed starts the next.
            person = below(random, known.people());
        } else {
            person = recruits[below(random, recruits.len())];
            chain.link(from, known.traits[person].0);
        }
        chain.add(known.traits[person].0, known.traits[person].1);
    }
    chain
}

fn make_tree(known: &Known, seeds: &[usize], random: &mut ChaCha8Rng) -> Chain {
    let mut chain = known.start();
    let mut open: Vec<usize> = seeds.iter().map(|_| seeds[below(random, seeds.len())]).collect();
    while let Some(person) = open.pop() {
        let (group, degree) = known.traits[person];
        chain.add(group, degree);
        let recruits = &known.recruits[person];
        for _ in recruits {
            let recruit = recruits[below(random, recruits.len())];
            chain.link(group, known.traits[recruit].0);
            open.push(recruit);
        }
    }
    chain
}

/// A population in which every person of the sample stands for one over their chance, rounded.
fn classes(known: &Known, population: f64) -> Result<Vec<Class>, Error> {
    let degrees: Vec<f64> = known.traits.iter().map(|(_, degree)| *degree).collect();
    let chances = inclusion::chances(&degrees, population)?;
    let whole: f64 = chances.iter().map(|chance| 1.0 / chance).sum();
    let mut classes = Vec::new();
    let (mut wanted, mut given) = (0.0, 0.0);
    for ((group, degree), chance) in known.traits.iter().zip(chances) {
        wanted += population / (chance * whole);
        // Rounding the running sum keeps the total, and leaves every person at least themselves.
        let people = (wanted - given).round().max(1.0);
        given += people;
        classes.push(Class { group: *group, degree: *degree, people });
    }
    Ok(classes)
}

/// Walks the tree of the sample through the population, drawing without replacement by network size.
fn draw_from(known: &Known, mixing: &Rows, mut classes: Vec<Class>, random: &mut ChaCha8Rng) -> Chain {
    let mut chain = known.start();
    let mut drawn: Vec<usize> = Vec::with_capacity(known.people());
    for recruiter in &known.recruiters {
        let from = recruiter.map(|recruiter| drawn[recruiter]);
        let group = from.and_then(|from| pick(mixing[from].iter().copied(), random));
        let within = |class: &Class, group: Option<usize>| match group {
            Some(group) if class.group != group => 0.0,
            _ => class.people * class.degree,
        };
        let place = pick(classes.iter().map(|class| within(class, group)), random)
            // Nobody of the group is left: anybody may be recruited.
            .or_else(|| pick(classes.iter().map(|class| within(class, None)), random));
        let Some(place) = place else { break };
        let class = &mut classes[place];
        class.people -= 1.0;
        chain.add(class.group, class.degree);
        if let Some(from) = from {
            chain.link(from, class.group);
        }
        drawn.push(class.group);
    }
    chain
}

/// A place, with chances in proportion to `parts`; none when all of them are zero.
fn pick(parts: impl Iterator<Item = f64> + Clone, random: &mut ChaCha8Rng) -> Option<usize> {
    let mut left = share(random) * parts.clone().sum::<f64>();
    let mut last = None;
    for (place, part) in parts.enumerate().filter(|(_, part)| *part > 0.0) {
        last = Some(place);
        left -= part;
        if left < 0.0 {
            break;
        }
    }
    last
}
