//! How the sample was drawn: made once, checked once.

mod calibration;
mod check;
mod parts;
mod regression;
mod stage;

use std::sync::Arc;

use crate::kinds::Alike;
use crate::linear::{Linearised, Reading, Sums, covariance};
use crate::replicate::Step;
use crate::unequal::Unequal;
use crate::{Basis, Error, Mask, Replicates};
pub(crate) use calibration::{Calibration, Counting, Projection, Regression};
pub(crate) use check::check_weights;
pub use parts::{ClusterLabels, DesignParts, LaterStage, Lonely};
pub(crate) use stage::{Stage, Stratum};

/// A checked sample design: weights, strata, clusters, and the weighting steps already taken.
///
/// Cheap to clone. After [`rake`](crate::rake) or
/// [`post_stratify`](crate::post_stratify) it remembers the margins, and every variance is computed
/// from what the margins do not explain.
///
/// # Example
/// ```
/// use stats::{Basis, Design, DesignParts, Mask};
/// let design = Design::new(DesignParts {
///     clusters: Some(vec![1, 1, 2, 2, 3, 3]),
///     ..DesignParts::weighted(vec![10.0; 6], Basis::Probability)
/// })?;
/// assert_eq!(design.degrees_of_freedom(&Mask::all(6)), 2);
/// # Ok::<(), stats::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Design {
    weights: Arc<Vec<f64>>,
    stages: Arc<Vec<Stage>>,
    calibrations: Vec<Arc<Calibration>>,
    replicates: Option<Arc<Replicates>>,
    unequal: Option<Arc<Unequal>>,
    people: Option<Arc<Vec<People>>>,
    /// How many units each row stands for, where rows that are alike were summed.
    alike: Option<Alike>,
    basis: Basis,
    lonely: Lonely,
    lonely_by_domain: bool,
}

/// The people that a row of summed rows stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct People {
    /// How many they are.
    pub(crate) count: f64,
    /// sum w^2 / (sum w)^2 over them.
    pub(crate) concentration: f64,
}

impl Design {
    /// Checks the parts and makes the design.
    ///
    /// # Errors
    /// No rows; a column of another length; a weight that is negative or not finite; weights that are
    /// all zero; a cluster in two strata; population counts that are not positive, differ within a
    /// stratum or are smaller than the sample.
    pub fn new(parts: DesignParts) -> Result<Design, Error> {
        check::check_weights(&parts.weights)?;
        let stages = stage::read_stages(&parts)?;
        Ok(Design {
            weights: Arc::new(parts.weights),
            stages: Arc::new(stages),
            calibrations: Vec::new(),
            replicates: None,
            unequal: None,
            people: None,
            alike: None,
            basis: parts.basis,
            lonely: parts.lonely,
            lonely_by_domain: parts.lonely_by_domain,
        })
    }

    /// The same sample with other weights, which are taken as fixed.
    ///
    /// Earlier calibrations stay: their residuals are still those that vary. Replicates are multiplied
    /// with the same factor per row, weight after over weight before.
    ///
    /// # Errors
    /// As for [`Design::new`].
    pub fn with_weights(&self, weights: Vec<f64>) -> Result<Design, Error> {
        self.check_rows("weights", weights.len())?;
        check::check_weights(&weights)?;
        let ratio = |(before, after): (&f64, &f64)| if *before == 0.0 { 0.0 } else { after / before };
        let step = || Step::Rows(self.weights.iter().zip(&weights).map(ratio).collect());
        let replicates = self.replicates.as_ref().map(|replicates| Arc::new(replicates.after(step())));
        Ok(Design { weights: Arc::new(weights), replicates, ..self.clone() })
    }

    /// The replicates, when these and not strata and clusters make its variances.
    pub fn replicates(&self) -> Option<&Replicates> {
        self.replicates.as_deref()
    }

    /// The design of rows that were summed by unit and cell: `units` and `weights` per row that is left.
    pub(crate) fn summed(&self, units: Vec<u32>, weights: Vec<f64>, people: Vec<People>) -> Design {
        let stage = self.stages[0].with_units(units);
        let (weights, people, stages) = (Arc::new(weights), Some(Arc::new(people)), Arc::new(vec![stage]));
        let repeat =
            |replicates: &Replicates| Arc::new(replicates.on(Arc::clone(&weights), Arc::clone(&stages)));
        let replicates = self.replicates().map(repeat);
        Design { weights, stages, people, replicates, ..self.clone() }
    }

