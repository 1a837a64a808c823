//! `soundings invite`: single-use codes.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    folder,
    kept::Kept,
    say::{count, line},
};

/// Make single-use codes, see how many were used, or take back those that were not.
///
/// A code opens the survey once, at /i/CODE. The codes are written to the output this once, one in a line; only keyed
/// hashes are kept, apart from the answers, so that nobody can tell which response a code became.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// What you call these codes: a mailing, a class. Batches are counted apart: make them larger than a handful
    #[arg(long, default_value = "all")]
    batch: String,
    /// How many codes to make
    #[arg(long, conflicts_with = "revoke", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    count: Option<u32>,
    /// Take back the codes of the batch that nobody used
    #[arg(long)]
    revoke: bool,
    /// A PostgreSQL database of their own, as for `serve`
    #[arg(long, env = "SOUNDINGS_INVITATIONS", hide_env_values = true)]
    invitations: Option<String>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let survey = folder::survey(&args.survey_folder)?.name;
    let store = args.kept.open()?;
    let invitations = args.kept.invitations(args.invitations.as_deref(), store.keys())?;
    if let Some(count) = args.count {
        for code in invitations.issue(&survey, &args.batch, count as usize)? {
            line(format_args!("{code}"));
        }
        eprintln!("each opens the survey once, at /i/CODE; they are not shown again");
    } else if args.revoke {
        let revoked = usize::try_from(invitations.revoke(&survey, &args.batch)?).unwrap_or(usize::MAX);
        line(format_args!("{} of `{}` taken back", count(revoked, "unused code"), args.batch));
    } else {
        for (batch, state, n) in invitations.totals(&survey)? {
            line(format_args!("{n:>7} {state:<8} {batch}"));
        }
    }
    Ok(store.close()?)
}
