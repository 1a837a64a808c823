//! Means, totals and ratios in the shapes S (no groups) and B (with groups).

use serde_json::{Map, Value, json};
use stats::{Design, Estimate, Estimates, Fraction, Interval, Mask, SimpleSample, design_effect};

use super::groups::{Groups, Variable, answered, domain_of, groups, variables};
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;

/// Which of the two linear statistics.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Statistic {
    Mean,
    Total,
}

impl Statistic {
    pub(crate) fn read(op: &Fields<'_>, key: &str) -> Result<Statistic, Failure> {
        match op.text(key)? {
            Some("mean") | None => Ok(Statistic::Mean),
            Some("total") => Ok(Statistic::Total),
            Some(other) => Err(op.unknown(key, other)),
        }
    }

    /// All variables in all domains, variable by variable.
    pub(crate) fn of(
        self,
        design: &Design,
        columns: &[Vec<f64>],
        domains: &[Mask],
    ) -> Result<Estimates, Failure> {
        let pairs = columns.iter().flat_map(|values| domains.iter().map(move |domain| (values, domain)));
        let all: Vec<_> = pairs.map(|(values, domain)| stats::Variable { values, domain }).collect();
        Ok(match self {
            Statistic::Mean => stats::means(design, &all)?,
            Statistic::Total => stats::totals(design, &all)?,
        })
    }
}

/// Estimates of an operation with `vars`, `by`, `where` and `na_rm`.
pub(crate) struct Read {
    pub(crate) names: Vec<String>,
    pub(crate) groups: Option<Groups>,
    pub(crate) estimates: Estimates,
    pub(crate) variables: Vec<Variable>,
    pub(crate) domain: Mask,
    /// Of the domain before missing values leave, as the reference counts.
    pub(crate) df: usize,
}

pub(crate) fn read(op: &Fields<'_>, sample: &Sample<'_>, statistic: Statistic) -> Result<Read, Failure> {
    let variables = variables(sample, &op.need_texts("vars")?)?;
    let domain = domain_of(op, sample)?;
    let full = answered(&domain, &variables, op.flag("na_rm")?)?;
    let columns: Vec<Vec<f64>> = variables.iter().map(Variable::filled).collect();
    let (groups, domains) = match op.texts("by")? {
        None => (None, vec![full.clone()]),
        Some(by) => {
            let groups = groups(sample, &domain, &by)?;
            let domains = groups.masks.iter().map(|mask| mask.and(&full)).collect();
            (Some(groups), domains)
        }
    };
    let estimates = statistic.of(&sample.design, &columns, &domains)?;
    let names = variables.iter().map(|variable| variable.name.clone()).collect();
    let df = sample.design.degrees_of_freedom(&domain);
    Ok(Read { names, groups, estimates, variables, domain: full, df })
}

pub(crate) fn mean_or_total(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let statistic = Statistic::read(op, "fn")?;
    let read = read(op, &sample, statistic)?;
    let Some(groups) = &read.groups else {
        let mut shape = shape_s(&read.names, &read.estimates, read.df)?;
        if let Some(kind) = op.text("deff")? {
            shape["deff"] = effects(op, kind, &sample, &read)?;
        }
        return Ok(shape);
    };
    Ok(shape_b(groups, &read.names, &read.estimates))
}

fn effects(op: &Fields<'_>, kind: &str, sample: &Sample<'_>, read: &Read) -> Result<Value, Failure> {
    let simple = match kind {
        "wor" => SimpleSample::WithoutReplacement,
        "replace" => SimpleSample::WithReplacement,
        other => return Err(op.unknown("deff", other)),
    };
    if op.need_text("fn")? != "mean" {
        return Err(Failure::Unknown("`deff` of a total".into()));
    }
    let effect =
        |variable: &Variable| design_effect(&sample.design, &variable.filled(), &read.domain, simple);
    Ok(json!(read.variables.iter().map(effect).collect::<Result<Vec<f64>, _>>()?))
}

