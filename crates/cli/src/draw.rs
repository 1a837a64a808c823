//! `soundings draw`: a draw anybody can make again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use responses::{Draw, Entrant, EntryKind, StudySecret};
use sha2::{Digest, Sha256};

use crate::{
    folder,
    kept::Kept,
    keys,
    say::{count, line},
};

/// Draw winners so that anybody can draw them again.
///
/// Before the survey opens, `seed` writes a secret seed and prints its hash: publish the hash, and name a number that nobody
/// knows yet, as that of a lottery after closing. After closing, `list` prints the hashes of the entries: publish them, and
/// then the seed. `winners` orders the list by SHA-256 of seed, that number and hash, and takes the first; whoever has the
/// three comes to the same. Without such a number, people must trust that who keeps the seed did not enter by it. A skill-testing question is put to the winner,
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
        /// The number nobody knew before closing, as it was announced ("6/49 of 2027-04-03: 4 8 15 16 23 42")
        #[arg(long, default_value = "")]
        with: String,
        /// The list as it was published, one hash on a line; without it, the entries as they are now
        #[arg(long)]
        list: Option<PathBuf>,
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
        Act::Winners { of, seed, with, list, prizes, key } => {
            let seed =
                fs::read_to_string(seed).with_context(|| format!("`{}` cannot be read", seed.display()))?;
            let drawing = Drawing { seed: seed.trim(), with, prizes: *prizes };
            winners(of, &drawing, list.as_deref(), key.as_deref())
        }
        Act::Contacts { of, key } => {
            let (survey, draw) = of.open()?;
            let all = draw.list(&survey, EntryKind::Contact)?;
            let opened = draw.opened(&survey, EntryKind::Contact, &secret(key)?, &all)?;
            opened.iter().for_each(|each| line(contact(each)));
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

/// What decides who wins.
struct Drawing<'d> {
    seed: &'d str,
    with: &'d str,
    prizes: usize,
}

fn winners(of: &Of, drawing: &Drawing<'_>, published: Option<&Path>, key: Option<&Path>) -> Result<()> {
    let (survey, draw) = of.open()?;
    let now = draw.list(&survey, EntryKind::Draw)?;
    let list = match published {
        Some(path) => {
            let text =
                fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        None => now.clone(),
    };
    if list.is_empty() {
        bail!("nobody entered the draw of `{survey}`");
    }
    let winners: Vec<String> = drawn(drawing, &list).into_iter().take(drawing.prizes).cloned().collect();
    let opened = match key {
        Some(key) => draw.opened(&survey, EntryKind::Draw, &secret(key)?, &winners)?,
        None => Vec::new(),
    };
    for hash in &winners {
        let won = opened.iter().find(|each| each.hash == *hash).map_or("", contact);
        line(format_args!("{hash}  {won}").to_string().trim_end());
    }
    let differ =
        list.iter().filter(|hash| !now.contains(hash)).count() + now.len().saturating_sub(list.len());
    if differ > 0 {
        eprintln!(
            "warning: the published list and the entries kept here differ in {}",
            count(differ, "entry")
        );
    }
    let commitment = hex(&Sha256::digest(drawing.seed.as_bytes()));
    eprintln!("of {}; commitment SHA-256 {commitment}", count(list.len(), "contact"));
    Ok(())
}

/// The contact of an entry, or that it cannot be read.
fn contact(entrant: &Entrant) -> &str {
    entrant.contact.as_deref().unwrap_or("(sealed to another key)")
}

/// The entries in the order of SHA-256 of seed, announced number and hash.
fn drawn<'l>(drawing: &Drawing<'_>, list: &'l [String]) -> Vec<&'l String> {
    let mut drawn: Vec<&String> = list.iter().collect();
    let start = [drawing.seed, drawing.with].into_iter().filter(|part| !part.is_empty());
    let start = start.collect::<Vec<_>>().join(" ");
    drawn.sort_by_cached_key(|hash| Sha256::digest(format!("{start} {hash}").as_bytes()).to_vec());
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
    use super::{Drawing, drawn};

    #[test]
    fn the_same_seed_and_list_draw_the_same_and_another_seed_draws_otherwise() {
        let list: Vec<String> = (0..50).map(|entry| format!("entry {entry}")).collect();
        let mut turned = list.clone();
        turned.reverse();
        let by = |seed, with| Drawing { seed, with, prizes: 3 };
        assert_eq!(drawn(&by("seed", ""), &list), drawn(&by("seed", ""), &turned));
        assert_ne!(drawn(&by("seed", ""), &list), drawn(&by("another", ""), &list));
        assert_ne!(drawn(&by("seed", ""), &list), drawn(&by("seed", "4 8 15"), &list));
        // As `sha256sum` orders "seed entry 0" to "seed entry 49".
        assert_eq!(drawn(&by("seed", ""), &list)[..3], ["entry 17", "entry 22", "entry 29"]);
    }
}
