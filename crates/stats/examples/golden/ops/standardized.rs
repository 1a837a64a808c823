//! Means with the composition of the population.

use serde_json::Value;
use stats::{Composition, Mask};

use super::groups::{answered, domain_of, groups, variables};
use super::shapes::{Statistic, shape_b};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

pub(crate) fn direct_standardize(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let asked = domain_of(op, &sample)?;
    let excluded = match op.get("exclude_missing") {
        None | Some(Value::Bool(_)) => Vec::new(),
        Some(_) => op.texts("exclude_missing")?.unwrap_or_default(),
    };
    let present = variables(&sample, &excluded)?;
    let asked = answered(&asked, &present, true)?;
    let variables = variables(&sample, &op.need_texts("vars")?)?;
    let na_rm = op.flag("na_rm")? || op.get("exclude_missing") == Some(&Value::Bool(true));
    let complete = answered(&asked, &variables, na_rm)?;
    let over = sample.table.column(op.need_text("over")?)?;
    let (levels, codes) = over.levels();
    let population =
        op.object("population")?.ok_or_else(|| Failure::Broken("`population` is missing".into()))?;
    let mut counts = std::collections::BTreeMap::new();
    for (level, count) in population {
        let code = levels.iter().position(|known| known == level);
        let code = code.ok_or_else(|| Failure::Broken(format!("nobody is `{level}`")))? as u32;
        counts.insert(code, count.as_f64().unwrap_or(f64::NAN));
    }
    let by = groups(&sample, &complete, &op.need_texts("by")?)?;
    let place = |row: usize| by.masks.iter().position(|mask| mask.contains(row)).map(|place| place as u32);
    let of_rows: Vec<Option<u32>> = (0..sample.table.rows).map(place).collect();
    let composition = Composition { codes: &codes, population: counts };
    let (design, domain) = stats::standardize(&sample.design, &composition, &of_rows, &complete)?;
    let columns: Vec<Vec<f64>> = variables.iter().map(super::groups::Variable::filled).collect();
    let domains: Vec<Mask> = by.masks.iter().map(|mask| mask.and(&domain)).collect();
    let estimates = Statistic::Mean.of(&design, &columns, &domains)?;
    let names: Vec<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    Ok(shape_b(&by, &names, &estimates))
}