    /// The design of rows that were alike: each stands for `units` like the row of `rows` it is taken from.
    pub(crate) fn alike(
        &self,
        rows: &[u32],
        weights: Vec<f64>,
        people: Vec<People>,
        units: Vec<f64>,
    ) -> Design {
        let units = Arc::new(units);
        let calibrations = self.calibrations.iter();
        let calibrations =
            calibrations.map(|known| Arc::new(known.alike(self, rows, &units, &weights))).collect();
        Design {
            stages: Arc::new(vec![self.stages[0].with_rows(rows)]),
            weights: Arc::new(weights),
            people: Some(Arc::new(people)),
            alike: Some(units),
            calibrations,
            ..self.clone()
        }
    }

    /// How many units its rows stand for, where each is its own unit.
    pub(crate) fn units(&self) -> usize {
        self.alike.as_ref().map_or(self.rows(), |units| units.iter().sum::<f64>() as usize)
    }

    /// How many units a row stands for that is its own unit.
    pub(crate) fn units_of(&self, row: usize) -> f64 {
        self.alike.as_ref().map_or(1.0, |units| units[row])
    }

    /// How the squared weights of the units of a row exceed those of equal weights, over (sum w)^2; 0 of single units.
    pub(crate) fn unevenness(&self, row: usize) -> f64 {
        let uneven = |units: &Alike| (self.row_people(row).concentration - 1.0 / units[row]).max(0.0);
        self.alike.as_ref().map_or(0.0, uneven)
    }

    /// Whether its rows stand for several units each.
    pub(crate) fn is_alike(&self) -> bool {
        self.alike.is_some()
    }

    /// Whether its rows are sums of rows.
    pub(crate) fn is_summed(&self) -> bool {
        self.people.is_some()
    }

    /// The design whose units were drawn with unequal chances.
    pub(crate) fn drawn_unequally(&self, unequal: Arc<Unequal>) -> Design {
        Design { unequal: Some(unequal), ..self.clone() }
    }

    /// The chances of units, where they are unequal.
    pub(crate) fn unequal(&self) -> Option<&Unequal> {
        self.unequal.as_deref()
    }

    /// The design with other weights and nothing else changed.
    pub(crate) fn reweighted(&self, weights: Arc<Vec<f64>>) -> Design {
        Design { weights, ..self.clone() }
    }

    /// The design whose variances come from replicates.
    pub(crate) fn replicated(&self, replicates: Replicates) -> Design {
        Design { replicates: Some(Arc::new(replicates)), calibrations: Vec::new(), ..self.clone() }
    }

    /// Covariance of the totals sum w z, one column z of linearised values per estimate.
    ///
    /// A column has one entry per row; only those of `domain` are read, and strata and clusters that the
    /// domain does not reach count as the design says. With replicates it is that of the totals under each
    /// replicate's weights: exact for totals, a linearisation for other estimates.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`], [`Error::ValueNotFinite`], [`Error::LonelyCluster`], [`Error::Overflow`].
    pub fn covariance_of_totals(&self, columns: &[Vec<f64>], domain: &Mask) -> Result<Vec<Vec<f64>>, Error> {
        let read = |values: &Vec<f64>| {
            let reading = Reading::of(self, values, domain)?;
            let linearised = Linearised::new(self, domain, &reading.present, &[(1.0, &reading.total)]);
            Ok((reading.total.total, linearised))
        };
        let read = columns.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        let (full, linearised): (Vec<f64>, Vec<Linearised>) = read.into_iter().unzip();
        covariance(self, &full, &linearised)
    }

    /// One over the chance of each row to be drawn, product of N/n over the stages; none unless every
    /// stage has population counts.
    pub fn sampling_weights(&self) -> Option<Vec<f64>> {
        let last = self.stages.last()?;
        let fractions = last.fractions()?;
        Some((0..self.rows()).map(|row| 1.0 / fractions[last.unit_of(row)]).collect())
    }

    /// The weights, one per row.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// On what ground the sample speaks.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Whether weights have been fitted to margins.
    pub fn is_calibrated(&self) -> bool {
        !self.calibrations.is_empty()
    }

    /// Clusters minus strata, over those with at least one weighted row in the domain; with replicates, the
    /// rank of the domain's replicate weights minus 1.
    ///
    /// # Panics
    /// When the domain has another number of rows than the design.
    pub fn degrees_of_freedom(&self, domain: &Mask) -> usize {
        let (clusters, strata) = self.reach(domain);
        clusters.saturating_sub(strata)
    }

