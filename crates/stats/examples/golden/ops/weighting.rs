//! Weighting steps, by themselves (shape W) or before another operation.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use stats::{
    CalibrateOptions, Design, Distance, KnownTotal, Limit, Margin, Mask, Missing, RakeOptions, TrimOptions,
    calibrate, calibrate_to_margins, collapse, nonresponse_classes, post_stratify, rake, trim,
};

use super::groups::{Variable, answered, groups, variables};
use super::shapes::{Statistic, shape_s};
use crate::runner::design::Sample;
use crate::runner::fields::Fields;
use crate::runner::{Failure, expression};

/// A weighting step with its weights and what is estimated with them.
pub(crate) fn run(op: &Fields<'_>, mut sample: Sample<'_>) -> Result<Value, Failure> {
    sample.design = step(op, &sample)?;
    let report = op.texts("report")?.unwrap_or_default();
    let columns = variables(&sample, &report)?;
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let domain = answered(&sample.domain, &columns, true)?;
    let filled: Vec<Vec<f64>> = columns.iter().map(Variable::filled).collect();
    let df = sample.design.degrees_of_freedom(&sample.domain);
    let shape = |statistic: Statistic| {
        shape_s(&names, &statistic.of(&sample.design, &filled, std::slice::from_ref(&domain))?, df)
    };
    Ok(json!({
        "weights": sample.design.weights(),
        "mean": shape(Statistic::Mean)?,
        "total": shape(Statistic::Total)?,
    }))
}

/// A weighting step before another operation.
pub(crate) fn apply(fields: &Fields<'_>, sample: &Sample<'_>) -> Result<Design, Failure> {
    let design = step(fields, sample)?;
    fields.get("report");
    fields.finish()?;
    Ok(design)
}

