//! Every operation that the runner knows, by its name.

mod compared;
mod counted;
mod diagnosed;
mod groups;
mod proportions;
mod shapes;
mod smooth;
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
    let operation: fn(&Fields<'_>, Sample<'_>) -> Result<Value, Failure> = match name {
        "mean" | "total" => shapes::mean_or_total,
        "ratio" => shapes::ratio,
        "cv" => shapes::cv,
        "contrast" => smooth::contrast,
        "degf" => diagnosed::degf,
        "var" => diagnosed::var,
        "cov" => diagnosed::cov,
        "corr" => diagnosed::corr,
        "cdf" => diagnosed::cdf,
        "table" => diagnosed::table,
        "replicate_weight_summary" => diagnosed::replicate_weights,
        "weight_diagnostics" => diagnosed::weights,
        "ciprop" => proportions::ciprop,
        "difference" => compared::difference,
        "pairwise" => compared::pairwise,
        "multi_response" => counted::multi_response,
        "multi_response_count" => counted::count,
        "poststratify" | "rake" | "trim" | "rake+trim" | "nonresponse_classes" => weighting::run,
        other => return Err(op.unknown("fn", other)),
    };
    let table = table.ok_or_else(|| Failure::Broken("the operation needs data".into()))?;
    let mut sample = design::read(op, design, table, data)?;
    if let Some(step) = op.get("weighting") {
        sample.design = weighting::apply(&Fields::new("weighting", step)?, &sample)?;
    }
    operation(op, sample)
}