pub(crate) fn ratio(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let names = [op.need_text("numerator")?, op.need_text("denominator")?];
    let columns = variables(&sample, &names)?;
    let asked = domain_of(op, &sample)?;
    let domain = answered(&asked, &columns, op.flag("na_rm")?)?;
    let [numerator, denominator] = columns.as_slice() else {
        return Err(Failure::Broken("a ratio needs two numeric columns".into()));
    };
    let (numerator, denominator) = (numerator.filled(), denominator.filled());
    let fraction = Fraction { numerator: &numerator, denominator: &denominator, domain: &domain };
    let estimates = stats::ratios(&sample.design, &[fraction])?;
    let mut shape = shape_s(&["ratio".into()], &estimates, sample.design.degrees_of_freedom(&asked))?;
    for key in ["ci95_normal", "ci95_t"] {
        shape[key] = shape[key][0].clone();
    }
    Ok(shape)
}

pub(crate) fn cv(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let read = read(op, &sample, Statistic::read(op, "stat")?)?;
    let count = read.estimates.values.len();
    let variation = |position| read.estimates.estimate(position)?.variation();
    let mut shape = json!({ "cv": (0..count).map(variation).collect::<Result<Vec<f64>, _>>()? });
    match &read.groups {
        Some(groups) => shape["groups"] = json!(groups.names()),
        None => shape["names"] = json!(read.names),
    }
    Ok(shape)
}

pub(crate) fn ends(interval: Interval) -> Value {
    json!([interval.low, interval.high])
}

/// Estimates without groups, with t intervals on `df`.
pub(crate) fn shape_s(names: &[String], estimates: &Estimates, df: usize) -> Result<Value, Failure> {
    let one = |position| Ok(Estimate { degrees_of_freedom: df, ..estimates.estimate(position)? });
    let each = (0..names.len()).map(one).collect::<Result<Vec<_>, stats::Error>>()?;
    let normal = each.iter().map(|one| one.normal_interval(0.95)).collect::<Result<Vec<_>, _>>()?;
    let with_t = each.iter().map(|one| one.interval(0.95)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "names": names,
        "est": estimates.values,
        "se": each.iter().map(|one| one.standard_error).collect::<Vec<_>>(),
        "vcov": estimates.covariance,
        "ci95_normal": normal.into_iter().map(ends).collect::<Vec<_>>(),
        "ci95_t": with_t.into_iter().map(ends).collect::<Vec<_>>(),
        "df": df,
    }))
}

/// Estimates by groups, all groups for the first variable, then all for the second.
pub(crate) fn shape_b(groups: &Groups, names: &[String], estimates: &Estimates) -> Value {
    let name = |variable: &String, group: String| match names.len() {
        1 => group,
        _ => format!("{group}:{variable}"),
    };
    let est_names: Vec<String> = names
        .iter()
        .flat_map(|variable| groups.names().into_iter().map(move |group| name(variable, group)))
        .collect();
    let positions = 0..estimates.values.len();
    let normal = |position: usize| {
        // The reference gives these intervals even to groups without degrees of freedom.
        let reach = stats::normal_quantile(0.975) * estimates.standard_error(position);
        json!([estimates.values[position] - reach, estimates.values[position] + reach])
    };
    json!({
        "groups": group_levels(groups),
        "est_names": est_names,
        "est": estimates.values,
        "se": positions.clone().map(|position| estimates.standard_error(position)).collect::<Vec<_>>(),
        "vcov": estimates.covariance,
        "ci95_normal": positions.map(normal).collect::<Vec<_>>(),
    })
}

/// For each column, its level in every group.
pub(crate) fn group_levels(groups: &Groups) -> Value {
    let columns = groups.columns.iter().enumerate();
    Value::Object(
        columns.map(|(place, name)| (name.clone(), json!(groups.levels_of(place)))).collect::<Map<_, _>>(),
    )
}
