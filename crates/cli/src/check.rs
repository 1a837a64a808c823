//! `soundings check`: every mistake of every file in one run.

use std::{
    collections::BTreeSet,
    fs,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, anyhow, bail};
use notation::{Finding, Severity, Sources};
use server::Clock;
use survey::{Drafts, FormId, Minutes, Survey};

mod watch;

use crate::{
    folder, publish,
    say::{count, line, say},
};

/// Check surveys, recipes and reports, and say every mistake at once with its place and its remedy.
///
/// A path is a folder of a survey or a report, a file in one, or a folder of such folders. Ends with 0 when nothing
/// must be mended, 1 when there are errors, 2 when something cannot be read; what can be read is checked all the same.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to check, as `surveys/newcomer-needs` or `surveys reports`
    #[arg(required_unless_present = "schema")]
    paths: Vec<PathBuf>,
    /// One JSON object per finding and line, for editors and programs
    #[arg(long)]
    json: bool,
    /// Publish the survey of one folder: write `published/VERSION.json`, which people answer and nobody changes
    #[arg(long, conflicts_with = "json")]
    publish: bool,
    /// Publish translations that nobody has reviewed too; every page says that they are drafts
    #[arg(long, requires = "publish")]
    allow_drafts: bool,
    /// Print each survey without errors as one JSON tree: all that is asked and said, in every language
    #[arg(long, conflicts_with = "json")]
    ast: bool,
    /// Print the JSON Schema of what --ast or --json prints, and check nothing
    #[arg(long, value_name = "OF", conflicts_with_all = ["json", "ast", "watch", "paths"])]
    schema: Option<Of>,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["json", "ast"])]
    watch: bool,
}

/// What a schema is of.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Of {
    /// The tree of a survey
    Ast,
    /// One finding
    Findings,
}

/// What came of checking one folder.
pub(crate) struct Checked {
    /// What must or may be mended.
    pub(crate) findings: Vec<Finding>,
    /// The files the findings stand in.
    sources: Sources,
    /// The survey, where it has no error.
    survey: Option<Survey>,
}