    /// Number of first-stage clusters and strata with a weighted row in the domain (of replicates, rank and 1).
    pub(crate) fn reach(&self, domain: &Mask) -> (usize, usize) {
        assert_eq!(domain.rows(), self.rows(), "a domain of another design");
        if let Some(replicates) = &self.replicates {
            return (replicates.rank(self, domain), 1);
        }
        self.reach_of(&self.present(0, domain))
    }

    /// Clusters and strata of the first stage, given which of its units are reached.
    pub(crate) fn reach_of(&self, present: &[bool]) -> (usize, usize) {
        let first = &self.stages[0];
        let mut reached = vec![false; first.strata.len()];
        let here = || present.iter().enumerate().filter(|(_, here)| **here);
        here().for_each(|(unit, _)| reached[first.stratum_of(unit)] = true);
        let units: f64 = here().map(|(unit, _)| self.units_of(unit)).sum();
        (units as usize, reached.iter().filter(|here| **here).count())
    }

    /// Rows with a weight in the domain, sum w and sum w^2.
    pub(crate) fn people(&self, domain: &Mask) -> (usize, f64, f64) {
        let (mut rows, mut weights, mut squares) = (0.0, 0.0, 0.0);
        let counted = self.weights.iter().zip(domain.as_slice()).enumerate();
        for (row, (weight, _)) in counted.filter(|(_, (weight, inside))| **inside && **weight != 0.0) {
            let people = self.row_people(row);
            rows += people.count;
            weights += weight;
            squares += weight * weight * people.concentration;
        }
        (rows as usize, weights, squares)
    }

    /// Puts people for rows, and their squared weights, where a row stands for several.
    pub(crate) fn count_people(&self, domain: &Mask, sums: &mut [Sums]) {
        let Some(people) = &self.people else { return };
        sums.iter_mut().for_each(|sums| (sums.rows, sums.squares) = (0.0, 0.0));
        for (row, weight) in self.weights.iter().enumerate() {
            if domain.contains(row) && *weight != 0.0 {
                let sums = &mut sums[self.stages[0].unit_of(row)];
                sums.rows += people[row].count;
                sums.squares += weight * weight * people[row].concentration;
            }
        }
    }

    /// Adds the people of a row to the sums of its unit.
    pub(crate) fn count_person(&self, row: usize, sums: &mut Sums) {
        let (people, weight) = (self.row_people(row), self.weights[row]);
        sums.rows += if weight == 0.0 { 0.0 } else { people.count };
        sums.weight += weight;
        sums.squares += weight * weight * people.concentration;
    }

    fn row_people(&self, row: usize) -> People {
        self.people.as_ref().map_or(People { count: 1.0, concentration: 1.0 }, |people| people[row])
    }

    /// Which units of a stage have a weighted row in the domain.
    pub(crate) fn present(&self, stage: usize, domain: &Mask) -> Vec<bool> {
        let stage = &self.stages[stage];
        let mut present = vec![false; stage.strata_of_units.len()];
        for (row, inside) in domain.as_slice().iter().enumerate() {
            if *inside && self.weights[row] != 0.0 {
                present[stage.unit_of(row)] = true;
            }
        }
        present
    }

    pub(crate) fn check_rows(&self, what: &'static str, got: usize) -> Result<(), Error> {
        if got == self.rows() {
            return Ok(());
        }
        Err(Error::RowsDiffer { what, expected: self.rows(), got })
    }

    pub(crate) fn shared_weights(&self) -> Arc<Vec<f64>> {
        Arc::clone(&self.weights)
    }

    pub(crate) fn shared_stages(&self) -> Arc<Vec<Stage>> {
        Arc::clone(&self.stages)
    }

    pub(crate) fn stages(&self) -> &[Stage] {
        &self.stages
    }

    pub(crate) fn lonely(&self) -> (Lonely, bool) {
        (self.lonely, self.lonely_by_domain)
    }

    pub(crate) fn calibrations(&self) -> &[Arc<Calibration>] {
        &self.calibrations
    }

    /// The design with weights that now meet the margins of `calibration`.
    pub(crate) fn calibrated(&self, weights: Arc<Vec<f64>>, calibration: Calibration) -> Design {
        let mut design = self.reweighted(weights);
        design.calibrations.push(Arc::new(calibration));
        design
    }
}
