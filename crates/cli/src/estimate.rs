//! `soundings estimate`: one question, weighted, with its uncertainty.

mod against;
mod gap;
mod held;
mod quality;
mod told;
mod waves;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::ArgGroup;
use estimates::{Base, EstimateRow, People, Recipe, Study};
use survey::Survey;

use crate::{
    folder,
    kept::Kept,
    progress,
    say::say,
    wave::{Answered, answered},
};

/// Say how many: weighted shares of a question, with intervals, by group if asked.
///
/// Small cells are withheld and carry no number. A self-selected sample has no margin of error: its intervals are
/// indicative and do not cover who chose to answer.
#[derive(clap::Args)]
#[command(group = ArgGroup::new("answers").required(true).args(["data", "responses"]))]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    /// Where the answers are kept
    #[arg(long, env = "SOUNDINGS_DATA")]
    data: Option<PathBuf>,
    /// A PostgreSQL database that keeps them instead; the folder then holds only the secret
    #[arg(long, env = "SOUNDINGS_STORE", hide_env_values = true, requires = "data")]
    store: Option<String>,
    /// A file that `soundings export` wrote, instead of the data folder
    #[arg(long)]
    responses: Option<PathBuf>,
    /// The question, or one part of it: `svc_need`, `svc_need.housing`, `community.welcome`
    #[arg(long, required_unless_present_any = ["all", "gap", "quality"])]
    of: Option<String>,
    /// Instead of one question: every question there is something to count of
    #[arg(long, conflicts_with_all = ["of", "gap", "waves", "held", "quality"])]
    all: bool,
    /// Of a number or a year the median instead of the mean
    #[arg(long, conflicts_with_all = ["gap", "waves", "held", "all", "index"])]
    median: bool,
    /// Of a grid one number for each person, the mean of her places on the scale; with Cronbach's alpha
    #[arg(long, conflicts_with_all = ["gap", "waves", "held", "all"])]
    index: bool,
    #[command(flatten)]
    inventory: gap::Inventory,
    #[command(flatten)]
    beside: against::Beside,
    /// Groups to tell apart: another question, or two with a comma between them
    #[arg(long)]
    by: Option<String>,
    /// The wave to count, as 2027: the newest one answered, unless you name it; waves are never counted together
    #[arg(long, conflicts_with = "responses")]
    wave: Option<u16>,
    /// Two waves to compare, the earlier first, as 2025,2027: only what was asked in the same words of the same people
    #[arg(long, value_delimiter = ',', conflicts_with_all = ["responses", "wave", "by", "gap"])]
    waves: Vec<u16>,
    /// Beside each number of everybody, what it would be with the responses that wait for a person (`soundings review`)
    #[arg(long, conflicts_with_all = ["by", "gap", "waves"])]
    held: bool,
    /// Instead of one question: what was left open, where people stopped, and straight lines down grids
    #[arg(long, conflicts_with_all = ["of", "gap", "waves", "held"])]
    quality: bool,
    /// A file for the weighting log: margins before and after, the weights and what they cost (not for publication)
    #[arg(long)]
    log: Option<PathBuf>,
    /// A file for the weights: rows of the export and their weights
    #[arg(long)]
    weights_out: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For reading
    Table,
    /// An array of objects
    Json,
    /// For a spreadsheet
    Csv,
    /// The JSON schema of what `json` prints, without asking anything
    Schema,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    if matches!(args.format, Format::Schema) {
        say(estimates::SCHEMA.to_owned());
        return Ok(());
    }
    if !args.waves.is_empty() {
        return waves::run(args, &args.waves);
    }
    if args.inventory.gap {
        let answers = gap::answers(args)?;
        let as_json = matches!(args.format, Format::Json);
        return gap::run(&args.inventory, answers, &args.survey_folder, args.by.as_deref(), as_json);
    }
    let asked = args.of.as_deref().unwrap_or_default().split('.').next().unwrap_or_default();
    let with_held = args.held.then(|| held::study(&gap::answers(args)?, asked)).transpose()?;
    let (study, by) = asked_of(args)?;
    let by = by.as_deref();
    write_out(args.log.as_deref(), || study.log())?;
    write_out(args.weights_out.as_deref(), || study.weights_csv())?;
    if args.quality {
        quality::run(&study);
        return Ok(());
    }
    if args.beside.is_asked() {
        let of = args.of.as_deref().context("name a question with --of")?;
        return against::run(&args.beside, &study, &args.survey_folder, of);
    }
    let rows = match &args.of {
        None => every(&study, by)?,
        Some(of) if args.median => study.medians(of, by)?,
        Some(of) if args.index => index(&study, of, by)?,
        Some(of) => one(&study, of, by)?,
    };
    if let Some(with_held) = with_held {
        say(held::text(&rows, &one(&with_held, args.of.as_deref().unwrap_or_default(), None)?));
        return Ok(());
    }
    say(match args.format {
        Format::Table => table(&rows, range(study.recipe())) + warning(study.recipe()),
        Format::Json => estimates::estimates_json(&rows),
        Format::Csv => estimates::estimates_csv(&rows),
        Format::Schema => estimates::SCHEMA.to_owned(),
    });
    Ok(())
}

