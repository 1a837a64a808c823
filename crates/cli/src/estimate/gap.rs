//! Needs beside the services there are for them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use estimates::{
    Class, GapRow, GapTable, Respondent, Service, Study, coordination, gaps_json, read_inventory, with_gaps,
};
use survey::Date;

use super::told::{people, said};
use crate::{
    folder,
    kept::Kept,
    say::{count, say},
    wave::{Answered, answered, some_responses},
};

/// Where the inventory of services is.
#[derive(clap::Args)]
pub(crate) struct Inventory {
    /// Instead of one question: each need beside the services there are for it, and what became of it
    #[arg(long, requires = "services", conflicts_with = "of")]
    pub(super) gap: bool,
    /// The data folder of the survey of organizations, or a file that `soundings export` wrote of it
    #[arg(long)]
    services: Option<PathBuf>,
    /// The folder of the survey of organizations, where it is not `service-providers` beside the survey
    #[arg(long, requires = "services")]
    services_survey: Option<PathBuf>,
    /// The day on which services are looked at, instead of today (YYYY-MM-DD): money that ended before is over
    #[arg(long)]
    today: Option<Date>,
}

/// Few are unmet where the whole range of the share is below this.
const FEW: f64 = 0.25;

/// The gaps of a wave, printed.
pub(super) fn run(
    inventory: &Inventory,
    answers: Answered,
    survey_folder: &Path,
    by: Option<&str>,
    as_json: bool,
) -> Result<()> {
    let services = services(inventory, survey_folder)?;
    let Answered { survey, recipe, respondents, tally } = answers;
    let (survey, respondents) = with_gaps(&survey, respondents, &services);
    let study = Study::new(survey, recipe, respondents, tally.as_ref())?;
    let table = GapTable::of(&study, by, &services)?;
    let is_met =
        |need: &str| table.rows.iter().any(|row| row.need == need && row.group.is_none() && is_met(row));
    let pairs = coordination(&services, is_met);
    if as_json {
        say(gaps_json(&table, &pairs));
        return Ok(());
    }
    say(text(&table));
    for pair in &pairs {
        say(format!(
            "{}: {} and {} serve the same people with room to spare: worth a conversation?\n",
            pair.need, pair.one, pair.other
        ));
    }
    Ok(())
}

/// The services of an inventory, from a store or from a file.
fn services(inventory: &Inventory, survey_folder: &Path) -> Result<Vec<Service>> {
    let path = inventory.services.as_deref().context("name the inventory with --services")?;
    let beside = survey_folder.with_file_name("service-providers");
    let folder = inventory.services_survey.as_deref().unwrap_or(&beside);
    let survey = folder::survey(folder)?;
    let forms: Vec<Respondent> = match path.is_dir() {
        true => {
            let kept = Kept::folder(path);
            let responses = some_responses(&kept.open_to_read()?, &survey.name, &kept)?;
            responses.into_iter().map(Respondent::from).collect()
        }
        false => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("`{}` cannot be read", path.display()))?;
            estimates::read_coded(&text, &survey).with_context(|| format!("in `{}`", path.display()))?
        }
    };
    let today = crate::serve::today(inventory.today);
    let services = read_inventory(&forms, (today.year(), today.month().unsigned_abs()));
    if services.is_empty() {
        bail!(
            "`{}` names no service that goes on: every need would look as if nobody helped",
            path.display()
        );
    }
    eprintln!("{} in the inventory", count(services.len(), "service"));
    Ok(services)
}

/// Whether few have this need unmet, and it may be said.
fn is_met(row: &GapRow) -> bool {
    let high = |class: Class| {
        let cell = row.classes.iter().find(|(each, _)| *each == class).map(|(_, cell)| cell)?;
        Some(cell.shown()?.high.value())
    };
    let unmet = Class::ALL.into_iter().filter(|class| class.is_unmet()).map(high);
    unmet.sum::<Option<f64>>().is_some_and(|sum| sum < FEW)
}

fn text(table: &GapTable) -> String {
    let mut text = format!(
        "{:<12} {:<12} {:>8} {:>7} {}  services  who can act\n",
        "need",
        "group",
        "people",
        "needed",
        Class::ALL.map(|class| format!("{:>5}", class.code().to_uppercase())).concat()
    );
    for row in &table.rows {
        let classes: String = row.classes.iter().map(|(_, cell)| format!("{:>5}", said(cell))).collect();
        let group = row.group.as_ref().map_or("", |group| group.as_str());
        let needed = row.needed.as_ref().map(said).unwrap_or_default();
        let levels = row.levels.iter().map(|level| level.code()).collect::<Vec<_>>().join(", ");
        let people = people(row.respondents);
        let line = format!(
            "{:<12} {group:<12} {people:>8} {needed:>7} {classes}  {:>8}  {levels}",
            row.need, row.providers
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let barriers: Vec<String> =
        table.barriers.iter().take(5).map(|(code, cell)| format!("{code} {}", said(cell))).collect();
    if !barriers.is_empty() {
        text.push_str(&format!("what kept people from help they needed: {}\n", barriers.join(", ")));
    }
    for class in Class::ALL {
        text.push_str(&format!("{}: {}\n", class.code().to_uppercase(), class.words()));
    }
    text.push_str(
        "per cent of those who have the need, weighted; x: not shown, to protect people; F: too unreliable\n",
    );
    text
}

/// The answers to a wave, from a store or from a file.
pub(super) fn answers(args: &super::Args) -> Result<Answered> {
    match (&args.data, &args.responses) {
        (Some(data), _) => {
            let kept = Kept { data: data.clone(), store: args.store.clone(), key: None };
            answered(&args.survey_folder, &kept, args.wave)
        }
        (None, Some(file)) => super::of_file(&args.survey_folder, file),
        (None, None) => bail!("name the answers: --data DIR or --responses FILE.csv"),
    }
}
