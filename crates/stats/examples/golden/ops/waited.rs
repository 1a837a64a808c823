//! Time until an event.

use serde_json::{Value, json};
use stats::{Mask, Waiting, hazard_regression, kaplan_meier as curve, log_rank};

use super::groups::domain_of;
use super::models::survival;
use crate::runner::Failure;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;
use crate::runner::formula::{Formula, Model, Values};

/// Times and events with gaps.
struct Response {
    times: Vec<f64>,
    happened: Vec<bool>,
    known: Vec<bool>,
}

impl Response {
    fn read(formula: &Formula<'_>, sample: &Sample<'_>) -> Result<Response, Failure> {
        let (time, event) = survival(formula)?;
        let (times, events) = (sample.table.numbers(time)?, sample.table.numbers(event)?);
        Ok(Response {
            times: times.iter().map(|time| time.unwrap_or(f64::NAN)).collect(),
            happened: events.iter().map(|event| *event == Some(1.0)).collect(),
            known: times.iter().zip(events).map(|(time, event)| time.is_some() && event.is_some()).collect(),
        })
    }

    fn waiting(&self) -> Waiting<'_> {
        Waiting { times: &self.times, happened: &self.happened }
    }
}

pub(crate) fn kaplan_meier(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    if !formula.is_against(true) {
        return Err(Failure::Unknown("a curve by groups".into()));
    }
    let response = Response::read(&formula, &sample)?;
    let asked = domain_of(op, &sample)?;
    let domain = Mask::from_fn(asked.rows(), |row| asked.contains(row) && response.known[row]);
    let at = op.numbers("at")?.unwrap_or_default();
    let shares = curve(&sample.design, response.waiting(), &domain, &at)?;
    let se: Vec<f64> = (0..at.len()).map(|place| shares.standard_error(place)).collect();
    Ok(json!({ "surv": shares.values, "se": se }))
}

pub(crate) fn coxph(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    match op.text("ties")? {
        None | Some("efron") => {}
        Some(other) => return Err(op.unknown("ties", other)),
    }
    let formula = Formula::read(op.need_text("formula")?)?;
    let response = Response::read(&formula, &sample)?;
    let model = Model::read(&formula, op, &sample, |row| response.known[row])?;
    let terms: Vec<_> = model.terms().into_iter().filter(|term| term.name != "(Intercept)").collect();
    let fit = hazard_regression(&sample.design, response.waiting(), &terms, &model.domain)?;
    Ok(json!({
        "names": fit.names,
        "est": fit.coefficients,
        "se": (0..fit.names.len()).map(|place| fit.standard_error(place)).collect::<Vec<_>>(),
    }))
}

pub(crate) fn logrank(op: &Fields<'_>, sample: Sample<'_>) -> Result<Value, Failure> {
    let formula = Formula::read(op.need_text("formula")?)?;
    let response = Response::read(&formula, &sample)?;
    let grouping = Values::read(formula.only_term()?, sample.table)?;
    let asked = domain_of(op, &sample)?;
    let known = |row: usize| asked.contains(row) && response.known[row] && grouping.is_known(row);
    let domain = Mask::from_fn(asked.rows(), known);
    let (_, groups) = grouping.levels(&domain);
    let test = log_rank(&sample.design, response.waiting(), &groups, &domain)?;
    Ok(json!({ "score": test.score, "se": test.standard_error, "z": test.z, "p": test.p }))
}
