//! A column read over a domain.

use super::sums::{Sums, sum_by_code};
use crate::design::Stage;
use crate::sum::sum;
use crate::{Design, Error, Mask};

/// A weighted total, and its parts by the units of every stage.
pub(crate) struct UnitTotals {
    /// sum w y over the domain.
    pub(crate) total: f64,
    /// For each stage, sum w y per unit; none after calibration, when residuals must be taken first.
    pub(super) units: Vec<Vec<f64>>,
    /// After calibration w y per row, 0 outside the domain.
    pub(super) rows: Vec<f64>,
    /// sum w y under the weights of each replicate, where there are replicates.
    pub(crate) repeated: Vec<f64>,
}

/// A column read over a domain: its total, and the weight that it stands on.
pub(crate) struct Reading {
    /// sum w y.
    pub(crate) total: UnitTotals,
    /// sum w.
    pub(crate) base: UnitTotals,
    /// Rows with a weight.
    pub(crate) respondents: usize,
    /// (sum w)^2 / sum w^2; 0 without respondents.
    pub(crate) effective_n: f64,
    /// Which units of the first stage have a row with a weight.
    pub(crate) present: Vec<bool>,
}

impl Reading {
    /// Reads the rows once where totals by unit are all that is needed, and row by row where they are not.
    pub(crate) fn of(design: &Design, values: &[f64], domain: &Mask) -> Result<Reading, Error> {
        design.check_rows("domain", domain.rows())?;
        design.check_rows("values", values.len())?;
        let reading = match design.stages()[0].units() {
            Some(units) if reads_by_unit(design) => {
                let count = design.stages()[0].strata_of_units.len();
                let mut sums = sum_by_code((units, count), design.weights(), domain, Some(values));
                design.count_people(domain, &mut sums);
                Reading::by_unit(design, &sums)
            }
            _ => Reading::by_row(design, values, domain),
        };
        check(&reading, values, domain)?;
        Ok(reading)
    }

    /// One reading per cell below `count`, of who is in it among the rows of those cells.
    ///
    /// The rows are read once for all cells; none where totals by unit are not enough.
    pub(crate) fn of_cells(design: &Design, cells: &[u32], count: usize) -> Option<Vec<Reading>> {
        let first = &design.stages()[0];
        if !reads_by_unit(design) {
            return None;
        }
        let units = first.strata_of_units.len();
        let mut whole = vec![Sums::default(); units];
        let mut values = vec![vec![0.0; units]; count];
        for (row, (cell, weight)) in cells.iter().zip(design.weights()).enumerate() {
            let unit = first.unit_of(row);
            if let Some(values) = values.get_mut(*cell as usize) {
                values[unit] += weight;
                design.count_person(row, &mut whole[unit]);
            }
        }
        let one = |values: Vec<f64>| {
            whole.iter_mut().zip(values).for_each(|(sums, value)| sums.value = value);
            Reading::by_unit(design, &whole)
        };
        Some(values.into_iter().map(one).collect())
    }

    fn by_unit(design: &Design, sums: &[Sums]) -> Reading {
        let totals = |of: fn(&Sums) -> f64| {
            let units: Vec<f64> = sums.iter().map(of).collect();
            UnitTotals {
                total: sum(units.iter().copied()),
                units: vec![units],
                rows: Vec::new(),
                repeated: Vec::new(),
            }
        };
        let (mut total, mut base) = (totals(|sums| sums.value), totals(|sums| sums.weight));
        if let Some(replicates) = design.replicates() {
            let mut repeated = replicates.repeat(&[&total.units[0], &base.units[0]]).into_iter();
            total.repeated = repeated.next().unwrap_or_default();
            base.repeated = repeated.next().unwrap_or_default();
        }
        let squares = sum(sums.iter().map(|sums| sums.squares));
        let effective_n = effective(base.total, squares);
        let respondents = sums.iter().map(|sums| sums.rows).sum::<f64>() as usize;
        Reading {
            total,
            base,
            respondents,
            effective_n,
            present: sums.iter().map(|sums| sums.rows > 0.0).collect(),
        }
    }

    fn by_row(design: &Design, values: &[f64], domain: &Mask) -> Reading {
        let (respondents, weight, squares) = design.people(domain);
        let (mut total, mut base) =
            (UnitTotals::by_row(design, Some(values), domain), UnitTotals::by_row(design, None, domain));
        if let Some(replicates) = design.replicates() {
            (total.repeated, base.repeated) = replicates.totals(values, domain);
        }
        let present = design.present(0, domain);
        Reading { total, base, respondents, effective_n: effective(weight, squares), present }
    }
}

/// Whether totals by first-stage unit are all that an estimate needs.
fn reads_by_unit(design: &Design) -> bool {
    let repeats = design.replicates().is_none_or(|replicates| replicates.repeats_units());
    repeats && !design.is_calibrated() && design.stages().len() == 1
}

fn effective(weight: f64, squares: f64) -> f64 {
    if weight == 0.0 && squares == 0.0 { 0.0 } else { weight * weight / squares }
}

fn check(reading: &Reading, values: &[f64], domain: &Mask) -> Result<(), Error> {
    let finite = |totals: &UnitTotals| {
        totals.total.is_finite()
            && totals.units.iter().flatten().chain(&totals.rows).all(|total| total.is_finite())
    };
    if finite(&reading.total) && finite(&reading.base) {
        return Ok(());
    }
    let inside = domain.as_slice().iter().zip(values);
    match inside.into_iter().position(|(inside, value)| *inside && !value.is_finite()) {
        Some(row) => Err(Error::ValueNotFinite { row }),
        None => Err(Error::Overflow { what: "values" }),
    }
}

impl UnitTotals {
    fn by_row(design: &Design, values: Option<&[f64]>, domain: &Mask) -> UnitTotals {
        let value = |row: usize| values.map_or(1.0, |values| values[row]);
        let rows = domain.as_slice().iter().zip(design.weights()).enumerate();
        let weighted: Vec<f64> =
            rows.map(|(row, (inside, weight))| if *inside { weight * value(row) } else { 0.0 }).collect();
        let total = sum(weighted.iter().copied());
        let (units, rows) = match (design.replicates(), design.is_calibrated()) {
            (Some(_), _) => (Vec::new(), Vec::new()),
            (None, true) => (Vec::new(), weighted),
            (None, false) => (by_stage(design, &weighted), Vec::new()),
        };
        UnitTotals { total, units, rows, repeated: Vec::new() }
    }
}

/// For each stage, the sums of a column of rows by unit.
pub(super) fn by_stage(design: &Design, weighted: &[f64]) -> Vec<Vec<f64>> {
    design.stages().iter().map(|stage| gather(stage, weighted)).collect()
}

fn gather(stage: &Stage, weighted: &[f64]) -> Vec<f64> {
    match stage.units() {
        None => weighted.to_vec(),
        Some(units) => {
            let mut sums = vec![0.0; stage.strata_of_units.len()];
            units.iter().zip(weighted).for_each(|(unit, value)| sums[*unit as usize] += value);
            sums
        }
    }
}
