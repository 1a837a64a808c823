//! Degrees of freedom, spread, distribution and what weights cost.

use serde_json::{Map, Value, json};
use stats::{
    Estimate, Kish, Mask, Quantile, QuantileInterval, QuantileOptions, QuantileRule, cross_table,
    cumulative_shares, kish_of, population_covariance, quantiles,
};

use super::groups::{Variable, answered, domain, domain_of, groups, variables};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

pub(crate) fn degf(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let mut shape = json!({ "df": sample.design.degrees_of_freedom(&sample.domain) });
    for (label, text) in op.object("domains")?.into_iter().flatten() {
        let text = text.as_str().ok_or_else(|| Failure::Broken("a domain is a text".into()))?;
        shape[label] = json!(sample.design.degrees_of_freedom(&domain(&sample, Some(text))?));
    }
    Ok(shape)
}

/// The variables of an operation and the rows in which none is missing.
fn complete(op: &Fields<'_>, sample: &Sample<'_>) -> Result<(Vec<Vec<f64>>, Mask), Failure> {
    let variables = variables(sample, &op.need_texts("vars")?)?;
    let domain = answered(&domain_of(op, sample)?, &variables, op.flag("na_rm")?)?;
    Ok((variables.iter().map(Variable::filled).collect(), domain))
}

fn covariances(
    sample: &Sample<'_>,
    columns: &[Vec<f64>],
    domain: &Mask,
) -> Result<Vec<Vec<Estimate>>, Failure> {
    let pair = |x: &Vec<f64>, y: &Vec<f64>| population_covariance(&sample.design, x, y, domain);
    columns.iter().map(|x| columns.iter().map(|y| pair(x, y).map_err(Failure::from)).collect()).collect()
}

pub(crate) fn var(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (columns, domain) = complete(op, &sample)?;
    let each = columns
        .iter()
        .map(|column| population_covariance(&sample.design, column, column, &domain))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "est": each.iter().map(|one| one.value).collect::<Vec<_>>(),
        "se": each.iter().map(|one| one.standard_error).collect::<Vec<_>>(),
    }))
}

fn matrix(estimates: &[Vec<Estimate>], entry: impl Fn(&Estimate) -> f64) -> Vec<Vec<f64>> {
    estimates.iter().map(|row| row.iter().map(&entry).collect()).collect()
}

pub(crate) fn cov(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (columns, domain) = complete(op, &sample)?;
    let all = covariances(&sample, &columns, &domain)?;
    Ok(json!({ "cov": matrix(&all, |one| one.value), "se": matrix(&all, |one| one.standard_error) }))
}

pub(crate) fn corr(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (columns, domain) = complete(op, &sample)?;
    let one = |x: &Vec<f64>, y: &Vec<f64>| stats::correlation(&sample.design, x, y, &domain);
    let row = |x: &Vec<f64>| columns.iter().map(|y| one(x, y)).collect::<Result<Vec<_>, _>>();
    let all = columns.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "corr": matrix(&all, |one| one.value), "se": matrix(&all, |one| one.standard_error) }))
}

pub(crate) fn cdf(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let columns = variables(&sample, &[op.need_text("var")?])?;
    let domain = answered(&domain_of(op, &sample)?, &columns, op.flag("na_rm")?)?;
    let at = op.numbers("at")?.unwrap_or_default();
    let shares = cumulative_shares(&sample.design, &columns[0].filled(), &at, &domain)?;
    Ok(json!({ "cdf": shares.values }))
}

pub(crate) fn quantile(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let options = QuantileOptions { rule: rule(op)?, interval: interval(op)?, level: 0.95 };
    let shares = op.numbers("p")?.unwrap_or_default();
    let mut shape = Map::new();
    for column in variables(&sample, &op.need_texts("vars")?)? {
        let (name, values) = (column.name.clone(), column.filled());
        let domain = answered(&domain_of(op, &sample)?, &[column], op.flag("na_rm")?)?;
        let each = quantiles(&sample.design, &values, &shares, &domain, &options)?;
        let list = |entry: fn(&Quantile) -> Option<f64>| each.iter().map(entry).collect::<Vec<_>>();
        let entry = json!({
            "p": shares,
            "quantile": list(|one| Some(one.value)),
            "ci_lo": list(|one| one.low),
            "ci_hi": list(|one| one.high),
            "se": list(|one| one.standard_error),
        });
        shape.insert(name, entry);
    }
    Ok(Value::Object(shape))
}

