//! Rows that are units of their own and that nothing tells apart, summed: a million people become a few thousand rows.
//!
//! A design without clusters has as many first-stage units as rows, so sums by unit save nothing. But people of one
//! stratum and one cell of the margins, with one answer, differ in nothing but their weight, and the variance needs no
//! more of them than how many they are, sum w and sum w^2.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::design::{Calibration, People};
use crate::numbers::{Numbers, width};
use crate::{CellTotals, Design, Error, Totals, chunks};

/// Which rows of a design nothing tells apart but their answers: found once, for every table.
#[derive(Clone, Debug)]
pub struct Kinds {
    of_rows: Vec<u32>,
    /// A row of each kind.
    first: Vec<u32>,
}

/// Rows in memory, summed by kind and cell.
///
/// # Example
/// ```
/// use stats::*;
/// let design = Design::new(DesignParts::weighted(vec![1.0; 1_000], Basis::NonprobabilityRaked))?;
/// let answers: Vec<u32> = (0..1_000).map(|row| u32::from(row % 4 == 0)).collect();
/// let kinds = Kinds::of(&design)?;
/// let table = KindTotals { design: &design, kinds: &kinds, cells: &answers }.by_cell()?;
/// assert_eq!(table.cells(), [0, 1]);
/// let share = proportion(table.design(), &[0.0, 1.0], &Mask::all(2), ProportionInterval::Beta, 0.95)?;
/// assert_eq!((share.value, share.respondents, share.degrees_of_freedom), (0.25, 1_000, 999));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct KindTotals<'a> {
    /// The design: one stage of rows that are their own units, without replicates.
    pub design: &'a Design,
    /// Its kinds.
    pub kinds: &'a Kinds,
    /// Cell of each row.
    pub cells: &'a [u32],
}

/// How many first-stage units each row of a design stands for.
pub(crate) type Alike = Arc<Vec<f64>>;

/// Kinds above which nothing is gained.
const MOST: usize = 1 << 16;
/// Combinations of kind and cell up to which those that do not occur may stand in the table.
const DENSE: usize = 1 << 18;

impl Kinds {
    /// Which rows are alike: one stratum, one cell of every margin weighted by, one residual weight.
    ///
    /// # Errors
    /// [`Error::NotSummable`] for clusters, later stages, replicates, unequal chances, weights fitted to columns, and
    /// where nearly every row is a kind of its own.
    pub fn of(design: &Design) -> Result<Kinds, Error> {
        let stages = design.stages();
        let plain = stages.len() == 1 && stages[0].units().is_none();
        if !plain || design.replicates().is_some() || design.unequal().is_some() || design.is_summed() {
            return Err(Error::NotSummable);
        }
        let mut kinds = split(&stages[0].strata_of_units, &weighted(design))?;
        for calibration in design.calibrations() {
            let Calibration::Margins(margins) = calibration.as_ref() else { return Err(Error::NotSummable) };
            kinds = split(&kinds, margins.cells())?;
            if *margins.weights() != *design.weights() {
                // Residuals then depend on both weights, and not on the cell alone.
                kinds = split(&kinds, &by_bits(margins.weights()))?;
                kinds = split(&kinds, &by_bits(design.weights()))?;
            }
        }
        let mut first = vec![u32::MAX; width(&kinds)];
        (0..).zip(&kinds).for_each(|(row, kind)| first[*kind as usize] = first[*kind as usize].min(row));
        Ok(Kinds { of_rows: kinds, first })
    }
}

/// 1 for rows with a weight: those without are units, and nobody.
fn weighted(design: &Design) -> Vec<u32> {
    design.weights().iter().map(|weight| u32::from(*weight != 0.0)).collect()
}

/// Each kind split by a code.
fn split(kinds: &[u32], codes: &[u32]) -> Result<Vec<u32>, Error> {
    let mut numbers = Numbers::new(width(kinds), width(codes));
    let split = kinds.iter().zip(codes).map(|(kind, code)| numbers.of(*kind, *code)).collect();
    if numbers.pairs.len() > MOST { Err(Error::NotSummable) } else { Ok(split) }
}

