//! `soundings translate status`: languages by states.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};
use survey::{
    Survey,
    translation::{Coverage, State, status},
};

use super::file::{self, PoFile};

/// How far each language of a survey is: its texts by states.
///
/// ok: it fits the English of today, and somebody other than its translator vouched for it. missing: not written yet.
/// stale: made for other English words, or marked `fuzzy`. unreviewed: it fits, and nobody has read it again. retired:
/// kept in the file, though the survey no longer has it. Only what is ok or unreviewed is ever shown to people.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    folder: PathBuf,
    /// One JSON object for all, with the paths in each state, for programs
    #[arg(long)]
    json: bool,
}

/// Run the verb.
pub(super) fn run(args: &Args) -> Result<()> {
    let survey = file::survey(&args.folder)?;
    let coverages: Vec<Coverage> = super::chosen(&survey, None)?
        .iter()
        .map(|language| Ok(status(&survey, language, PoFile::read(&args.folder, language)?.po.as_ref())))
        .collect::<Result<_>>()?;
    match args.json {
        true => println!("{}", object(&survey, &coverages)),
        false => print!("{}", table(&survey, &coverages)),
    }
    Ok(())
}

fn table(survey: &Survey, coverages: &[Coverage]) -> String {
    let names = coverages.iter().map(|coverage| coverage.language.english_name().len());
    let wide = names.max().unwrap_or(0).max("language".len());
    let heads: String = State::ALL.iter().map(|state| format!("  {:>10}", state.as_str())).collect();
    let mut table = format!("{:8}{:wide$}{heads}\n", "", "language");
    for coverage in coverages {
        let counts: String =
            State::ALL.iter().map(|state| format!("  {:>10}", coverage.count(*state))).collect();
        let (tag, name) = (coverage.language.tag(), coverage.language.english_name());
        let draft = if coverage.draft { "  draft" } else { "" };
        table += &format!("{tag:8}{name:wide$}{counts}{draft}\n");
    }
    let tags =
        coverages.iter().filter(|coverage| coverage.count(State::Missing) + coverage.count(State::Stale) > 0);
    let open: Vec<&str> = tags.map(|coverage| coverage.language.tag()).collect();
    match open.len() {
        0 => table + &format!("every text of `{}` is written in every language\n", survey.name),
        _ => table + &format!("to do in {}: the paths are in --json\n", open.join(", ")),
    }
}

fn object(survey: &Survey, coverages: &[Coverage]) -> Value {
    let languages: Vec<Value> = coverages
        .iter()
        .map(|coverage| {
            let mut object = json!({
                "language": coverage.language.tag(),
                "name": coverage.language.english_name(),
                "draft": coverage.draft,
            });
            for state in State::ALL {
                object[state.as_str()] = coverage.count(state).into();
            }
            let paths = |state: State| coverage.paths.get(&state).cloned().unwrap_or_default();
            object["paths"] =
                State::ALL.map(|state| (state.as_str().to_owned(), paths(state))).into_iter().collect();
            object
        })
        .collect();
    json!({ "survey": survey.name, "version": survey.version.to_string(), "languages": languages })
}
