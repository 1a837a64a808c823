//! `soundings report`: from answers to a planner's page.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use estimates::{Earlier, Study};
use report::{Fonts, Report};
use survey::{Fingerprint, Language};

use crate::{
    estimate::{plain_study, study},
    folder,
    kept::Kept,
    say::line,
};

/// Write the report of a study: one page per language that needs no network, with charts, tables and methods.
///
/// Beside each page stand its figures one by one (`figures/`), as a picture and as a table, and `release.json` lists what
/// was written.
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
    let (mut written, mut files) = (Vec::new(), BTreeMap::new());
    for language in languages.iter().map(|tag| language(&read, tag)).collect::<Result<Vec<_>>>()? {
        let (document, findings) = report::compose(&read, &release, study.survey(), language);
        let (findings, sources) = folder::from_here(findings, &sources, report);
        eprint!("{}", notation::draw(&findings, &sources, false));
        let tag = language.tag();
        let page = (format!("{tag}/index.html"), report::html(&document, &fonts));
        let figures = report::files(&document, &fonts).into_iter();
        let figures = figures.map(|(name, text)| (format!("{tag}/figures/{name}"), text));
        clear(&out.join(tag).join("figures"))?;
        written.push(out.join(&page.0));
        for (name, text) in std::iter::once(page).chain(figures) {
            put(out, &name, &text)?;
            files.insert(name, Fingerprint::of(&text));
        }
    }
    put(out, EARLIER, &Earlier::of(study).to_json(&files))?;
    Ok(written)
}

/// Write a file into a folder of the release.
fn put(out: &Path, name: &str, text: &str) -> Result<()> {
    let path = out.join(name);
    let folder = path.parent().unwrap_or(out);
    fs::create_dir_all(folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
    fs::write(&path, text).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// Take away the figures of an earlier run: one that is withheld now must not stay there as it was.
fn clear(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|kind| kind == "svg" || kind == "csv") {
            fs::remove_file(&path).with_context(|| format!("`{}` cannot be taken away", path.display()))?;
        }
    }
    Ok(())
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