/// The study that is asked: of a file, which may be large, only its columns are kept.
///
/// And the question it is asked by: of two questions the one that was made of them.
fn asked_of(args: &Args) -> Result<(Study, Option<String>)> {
    let (survey, recipe, people, tally) = match (&args.data, &args.responses) {
        (None, Some(file)) => {
            let (survey, recipe, people) = columns_of(&args.survey_folder, file)?;
            (survey, recipe, people, None)
        }
        _ => {
            let Answered { survey, recipe, respondents, tally } = gap::answers(args)?;
            let people = People::of(&survey, &respondents);
            (survey, recipe, people, tally)
        }
    };
    let by: Vec<&str> = args.by.iter().flat_map(|by| by.split(',')).map(str::trim).collect();
    if by.len() < 2 {
        return Ok((Study::of(survey, recipe, &people, tally.as_ref())?, args.by.clone()));
    }
    let (survey, people, by) = estimates::crossed(&survey, people, &by)?;
    Ok((Study::of(survey, recipe, &people, tally.as_ref())?, Some(by)))
}

/// The rows of the index of a grid; how much its items go together is said beside them.
fn index(study: &Study, of: &str, by: Option<&str>) -> Result<Vec<EstimateRow>> {
    let index = study.index(of, by)?;
    let items = index.items;
    match index.alpha {
        Some(alpha) => eprintln!(
            "{items} items, Cronbach's alpha {alpha}{}",
            if items < 3 { ": of so few it says little" } else { "" }
        ),
        None => eprintln!("{items} items; too few people answered all of them for an alpha"),
    }
    Ok(index.rows)
}

/// The rows of a question, or of a part of it.
fn one(study: &Study, of: &str, by: Option<&str>) -> Result<Vec<EstimateRow>> {
    let (question, part) = of.split_once('.').unwrap_or((of, ""));
    let mut rows = study.estimates(question, by)?;
    rows.retain(|row| part.is_empty() || row.choice == part || row.choice.starts_with(&format!("{part}.")));
    if rows.is_empty() {
        bail!("`{question}` has no part `{part}`: ask for `{question}` to see them all");
    }
    Ok(rows)
}

/// The rows of every question that anybody was asked and that has something to count.
fn every(study: &Study, by: Option<&str>) -> Result<Vec<EstimateRow>> {
    let ids: Vec<String> = study.countable().map(|question| question.id.to_string()).collect();
    let bar = progress::bar(ids.len() as u64, "questions counted");
    let mut rows = Vec::new();
    for id in ids {
        if by != Some(id.as_str()) {
            rows.extend(study.estimates(&id, by)?);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(rows)
}

fn write_out(path: Option<&Path>, text: impl Fn() -> String) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    fs::write(path, text()).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// A study over the answers to one wave, weighted by its recipe.
pub(crate) fn study(survey_folder: &Path, kept: &Kept, wave: Option<u16>) -> Result<Study> {
    let Answered { survey, recipe, respondents, tally } = answered(survey_folder, kept, wave)?;
    Ok(Study::new(survey, recipe, respondents, tally.as_ref())?)
}

/// The same of the newest wave without weights: every answer counts the same.
pub(crate) fn plain_study(survey_folder: &Path, kept: &Kept) -> Result<Study> {
    let Answered { survey, recipe, respondents, tally } = answered(survey_folder, kept, None)?;
    Ok(Study::new(survey, recipe.without_weights(), respondents, tally.as_ref())?)
}

/// The answers of a file that `soundings export` wrote.
fn of_file(survey_folder: &Path, file: &Path) -> Result<Answered> {
    let (survey, recipe, people) = columns_of(survey_folder, file)?;
    let respondents = people.respondents(&survey);
    Ok(Answered { survey, recipe, respondents, tally: None })
}

fn columns_of(survey_folder: &Path, file: &Path) -> Result<(Survey, Recipe, People)> {
    let survey = folder::survey(survey_folder)?;
    let recipe = folder::recipe(survey_folder, &folder::read(survey_folder)?, &survey)?;
    let text = fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    let people =
        estimates::read_people(&text, &survey).with_context(|| format!("in `{}`", file.display()))?;
    Ok((survey, recipe, people))
}

/// What an interval is called: of people who chose to answer it is no margin of error.
fn range(recipe: &Recipe) -> &'static str {
    if recipe.policy.nonprobability { "indicative range" } else { "95 % interval" }
}

/// What must stand beside every number of a referral sample.
fn warning(recipe: &Recipe) -> &'static str {
    match recipe.base {
        Base::Referral(_) => {
            "people recruited each other: ranges are too narrow, since who recruited whom is not known\n"
        }
        _ => "",
    }
}

fn table(rows: &[EstimateRow], range: &str) -> String {
    let mut text = format!(
        "{:<28} {:<16} {:>7} {:>8} {:>8}  {:<16} note\n",
        "choice", "group", "people", "value", "s.e.", range
    );
    let several = rows.iter().any(|row| row.question != rows[0].question);
    let mut last = None;
    for row in rows {
        if several && last != Some(&row.question) {
            text.push_str(&format!("\n{}\n", row.question));
            last = Some(&row.question);
        }
        text.push_str(line(row).trim_end());
        text.push('\n');
    }
    text.push_str("x: not shown, to protect people; F: too unreliable to show; E: use with caution\n");
    text
}

fn line(row: &EstimateRow) -> String {
    let numbers = row.numbers.map_or(String::new(), |shown| {
        let (value, error) = (shown.value, shown.standard_error);
        format!("{:>7} {value:>8.3} {error:>8.3}  {:.3} to {:.3}", shown.respondents, shown.low, shown.high)
    });
    let note = row.withheld.as_ref().map(ToString::to_string);
    let note = note.or(row.quality.as_ref().map(ToString::to_string)).unwrap_or_default();
    let group = row.group.as_ref().map_or("", |group| group.as_str());
    format!("{:<28} {group:<16} {numbers:<43} {note}", row.choice)
}
