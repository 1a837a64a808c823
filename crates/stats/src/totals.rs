//! Aggregate once: rows summed by cluster and cell, from memory or from elsewhere.
//!
//! Every linear estimate needs no more than sum w, sum w y and sum w^2 of each cell within each cluster.
//! Whoever can give these sums, a slice in memory, a database or a partner who may not share rows, gets the
//! same estimates: the sums become a design with one row per cell and cluster, and everything that works
//! on a design works on it.

use crate::design::People;
use crate::linear::{Sums, sum_by};
use crate::numbers::{Numbers, width};
use crate::{
    Basis, ClusterLabels, Design, DesignParts, Error, Estimates, Lonely, Mask, Variable, means, totals,
};

/// Rows summed by first-stage cluster and cell.
#[derive(Clone, Debug)]
pub struct CellTotals {
    /// A design with one row per cluster and cell that occurs.
    design: Design,
    cells: Vec<u32>,
    /// For each column, its mean by row of the design.
    columns: Vec<Vec<f64>>,
}

/// A source of totals by cluster and cell.
pub trait Totals {
    /// Sums the rows.
    ///
    /// # Errors
    /// What cannot be summed, and those of [`Design::new`].
    fn by_cell(&self) -> Result<CellTotals, Error>;
}

/// Rows in memory.
#[derive(Clone, Copy, Debug)]
pub struct RowTotals<'a> {
    /// The design, not calibrated and with one stage; weighting comes after summing.
    pub design: &'a Design,
    /// Cell of each row.
    pub cells: &'a [u32],
    /// Columns of values, one per row.
    pub columns: &'a [&'a [f64]],
}

/// Sums of one cell within one cluster, as a database gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Label of the stratum.
    pub stratum: u32,
    /// Label of the cluster.
    pub cluster: u32,
    /// Code of the cell.
    pub cell: u32,
    /// Rows with a weight.
    pub respondents: usize,
    /// sum w.
    pub weight: f64,
    /// sum w^2.
    pub squares: f64,
    /// sum w y of each column.
    pub values: Vec<f64>,
}

/// Sums made elsewhere, in any order and in as many pieces as they come.
#[derive(Clone, Debug)]
pub struct PartTotals {
    /// The sums; clusters without anybody of interest must be among them, in a cell of their own.
    pub parts: Vec<Part>,
    /// Whether cluster labels restart in each stratum.
    pub labels: ClusterLabels,
    /// On what ground the sample speaks.
    pub basis: Basis,
    /// What to do with a stratum of a single cluster.
    pub lonely: Lonely,
}

impl Totals for RowTotals<'_> {
    fn by_cell(&self) -> Result<CellTotals, Error> {
        let design = self.design;
        if !is_summable(design) {
            return Err(Error::NotSummable);
        }
        design.check_rows("cells", self.cells.len())?;
        self.columns.iter().try_for_each(|column| design.check_rows("values", column.len()))?;
        let first = &design.stages()[0];
        let width = width(self.cells);
        let (pairs, keys) = self.pairs(width);
        let key = |row: usize| match &keys {
            Some(keys) => keys[row],
            None => first.unit_of(row) as u32 * width as u32 + self.cells[row],
        };
        let sums = |values| sum_by(design.weights(), pairs.len(), values, key);
        let counted = sums(self.columns.first().copied());
        let mut columns = vec![means_of(&counted)];
        columns.extend(self.columns.iter().skip(1).map(|column| means_of(&sums(Some(column)))));
        columns.truncate(self.columns.len());
        let (design, cells) = gathered(design, &pairs, &counted);
        CellTotals { design, cells, columns }.checked()
    }
}

impl RowTotals<'_> {
    /// Pairs of cluster and cell, and which of them each row is in; none when all pairs are there in order.
    fn pairs(&self, width: usize) -> (Vec<(u32, u32)>, Option<Vec<u32>>) {
        let first = &self.design.stages()[0];
        let units = first.strata_of_units.len();
        if units.saturating_mul(width) > DENSE {
            let mut numbers = Numbers::new(units, width);
            let rows = self.cells.iter().enumerate();
            let keys = rows.map(|(row, cell)| numbers.of(first.unit_of(row) as u32, *cell)).collect();
            return (numbers.pairs, Some(keys));
        }
        (all_pairs(units, width), None)
    }
}

/// Whether sums by cluster and cell say all that estimates need.
fn is_summable(design: &Design) -> bool {
    let kept = design.replicates().is_none_or(|replicates| replicates.repeats_units());
    kept && !design.is_calibrated() && design.stages().len() == 1
}

fn all_pairs(units: usize, width: usize) -> Vec<(u32, u32)> {
    let cells = 0..width as u32;
    (0..units as u32).flat_map(|unit| cells.clone().map(move |cell| (unit, cell))).collect()
}

/// The design of sums by pairs of cluster and cell, and the cell of each of its rows.
fn gathered(design: &Design, pairs: &[(u32, u32)], counted: &[Sums]) -> (Design, Vec<u32>) {
    let units = pairs.iter().map(|(unit, _)| *unit).collect();
    let weights = counted.iter().map(|sums| sums.weight).collect();
    let people = counted.iter().map(|sums| people(sums.rows, sums.weight, sums.squares)).collect();
    (design.summed(units, weights, people), pairs.iter().map(|(_, cell)| *cell).collect())
}

