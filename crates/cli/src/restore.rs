//! `soundings restore`: a backup comes back, and what was taken back since is erased again.

use std::path::PathBuf;

use anyhow::{Context, Result};
use responses::Store;

use crate::{
    backup,
    kept::Kept,
    keys,
    say::{count, line},
    serve::today,
};

/// Put a backup into an empty data folder (or an empty PostgreSQL database), ready to be served.
///
/// Whoever took her answers back after the backup was made stays withdrawn: the list that the server keeps beside the data
/// folder (`<data>.withdrawn`) is applied before anything is served. What was answered after the backup is lost with the
/// folder it was in.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The backup
    backup: PathBuf,
    /// The file with the secret part of the key
    #[arg(long)]
    key: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// The list of withdrawals, where it is not beside the data folder
    #[arg(long)]
    withdrawals: Option<PathBuf>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let key = keys::identity(&args.key)?;
    let list = args.withdrawals.clone().unwrap_or_else(|| args.kept.withdrawals());
    let withdrawn = responses::read_withdrawals(&list)?;
    let mut lines = backup::open(&args.backup, &key)?;
    let url = args.kept.store.as_deref();
    let (store, restored) = Store::restore(&args.kept.data, url, &mut lines, &withdrawn, today(None))
        .with_context(|| format!("`{}` is not restored", args.backup.display()))?;
    store.close()?;
    let rows = usize::try_from(restored.rows).unwrap_or(usize::MAX);
    let again = usize::try_from(restored.withdrawn).unwrap_or(usize::MAX);
    line(format_args!(
        "{} restored into {}; {} taken back since, and erased again (by `{}`)",
        count(rows, "row"),
        args.kept,
        count(again, "response"),
        list.display()
    ));
    Ok(())
}
