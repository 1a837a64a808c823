//! Questions with several answers per person.

use serde_json::{Value, json};
use stats::{Mask, MultiResponse, ShareOf, multi_response as shares};

use super::groups::{Groups, domain_of, groups};
use super::shapes::{ends, shape_b, shape_s};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

/// The ticks of a column of joined options.
struct Ticks {
    chosen: Vec<Option<Vec<String>>>,
    answered: Mask,
}

fn ticks(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Ticks, Failure> {
    let column = sample.table.column(op.need_text("column")?)?;
    let separator = op.need_text("separator")?;
    let none = op.text("none_code")?;
    let split = |text: &String| {
        let parts =
            text.split(separator).map(str::trim).filter(|part| !part.is_empty() && Some(*part) != none);
        parts.map(str::to_string).collect()
    };
    let chosen: Vec<Option<Vec<String>>> = column.texts.iter().map(|text| text.as_ref().map(split)).collect();
    let answered = Mask::from_fn(chosen.len(), |row| chosen[row].is_some());
    Ok(Ticks { chosen, answered })
}

pub(crate) fn count(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let ticks = ticks(op, &sample)?;
    let domain = domain_of(op, &sample)?.and(&ticks.answered);
    let counts: Vec<f64> =
        ticks.chosen.iter().map(|chosen| chosen.as_ref().map_or(0, Vec::len) as f64).collect();
    let variable = stats::Variable { values: &counts, domain: &domain };
    let estimates = stats::means(&sample.design, &[variable])?;
    shape_s(&["tot".into()], &estimates, sample.design.degrees_of_freedom(&domain))
}

pub(crate) fn multi_response(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let ticks = ticks(op, &sample)?;
    let options = op.need_texts("options")?;
    let share_of = match op.need_text("percent_of")? {
        "respondents" => ShareOf::Respondents,
        "cases" => ShareOf::Cases,
        "responses" => ShareOf::Responses,
        other => return Err(op.unknown("percent_of", other)),
    };
    let ticked = |option: &&str, chosen: &Option<Vec<String>>| {
        f64::from(u8::from(chosen.as_ref().is_some_and(|chosen| chosen.iter().any(|own| own == option))))
    };
    let columns: Vec<Vec<f64>> = options
        .iter()
        .map(|option| ticks.chosen.iter().map(|chosen| ticked(option, chosen)).collect())
        .collect();
    let domain = domain_of(op, &sample)?;
    let by = op.texts("by")?.map(|by| groups(&sample, &domain, &by)).transpose()?;
    let domains = by.as_ref().map_or_else(|| vec![domain.clone()], |groups| groups.masks.clone());
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let results = domains
        .iter()
        .map(|domain| shares(&sample.design, &columns, &ticks.answered, domain, share_of))
        .collect::<Result<Vec<_>, _>>()?;
    match (op.text("layout")?, &by) {
        (Some("matrix"), None) => matrix(&options, &results[0]),
        (Some("matrix"), Some(groups)) => matrix_by(&options, groups, &results),
        (Some(other), _) => Err(op.unknown("layout", other)),
        (None, None) => {
            let df = sample.design.degrees_of_freedom(&domain.and(&ticks.answered));
            shape_s(&needs(&options), &results[0].shares, df)
        }
        (None, Some(groups)) => by_groups(&needs(&options), groups, &results),
    }
}

fn needs(options: &[&str]) -> Vec<String> {
    options.iter().map(|option| format!("need_{option}")).collect()
}

fn matrix(options: &[&str], result: &MultiResponse) -> Result<Value, Failure> {
    let each = (0..options.len()).map(|at| result.shares.estimate(at)).collect::<Result<Vec<_>, _>>()?;
    let intervals = each.iter().map(|one| one.interval(0.95)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "names": options,
        "est": result.shares.values,
        "se": each.iter().map(|one| one.standard_error).collect::<Vec<_>>(),
        "n_base": result.base,
        "n_ticked": result.ticked,
        "ci95_t": intervals.into_iter().map(ends).collect::<Vec<_>>(),
        "df": each.first().map(|one| one.degrees_of_freedom),
    }))
}

fn matrix_by(options: &[&str], groups: &Groups, results: &[MultiResponse]) -> Result<Value, Failure> {
    let rows = |entry: &dyn Fn(&MultiResponse, usize) -> Value| {
        let row = |option| results.iter().map(|result| entry(result, option)).collect::<Vec<_>>();
        (0..options.len()).map(row).collect::<Vec<_>>()
    };
    let df = results.iter().map(|result| result.shares.estimate(0).map(|one| one.degrees_of_freedom));
    Ok(json!({
        "names": options,
        "groups": groups.names(),
        "est": rows(&|result, option| json!(result.shares.values[option])),
        "se": rows(&|result, option| json!(result.shares.standard_error(option))),
        "n_ticked": rows(&|result, option| json!(result.ticked[option])),
        "n_base": results.iter().map(|result| result.base).collect::<Vec<_>>(),
        "df": df.collect::<Result<Vec<_>, _>>()?,
    }))
}

/// The shape B from one result per group; the covariance across groups is not asked for.
fn by_groups(names: &[String], groups: &Groups, results: &[MultiResponse]) -> Result<Value, Failure> {
    let mut joined = results[0].shares.clone();
    let places = || (0..names.len()).flat_map(|option| results.iter().map(move |result| (result, option)));
    joined.values = places().map(|(result, option)| result.shares.values[option]).collect();
    let size = joined.values.len();
    joined.covariance = vec![vec![0.0; size]; size];
    for (at, (result, option)) in places().enumerate() {
        joined.covariance[at][at] = result.shares.covariance[option][option];
    }
    let mut shape = shape_b(groups, names, &joined);
    shape.as_object_mut().map(|shape| shape.remove("vcov"));
    Ok(shape)
}
