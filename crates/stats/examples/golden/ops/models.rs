//! Regressions, and what is asked of them.

use serde_json::{Value, json};
use stats::{Family, Mask, Regression};

use super::groups::domain_of;
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::expression;
use crate::runner::fields::Fields;
use crate::runner::formula::{Formula, Model, Values, called};

/// A formula with its response as numbers.
fn read(op: &Fields<'_>, sample: &Sample<'_>) -> Result<(Model, Vec<f64>), Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    let response = expression::read(formula.response)?.numbers(sample.table)?;
    let model = Model::read(&formula, op, sample, |row| response[row].is_some())?;
    Ok((model, response.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect()))
}

fn fit(op: &Fields<'_>, sample: &Sample<'_>) -> Result<(Model, Regression), Failure> {
    let (model, response) = read(op, sample)?;
    let family = match op.text("family")? {
        None | Some("gaussian()") => Family::Gaussian,
        Some("quasibinomial()") => Family::Binomial,
        Some("quasipoisson()") => Family::Poisson,
        Some(other) => return Err(op.unknown("family", other)),
    };
    let fit = stats::regression(&sample.design, &response, &model.terms(), &model.domain, family)?;
    Ok((model, fit))
}

pub(crate) fn glm(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (model, fit) = fit(op, &sample)?;
    let each = |of: &dyn Fn(usize) -> f64| (0..fit.names.len()).map(of).collect::<Vec<f64>>();
    Ok(json!({
        "names": fit.names,
        "est": fit.coefficients,
        "se": each(&|place| fit.standard_error(place)),
        "vcov": fit.covariance,
        "t": each(&|place| fit.t(place)),
        "p": each(&|place| fit.p(place)),
        "df_residual": fit.degrees_of_freedom,
        "dispersion": fit.dispersion * rescaled(&sample, &domain_of(op, &sample)?, &model.domain),
    }))
}

/// The reference scales Pearson residuals to the mean weight of all rows asked for, also of those that missing
/// values then take out; the crate knows only the rows that are in.
fn rescaled(sample: &Sample<'_>, asked: &Mask, kept: &Mask) -> f64 {
    let mean = |mask: &Mask| {
        let inside = sample.design.weights().iter().zip(mask.as_slice()).filter(|(_, inside)| **inside);
        inside.map(|(weight, _)| weight).sum::<f64>() / mask.count() as f64
    };
    if sample.design.replicates().is_some() { 1.0 } else { mean(kept) / mean(asked) }
}

pub(crate) fn wald_term(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (model, fit) = fit(op, &sample)?;
    let tested = Formula::read(op.need_text("term")?)?;
    let (mut positions, mut place) = (Vec::new(), 0);
    for (name, terms) in &model.groups {
        if tested.terms().contains(&name.as_str()) {
            positions.extend(place..place + terms.len());
        }
        place += terms.len();
    }
    let test = fit.wald(&positions)?;
    Ok(json!({ "F": test.f, "df": test.contrasts, "ddf": test.degrees_of_freedom, "p": test.p }))
}

pub(crate) fn predict_mean(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let (_, fit) = fit(op, &sample)?;
    let data = Fields::new("newdata", op.need("newdata")?)?;
    let mut columns = Vec::new();
    for name in &fit.names {
        columns.push(if name == "(Intercept)" { None } else { data.numbers(name)? });
    }
    data.finish()?;
    let rows = columns.iter().flatten().map(Vec::len).max().unwrap_or(1);
    let row =
        |at: usize| columns.iter().map(|column| column.as_ref().map_or(1.0, |c| c[at])).collect::<Vec<_>>();
    let each = (0..rows).map(|at| fit.predict(&row(at))).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "est": each.iter().map(|one| one.value).collect::<Vec<_>>(),
        "se": each.iter().map(|one| one.standard_error).collect::<Vec<_>>(),
    }))
}

/// The categories of an ordered response, counted from 0.
fn ordered(op: &Fields<'_>, sample: &Sample<'_>, name: &str) -> Result<(usize, Vec<Option<u32>>), Failure> {
    if let Some(cut) = op.object("cut")?.and_then(|cuts| cuts.get(name)) {
        let cut = Fields::new("cut", cut)?;
        let breaks = cut.numbers("breaks")?.unwrap_or_default();
        let values = sample.table.numbers(cut.need_text("var")?)?;
        cut.finish()?;
        let place = |value: f64| breaks.windows(2).position(|ends| ends[0] < value && value <= ends[1]);
        let codes = values.iter().map(|value| value.and_then(place).map(|place| place as u32)).collect();
        return Ok((breaks.len().saturating_sub(1), codes));
    }
    let values = Values::read(name, sample.table)?;
    let (levels, codes) = values.levels(&sample.domain);
    Ok((levels.len(), codes))
}

pub(crate) fn ordinal_logit(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    let (_, codes) = ordered(op, &sample, formula.response)?;
    let model = Model::read(&formula, op, &sample, |row| codes[row].is_some())?;
    let terms: Vec<_> = model.terms().into_iter().filter(|term| term.name != "(Intercept)").collect();
    let fit = stats::ordinal_regression(&sample.design, &codes, &terms, &model.domain)?;
    Ok(json!({
        "coef": fit.coefficients,
        "zeta": fit.thresholds,
        "se": (0..fit.covariance.len()).map(|place| fit.standard_error(place)).collect::<Vec<_>>(),
    }))
}

/// The columns of `Surv(time, event)`.
pub(crate) fn survival<'a>(formula: &Formula<'a>) -> Result<(&'a str, &'a str), Failure> {
    match called(formula.response, "Surv").as_deref() {
        Some([time, event]) => Ok((time, event)),
        _ => Err(Failure::Broken("the response is not `Surv(time,event)`".into())),
    }
}
