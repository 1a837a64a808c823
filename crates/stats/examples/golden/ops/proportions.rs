//! Intervals of proportions.

use serde_json::{Value, json};
use stats::{ProportionInterval, proportion};

use super::groups::{answered, domain_of, expressed};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

pub(crate) fn ciprop(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let variable = expressed(&sample, op.need_text("var")?)?;
    let filled = variable.filled();
    let domain = answered(&domain_of(op, &sample)?, &[variable], op.flag("na_rm")?)?;
    match op.text("df")? {
        None | Some("degf(design)") => {}
        Some(other) => return Err(op.unknown("df", other)),
    }
    let result =
        proportion(&sample.design, &filled, &domain, method(op)?, op.number("level")?.unwrap_or(0.95))?;
    match op.text("extreme")? {
        None => {}
        Some("clopper_pearson_n") if result.extreme => {}
        Some("clopper_pearson_n") => return Err(Failure::Broken("the proportion is not extreme".into())),
        Some(other) => return Err(op.unknown("extreme", other)),
    }
    Ok(json!({
        "est": result.value,
        "se": result.standard_error,
        "ci": [result.low, result.high],
        "df": result.degrees_of_freedom,
        "n": result.respondents,
    }))
}

fn method(op: &Fields<'_>) -> Result<ProportionInterval, Failure> {
    match op.need_text("method")? {
        "beta" => Ok(ProportionInterval::BetaAtLimit),
        "logit" => Ok(ProportionInterval::Logit),
        "xlogit" => Ok(ProportionInterval::LinearisedLogit),
        "likelihood" => Ok(ProportionInterval::Likelihood),
        "wilson" => Ok(ProportionInterval::Wilson),
        "asin" => Ok(ProportionInterval::Arcsine),
        "mean" => Ok(ProportionInterval::Mean),
        other => Err(op.unknown("method", other)),
    }
}
