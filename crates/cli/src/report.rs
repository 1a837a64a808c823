//! `soundings report`: from answers to a planner's page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use estimates::{Earlier, Study};
use report::{Fonts, Report};
use survey::Language;

use crate::{
    estimate::{plain_study, study},
    folder,
    kept::Kept,
    say::line,
};

/// Write the report of a study: one page per language that needs no network, with charts, tables and methods.
///
/// Small cells are withheld before anything is drawn. The same answers give the same bytes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the report, as `reports/newcomer-needs`; its survey stands in `surveys` beside `reports`
    report_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// Where the pages are written
    #[arg(long)]
    out: PathBuf,
    /// The languages, by their tags
    #[arg(long, value_delimiter = ',', default_value = "en,fr")]
    lang: Vec<String>,
    /// Let every answer count the same, where too few answered for the weights of the recipe; the page says so
    #[arg(long)]
    unweighted: bool,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let survey = folder::survey_beside(&args.report_folder, &folder::read(&args.report_folder)?)?;
    let study =
        if args.unweighted { plain_study(&survey, &args.kept)? } else { study(&survey, &args.kept, None)? };
    for path in write(&args.report_folder, &study, &args.out, &args.lang)? {
        line(path.display());
    }
    Ok(())
}

/// Write the pages; their paths.
pub(crate) fn write(report: &Path, study: &Study, out: &Path, languages: &[String]) -> Result<Vec<PathBuf>> {
    let sources = folder::read(report)?;
    let (read, findings) = report::read(&sources, study.survey());
    let read = folder::whole(read, findings, &sources, report)?;
    check_earlier(study, out)?;
    let release = study.release(&read.queries())?;
    let fonts = Fonts::new();
    let mut written = Vec::new();
    for language in languages.iter().map(|tag| language(&read, tag)).collect::<Result<Vec<_>>>()? {
        let (document, findings) = report::compose(&read, &release, study.survey(), language);
        let (findings, sources) = folder::from_here(findings, &sources, report);
        eprint!("{}", notation::draw(&findings, &sources, false));
        let folder = out.join(language.tag());
        fs::create_dir_all(&folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
        let path = folder.join("index.html");
        fs::write(&path, report::html(&document, &fonts))
            .with_context(|| format!("`{}` cannot be written", path.display()))?;
        written.push(path);
    }
    let path = out.join(EARLIER);
    fs::write(&path, Earlier::of(study).to_json())
        .with_context(|| format!("`{}` cannot be written", path.display()))?;
    Ok(written)
}

/// What each release leaves in its folder for the next.
const EARLIER: &str = "release.json";

/// Whether a report may be written over, or beside, the one that stands there.
fn check_earlier(study: &Study, out: &Path) -> Result<()> {
    let path = out.join(EARLIER);
    let Some(earlier) = fs::read_to_string(&path).ok().and_then(|text| Earlier::from_json(&text)) else {
        return Ok(());
    };
    study.check_earlier(&earlier).with_context(|| {
        let path = path.display();
        format!(
            "`{path}` says what was published before; delete it only if nobody outside has seen that report"
        )
    })
}

fn language<'r>(report: &'r Report, tag: &str) -> Result<&'r Language> {
    let tags: Vec<&str> = report.languages.iter().map(Language::tag).collect();
    let found = report.languages.iter().find(|language| language.tag() == tag);
    found.with_context(|| {
        format!("the report is not written in `{tag}`: its languages are {}", tags.join(", "))
    })
}
