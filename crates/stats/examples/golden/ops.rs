//! Every operation that the runner knows, by its name.

mod areas;
mod compared;
mod counted;
mod diagnosed;
pub(super) mod groups;
mod models;
mod proportions;
mod referred;
mod shapes;
mod smooth;
mod standardized;
mod tested;
mod waited;
mod weighting;

use std::path::Path;

use serde_json::Value;

use super::data::Table;
use super::fields::Fields;
use super::{Failure, design};
use design::Sample;

/// Runs an operation and gives its result in the shape of the golden files.
pub(crate) fn run(
    op: &Fields<'_>,
    design: &Value,
    table: Option<&Table>,
    data: &Path,
) -> Result<Value, Failure> {
    let name = op.need_text("fn")?;
    if name == "p_adjust" {
        return compared::p_adjust(op);
    }
    let needed = || table.ok_or_else(|| Failure::Broken("the operation needs data".into()));
    if name == "fay_herriot" {
        return areas::run(op, design, needed()?);
    }
    if name.starts_with("rds_") || name == "harmonic_mean_degree" {
        return referred::run(name, op, design, needed()?);
    }
    let operation: fn(&Fields<'_>, Sample<'_>) -> Result<Value, Failure> = match name {
        "mean" | "total" => shapes::mean_or_total,
        "ratio" => shapes::ratio,
        "cv" => shapes::cv,
        "contrast" => smooth::contrast,
        "chisq" => tested::chisq,
        "ttest" => tested::ttest,
        "ranktest" => tested::ranktest,
        "cronbach_alpha" => tested::cronbach_alpha,
        "glm" => models::glm,
        "wald_term" => models::wald_term,
        "predict_mean" => models::predict_mean,
        "ordinal_logit" => models::ordinal_logit,
        "kaplan_meier" => waited::kaplan_meier,
        "coxph" => waited::coxph,
        "logrank" => waited::logrank,
        "direct_standardize" => standardized::direct_standardize,
        "degf" => diagnosed::degf,
        "var" => diagnosed::var,
        "cov" => diagnosed::cov,
        "corr" => diagnosed::corr,
        "cdf" => diagnosed::cdf,
        "quantile" => diagnosed::quantile,
        "table" => diagnosed::table,
        "replicate_weight_summary" => diagnosed::replicate_weights,
        "weight_diagnostics" => diagnosed::weights,
        "ciprop" => proportions::ciprop,
        "difference" => compared::difference,
        "pairwise" => compared::pairwise,
        "multi_response" => counted::multi_response,
        "multi_response_count" => counted::count,
        "calibrate" | "poststratify" | "rake" | "trim" | "rake+trim" | "nonresponse_classes" => {
            weighting::run
        }
        other => return Err(op.unknown("fn", other)),
    };
    let table = needed()?;
    let mut sample = design::read(op, design, table, data)?;
    if let Some(step) = op.get("weighting") {
        sample.design = weighting::apply(&Fields::new("weighting", step)?, &sample)?;
    }
    operation(op, sample)
}