/// People summed by cluster and by cells below `width` that are nowhere written down.
///
/// None when there are too many pairs, or the rows themselves are needed.
pub(crate) fn sum_people(
    design: &Design,
    width: usize,
    cell: impl Fn(usize) -> u32 + Sync,
) -> Option<(Design, Vec<u32>)> {
    let first = &design.stages()[0];
    let units = first.strata_of_units.len();
    // Rows that are sums of people already know more than their weight.
    if !is_summable(design) || design.is_summed() || units.saturating_mul(width) > DENSE {
        return None;
    }
    let key = |row: usize| first.unit_of(row) as u32 * width as u32 + cell(row);
    let counted = sum_by(design.weights(), units * width, None, key);
    Some(gathered(design, &all_pairs(units, width), &counted))
}

/// Pairs of cluster and cell up to which those that do not occur may stand in the table.
const DENSE: usize = 1 << 17;

impl Totals for PartTotals {
    fn by_cell(&self) -> Result<CellTotals, Error> {
        let column = |of: fn(&Part) -> u32| self.parts.iter().map(of).collect::<Vec<u32>>();
        let design = Design::new(DesignParts {
            strata: Some(column(|part| part.stratum)),
            clusters: Some(column(|part| part.cluster)),
            labels: self.labels,
            lonely: self.lonely,
            ..DesignParts::weighted(self.parts.iter().map(|part| part.weight).collect(), self.basis)
        })?;
        let units = (0..self.parts.len()).map(|row| design.stages()[0].unit_of(row) as u32).collect();
        let counted = |part: &Part| people(part.respondents as f64, part.weight, part.squares);
        let people = self.parts.iter().map(counted).collect();
        let width = self.parts.iter().map(|part| part.values.len()).min().unwrap_or(0);
        let mean =
            |part: &Part, at: usize| if part.weight == 0.0 { 0.0 } else { part.values[at] / part.weight };
        let columns = (0..width).map(|at| self.parts.iter().map(|part| mean(part, at)).collect()).collect();
        let weights = design.weights().to_vec();
        let cells = column(|part| part.cell);
        CellTotals { design: design.summed(units, weights, people), cells, columns }.checked()
    }
}

fn people(count: f64, weight: f64, squares: f64) -> People {
    let concentration = if weight == 0.0 { 0.0 } else { squares / weight / weight };
    People { count, concentration }
}

fn means_of(sums: &[Sums]) -> Vec<f64> {
    sums.iter().map(|sums| if sums.weight == 0.0 { 0.0 } else { sums.value / sums.weight }).collect()
}

impl CellTotals {
    /// Sums without columns.
    pub(crate) fn of(design: Design, cells: Vec<u32>) -> CellTotals {
        CellTotals { design, cells, columns: Vec::new() }
    }

    fn checked(self) -> Result<CellTotals, Error> {
        match self.columns.iter().flatten().all(|value| value.is_finite()) {
            true => Ok(self),
            false => Err(Error::Overflow { what: "values" }),
        }
    }

    /// The design of the sums: to be raked, replicated and estimated from like any other.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The same sums under a design made from [`CellTotals::design`] by weighting or with replicates.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`] when it was made from another one.
    pub fn with_design(&self, design: Design) -> Result<CellTotals, Error> {
        self.design.check_rows("design", design.rows())?;
        Ok(CellTotals { design, ..self.clone() })
    }

    /// Cell of each row of the design.
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// The rows of the design in some cells.
    pub fn domain(&self, inside: impl Fn(u32) -> bool) -> Mask {
        Mask::from_fn(self.cells.len(), |row| inside(self.cells[row]))
    }

    /// Means of a column in several domains of cells, with their covariance.
    ///
    /// # Errors
    /// Those of [`means`].
    ///
    /// # Panics
    /// When there is no such column.
    pub fn means(&self, column: usize, domains: &[Mask]) -> Result<Estimates, Error> {
        means(&self.design, &self.variables(column, domains))
    }

    /// Totals of a column in several domains of cells, with their covariance.
    ///
    /// # Errors
    /// Those of [`totals`].
    ///
    /// # Panics
    /// When there is no such column.
    pub fn totals(&self, column: usize, domains: &[Mask]) -> Result<Estimates, Error> {
        totals(&self.design, &self.variables(column, domains))
    }

    fn variables<'a>(&'a self, column: usize, domains: &'a [Mask]) -> Vec<Variable<'a>> {
        domains.iter().map(|domain| Variable { values: &self.columns[column], domain }).collect()
    }
}

/// Means of `values` by group, with their covariance, from one pass over the rows.
///
/// `groups` has one code per row, counted from 0; there is one estimate per code up to the largest.
///
/// # Errors
/// Those of [`means`]; [`Error::EmptyDomain`] for a code that nobody has.
///
/// # Source
/// R `survey::svyby(~y, ~group, design, svymean, covmat = TRUE)`.
pub fn means_by(design: &Design, values: &[f64], groups: &[u32]) -> Result<Estimates, Error> {
    let all = 0..width(groups) as u32;
    let rows = RowTotals { design, cells: groups, columns: &[values] };
    match rows.by_cell() {
        Ok(table) => {
            let domains: Vec<Mask> = all.map(|code| table.domain(|cell| cell == code)).collect();
            table.means(0, &domains)
        }
        // Calibration, later stages and replicates of their own need the rows.
        Err(_) => {
            design.check_rows("groups", groups.len())?;
            let domain = |code: u32| Mask::from_fn(groups.len(), |row| groups[row] == code);
            let domains: Vec<Mask> = all.map(domain).collect();
            let variables: Vec<Variable<'_>> =
                domains.iter().map(|domain| Variable { values, domain }).collect();
            means(design, &variables)
        }
    }
}