impl Checked {
    fn is_same(&self, other: &Checked) -> bool {
        !self.findings.is_empty() && self.findings == other.findings && self.sources == other.sources
    }
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> ExitCode {
    if args.publish {
        return published(args);
    }
    match args.schema {
        Some(Of::Ast) => say(survey::SCHEMA),
        Some(Of::Findings) => say(notation::FINDING_SCHEMA),
        None if args.watch => return watch::run(&args.paths),
        None => return ExitCode::from(once(args)),
    }
    ExitCode::SUCCESS
}

/// Check everything, and say what the program ends with.
fn once(args: &Args) -> u8 {
    let (checked, unread) = all(&args.paths);
    let errors = if args.ast { trees(&checked) } else { show(&checked, args.json) };
    if unread > 0 { 2 } else { u8::from(errors > 0) }
}

/// Check everything under these paths; what cannot be read is said, and counted.
fn all(paths: &[PathBuf]) -> (Vec<Checked>, usize) {
    let (mut checked, mut unread): (Vec<Checked>, usize) = (Vec::new(), 0);
    for folder in folders(paths) {
        match folder.and_then(|folder| check_one(&folder)) {
            // A report whose survey has errors shows those, and they are shown once.
            Ok(one) if checked.iter().any(|earlier| earlier.is_same(&one)) => {}
            Ok(one) => checked.push(one),
            Err(error) => {
                eprintln!("error: {error:#}");
                unread += 1;
            }
        }
    }
    (checked, unread)
}

/// The surveys as trees on the standard output, and the errors of the others where they disturb no program.
fn trees(checked: &[Checked]) -> usize {
    for Checked { findings, sources, survey } in checked {
        match survey {
            Some(survey) => line(format_args!("{:#}", survey.tree())),
            None => eprint!("{}", notation::draw(findings, sources, false)),
        }
    }
    errors(checked)
}

fn errors(checked: &[Checked]) -> usize {
    checked.iter().map(Checked::errors).sum()
}

fn published(args: &Args) -> ExitCode {
    let drafts = if args.allow_drafts { Drafts::Offered } else { Drafts::HeldBack };
    let done = match &args.paths[..] {
        [folder] => publish::publish(folder, drafts, Clock::System.today()),
        _ => Err(anyhow!("one survey is published at a time: give its folder")),
    };
    match done {
        Ok(is_published) => ExitCode::from(u8::from(!is_published)),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn show(checked: &[Checked], json: bool) -> usize {
    let colour = std::io::stdout().is_terminal();
    for Checked { findings, sources, .. } in checked {
        say(if json { notation::json(findings, sources) } else { notation::draw(findings, sources, colour) });
    }
    let all = || checked.iter().flat_map(|one| &one.findings);
    let of = |severity| all().filter(|finding| finding.severity == severity).count();
    let errors = errors(checked);
    if !json && !checked.is_empty() {
        let files = count(checked.iter().map(|one| one.sources.len()).sum(), "file");
        let said = [(errors, "error"), (of(Severity::Warning), "warning"), (of(Severity::Hint), "hint")];
        let said: Vec<String> = said
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| count(number, what))
            .collect();
        line(match said.is_empty() {
            true => format!("{files} checked: nothing to mend"),
            false if errors == 0 => format!("{files} checked: no error, {}", said.join(", ")),
            false => format!("{files} checked: {}", said.join(", ")),
        });
        checked.iter().filter_map(|one| one.survey.as_ref()).for_each(|survey| line(minutes(survey)));
    }
    errors
}

/// How long a survey takes: `newcomer-needs.survey: full about 14 minutes (at most 18), short about 5 (at most 6)`.
fn minutes(survey: &Survey) -> String {
    let forms = std::iter::once(FormId::full()).chain(survey.forms.iter().map(|form| form.id.clone()));
    let said: Vec<String> = forms
        .enumerate()
        .map(|(place, form)| {
            let Minutes { usual, at_most } = survey.minutes(&form);
            let usual = if place == 0 { count(usual as usize, "minute") } else { usual.to_string() };
            format!("{form} about {usual} (at most {at_most})")
        })
        .collect();
    format!("{}.survey: {}", survey.name, said.join(", "))
}

/// Check everything under a path.
pub(crate) fn check(path: &Path) -> Result<Vec<Checked>> {
    folders(&[path.to_path_buf()]).into_iter().map(|folder| check_one(&folder?)).collect()
}

/// The folders that the paths mean, each once.
fn folders(paths: &[PathBuf]) -> Vec<Result<PathBuf>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in paths {
        match under(path) {
            Ok(folders) => {
                found.extend(folders.into_iter().filter(|folder| seen.insert(folder.clone())).map(Ok))
            }
            Err(error) => found.push(Err(error)),
        }
    }
    found
}

fn is_study(folder: &Path) -> bool {
    folder::holds(folder, "survey") || folder::holds(folder, "report")
}

fn under(path: &Path) -> Result<Vec<PathBuf>> {
    let found = fs::metadata(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    if found.is_file() {
        let here =
            path.ancestors().skip(1).map(|up| if up.as_os_str().is_empty() { Path::new(".") } else { up });
        let study = here.into_iter().find(|folder| is_study(folder));
        let study =
            study.with_context(|| format!("`{}` belongs to no survey and no report", path.display()))?;
        return Ok(vec![study.to_path_buf()]);
    }
    if is_study(path) {
        return Ok(vec![path.to_path_buf()]);
    }
    let inside = folder::studies_in(path, &["survey", "report"])?;
    if inside.is_empty() {
        bail!("`{}` holds no `.survey` and no `.report`: give the folder of one", path.display());
    }
    Ok(inside)
}

fn check_one(folder: &Path) -> Result<Checked> {
    if folder::holds(folder, "survey") { survey(folder) } else { report(folder) }
}

fn survey(path: &Path) -> Result<Checked> {
    let sources = folder::read(path)?;
    let (survey, mut findings) = survey::read(&sources);
    if let Some(survey) = &survey
        && folder::holds(path, "recipe")
    {
        findings.extend(estimates::read_recipe(&sources, survey).1);
    }
    Ok(Checked::from_here(findings, &sources, path, survey))
}

/// A report can only be read against a survey without errors; where it has some, they are what must be mended.
fn report(path: &Path) -> Result<Checked> {
    let sources = folder::read(path)?;
    let beside = folder::survey_beside(path, &sources)?;
    let (about, findings) = survey::read(&folder::read(&beside)?);
    match about {
        Some(about) => Ok(Checked::from_here(report::read(&sources, &about).1, &sources, path, None)),
        None => Ok(Checked::from_here(findings, &folder::read(&beside)?, &beside, None)),
    }
}

impl Checked {
    /// How much must be mended.
    pub(crate) fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// Under the paths a person can open from where they stand.
    fn from_here(
        findings: Vec<Finding>,
        sources: &Sources,
        folder: &Path,
        survey: Option<Survey>,
    ) -> Checked {
        let (findings, sources) = folder::from_here(findings, sources, folder);
        Checked { findings, sources, survey }
    }
}