/// A number for each weight that occurs.
fn by_bits(weights: &[f64]) -> Vec<u32> {
    let mut known: BTreeMap<u64, u32> = BTreeMap::new();
    let mut number = |weight: &f64| {
        let next = known.len() as u32;
        *known.entry(weight.to_bits()).or_insert(next)
    };
    weights.iter().map(&mut number).collect()
}

/// What is summed of a combination.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    units: f64,
    weight: f64,
    squares: f64,
}

impl Totals for KindTotals<'_> {
    fn by_cell(&self) -> Result<CellTotals, Error> {
        let KindTotals { design, kinds, cells } = *self;
        design.check_rows("cells", cells.len())?;
        design.check_rows("kinds", kinds.of_rows.len())?;
        let (pairs, sums) = self.sums();
        let occurring = || pairs.iter().zip(&sums).filter(|(_, sums)| sums.units > 0.0);
        let rows: Vec<u32> = occurring().map(|((kind, _), _)| kinds.first[*kind as usize]).collect();
        let weights: Vec<f64> = occurring().map(|(_, sums)| sums.weight).collect();
        let units: Vec<f64> = occurring().map(|(_, sums)| sums.units).collect();
        let people = occurring().map(|(_, sums)| people(sums)).collect();
        let cells = occurring().map(|((_, cell), _)| *cell).collect();
        Ok(CellTotals::of(design.alike(&rows, weights, people, units), cells))
    }
}

fn people(sums: &Sums) -> People {
    match sums.weight == 0.0 {
        true => People { count: 0.0, concentration: 0.0 },
        false => People { count: sums.units, concentration: sums.squares / sums.weight / sums.weight },
    }
}

impl KindTotals<'_> {
    /// Combinations of kind and cell with their sums, in one order whatever the number of threads.
    fn sums(&self) -> (Vec<(u32, u32)>, Vec<Sums>) {
        let (kinds, cells, weights) = (&self.kinds.of_rows, self.cells, self.design.weights());
        let (count, width) = (self.kinds.first.len(), width(cells));
        if count.saturating_mul(width) > DENSE {
            let mut numbers = Numbers::new(count, width);
            let mut sums: Vec<Sums> = Vec::new();
            for ((kind, cell), weight) in kinds.iter().zip(cells).zip(weights) {
                let number = numbers.of(*kind, *cell) as usize;
                sums.resize(numbers.pairs.len(), Sums::default());
                sums[number].count(*weight);
            }
            return (numbers.pairs, sums);
        }
        let of_chunk = |rows: Range<usize>| {
            let mut sums = vec![Sums::default(); count * width];
            for row in rows {
                sums[kinds[row] as usize * width + cells[row] as usize].count(weights[row]);
            }
            sums
        };
        let mut parts = chunks::map(cells.len(), 4 * count * width, of_chunk).into_iter();
        let mut whole = parts.next().unwrap_or_default();
        parts.for_each(|part| whole.iter_mut().zip(&part).for_each(|(whole, part)| whole.add(part)));
        let pairs = (0..count as u32).flat_map(|kind| (0..width as u32).map(move |cell| (kind, cell)));
        (pairs.collect(), whole)
    }
}

impl Sums {
    fn count(&mut self, weight: f64) {
        self.units += 1.0;
        self.weight += weight;
        self.squares += weight * weight;
    }

    fn add(&mut self, other: &Sums) {
        self.units += other.units;
        self.weight += other.weight;
        self.squares += other.squares;
    }
}

impl Calibration {
    /// The same of rows that each stand for `units` like the row of `rows` they are taken from.
    pub(crate) fn alike(&self, design: &Design, rows: &[u32], units: &Alike, weights: &[f64]) -> Calibration {
        match self {
            Calibration::Margins(margins) => {
                let fixed = *margins.weights() != *design.weights();
                Calibration::Margins(margins.alike(rows, units, weights, fixed))
            }
            Calibration::Columns(columns) => Calibration::Columns(columns.clone()),
        }
    }
}
