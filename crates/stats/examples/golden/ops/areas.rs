//! Models of small areas.

use serde_json::{Value, json};
use stats::{AreaMethod, AreaModel, Basis, Design, DesignParts, Mask, fay_herriot};

use crate::runner::Failure;
use crate::runner::data::Table;
use crate::runner::design::Sample;
use crate::runner::fields::Fields;
use crate::runner::formula::{Formula, Model};

pub(crate) fn run(op: &Fields<'_>, design: &Value, table: &Table) -> Result<Value, Failure> {
    let fields = Fields::new("design", design)?;
    match fields.need_text("kind")? {
        "area_level" => {}
        kind => return Err(fields.unknown("kind", kind)),
    }
    table.column(fields.need_text("area")?)?;
    let variances = table.complete(fields.need_text("variance")?)?;
    let direct = table.complete(fields.need_text("direct")?)?;
    fields.get("id");
    fields.finish()?;
    let method = match op.need_text("method")? {
        "REML" => AreaMethod::Restricted,
        "ML" => AreaMethod::Likelihood,
        "FH" => AreaMethod::Moment,
        other => return Err(op.unknown("method", other)),
    };
    // Only so that formulas are read as everywhere else: every area once.
    let parts = DesignParts::weighted(vec![1.0; table.rows], Basis::Census);
    let sample = Sample { design: Design::new(parts)?, table, domain: Mask::all(table.rows) };
    let formula = Formula::read(op.need_text("formula")?)?;
    if table.complete(formula.response)? != direct {
        return Err(Failure::Broken("the response is not the direct estimate of the design".into()));
    }
    let terms = Model::read(&formula, op, &sample, |_| true)?.terms();
    let areas = fay_herriot(AreaModel { direct: &direct, variances: &variances, terms: &terms }, method)?;
    Ok(json!({
        "eblup": areas.values,
        "mse": areas.squared_errors,
        "beta": areas.coefficients,
        "se_beta": areas.standard_errors,
        "sigma2_u": areas.variance_between,
        "loglike": areas.ln_likelihood,
    }))
}
