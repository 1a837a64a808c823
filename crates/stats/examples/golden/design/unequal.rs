//! Designs drawn without replacement with unequal chances.

use std::path::Path;

use stats::{Basis, Design, DesignParts, JointChances, PairVariance};

use crate::runner::Failure;
use crate::runner::data::Table;
use crate::runner::fields::Fields;

pub(super) fn read(fields: &Fields<'_>, table: &Table, data: &Path) -> Result<Design, Failure> {
    let chances = table.complete(fields.need_text("fpc")?)?;
    let weights = chances.iter().map(|chance| 1.0 / chance).collect();
    let variance = match fields.text("variance")?.unwrap_or("HT") {
        "HT" => PairVariance::HorvitzThompson,
        "YG" => PairVariance::YatesGrundy,
        other => return Err(fields.unknown("variance", other)),
    };
    let joint = match fields.need_text("pps")? {
        "brewer" => JointChances::Brewer,
        "overton" => JointChances::Overton(variance),
        "hr" => JointChances::HartleyRao { constant: fields.number("hr_constant")?, variance },
        "joint" => {
            let chances = square(&data.join(fields.need_text("jointprob_file")?))?;
            JointChances::Known { chances, variance }
        }
        other => return Err(fields.unknown("pps", other)),
    };
    let sample = Design::new(DesignParts::weighted(weights, Basis::Probability))?;
    Ok(sample.with_unequal_chances(&chances, joint)?)
}

/// A CSV of numbers without a header.
fn square(path: &Path) -> Result<Vec<Vec<f64>>, Failure> {
    let broken = |why: String| Failure::Broken(format!("{}: {why}", path.display()));
    let reader = csv::ReaderBuilder::new().has_headers(false).from_path(path);
    let records = reader.map_err(|error| broken(error.to_string()))?.into_records();
    let number = |cell: &str| cell.trim().parse::<f64>().map_err(|error| broken(error.to_string()));
    records
        .map(|record| record.map_err(|error| broken(error.to_string()))?.iter().map(number).collect())
        .collect()
}
