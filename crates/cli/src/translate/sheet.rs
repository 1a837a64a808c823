//! `soundings translate sheet`: the words of a language as a workbook for translators.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use server::Clock;
use survey::{
    Date, Language, Survey,
    translation::{State, status},
};

use super::file::{self, PoFile};
use crate::{folder, say::count};

/// Write the words of a language as a workbook for translators.
///
/// One row is one text, with where people see it and how it stands; its first sheet says what to do. Only the cells for
/// translation, note and reviewer can be written into. What comes back is taken in by `soundings translate import`.
///
/// A file that is there already is kept, since somebody may be filling it in.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  soundings translate sheet surveys/newcomer-needs ar
  soundings translate sheet surveys/newcomer-needs ar --out to-send/")]
pub(super) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    folder: PathBuf,
    /// The language by its tag, as `ar`
    language: String,
    /// The file to write, or a folder for it [default: SURVEY-VERSION-LANGUAGE.xlsx, here]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
    /// The day that stands in the file, instead of today (YYYY-MM-DD); for files that are the same byte for byte
    #[arg(long)]
    today: Option<Date>,
}

/// Run the verb.
pub(super) fn run(args: &Args) -> Result<()> {
    let survey = file::survey(&args.folder)?;
    let language = super::chosen(&survey, Some(&args.language))?.remove(0);
    let out = place(&survey, &language, args.out.as_deref());
    if out.exists() && !args.force {
        bail!("`{}` is there already: give another with --out, or write over it with --force", out.display());
    }
    let po = PoFile::read(&args.folder, &language)?.po;
    let today = args.today.map_or(Clock::System, Clock::Fixed).today();
    let workbook = exchange::sheet::write(&survey, &language, po.as_ref(), today)
        .with_context(|| format!("`{}`", out.display()))?;
    folder::replace(&out, workbook)?;
    let coverage = status(&survey, &language, po.as_ref());
    let texts: usize = State::ALL.map(|state| coverage.count(state)).iter().sum();
    let live = texts - coverage.count(State::Retired);
    let (missing, stale) = (coverage.count(State::Missing), coverage.count(State::Stale));
    println!("{}: {}, {missing} missing, {stale} stale", out.display(), count(live, "text"));
    super::say_if_not_offered(&survey, &language);
    Ok(())
}

/// Where the workbook goes: the name says whose words it holds.
fn place(survey: &Survey, language: &Language, out: Option<&Path>) -> PathBuf {
    let name = format!("{}-{}-{language}.xlsx", survey.name, survey.version);
    match out {
        Some(out) if out.is_dir() => out.join(name),
        Some(out) => out.to_path_buf(),
        None => name.into(),
    }
}