fn step(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Design, Failure> {
    match op.need_text("fn")? {
        "rake" => raked(op, sample),
        "rake+trim" => {
            let limits = Fields::new("trim", op.need("trim")?)?;
            let trimmed = trim(&raked(op, sample)?, &limits_of(&limits)?)?;
            limits.finish()?;
            Ok(trimmed)
        }
        "trim" => Ok(trim(&sample.design, &limits_of(op)?)?),
        "poststratify" => {
            let targets =
                op.object("margin")?.ok_or_else(|| Failure::Broken("`margin` is missing".into()))?;
            let margin = margin(sample, op.need_text("by")?, targets, None)?;
            Ok(post_stratify(&sample.design, &margin, Missing::Refuse)?.design)
        }
        "calibrate" => calibrated(op, sample),
        "nonresponse_classes" => classes(op, sample),
        other => Err(op.unknown("fn", other)),
    }
}

fn raked(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Design, Failure> {
    let missing = match op.text("missing")? {
        None => Missing::Refuse,
        Some("own_share") => Missing::OwnShare,
        Some(other) => return Err(op.unknown("missing", other)),
    };
    Ok(rake(&sample.design, &margins(op, sample)?, &RakeOptions::with(missing))?.design)
}

fn margins(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Vec<Margin>, Failure> {
    let targets = op.object("margins")?.ok_or_else(|| Failure::Broken("`margins` is missing".into()))?;
    let merges = op.object("collapse")?;
    let one = |(column, targets): (&String, &Value)| {
        let targets = targets.as_object().ok_or_else(|| Failure::Broken("a margin is an object".into()))?;
        let merges = merges.and_then(|merges| merges.get(column)).and_then(Value::as_object);
        margin(sample, column, targets, merges)
    };
    targets.iter().map(one).collect()
}

fn calibrated(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Design, Failure> {
    let distance = distance(op)?;
    let prescale = op.flag("prescale")?;
    if op.get("margins").is_some() {
        let margins = margins(op, sample)?;
        let people = margins.first().map(|margin| margin.targets.iter().flatten().sum());
        let options = CalibrateOptions { distance, prescale: people.filter(|_| prescale) };
        return Ok(calibrate_to_margins(&sample.design, &margins, Missing::Refuse, &options)?.design);
    }
    let totals = known_totals(op, sample)?;
    let people = totals.iter().find(|known| known.name == "intercept").map(|known| known.total);
    let options = CalibrateOptions { distance, prescale: people.filter(|_| prescale) };
    Ok(calibrate(&sample.design, &totals, &options)?.design)
}

fn distance(op: &Fields<'_>) -> Result<Distance, Failure> {
    let bounds = match op.numbers("bounds")?.as_deref() {
        None => None,
        Some([low, high]) => Some((*low, *high)),
        Some(_) => return Err(Failure::Broken("`bounds` has two numbers".into())),
    };
    Ok(match op.need_text("calfun")? {
        "linear" => Distance::Linear { bounds },
        "raking" => Distance::Raking { bounds },
        // Without bounds there is no logit distance; the crate refuses that.
        "logit" => Distance::Logit { bounds: bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY)) },
        other => return Err(op.unknown("calfun", other)),
    })
}

/// Columns of `formula` with their `totals`: an intercept, numbers, and 0/1 columns of levels.
fn known_totals(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Vec<KnownTotal>, Failure> {
    let formula = op.need_text("formula")?;
    // Whether there is an intercept is said by the totals; `-1` in the formula only repeats it.
    let formula = formula.trim_start_matches('~').replace("-1", "").replace(' ', "");
    let terms: Vec<&str> = formula.split('+').filter(|term| !matches!(*term, "" | "0" | "1")).collect();
    let columns = variables(sample, &terms)?;
    let totals = op.object("totals")?.ok_or_else(|| Failure::Broken("`totals` is missing".into()))?;
    let one = |(name, total): (&String, &Value)| {
        let full = |column: &Variable| column.values.iter().copied().collect::<Option<Vec<f64>>>();
        let values = match name.as_str() {
            "intercept" | "(Intercept)" => Some(vec![1.0; sample.table.rows]),
            _ => columns.iter().find(|column| column.name == *name).and_then(full),
        };
        let missing = || Failure::Broken(format!("no complete column `{name}` in the formula"));
        let total = total.as_f64().ok_or_else(|| Failure::Broken("a total is a number".into()))?;
        Ok(KnownTotal { name: name.clone(), values: values.ok_or_else(missing)?, total })
    };
    totals.iter().map(one).collect()
}

/// A margin; levels of the data without a count come after those that have one, and so have no target.
fn margin(
    sample: &Sample<'_>,
    column: &str,
    targets: &Map<String, Value>,
    merges: Option<&Map<String, Value>>,
) -> Result<Margin, Failure> {
    let (levels, codes) = sample.table.column(column)?.levels();
    let mut labels: Vec<String> = targets.keys().cloned().collect();
    labels.extend(levels.iter().filter(|level| !targets.contains_key(*level)).cloned());
    let place = |label: &str| labels.iter().position(|known| known == label).map(|place| place as u32);
    let moved: Vec<Option<u32>> = levels.iter().map(|level| place(level)).collect();
    let count = |value: &Value| value.as_f64().ok_or_else(|| Failure::Broken("a count is a number".into()));
    let margin = Margin {
        name: column.to_string(),
        codes: codes.iter().map(|code| code.and_then(|code| moved[code as usize])).collect(),
        targets: targets.values().map(|value| count(value).map(Some)).collect::<Result<_, _>>()?,
        labels: labels.clone(),
    };
    let Some(merges) = merges else { return Ok(margin) };
    let known = |label: &str| place(label).ok_or_else(|| Failure::Broken(format!("no level `{label}`")));
    let joins = merges
        .iter()
        .map(|(from, into)| Ok((known(from)?, known(into.as_str().unwrap_or_default())?)))
        .collect::<Result<BTreeMap<u32, u32>, Failure>>()?;
    Ok(collapse(&margin, &joins)?)
}

fn limits_of(op: &Fields<'_>) -> Result<TrimOptions, Failure> {
    let times = op.number("upper_multiple_of_median")?.map(Limit::TimesMedian);
    let upper = op.number("upper")?.map(Limit::Weight);
    Ok(TrimOptions {
        lower: op.number("lower")?.map(Limit::Weight),
        upper: upper.or(times),
        strict: op.flag("strict")?,
    })
}

fn classes(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Design, Failure> {
    let responded = Mask::from(expression::read(op.need_text("responded")?)?.truths(sample.table)?);
    let everyone = Mask::all(sample.table.rows);
    let groups = groups(sample, &everyone, &op.need_texts("classes")?)?;
    let class =
        |row: usize| groups.masks.iter().position(|mask| mask.contains(row)).map(|class| class as u32);
    let classes: Option<Vec<u32>> = (0..sample.table.rows).map(class).collect();
    let classes = classes.ok_or_else(|| Failure::Broken("a class is missing".into()))?;
    Ok(nonresponse_classes(&sample.design, &classes, &responded)?)
}
