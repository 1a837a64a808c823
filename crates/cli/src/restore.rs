//! `soundings restore`: a backup comes back, and what was taken back since is erased again.

use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context, Result, ensure};
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
    /// The list of withdrawals, where it is not beside the data folder; several servers have several
    #[arg(long)]
    withdrawals: Vec<PathBuf>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let key = keys::identity(&args.key)?;
    let withdrawn = withdrawn(args)?;
    let mut lines = backup::open(&args.backup, &key)?;
    let url = args.kept.store.as_deref();
    let (store, restored) = Store::restore(&args.kept.data, url, &mut lines, &withdrawn, today(None))
        .with_context(|| format!("`{}` is not restored", args.backup.display()))?;
    store.close()?;
    let rows = usize::try_from(restored.rows).unwrap_or(usize::MAX);
    let again = usize::try_from(restored.withdrawn).unwrap_or(usize::MAX);
    line(format_args!(
        "{} restored into {}; {} taken back since, and erased again",
        count(rows, "row"),
        args.kept,
        count(again, "response"),
    ));
    Ok(())
}

/// What was taken back, by every list. One that is named must be there: a slip in its name would bring answers back.
fn withdrawn(args: &Args) -> Result<BTreeSet<[u8; 32]>> {
    let beside = args.kept.withdrawals();
    if args.withdrawals.is_empty() && !beside.exists() {
        eprintln!(
            "warning: there is no list of withdrawals in `{}`: if anybody took answers back after the backup, they come \
             back now; name the list with --withdrawals",
            beside.display()
        );
    }
    let lists = if args.withdrawals.is_empty() { vec![beside] } else { args.withdrawals.clone() };
    let mut withdrawn = BTreeSet::new();
    for list in &lists {
        ensure!(
            args.withdrawals.is_empty() || list.exists(),
            "there is no list of withdrawals in `{}`",
            list.display()
        );
        withdrawn.extend(responses::read_withdrawals(list)?);
    }
    Ok(withdrawn)
}
