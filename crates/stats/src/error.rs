//! Every way in which a number can be refused.

use crate::ReferralFault;

/// Why an estimate, a weighting step or a design was refused.
///
/// There is one variant per event. Rows are counted from 0, stages from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The design has no rows.
    #[error("the design has no rows")]
    NoRows,
    /// A column or mask has another number of rows than the design.
    #[error("`{what}` has {got} rows where the design has {expected}")]
    RowsDiffer {
        /// Which argument.
        what: &'static str,
        /// Rows of the design.
        expected: usize,
        /// Rows of the argument.
        got: usize,
    },
    /// A weight is negative, infinite or not a number.
    #[error("the weight {weight} of row {row} cannot be used: a weight is finite and not negative")]
    WeightNotUsable {
        /// The row.
        row: usize,
        /// Its weight.
        weight: f64,
    },
    /// All weights are zero.
    #[error("all weights are zero")]
    NoWeight,
    /// A cluster label stands in two strata, and the labels were not said to restart in each stratum.
    #[error(
        "cluster {cluster} stands in the strata {first} and {second}: say so if labels restart in each stratum"
    )]
    ClusterInTwoStrata {
        /// Label of the cluster.
        cluster: u32,
        /// The stratum where it was seen first.
        first: u32,
        /// The stratum where it was seen again.
        second: u32,
    },
    /// A population count is not a finite positive number.
    #[error("the population count {population} of row {row} at stage {stage} cannot be used")]
    PopulationNotUsable {
        /// Stage, from 1.
        stage: usize,
        /// The row.
        row: usize,
        /// The count given.
        population: f64,
    },
    /// The population count changes within a stratum.
    #[error("stratum {stratum} at stage {stage} has two population counts, {first} and {second}")]
    PopulationDiffers {
        /// Stage, from 1.
        stage: usize,
        /// Label of the stratum, or of the cluster that was sampled from.
        stratum: u32,
        /// The count seen first.
        first: f64,
        /// The count that differs.
        second: f64,
    },
    /// A stratum has more sampled units than its population.
    #[error(
        "stratum {stratum} at stage {stage} has {sampled} sampled units out of a population of {population}"
    )]
    PopulationTooSmall {
        /// Stage, from 1.
        stage: usize,
        /// Label of the stratum.
        stratum: u32,
        /// Units in the population.
        population: f64,
        /// Units in the sample.
        sampled: usize,
    },
    /// A stratum has a single cluster and the design says to fail then.
    #[error("stratum {stratum} has a single cluster at stage {stage}: merge it or choose how to treat it")]
    LonelyCluster {
        /// Stage, from 1.
        stage: usize,
        /// Label of the stratum.
        stratum: u32,
    },
    /// Every stratum has a single cluster, so there is nothing to average over.
    #[error("no stratum at stage {stage} has two clusters, so there is no variance to average")]
    NoUsableStratum {
        /// Stage, from 1.
        stage: usize,
    },
    /// Nobody with a weight is in the domain.
    #[error("the domain has no respondents")]
    EmptyDomain,
    /// Too few clusters in the domain for any measure of precision.
    #[error("the domain reaches {clusters} clusters in {strata} strata: no measure of precision")]
    NoDegreesOfFreedom {
        /// Clusters with a row in the domain.
        clusters: usize,
        /// Strata with a row in the domain.
        strata: usize,
    },
    /// A value inside the domain is infinite or not a number.
    #[error("the value of row {row} is not a number, but the row is in the domain")]
    ValueNotFinite {
        /// The row.
        row: usize,
    },
    /// A proportion was asked for a column that is not 0 or 1.
    #[error("the value {value} of row {row} is neither 0 nor 1")]
    NotAnIndicator {
        /// The row.
        row: usize,
        /// Its value.
        value: f64,
    },
    /// The denominator of a ratio is zero.
    #[error("the denominator of the ratio is zero")]
    DenominatorZero,
    /// The denominator of a ratio has negative and positive values.
    #[error("the denominator of the ratio is negative in row {negative} and positive in row {positive}")]
    DenominatorMixed {
        /// A row with a negative value.
        negative: usize,
        /// A row with a positive value.
        positive: usize,
    },
    /// The estimate is zero, so it has no coefficient of variation.
    #[error("an estimate of zero has no coefficient of variation")]
    ValueZero,
    /// The standard error is zero, so a test or an effective size does not exist.
    #[error("the estimate does not vary under this design, so there is nothing to test")]
    NoVariation,
    /// A sum left the range of numbers.
    #[error("the sums of `{what}` are too large to compute with")]
    Overflow {
        /// Which computation.
        what: &'static str,
    },
    /// A confidence level outside (0, 1).
    #[error("the level {level} is not between 0 and 1")]
    LevelNotUsable {
        /// The level given.
        level: f64,
    },
    /// A number of coefficients that does not match the number of estimates.
    #[error("{coefficients} coefficients were given for {estimates} estimates")]
    CoefficientsDiffer {
        /// Coefficients given.
        coefficients: usize,
        /// Estimates there are.
        estimates: usize,
    },
    /// A p value outside 0 to 1.
    #[error("the p value {p} at position {position} is not between 0 and 1")]
    NotAProbability {
        /// Position in the family, from 0.
        position: usize,
        /// The value given.
        p: f64,
    },
    /// Raking was asked without a margin.
    #[error("there is no margin to rake to")]
    NoMargins,
    /// A margin without a code for a row, or with fewer labels than targets, or a code without a label.
    #[error("margin `{margin}` has {labels} labels, too few for code {code}")]
    CodeWithoutLabel {
        /// Name of the margin.
        margin: String,
        /// The code.
        code: u32,
        /// How many labels there are.
        labels: usize,
    },
    /// A target is negative, infinite or not a number.
    #[error("the target {target} of `{category}` in margin `{margin}` cannot be used")]
    TargetNotUsable {
        /// Name of the margin.
        margin: String,
        /// Label of the category.
        category: String,
        /// The target given.
        target: f64,
    },
    /// A population category has no respondent with a weight.
    #[error("margin `{margin}` has {target} people in `{category}` and no respondent: collapse it first")]
    CategoryWithoutRespondents {
        /// Name of the margin.
        margin: String,
        /// Label of the category.
        category: String,
        /// Its population figure.
        target: f64,
    },
    /// Respondents stand in a category without a population figure.
    #[error(
        "{respondents} respondents are in `{category}` of margin `{margin}`, which has no target: collapse it first"
    )]
    CategoryWithoutTarget {
        /// Name of the margin.
        margin: String,
        /// Label of the category.
        category: String,
        /// How many respondents stand there.
        respondents: usize,
    },
    /// Respondents without an answer to a margin, and the policy is to refuse.
    #[error("{respondents} respondents have no answer for margin `{margin}`")]
    MarginUnanswered {
        /// Name of the margin.
        margin: String,
        /// How many respondents.
        respondents: usize,
    },
    /// Two margins add up to different totals.
    #[error("margin `{first}` adds up to {first_total} and margin `{second}` to {second_total}")]
    MarginTotalsDiffer {
        /// Name of one margin.
        first: String,
        /// Its total.
        first_total: f64,
        /// Name of the other margin.
        second: String,
        /// Its total.
        second_total: f64,
    },
    /// Targets said to be shares do not add up to 1.
    #[error("the shares of margin `{margin}` add up to {total}, not to 1")]
    SharesNotOne {
        /// Name of the margin.
        margin: String,
        /// What they add up to.
        total: f64,
    },
    /// Two margins cannot both be met because their crossing is empty where weight is needed.
    #[error(
        "margins `{margin}` and `{other}` contradict each other: `{category}` needs {target} but its respondents \
         stand only where `{other}` has {room}"
    )]
    MarginsContradict {
        /// Name of one margin.
        margin: String,
        /// A category of it.
        category: String,
        /// Its target.
        target: f64,
        /// Name of the other margin.
        other: String,
        /// What the other margin has in the categories where those respondents stand.
        room: f64,
    },
    /// The rounds ran out before the margins were met.
    #[error(
        "raking stopped after {rounds} rounds with `{category}` of margin `{margin}` off by a share of {gap}"
    )]
    RakingUnfinished {
        /// Rounds run.
        rounds: usize,
        /// Margin of the largest gap.
        margin: String,
        /// Category of the largest gap.
        category: String,
        /// The gap, |achieved/target - 1|.
        gap: f64,
    },
    /// A collapse names a category that the margin does not have.
    #[error("margin `{margin}` has no category with code {code} to collapse")]
    CollapseUnknown {
        /// Name of the margin.
        margin: String,
        /// The code.
        code: u32,
    },
    /// A category is collapsed into one that is itself collapsed.
    #[error("margin `{margin}` collapses `{category}` into a category that is collapsed itself")]
    CollapseChained {
        /// Name of the margin.
        margin: String,
        /// Label of the category.
        category: String,
    },
    /// A nonresponse class in which nobody responded.
    #[error("nobody responded in class {class}: merge it with another")]
    ClassWithoutRespondents {
        /// Code of the class.
        class: u32,
    },
    /// The limits of trimming are not numbers or cross each other.
    #[error("weights cannot be trimmed to between {lower} and {upper}")]
    LimitsNotUsable {
        /// Lower limit.
        lower: f64,
        /// Upper limit.
        upper: f64,
    },
    /// The limits leave no weight that could take up what was cut.
    #[error("the limits {lower} and {upper} leave no weight to take up what was cut")]
    LimitsTooTight {
        /// Lower limit.
        lower: f64,
        /// Upper limit.
        upper: f64,
    },
    /// A term of a model is a combination of the terms before it.
    #[error("the term `{term}` says nothing that the terms before it do not say")]
    TermDependent {
        /// Name of the term.
        term: String,
    },
    /// A term separates the answers of a model perfectly, so its coefficient has no finite value.
    #[error("the term `{term}` predicts the answer without exception, so its coefficient has no end")]
    TermSeparates {
        /// Name of the term.
        term: String,
    },
    /// An iteration ran out of rounds.
    #[error("the {model} did not settle within {rounds} rounds")]
    Unsettled {
        /// Which model.
        model: &'static str,
        /// Rounds run.
        rounds: usize,
    },
    /// A response that the model cannot have.
    #[error("the response {value} of row {row} cannot be used by a {model}")]
    ResponseNotUsable {
        /// Which model.
        model: &'static str,
        /// The row.
        row: usize,
        /// Its response.
        value: f64,
    },
    /// A model or a test asks for more than the design has degrees of freedom.
    #[error("{asked} {what} are too many for {degrees} degrees of freedom of the design")]
    TooMany {
        /// Coefficients or contrasts.
        what: &'static str,
        /// How many.
        asked: usize,
        /// Degrees of freedom of the design in the domain.
        degrees: usize,
    },
    /// A referral sample cannot be estimated from.
    #[error(transparent)]
    Referral(ReferralFault),
    /// Too few groups, categories, items, areas or waves.
    #[error("there are {got} {what} where at least {needed} are needed")]
    TooFew {
        /// What is counted.
        what: &'static str,
        /// How many there are.
        got: usize,
        /// How many are needed.
        needed: usize,
    },
    /// More groups than the test compares.
    #[error("there are {groups} groups where the test compares two")]
    GroupsNotTwo {
        /// How many there are.
        groups: usize,
    },
    /// Nobody in the domain had the event whose times are asked for.
    #[error("nothing happened in the domain, so there are no times to estimate from")]
    NoEvents,
    /// Something that is positive by nature is not.
    #[error("the {what} {value} of row {row} cannot be used: it must be positive")]
    NotPositive {
        /// What it is.
        what: &'static str,
        /// The row.
        row: usize,
        /// Its value.
        value: f64,
    },
    /// A replicate weight is infinite or not a number.
    #[error("the weight {weight} of row {row} in replicate {replicate} cannot be used")]
    ReplicateWeightNotUsable {
        /// The replicate, from 0.
        replicate: usize,
        /// The row.
        row: usize,
        /// Its weight.
        weight: f64,
    },
    /// A scale of replicates is negative or not finite.
    #[error("the scale {scale} of replicates cannot be used: it is finite and not negative")]
    ScaleNotUsable {
        /// The scale given.
        scale: f64,
    },
    /// Too few replicates for a variance.
    #[error("there are too few replicates for a variance")]
    NoReplicates,
    /// JK1 was asked for a stratified design.
    #[error("a jackknife without strata was asked for a design with {strata} strata: use the stratified one")]
    StrataNotAllowed {
        /// Strata of the design.
        strata: usize,
    },
    /// Balanced halves need two clusters in every stratum.
    #[error("stratum {stratum} has {clusters} clusters, but balanced halves need two")]
    ClustersNotPaired {
        /// Label of the stratum.
        stratum: u32,
        /// Clusters in it.
        clusters: usize,
    },
    /// Fay's rho is not from 0 to below 1.
    #[error("the factor {rho} of Fay's method is not from 0 to below 1")]
    FayNotUsable {
        /// The factor given.
        rho: f64,
    },
    /// Something was refused in a replicate; no variance is made from the others alone.
    #[error("in replicate {replicate}: {cause}")]
    InReplicate {
        /// The replicate, from 0.
        replicate: usize,
        /// Why it was refused.
        #[source]
        cause: Box<Error>,
    },
    /// A jackknife does not show how a quantile varies.
    #[error("a jackknife does not show how a quantile varies: ask for an interval of the share")]
    JackknifeOfQuantile,
    /// Rows of a design that is calibrated or drawn in several stages cannot be summed by cluster.
    #[error("rows are summed before weights are fitted, and only in designs of one stage")]
    NotSummable,
    /// A chance to be drawn is not above 0 and at most 1, or differs within a cluster.
    #[error("the chance {chance} of row {row} cannot be used: it is above 0, at most 1, and one per cluster")]
    ChanceNotUsable {
        /// The row, or the row of the joint chances.
        row: usize,
        /// The chance given.
        chance: f64,
    },
    /// Bounds of g that are not on both sides of 1, or are missing where they are needed.
    #[error("the bounds {lower} and {upper} cannot be used: one is below 1 and one above")]
    BoundsNotUsable {
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// A column depends on others, but its total does not follow from theirs.
    #[error("the total {target} of `{name}` contradicts the others, which make it {explained}")]
    TotalsContradict {
        /// Name of the column.
        name: String,
        /// Its total.
        target: f64,
        /// The total that follows from the others.
        explained: f64,
    },
    /// The bounds do not admit the totals.
    #[error(
        "no weights within {lower} and {upper} times their size meet the totals: `{name}` stays off by a share of \
         {gap:.3}{}",
        tightest(feasible)
    )]
    BoundsTooTight {
        /// Lower bound of g.
        lower: f64,
        /// Upper bound of g.
        upper: f64,
        /// The total that is missed most.
        name: String,
        /// By how much, as a share of it.
        gap: f64,
        /// The tightest bounds of the same shape with which the totals can be met, where there are any.
        feasible: Option<(f64, f64)>,
    },
    /// The rounds ran out before the totals were met.
    #[error("calibration stopped after {rounds} rounds with `{name}` off by a share of {gap}")]
    CalibrationUnfinished {
        /// Rounds run.
        rounds: usize,
        /// The total that is missed most.
        name: String,
        /// By how much, as a share of it.
        gap: f64,
    },
}

fn tightest(feasible: &Option<(f64, f64)>) -> String {
    match feasible {
        Some((lower, upper)) => format!("; {lower:.3} and {upper:.3} would do"),
        None => "; no wider bounds would do either".to_string(),
    }
}
