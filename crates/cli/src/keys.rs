//! `soundings keys`: who may open a backup.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

use age::{
    secrecy::ExposeSecret,
    x25519::{Identity, Recipient},
};
use anyhow::{Context, Result, anyhow, bail};

use crate::say::line;

/// Make a key that opens backups, and the name others lock them for.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Make a key: its secret part goes into a new file that only you can read, its public part is printed
    ///
    /// Keep the file away from the server, on two sticks in two places: without it no backup can be opened, and nobody
    /// can make it anew. The public part is no secret; the server needs nothing else.
    New {
        /// The file for the secret part
        #[arg(long)]
        out: PathBuf,
    },
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let Act::New { out } = &args.act;
    let identity = Identity::generate();
    let recipient = identity.to_public();
    let text = format!("# public key: {recipient}\n{}\n", identity.to_string().expose_secret());
    let mut file = private_file(out)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).context(unwritten(out))?;
    line(format_args!("{recipient}"));
    eprintln!("the secret part is in `{}`: keep it away from the server, in two places", out.display());
    Ok(())
}

/// A new file that only its owner reads; nothing is written over.
pub(crate) fn private_file(path: &Path) -> Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).context(unwritten(path))
}

fn unwritten(path: &Path) -> String {
    format!("`{}` cannot be written (a file that is there is never written over)", path.display())
}

/// Whom a backup is locked for: the public part of a key.
pub(crate) fn recipient(text: &str) -> Result<Recipient, String> {
    text.parse()
        .map_err(|_| "write the public part of a key, as `soundings keys new` printed it: age1...".to_owned())
}

/// The secret part of a key, in the file it was written to.
pub(crate) fn identity(path: &Path) -> Result<Identity> {
    let secret = secret_text(path)?;
    secret.parse().map_err(|error| anyhow!("the key in `{}` cannot be read: {error}", path.display()))
}

/// The line of a file that is the secret part of a key.
pub(crate) fn secret_text(path: &Path) -> Result<String> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let Some(secret) = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")) else {
        bail!("`{}` holds no secret key: it is the file `soundings keys new --out` wrote", path.display());
    };
    Ok(secret.to_owned())
}
