//! `soundings check`: every mistake of every file in one run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use notation::{Finding, Severity, Sources};

use crate::folder;

/// Check surveys, recipes and reports, and say every mistake at once with its place and its remedy.
///
/// A path is a file, a folder of a survey or a report, or a folder of such folders. Ends with 0 when nothing must be
/// mended, 1 when there are errors, 2 when something cannot be read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to check, as `surveys/newcomer-needs` or `surveys reports`
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object per finding and line, for editors and programs
    #[arg(long)]
    json: bool,
}

/// What came of checking one folder: its findings, and the files they stand in.
type Checked = (Vec<Finding>, Sources);

/// Run the verb.
pub(crate) fn run(args: &Args) -> ExitCode {
    let mut errors = 0;
    for path in &args.paths {
        match check(path) {
            Ok(checked) => errors += show(&checked, args.json),
            Err(error) => {
                eprintln!("error: {error:#}");
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::from(u8::from(errors > 0))
}

fn show(checked: &[Checked], json: bool) -> usize {
    let mut errors = 0;
    for (findings, sources) in checked {
        if json {
            print!("{}", notation::json(findings, sources));
        } else {
            print!(
                "{}",
                notation::draw(findings, sources, std::io::IsTerminal::is_terminal(&std::io::stdout()))
            );
        }
        errors += findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    }
    if !json {
        summarise(checked, errors);
    }
    errors
}

fn summarise(checked: &[Checked], errors: usize) {
    let all: usize = checked.iter().map(|(findings, _)| findings.len()).sum();
    let files: usize = checked.iter().map(|(_, sources)| sources.len()).sum();
    match (errors, all) {
        (0, 0) => println!("{files} files checked: nothing to mend"),
        _ => println!("{files} files checked: {errors} errors, {} warnings and hints", all - errors),
    }
}

/// Check everything under a path.
pub(crate) fn check(path: &Path) -> Result<Vec<Checked>> {
    let found = fs::metadata(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    if found.is_file() {
        return check(
            path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")),
        );
    }
    if folder::holds(path, "survey") {
        return Ok(vec![survey(path)?]);
    }
    if folder::holds(path, "report") {
        return Ok(vec![report(path)?]);
    }
    let mut inside: Vec<PathBuf> = fs::read_dir(path)
        .with_context(|| format!("`{}` cannot be read", path.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir() && (folder::holds(path, "survey") || folder::holds(path, "report")))
        .collect();
    inside.sort();
    if inside.is_empty() {
        bail!("`{}` holds no `.survey` and no `.report`: give the folder of one", path.display());
    }
    let checked: Vec<Vec<Checked>> = inside.iter().map(|path| check(path)).collect::<Result<_>>()?;
    Ok(checked.into_iter().flatten().collect())
}

fn survey(path: &Path) -> Result<Checked> {
    let sources = folder::read(path)?;
    let (survey, mut findings) = survey::read(&sources);
    if let Some(survey) = &survey
        && folder::holds(path, "recipe")
    {
        findings.extend(estimates::read_recipe(&sources, survey).1);
    }
    Ok(folder::from_here(findings, &sources, path))
}

fn report(path: &Path) -> Result<Checked> {
    let sources = folder::read(path)?;
    let survey = folder::survey(&folder::survey_beside(path, &sources)?)?;
    let (_, findings) = report::read(&sources, &survey);
    Ok(folder::from_here(findings, &sources, path))
}
