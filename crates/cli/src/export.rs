//! `soundings export`: the answers as files of codes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use estimates::Study;

use crate::{
    kept::Kept,
    say::{count, line},
    wave::{Answered, answered},
};

/// Write the answers as CSV files of codes, with weights and a codebook.
///
/// `responses.csv` holds one row per response in an order that tells nothing of time, `codebook.csv` what each code
/// means, `words.csv` what people wrote, apart from their other answers and in no order that links them.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// The wave to export, as 2027: the newest one answered, unless you name it; waves are never put together
    #[arg(long)]
    wave: Option<u16>,
    /// Where the files are written
    #[arg(long)]
    out: PathBuf,
    /// The file with the secret part of the study's key, to read what people wrote where it was sealed
    #[arg(long)]
    key: Option<PathBuf>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let rows = {
        let kept = Kept { key: args.key.clone(), ..args.kept.clone() };
        write(&args.survey_folder, &kept, args.wave, &args.out)?
    };
    line(format_args!("{} written to {}", count(rows, "response"), args.out.display()));
    Ok(())
}

/// Write the export of a study; the number of rows.
///
/// Where the recipe cannot run (nobody has finished, a cell is too small) the answers are written without weights,
/// and why is said on the error stream.
pub(crate) fn write(survey_folder: &Path, kept: &Kept, wave: Option<u16>, out: &Path) -> Result<usize> {
    let Answered { survey, recipe, respondents, tally } = answered(survey_folder, kept, wave)?;
    let study = Study::new(survey.clone(), recipe, respondents.clone(), tally.as_ref());
    if let Err(error) = &study {
        eprintln!("warning: written without weights: {error}");
    }
    let coded = estimates::write_coded(&survey, &respondents, study.as_ref().ok());
    fs::create_dir_all(out).with_context(|| format!("`{}` cannot be made", out.display()))?;
    let files =
        [("responses.csv", coded.responses), ("codebook.csv", coded.codebook), ("words.csv", coded.words)];
    for (name, text) in files {
        let path = out.join(name);
        fs::write(&path, text).with_context(|| format!("`{}` cannot be written", path.display()))?;
    }
    Ok(respondents.len())
}
