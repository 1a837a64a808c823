//! Differences between groups and families of them.

use serde_json::{Value, json};
use stats::{Adjustment, Difference, p_adjust as adjust};

use super::groups::{answered, domain, domain_of, expressed, groups};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

pub(crate) fn difference(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let variable = [expressed(&sample, op.need_text("var")?)?];
    let na_rm = op.flag("na_rm")?;
    let a = answered(&domain(&sample, Some(op.need_text("where_a")?))?, &variable, na_rm)?;
    let b = answered(&domain(&sample, Some(op.need_text("where_b")?))?, &variable, na_rm)?;
    let result = stats::difference(&sample.design, &variable[0].filled(), &a, &b, 0.95)?;
    Ok(json!({
        "est_a": result.value_a,
        "est_b": result.value_b,
        "se_a": result.standard_error_a,
        "se_b": result.standard_error_b,
        "cov": result.covariance,
        "est": result.value,
        "se": result.standard_error,
        "df": result.degrees_of_freedom,
        "ci95_t": [result.low, result.high],
        "t": result.t,
        "p": result.p,
        "n_a": result.respondents_a,
        "n_b": result.respondents_b,
    }))
}

pub(crate) fn pairwise(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let variable = [expressed(&sample, op.need_text("var")?)?];
    let full = answered(&domain_of(op, &sample)?, &variable, op.flag("na_rm")?)?;
    let groups = groups(&sample, &full, &op.need_texts("by")?)?;
    let names = groups.names();
    let adjustment = adjustment(op, "adjust")?;
    let family = stats::pairwise(&sample.design, &variable[0].filled(), &groups.masks, adjustment, 0.95)?;
    let pairs = &family.comparisons;
    let list = |of: fn(&Difference) -> f64| pairs.iter().map(|pair| of(&pair.difference)).collect::<Vec<_>>();
    Ok(json!({
        "a": pairs.iter().map(|pair| &names[pair.a]).collect::<Vec<_>>(),
        "b": pairs.iter().map(|pair| &names[pair.b]).collect::<Vec<_>>(),
        "est": list(|difference| difference.value),
        "se": list(|difference| difference.standard_error),
        "t": list(|difference| difference.t),
        "p": list(|difference| difference.p),
        "p_adjusted": pairs.iter().map(|pair| pair.p_adjusted).collect::<Vec<_>>(),
        "df": pairs.first().map(|pair| pair.difference.degrees_of_freedom),
    }))
}

pub(crate) fn p_adjust(op: &Fields<'_>) -> Result<Value, Failure> {
    let p = op.numbers("p")?.ok_or_else(|| Failure::Broken("`p` is missing".into()))?;
    Ok(json!({ "p_adjusted": adjust(&p, adjustment(op, "method")?)? }))
}

fn adjustment(op: &Fields<'_>, key: &str) -> Result<Adjustment, Failure> {
    match op.need_text(key)? {
        "BH" => Ok(Adjustment::BenjaminiHochberg),
        "holm" => Ok(Adjustment::Holm),
        "bonferroni" => Ok(Adjustment::Bonferroni),
        "none" => Ok(Adjustment::None),
        other => Err(op.unknown(key, other)),
    }
}
