//! Giving a design its replicates, and any estimate its covariance.

use std::sync::{Arc, OnceLock};

use super::{Centre, ReplicateKind, ReplicateParts, ReplicateWeights, Replicates, Source, kind};
use crate::{Design, Error, Mask};

impl Design {
    /// The same sample with replicate weights that were made elsewhere.
    ///
    /// The strata and clusters of the design no longer matter: the replicates carry what varies.
    ///
    /// # Errors
    /// [`Error::RowsDiffer`] for a column of another length or another number of `rscales`,
    /// [`Error::ReplicateWeightNotUsable`], [`Error::ScaleNotUsable`].
    ///
    /// # Source
    /// R `survey::svrepdesign`.
    pub fn with_replicate_weights(&self, parts: ReplicateParts) -> Result<Design, Error> {
        let (columns, combined) = match parts.weights {
            ReplicateWeights::Full(columns) => (columns, true),
            ReplicateWeights::Factors(columns) => (columns, false),
        };
        for (replicate, column) in columns.iter().enumerate() {
            self.check_rows("replicate weights", column.len())?;
            if let Some(row) = column.iter().position(|weight| !weight.is_finite()) {
                return Err(Error::ReplicateWeightNotUsable { replicate, row, weight: column[row] });
            }
        }
        let rscales = read_scales(columns.len(), parts.scale, parts.rscales)?;
        let weigh = |column: Vec<f64>| match combined {
            true => column,
            false => column.iter().zip(self.weights()).map(|(factor, weight)| factor * weight).collect(),
        };
        let given = Source::Given(Arc::new(columns.into_iter().map(weigh).collect()));
        Ok(self.replicated(self.new_replicates(given, parts.scale, rscales, parts.centre)))
    }

    /// The same sample with replicates of its first-stage clusters.
    ///
    /// Later stages are not repeated: where they count, the first stage is taken as drawn with replacement,
    /// which is conservative. With population counts the factors are drawn in towards 1 by the square root
    /// of what was not sampled (jackknives: the squares are multiplied with it), as Rao and Wu do.
    ///
    /// # Errors
    /// [`Error::NoReplicates`], [`Error::StrataNotAllowed`] for JK1 in several strata,
    /// [`Error::ClustersNotPaired`] for balanced halves, [`Error::LonelyCluster`] unless the design says
    /// remove or certainty, [`Error::FayNotUsable`].
    ///
    /// # Source
    /// Wolter 2007; Rao and Wu 1988; Rao, Wu and Yue 1992; Fay 1989; R `survey::as.svrepdesign`.
    pub fn with_replicates(&self, kind: ReplicateKind, centre: Centre) -> Result<Design, Error> {
        let (rule, scale, rscales) = kind::read(self, kind)?;
        Ok(self.replicated(self.new_replicates(Source::Made(rule), scale, rscales, centre)))
    }

    fn new_replicates(&self, source: Source, scale: f64, rscales: Vec<f64>, centre: Centre) -> Replicates {
        Replicates {
            source,
            base: self.shared_weights(),
            stages: self.shared_stages(),
            steps: Vec::new(),
            groups: None,
            scale,
            rscales,
            centre,
            rank: OnceLock::new(),
        }
    }
}

fn read_scales(replicates: usize, scale: f64, rscales: Vec<f64>) -> Result<Vec<f64>, Error> {
    if replicates == 0 {
        return Err(Error::NoReplicates);
    }
    let rscales = if rscales.len() == 1 { vec![rscales[0]; replicates] } else { rscales };
    if rscales.len() != replicates {
        return Err(Error::RowsDiffer { what: "rscales", expected: replicates, got: rscales.len() });
    }
    let wrong = rscales.iter().copied().chain([scale]).find(|scale| !scale.is_finite() || *scale < 0.0);
    match wrong {
        Some(scale) => Err(Error::ScaleNotUsable { scale }),
        None => Ok(rscales),
    }
}

/// The covariance of estimates of any kind, whichever variance the design has.
///
/// Under Taylor the variance is that of sum w z, with one column z per estimate from `influence` (one entry
/// per row, 0 outside `domain`); under replicates `again` is asked for the estimates under each replicate's
/// weights.
pub(crate) fn covariance_of(
    design: &Design,
    domain: &Mask,
    full: &[f64],
    influence: impl FnOnce() -> Result<Vec<Vec<f64>>, Error>,
    mut again: impl FnMut(&[f64]) -> Result<Vec<f64>, Error>,
) -> Result<Vec<Vec<f64>>, Error> {
    let Some(replicates) = design.replicates() else {
        return design.covariance_of_totals(&influence()?, domain);
    };
    let one = |replicate: usize| {
        let estimates = again(&replicates.weights(replicate));
        estimates.map_err(|cause| Error::InReplicate { replicate, cause: Box::new(cause) })
    };
    let repeated = (0..replicates.count()).map(one).collect::<Result<Vec<_>, _>>()?;
    replicates.covariance(full, &repeated)
}