fn rule(op: &Fields<'_>) -> Result<QuantileRule, Failure> {
    Ok(match op.text("qrule")?.unwrap_or("math") {
        "math" | "hf1" => QuantileRule::Math,
        "school" | "hf2" => QuantileRule::School,
        "shahvaish" => QuantileRule::ShahVaish,
        "hf3" => QuantileRule::Hf3,
        "hf4" => QuantileRule::Hf4,
        "hf5" => QuantileRule::Hf5,
        "hf6" => QuantileRule::Hf6,
        "hf7" => QuantileRule::Hf7,
        "hf8" => QuantileRule::Hf8,
        "hf9" => QuantileRule::Hf9,
        other => return Err(op.unknown("qrule", other)),
    })
}

fn interval(op: &Fields<'_>) -> Result<QuantileInterval, Failure> {
    Ok(match op.text("interval_type")?.unwrap_or("mean") {
        "mean" => QuantileInterval::Mean,
        "beta" => QuantileInterval::Beta,
        "xlogit" => QuantileInterval::LinearisedLogit,
        "asin" => QuantileInterval::Arcsine,
        "score" => QuantileInterval::Score,
        "quantile" => QuantileInterval::Repeated,
        other => return Err(op.unknown("interval_type", other)),
    })
}

pub(crate) fn table(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let names = op.need_texts("vars")?;
    let [first, second] = names.as_slice() else {
        return Err(Failure::Broken("a table has two variables".into()));
    };
    let domain = domain_of(op, &sample)?;
    let (rows, row_codes) = sample.table.column(first)?.levels();
    let (columns, column_codes) = sample.table.column(second)?.levels();
    let counts = cross_table(&sample.design, &row_codes, &column_codes, &domain)?;
    Ok(json!({ "rows": rows, "cols": columns, "n": counts }))
}

pub(crate) fn weights(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let domain = domain_of(op, &sample)?;
    let Some(by) = op.texts("by")? else {
        return Ok(shape(&[kish_of(&sample.design, &domain)?]));
    };
    let groups = groups(&sample, &domain, &by)?;
    let each =
        groups.masks.iter().map(|mask| kish_of(&sample.design, mask)).collect::<Result<Vec<_>, _>>()?;
    let mut shape = shape(&each);
    shape["groups"] = json!(groups.names());
    Ok(shape)
}

pub(crate) fn replicate_weights(_: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let replicates =
        sample.design.replicates().ok_or_else(|| Failure::Broken("the design has no replicates".into()))?;
    let columns: Vec<Vec<f64>> = (0..replicates.count()).map(|number| replicates.weights(number)).collect();
    let each = |fold: fn(&[f64]) -> f64| columns.iter().map(|column| fold(column)).collect::<Vec<f64>>();
    Ok(json!({
        "sum": each(|weights| weights.iter().sum()),
        "sumsq": each(|weights| weights.iter().map(|weight| weight * weight).sum()),
        "min": each(|weights| weights.iter().copied().fold(f64::INFINITY, f64::min)),
        "max": each(|weights| weights.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
    }))
}

fn shape(each: &[Kish]) -> Value {
    let list = |entry: fn(&Kish) -> f64| each.iter().map(entry).collect::<Vec<f64>>();
    json!({
        "n": each.iter().map(|kish| kish.respondents).collect::<Vec<_>>(),
        "sum": list(|kish| kish.sum),
        "cv2": list(|kish| kish.relative_variance),
        "kish_deff": list(|kish| kish.design_effect),
        "n_eff": list(|kish| kish.effective_n),
    })
}
