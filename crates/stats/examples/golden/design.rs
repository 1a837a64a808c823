//! From the `design` of a case to a design of the crate.

use std::path::Path;

use serde_json::Value;
use stats::{Basis, ClusterLabels, Design, DesignParts, LaterStage, Lonely, Mask};

use super::data::{Column, Table};
use super::fields::Fields;
use super::{Failure, expression};

mod replicate;
mod unequal;

/// A design with its data and the domain that every operation stays in.
pub(crate) struct Sample<'a> {
    pub(crate) design: Design,
    pub(crate) table: &'a Table,
    pub(crate) domain: Mask,
}

/// Makes the design of a case; how lonely clusters are treated is said in its operation.
pub(crate) fn read<'a>(
    op: &Fields<'_>,
    design: &Value,
    table: &'a Table,
    data: &Path,
) -> Result<Sample<'a>, Failure> {
    let fields = Fields::new("design", design)?;
    fields.get("id");
    let design = match fields.need_text("kind")? {
        "taylor" => taylor(op, &fields, table)?,
        "pps" => unequal::read(&fields, table, data)?,
        "replicate" => replicate::read(&fields, table, data)?,
        kind => return Err(fields.unknown("kind", kind)),
    };
    let domain = match fields.text("where")? {
        Some(text) => Mask::from(expression::read(text)?.truths(table)?),
        None => Mask::all(table.rows),
    };
    fields.finish()?;
    Ok(Sample { design, table, domain })
}

fn taylor(op: &Fields<'_>, fields: &Fields<'_>, table: &Table) -> Result<Design, Failure> {
    let parts = parts(op, fields, table)?;
    let weights = match (fields.get("weights"), fields.text("probs")?) {
        (Some(Value::String(name)), None) => table.complete(name)?,
        (Some(Value::Number(same)), None) => vec![same.as_f64().unwrap_or(f64::NAN); table.rows],
        (None, Some(name)) => table.complete(name)?.iter().map(|chance| 1.0 / chance).collect(),
        (None, None) => Design::new(parts.clone())?
            .sampling_weights()
            .ok_or_else(|| Failure::Broken("neither weights nor population counts".into()))?,
        _ => return Err(Failure::Broken("weights and probs together".into())),
    };
    Ok(Design::new(DesignParts { weights, ..parts })?)
}

/// Everything but the weights, which are 1 for now.
fn parts(op: &Fields<'_>, fields: &Fields<'_>, table: &Table) -> Result<DesignParts, Failure> {
    let ids = fields.texts("ids")?.unwrap_or_default();
    let populations = fields.texts("fpc")?.unwrap_or_default();
    let populations = populations.iter().map(|name| table.complete(name)).collect::<Result<Vec<_>, _>>()?;
    let codes = |name: &&str| codes(table.column(name)?);
    let later = |(place, name)| {
        Ok(LaterStage { clusters: Some(codes(name)?), population: populations.get(place).cloned() })
    };
    Ok(DesignParts {
        strata: fields.text("strata")?.as_ref().map(codes).transpose()?,
        clusters: ids.first().map(codes).transpose()?,
        labels: if fields.flag("nest")? { ClusterLabels::Restart } else { ClusterLabels::Unique },
        later_stages: ids.iter().enumerate().skip(1).map(later).collect::<Result<Vec<_>, Failure>>()?,
        population: populations.first().cloned(),
        lonely: lonely(op)?,
        lonely_by_domain: op.flag("adjust_domain_lonely")?,
        ..DesignParts::weighted(vec![1.0; table.rows], Basis::Probability)
    })
}

fn codes(column: &Column) -> Result<Vec<u32>, Failure> {
    let codes: Option<Vec<u32>> = column.levels().1.into_iter().collect();
    codes.ok_or_else(|| Failure::Broken("a stratum or cluster is missing".into()))
}

fn lonely(op: &Fields<'_>) -> Result<Lonely, Failure> {
    match op.text("lonely_psu")? {
        None | Some("fail") => Ok(Lonely::Fail),
        Some("remove") => Ok(Lonely::Remove),
        Some("certainty") => Ok(Lonely::Certainty),
        Some("adjust") => Ok(Lonely::Adjust),
        Some("average") => Ok(Lonely::Average),
        Some(other) => Err(op.unknown("lonely_psu", other)),
    }
}
