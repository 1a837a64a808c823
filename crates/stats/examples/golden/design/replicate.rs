//! Replicate weights of a case, from a file of their own.

use std::path::Path;

use serde_json::Value;
use stats::{Basis, Centre, Design, DesignParts, ReplicateParts, ReplicateWeights};

use crate::runner::Failure;
use crate::runner::data::Table;
use crate::runner::fields::Fields;

pub(super) fn read(fields: &Fields<'_>, table: &Table, data: &Path) -> Result<Design, Failure> {
    let weights = table.complete(fields.need_text("weights")?)?;
    let file = Table::read(&data.join(fields.need_text("repweights_file")?)).map_err(Failure::Broken)?;
    let columns = file.columns_in_order()?;
    let weights = (
        weights,
        match fields.flag("combined")? {
            true => ReplicateWeights::Full(columns),
            false => ReplicateWeights::Factors(columns),
        },
    );
    // How the file was made says nothing that scale, rscales and mse do not.
    fields.get("type");
    fields.get("rho");
    let parts = ReplicateParts {
        weights: weights.1,
        scale: fields.number("scale")?.ok_or_else(|| Failure::Broken("`scale` is missing".into()))?,
        rscales: match fields.need("rscales")? {
            Value::Number(same) => vec![same.as_f64().unwrap_or(f64::NAN)],
            _ => fields.numbers("rscales")?.unwrap_or_default(),
        },
        centre: if fields.flag("mse")? { Centre::Estimate } else { Centre::MeanOfReplicates },
    };
    let sample = Design::new(DesignParts::weighted(weights.0, Basis::Probability))?;
    Ok(sample.with_replicate_weights(parts)?)
}
