//! Everything that is known about how a sample was drawn.

use crate::Basis;

/// What to do with a stratum that has a single cluster, whose variance cannot be seen.
///
/// # Source
/// The option `survey.lonely.psu` of R's `survey`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lonely {
    /// Refuse, and name the stratum.
    #[default]
    Fail,
    /// The stratum adds nothing to the variance.
    Remove,
    /// The cluster was certain to be drawn, so the stratum adds nothing to the variance.
    Certainty,
    /// Its distance from the mean of all clusters of the stage stands for its spread: conservative.
    Adjust,
    /// It adds what the other strata add on average.
    Average,
}

/// Whether a cluster label means the same cluster wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClusterLabels {
    /// A label names one cluster in the whole design; the same label in two strata is an error.
    #[default]
    Unique,
    /// Labels restart in each stratum (in each cluster, at later stages).
    Restart,
}

/// A further stage of sampling, inside the clusters of the stage before.
#[derive(Clone, Debug, Default)]
pub struct LaterStage {
    /// One label per row; none when the rows themselves were drawn.
    pub clusters: Option<Vec<u32>>,
    /// How many units there are in the cluster that was drawn from, one count per row.
    pub population: Option<Vec<f64>>,
}

/// Everything that is known about how the sample was drawn; the argument of [`Design::new`](crate::Design::new).
///
/// All columns have one entry per row. Start from [`DesignParts::weighted`] and name what differs.
#[derive(Clone, Debug)]
pub struct DesignParts {
    /// Finite and not negative; a row of weight 0 is in the sample but speaks for nobody.
    pub weights: Vec<f64>,
    /// Stratum labels; none when there is a single stratum.
    pub strata: Option<Vec<u32>>,
    /// Cluster labels of the first stage; none when the rows themselves were drawn.
    pub clusters: Option<Vec<u32>>,
    /// Whether cluster labels restart in each stratum.
    pub labels: ClusterLabels,
    /// Clusters in the population of the row's stratum; none when drawn with replacement or from a
    /// population so large that its size does not matter.
    pub population: Option<Vec<f64>>,
    /// Further stages. A stage counts only when every stage before it has a population count.
    pub later_stages: Vec<LaterStage>,
    /// On what ground the sample speaks.
    pub basis: Basis,
    /// What to do with a stratum of a single cluster.
    pub lonely: Lonely,
    /// Whether a stratum of which a domain leaves a single cluster is treated as lonely too
    /// (only under [`Lonely::Adjust`] and [`Lonely::Average`]).
    pub lonely_by_domain: bool,
}

impl DesignParts {
    /// Rows drawn one by one, without strata, clusters or population counts.
    pub fn weighted(weights: Vec<f64>, basis: Basis) -> DesignParts {
        DesignParts {
            weights,
            strata: None,
            clusters: None,
            labels: ClusterLabels::Unique,
            population: None,
            later_stages: Vec::new(),
            basis,
            lonely: Lonely::Fail,
            lonely_by_domain: false,
        }
    }
}
