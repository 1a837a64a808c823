//! One stage of sampling: which units, in which strata, out of how many.

use super::{ClusterLabels, DesignParts};
use crate::Error;
use crate::numbers::{Numbers, width};

/// A stage with dense codes in order of first appearance, so that every sum has one order.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    /// Unit of each row; none when every row is its own unit.
    units: Option<Vec<u32>>,
    /// Stratum of each unit.
    pub(crate) strata_of_units: Vec<u32>,
    pub(crate) strata: Vec<Stratum>,
}

/// A stratum at one stage.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// The label it was given, for messages.
    pub(crate) label: u32,
    /// n_h, units drawn.
    pub(crate) units: usize,
    /// N_h, units in the population.
    population: Option<f64>,
    /// Product of the sampling fractions of the stages before.
    pub(crate) share: f64,
}

impl Stratum {
    /// f_h = (N_h - n_h)/N_h, the part of the population that was not drawn.
    pub(crate) fn remaining(&self) -> f64 {
        self.population.map_or(1.0, |population| (population - self.units as f64) / population)
    }

    fn fraction(&self) -> Option<f64> {
        self.population.map(|population| self.units as f64 / population)
    }
}

impl Stage {
    pub(crate) fn unit_of(&self, row: usize) -> usize {
        self.units.as_ref().map_or(row, |units| units[row] as usize)
    }

    pub(crate) fn stratum_of(&self, unit: usize) -> usize {
        self.strata_of_units[unit] as usize
    }

    pub(crate) fn units(&self) -> Option<&[u32]> {
        self.units.as_deref()
    }

    /// The same plan with other rows.
    pub(crate) fn with_units(&self, units: Vec<u32>) -> Stage {
        Stage { units: Some(units), ..self.clone() }
    }

    /// The same plan with some of the rows, each its own unit.
    pub(crate) fn with_rows(&self, rows: &[u32]) -> Stage {
        let strata_of_units = rows.iter().map(|row| self.strata_of_units[*row as usize]).collect();
        Stage { units: None, strata_of_units, strata: self.strata.clone() }
    }

    /// The units of each stratum.
    pub(crate) fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.strata.len()];
        for (unit, stratum) in (0..).zip(&self.strata_of_units) {
            members[*stratum as usize].push(unit);
        }
        members
    }

    /// Chance of each unit to be drawn, product of n/N up to this stage; none without population counts.
    pub(super) fn fractions(&self) -> Option<Vec<f64>> {
        let of = |stratum: &u32| {
            let stratum = &self.strata[*stratum as usize];
            stratum.fraction().map(|fraction| fraction * stratum.share)
        };
        self.strata_of_units.iter().map(of).collect()
    }
}

/// Labels turned into dense codes in order of first appearance, with the labels they stand for.
fn dense(labels: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut numbers = Numbers::new(1, width(labels));
    let codes = labels.iter().map(|label| numbers.of(0, *label)).collect();
    (codes, numbers.pairs.into_iter().map(|(_, label)| label).collect())
}

/// Checks and codes all stages of a design.
pub(super) fn read_stages(parts: &DesignParts) -> Result<Vec<Stage>, Error> {
    let rows = parts.weights.len();
    check_columns(parts)?;
    let (strata, labels) = match &parts.strata {
        Some(strata) => dense(strata),
        None => (vec![0; rows], vec![0]),
    };
    let drawn_in = Strata { of_rows: strata, labels, shares: None };
    let first =
        read_stage(1, &drawn_in, parts.clusters.as_deref(), parts.labels, parts.population.as_deref())?;
    let mut stages = vec![first];
    for (later, number) in parts.later_stages.iter().zip(2..) {
        let before = &stages[number - 2];
        let Some(shares) = before.fractions() else { break };
        let of_rows: Vec<u32> = (0..rows).map(|row| before.unit_of(row) as u32).collect();
        let labels = (0..shares.len() as u32).collect();
        let drawn_in = Strata { of_rows, labels, shares: Some(shares) };
        let stage = read_stage(
            number,
            &drawn_in,
            later.clusters.as_deref(),
            ClusterLabels::Restart,
            later.population.as_deref(),
        )?;
        stages.push(stage);
    }
    Ok(stages)
}

