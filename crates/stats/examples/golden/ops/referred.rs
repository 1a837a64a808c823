//! Referral samples.

use serde_json::{Value, json};
use stats::{GroupShares, Referral, ReferralMethod};

use crate::runner::Failure;
use crate::runner::data::Table;
use crate::runner::fields::Fields;

/// A referral sample with its data.
struct Sample<'a> {
    referral: Referral,
    population: Option<f64>,
    table: &'a Table,
}

impl<'a> Sample<'a> {
    fn read(design: &Value, table: &'a Table) -> Result<Sample<'a>, Failure> {
        let fields = Fields::new("design", design)?;
        match fields.need_text("kind")? {
            "rds" => {}
            kind => return Err(fields.unknown("kind", kind)),
        }
        let ids = &table.column(fields.need_text("id")?)?.texts;
        let marker = fields.need_text("seed_marker")?;
        let recruiter = |name: &Option<String>| match name {
            Some(name) if name == marker => Ok(None),
            Some(name) => match ids.iter().position(|id| id.as_deref() == Some(name)) {
                Some(row) => Ok(Some(row)),
                None => Err(Failure::Broken(format!("nobody has the id `{name}`"))),
            },
            None => Err(Failure::Broken("a recruiter is missing".into())),
        };
        let recruiters = &table.column(fields.need_text("recruiter")?)?.texts;
        let recruiters = recruiters.iter().map(recruiter).collect::<Result<Vec<_>, _>>()?;
        let degrees = table.numbers(fields.need_text("degree")?)?.to_vec();
        let population = fields.number("population_size")?;
        fields.finish()?;
        Ok(Sample { referral: Referral::new(recruiters, degrees)?, population, table })
    }

    fn successive(&self) -> Result<ReferralMethod, Failure> {
        let population = self.population();
        Ok(ReferralMethod::SuccessiveSampling { population: population? })
    }

    fn population(&self) -> Result<f64, Failure> {
        self.population.ok_or_else(|| Failure::Broken("`population_size` is missing".into()))
    }

    fn groups(&self, op: &Fields<'_>) -> Result<(Vec<String>, Vec<Option<u32>>), Failure> {
        Ok(self.table.column(op.need_text("var")?)?.levels())
    }

    fn shares(&self, op: &Fields<'_>, method: ReferralMethod) -> Result<Value, Failure> {
        let (levels, codes) = self.groups(op)?;
        let GroupShares { shares, .. } = self.referral.shares(&codes, method)?;
        Ok(json!({ "levels": levels, "est": shares }))
    }
}

pub(crate) fn run(name: &str, op: &Fields<'_>, design: &Value, table: &Table) -> Result<Value, Failure> {
    let sample = Sample::read(design, table)?;
    match name {
        "rds_i" => sample.shares(op, ReferralMethod::SalganikHeckathorn),
        "rds_ii" => sample.shares(op, ReferralMethod::VolzHeckathorn),
        "rds_ss" => sample.shares(op, sample.successive()?),
        "rds_weights" => weights(op, &sample),
        "rds_waves" => Ok(waves(&sample)),
        "rds_differential_activity" => activity(op, &sample),
        "rds_convergence" => convergence(op, &sample),
        "rds_transition_counts" => {
            let (levels, codes) = sample.groups(op)?;
            Ok(json!({ "levels": levels, "counts": sample.referral.transitions(&codes)?.counts }))
        }
        "rds_homophily" => {
            let (levels, codes) = sample.groups(op)?;
            let homophily = sample.referral.homophily(&codes)?;
            let (recruitment, index) = (homophily.recruitment, homophily.index);
            Ok(json!({ "levels": levels, "recruitment_homophily": recruitment, "index": index }))
        }
        "harmonic_mean_degree" => {
            let sizes = sample.referral.network_sizes();
            Ok(json!({ "harmonic": sizes.harmonic, "arithmetic": sizes.arithmetic }))
        }
        other => Err(op.unknown("fn", other)),
    }
}

fn weights(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Value, Failure> {
    let weights = match op.need_text("type")? {
        "RDS-II" => sample.referral.weights(ReferralMethod::VolzHeckathorn, sample.population()?)?,
        "Gile SS" => sample.referral.weights(sample.successive()?, 1.0)?,
        other => return Err(op.unknown("type", other)),
    };
    Ok(json!({ "w": weights }))
}

fn waves(sample: &Sample<'_>) -> Value {
    let waves = sample.referral.waves();
    json!({
        "n": sample.referral.rows(),
        "seeds": waves.seeds.len(),
        "max_wave": waves.by_wave.len() - 1,
        "by_wave": waves.by_wave,
        "recruits_per_seed": waves.descendants,
    })
}

fn activity(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Value, Failure> {
    match op.text("weight_type")? {
        None | Some("RDS-II") => {}
        Some(other) => return Err(op.unknown("weight_type", other)),
    }
    let (levels, codes) = sample.groups(op)?;
    let reference = op.need_text("reference")?;
    let place = levels.iter().position(|level| level == reference);
    let place = place.ok_or_else(|| Failure::Broken(format!("nobody is `{reference}`")))?;
    Ok(json!({ "value": sample.referral.differential_activity(&codes, place as u32)? }))
}

fn convergence(op: &Fields<'_>, sample: &Sample<'_>) -> Result<Value, Failure> {
    let (levels, codes) = sample.groups(op)?;
    let at: Vec<usize> = op.numbers("at")?.unwrap_or_default().into_iter().map(|k| k as usize).collect();
    Ok(json!({ "levels": levels, "est": sample.referral.convergence(&codes, &at)? }))
}
