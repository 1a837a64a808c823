#![doc = include_str!("../README.md")]

mod adjust;
mod alpha;
mod basis;
mod calibrate;
mod chi_square;
mod chunks;
mod collapse;
mod correlation;
mod cross_table;
mod design;
mod difference;
mod distributions;
mod error;
mod estimate;
mod influence;
mod kinds;
mod kish;
mod linear;
mod mask;
mod matrix;
mod multi_response;
mod nonresponse;
mod numbers;
mod ordinal;
mod pairwise;
mod proportion;
mod quantile;
mod rake;
mod rank_test;
mod referral;
mod regression;
mod replicate;
mod small_area;
mod spread;
mod standardize;
mod sum;
mod survival;
mod t_test;
mod term;
mod totals;
mod trim;
mod unequal;

pub use adjust::{Adjustment, p_adjust};
pub use alpha::{CronbachAlpha, cronbach_alpha};
pub use basis::Basis;
pub use calibrate::{CalibrateOptions, Calibrated, Distance, KnownTotal, calibrate, calibrate_to_margins};
pub use chi_square::{Association, AssociationMethod, chi_square};
pub use collapse::collapse;
pub use correlation::correlation;
pub use cross_table::cross_table;
pub use design::{ClusterLabels, Design, DesignParts, LaterStage, Lonely};
pub use difference::{Difference, difference};
pub use distributions::normal_quantile;
pub use error::Error;
pub use estimate::{
    Estimate, Estimates, Fraction, Interval, Variable, mean, means, ratio, ratios, total, totals,
};
pub use kinds::{KindTotals, Kinds};
pub use kish::{Kish, kish, kish_of};
pub use mask::Mask;
pub use multi_response::{MultiResponse, ShareOf, multi_response};
pub use nonresponse::nonresponse_classes;
pub use ordinal::{OrdinalRegression, ordinal_regression};
pub use pairwise::{Comparison, ComparisonFamily, pairwise};
pub use proportion::{Proportion, ProportionInterval, proportion};
pub use quantile::{Quantile, QuantileInterval, QuantileOptions, QuantileRule, cumulative_shares, quantiles};
pub use rake::{
    Margin, MarginRow, MarginTable, Missing, RakeOptions, RakeReport, Raked, Targets, post_stratify, rake,
};
pub use rank_test::{RankScore, RankTest, rank_test};
pub use referral::{
    GroupShares, Homophily, NetworkSizes, Referral, ReferralBootstrap, ReferralFault, ReferralMethod,
    ReferralShare, Resampling, SeedSeries, Transitions, Waves,
};
pub use regression::{Family, Predicted, Regression, WaldTest, predictive_margin, regression};
pub use replicate::{Centre, ReplicateKind, ReplicateParts, ReplicateWeights, Replicates};
pub use small_area::{AreaMethod, AreaModel, SmallAreas, fay_herriot};
pub use spread::{SimpleSample, design_effect, population_covariance};
pub use standardize::{Composition, standardize};
pub use survival::{HazardRegression, LogRank, Waiting, hazard_regression, kaplan_meier, log_rank};
pub use t_test::{TTest, t_test, t_test_of_zero};
pub use term::Term;
pub use totals::{CellTotals, Part, PartTotals, RowTotals, Totals, means_by};
pub use trim::{Limit, TrimOptions, trim};
pub use unequal::{JointChances, PairVariance};