/// What the units of a stage are drawn in: strata at first, the clusters before at later stages.
struct Strata {
    of_rows: Vec<u32>,
    labels: Vec<u32>,
    shares: Option<Vec<f64>>,
}

fn read_stage(
    number: usize,
    drawn_in: &Strata,
    clusters: Option<&[u32]>,
    labels: ClusterLabels,
    population: Option<&[f64]>,
) -> Result<Stage, Error> {
    let (units, strata_of_units) = match clusters {
        None => (None, drawn_in.of_rows.clone()),
        Some(clusters) => {
            let (units, strata) = read_units(drawn_in, clusters, labels)?;
            (Some(units), strata)
        }
    };
    let mut strata: Vec<Stratum> = (0..drawn_in.labels.len())
        .map(|stratum| Stratum {
            label: drawn_in.labels[stratum],
            units: 0,
            population: None,
            share: drawn_in.shares.as_ref().map_or(1.0, |shares| shares[stratum]),
        })
        .collect();
    for stratum in &strata_of_units {
        strata[*stratum as usize].units += 1;
    }
    if let Some(population) = population {
        read_population(number, drawn_in, population, &mut strata)?;
    }
    Ok(Stage { units, strata_of_units, strata })
}

fn read_units(
    drawn_in: &Strata,
    clusters: &[u32],
    labels: ClusterLabels,
) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let restart = labels == ClusterLabels::Restart;
    let mut numbers = Numbers::new(if restart { drawn_in.labels.len() } else { 1 }, width(clusters));
    let mut strata_of_units: Vec<u32> = Vec::new();
    let mut units = Vec::with_capacity(clusters.len());
    for (cluster, stratum) in clusters.iter().zip(&drawn_in.of_rows) {
        let unit = numbers.of(if restart { *stratum } else { 0 }, *cluster);
        if unit as usize == strata_of_units.len() {
            strata_of_units.push(*stratum);
        }
        let first = strata_of_units[unit as usize];
        if first != *stratum {
            return Err(Error::ClusterInTwoStrata {
                cluster: *cluster,
                first: drawn_in.labels[first as usize],
                second: drawn_in.labels[*stratum as usize],
            });
        }
        units.push(unit);
    }
    Ok((units, strata_of_units))
}

fn read_population(
    stage: usize,
    drawn_in: &Strata,
    population: &[f64],
    strata: &mut [Stratum],
) -> Result<(), Error> {
    for (row, count) in population.iter().enumerate() {
        if !count.is_finite() || *count <= 0.0 {
            return Err(Error::PopulationNotUsable { stage, row, population: *count });
        }
        let stratum = &mut strata[drawn_in.of_rows[row] as usize];
        let first = *stratum.population.get_or_insert(*count);
        if first != *count {
            return Err(Error::PopulationDiffers { stage, stratum: stratum.label, first, second: *count });
        }
        if first < stratum.units as f64 {
            return Err(Error::PopulationTooSmall {
                stage,
                stratum: stratum.label,
                population: first,
                sampled: stratum.units,
            });
        }
    }
    Ok(())
}

fn check_columns(parts: &DesignParts) -> Result<(), Error> {
    let expected = parts.weights.len();
    let check = |what, got: Option<usize>| match got {
        Some(got) if got != expected => Err(Error::RowsDiffer { what, expected, got }),
        _ => Ok(()),
    };
    check("strata", parts.strata.as_ref().map(Vec::len))?;
    check("clusters", parts.clusters.as_ref().map(Vec::len))?;
    check("population", parts.population.as_ref().map(Vec::len))?;
    for later in &parts.later_stages {
        check("clusters of a later stage", later.clusters.as_ref().map(Vec::len))?;
        check("population of a later stage", later.population.as_ref().map(Vec::len))?;
    }
    Ok(())
}
