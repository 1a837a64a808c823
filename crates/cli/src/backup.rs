//! `soundings backup`: everything that is stored, locked, and known to come back.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
};

use age::{
    Decryptor, Encryptor,
    x25519::{Identity, Recipient},
};
use anyhow::{Context, Result, ensure};
use responses::Store;

use crate::{
    kept::Kept,
    keys,
    say::{count, line},
    serve::today,
};

/// Back up every answer while the server goes on, locked so that only the holder of a key can open it.
///
/// Before the file gets its name it is opened again and put into a scratch place, and everything in it is compared with
/// what is stored. It holds the secret of the data folder too: whoever has the file and the key has everything.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    kept: Kept,
    /// Whom it is locked for: what `soundings keys new` printed
    #[arg(long = "for", value_parser = keys::recipient)]
    recipient: Recipient,
    /// The file to write
    #[arg(long)]
    out: PathBuf,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let store = args.kept.open_to_read()?;
    ensure!(!args.out.exists(), "`{}` is there already: a backup never covers another", args.out.display());
    let part = args.out.with_extension("part");
    let done = write(&store, args, &part);
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    let rows = done?;
    line(format_args!("{} in `{}`, opened again and compared", count(rows, "row"), args.out.display()));
    Ok(())
}

/// Write it, prove it, name it.
fn write(store: &Store, args: &Args, part: &Path) -> Result<usize> {
    // A second lock whose key is forgotten when this ends: the proof needs no secret of yours.
    let proof = Identity::generate();
    let locks = [&args.recipient as &dyn age::Recipient, &proof.to_public()];
    let file = keys::private_file(part)?;
    let mut sealed = Encryptor::with_recipients(locks.into_iter())?.wrap_output(BufWriter::new(file))?;
    let rows = store.dump(&mut sealed)?;
    let file = sealed.finish()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all().context("the disk does not take the backup")?;
    prove(&args.kept, part, &proof)?;
    fs::rename(part, &args.out).with_context(|| format!("`{}` cannot be named", args.out.display()))?;
    if let Some(folder) = args.out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .context("the folder does not keep the name")?;
    }
    Ok(usize::try_from(rows).unwrap_or(usize::MAX))
}

/// Put it into a scratch place, read every answer, and compare every row.
fn prove(kept: &Kept, part: &Path, proof: &Identity) -> Result<()> {
    // Inside the data folder: what is unlocked here is guarded as the answers themselves are.
    let scratch = scratch(&kept.data)?;
    let mut lines = open(part, proof)?;
    let (back, _) = Store::restore(scratch.path(), None, &mut lines, &BTreeSet::new(), today(None))
        .context("the backup does not come back")?;
    let (mut written, mut came_back) = (Vec::new(), Vec::new());
    std::io::copy(&mut open(part, proof)?, &mut written)?;
    back.dump(&mut came_back)?;
    for survey in back.surveys()? {
        back.responses(&survey).and_then(|_| back.tally(&survey)).context("an answer cannot be read back")?;
    }
    ensure!(
        lines_of(&written) == lines_of(&came_back),
        "the backup comes back otherwise than it was written"
    );
    Ok(())
}

/// A new scratch place, after those that a killed backup left behind are gone.
fn scratch(data: &Path) -> Result<tempfile::TempDir> {
    const NAME: &str = "proof-";
    for entry in fs::read_dir(data).context("the data folder cannot be read")?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(NAME) {
            fs::remove_dir_all(entry.path()).context("what an earlier backup left cannot be erased")?;
        }
    }
    let scratch = tempfile::Builder::new().prefix(NAME).tempdir_in(data);
    scratch.context("there is no scratch place in the data folder")
}

/// The lines in an order of their own: a database gives its rows in any.
fn lines_of(text: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines
}

/// The lines of a backup, as long as the key fits.
pub(crate) fn open(file: &Path, key: &Identity) -> Result<impl std::io::BufRead + use<>> {
    let read = File::open(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    let sealed = Decryptor::new_buffered(BufReader::new(read));
    let sealed = sealed.with_context(|| format!("`{}` is not a backup of soundings", file.display()))?;
    let lines = sealed.decrypt(std::iter::once(key as &dyn age::Identity));
    let lines = lines.with_context(|| format!("this key does not open `{}`", file.display()))?;
    Ok(BufReader::new(lines))
}
