//! `soundings draw`: a draw anybody can make again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use responses::{Draw, EntryKind, StudySecret};
use sha2::{Digest, Sha256};

use crate::{
    folder,
    kept::Kept,
    keys,
    say::{count, line},
};

/// Draw winners so that anybody can draw them again.
///
/// Before the survey opens, `seed` writes a secret seed and prints its hash: publish the hash. After closing, `list` prints
/// the hashes of the entries: publish the list and the seed. `winners` orders the entries by SHA-256 of seed and hash and
/// takes the first; whoever has the seed and the list comes to the same. A skill-testing question is put to the winner,
/// not here.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Write a secret seed and print the hash to publish before the draw opens
    Seed {
        /// The file for the seed
        #[arg(long)]
        out: PathBuf,
    },
    /// Print the hashes of the entries, to publish after closing
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Draw: the hashes of the winners, and their contacts where the key is given
    Winners {
        #[command(flatten)]
        of: Of,
        /// The file with the seed
        #[arg(long)]
        seed: PathBuf,
        /// How many win
        #[arg(long)]
        prizes: usize,
        /// The file with the secret part of the study's key
        #[arg(long)]
        key: Option<PathBuf>,
    },
    /// Print the contacts of those who may be asked to a conversation
    Contacts {
        #[command(flatten)]
        of: Of,
        /// The file with the secret part of the study's key
        #[arg(long)]
        key: PathBuf,
    },
    /// Erase every entry and contact
    Erase {
        #[command(flatten)]
        of: Of,
    },
}

#[derive(clap::Args)]
struct Of {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// A PostgreSQL database of its own, as for `serve`
    #[arg(long, env = "SOUNDINGS_DRAW", hide_env_values = true)]
    draw: Option<String>,
}

impl Of {
    /// The name of the survey, and its draw.
    fn open(&self) -> Result<(String, Draw)> {
        let survey = folder::survey(&self.survey_folder)?.name;
        let store = self.kept.open_to_read()?;
        Ok((survey, self.kept.draw(self.draw.as_deref(), store.keys())?))
    }
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.act {
        Act::Seed { out } => seed(out),
        Act::List { of } => {
            let (survey, draw) = of.open()?;
            draw.list(&survey, EntryKind::Draw)?.iter().for_each(line);
            Ok(())
        }
        Act::Winners { of, seed, prizes, key } => winners(of, seed, *prizes, key.as_deref()),
        Act::Contacts { of, key } => {
            let (survey, draw) = of.open()?;
            let opened = draw.opened(&survey, EntryKind::Contact, &secret(key)?)?;
            opened.iter().for_each(|each| line(&each.contact));
            Ok(())
        }
        Act::Erase { of } => {
            let (survey, draw) = of.open()?;
            let erased = usize::try_from(draw.erase(&survey)?).unwrap_or(usize::MAX);
            line(format_args!("{} erased", count(erased, "contact")));
            Ok(())
        }
    }
}

fn seed(out: &Path) -> Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok().context("the operating system gives no random bytes")?;
    let seed = hex(&bytes);
    let mut file = keys::private_file(out)?;
    std::io::Write::write_all(&mut file, format!("{seed}\n").as_bytes())
        .with_context(|| format!("`{}` cannot be written", out.display()))?;
    line(format_args!("publish this now:  SHA-256 {}", hex(&Sha256::digest(seed.as_bytes()))));
    eprintln!("publish the seed in `{}` with the list, after closing", out.display());
    Ok(())
}

fn winners(of: &Of, seed: &Path, prizes: usize, key: Option<&Path>) -> Result<()> {
    let text = fs::read_to_string(seed).with_context(|| format!("`{}` cannot be read", seed.display()))?;
    let seed = text.trim();
    let (survey, draw) = of.open()?;
    let list = draw.list(&survey, EntryKind::Draw)?;
    if list.is_empty() {
        bail!("nobody entered the draw of `{survey}`");
    }
    let opened = match key {
        Some(key) => draw.opened(&survey, EntryKind::Draw, &secret(key)?)?,
        None => Vec::new(),
    };
    for hash in drawn(seed, &list).into_iter().take(prizes) {
        let contact = opened.iter().find(|each| each.hash == *hash).map_or("", |each| &each.contact);
        line(format_args!("{hash}  {contact}").to_string().trim_end());
    }
    eprintln!(
        "of {}; commitment SHA-256 {}",
        count(list.len(), "contact"),
        hex(&Sha256::digest(seed.as_bytes()))
    );
    Ok(())
}

/// The entries in the order of SHA-256 of seed and hash.
fn drawn<'l>(seed: &str, list: &'l [String]) -> Vec<&'l String> {
    let mut drawn: Vec<&String> = list.iter().collect();
    drawn.sort_by_cached_key(|hash| Sha256::digest(format!("{seed} {hash}").as_bytes()).to_vec());
    drawn
}

fn secret(path: &Path) -> Result<StudySecret> {
    Ok(StudySecret::read(&keys::secret_text(path)?)?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn the_same_seed_and_list_draw_the_same_and_another_seed_draws_otherwise() {
        let list: Vec<String> = (0..50).map(|entry| format!("entry {entry}")).collect();
        let mut turned = list.clone();
        turned.reverse();
        assert_eq!(drawn("seed", &list), drawn("seed", &turned));
        assert_ne!(drawn("seed", &list), drawn("another", &list));
        // As `sha256sum` orders "seed entry 0" to "seed entry 49".
        assert_eq!(drawn("seed", &list)[..3], ["entry 17", "entry 22", "entry 29"]);
    }
}
