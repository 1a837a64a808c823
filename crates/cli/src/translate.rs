//! `soundings translate`: hand the words out, take them in, and know how far each language is.

mod file;
mod import;
mod sheet;
mod status;

use std::path::PathBuf;

use anyhow::{Result, bail};
use survey::{
    Language, Survey, po,
    translation::{State, extract, status as coverage},
};

use file::PoFile;

/// Hand a survey's words out to translators, take them in, and see how far each language is.
///
/// The words of each language stand in a file beside the survey, as `fr.po`. Each translation is kept with the English
/// it was made for, so nobody is ever shown a translation of words that have changed since.
///
/// The round: `sheet` makes a workbook of a language's words, translators fill it in, `import` takes it back, `status`
/// shows what is left. Who works in the file itself begins with `extract`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  soundings translate status surveys/newcomer-needs        how far each language is
  soundings translate extract surveys/newcomer-needs       bring every file up to the survey of today
  soundings translate extract surveys/newcomer-needs uk    begin a language
  soundings translate sheet surveys/newcomer-needs ar      a workbook to send to translators
  soundings translate import surveys/newcomer-needs newcomer-needs-2027.1-ar.xlsx")]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    Status(status::Args),
    Extract(ExtractArgs),
    Sheet(sheet::Args),
    Import(import::Args),
}

/// Bring the files of a survey's languages up to the survey of today; nothing in them is lost.
///
/// Every text gets an entry, in the survey's order, with a line saying where people see it. Where the English changed,
/// the translation is kept and marked `fuzzy`, with the earlier English above it. What the survey no longer has is kept
/// at the end behind `#~`, and comes back if the survey takes it up again. Running it twice changes nothing more.
#[derive(clap::Args)]
struct ExtractArgs {
    /// The folder of the survey, as `surveys/newcomer-needs`
    folder: PathBuf,
    /// One language only, by its tag, as `fr`; a new one begins a file [default: all the survey names]
    language: Option<String>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.act {
        Act::Status(args) => status::run(args),
        Act::Extract(args) => run_extract(args),
        Act::Sheet(args) => sheet::run(args),
        Act::Import(args) => import::run(args),
    }
}

fn run_extract(args: &ExtractArgs) -> Result<()> {
    let survey = file::survey(&args.folder)?;
    for language in chosen(&survey, args.language.as_deref())? {
        let mut file = PoFile::read(&args.folder, &language)?;
        let po = extract(&survey, &language, file.po.as_ref());
        let changed = file.replace(&po::write(&po))?;
        let coverage = coverage(&survey, &language, Some(&po));
        let counts = [State::Missing, State::Stale, State::Retired]
            .map(|state| format!("{} {}", coverage.count(state), state.as_str()));
        let done = if changed { "written" } else { "was up to date" };
        println!("{} {done}: {}", file.path.display(), counts.join(", "));
        say_if_not_offered(&survey, &language);
    }
    Ok(())
}

fn say_if_not_offered(survey: &Survey, language: &Language) {
    if !survey.all_languages().contains(&language) {
        println!("  `{language}` is not offered yet: add it to `langs` in the survey");
    }
}

/// The languages meant: the one named, or all but the survey's own.
fn chosen(survey: &Survey, named: Option<&str>) -> Result<Vec<Language>> {
    let Some(tag) = named else {
        return Ok(survey
            .all_languages()
            .into_iter()
            .filter(|language| **language != survey.source)
            .cloned()
            .collect());
    };
    let language = file::language(tag)?;
    if language == survey.source {
        bail!("the survey is written in `{tag}`: its words stand in the survey itself");
    }
    Ok(vec![language])
}
