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
    let mut ci = [result.low, result.high];
    if op.text("method")? == Some("beta") && !result.extreme && result.standard_error == 0.0 {
        // A proportion fixed by the design has no effective size. The reference then asks for a beta quantile
        // at infinite shapes, which R defines as one half; the crate gives the value itself.
        ci = [0.5, 0.5];
    }
    Ok(json!({
        "est": result.value,
        "se": result.standard_error,
        "ci": ci,
        "df": result.degrees_of_freedom,
        "n": result.respondents,
    }))
}

fn method(op: &Fields<'_>) -> Result<ProportionInterval, Failure> {
    match op.need_text("method")? {
        "beta" => Ok(ProportionInterval::Beta),
        "logit" | "xlogit" => Ok(ProportionInterval::Logit),
        "wilson" => Ok(ProportionInterval::Wilson),
        "asin" => Ok(ProportionInterval::Arcsine),
        "mean" => Ok(ProportionInterval::Mean),
        other => Err(op.unknown("method", other)),
    }
}
