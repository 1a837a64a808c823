//! `soundings fmt`: survey files laid out.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};

use crate::folder;

/// Lay survey files out: line up codes, words and marks, and put lines in their order.
///
/// Only blanks, blank lines, and the order of the lines below a question and of marks are changed; words, items and
/// comments stay as they are, and so does the meaning: answers, translations and fingerprints are not touched. Laying
/// out twice is laying out once. A file with an error is left alone.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  soundings fmt surveys                          every survey, where it stands
  soundings fmt --check surveys/newcomer-needs   only say whether it would change, for a shared repository

Ends with 0 when all is laid out, 1 when --check found work or a file has errors, 2 when something cannot be read.")]
pub(crate) struct Args {
    /// Files, folders of surveys, or folders of such folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Change nothing; say which files are not laid out
    #[arg(long)]
    check: bool,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> ExitCode {
    let mut left = 0;
    for path in &args.paths {
        match format_all(path, args.check) {
            Ok(open) => left += open,
            Err(error) => {
                eprintln!("error: {error:#}");
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::from(u8::from(left > 0))
}

/// Lay out every survey under a path; how many files are not laid out now.
fn format_all(path: &Path, check: bool) -> Result<usize> {
    let folders = folders(path)?;
    if folders.is_empty() {
        bail!("`{}` holds no `.survey`: give the folder of one", path.display());
    }
    folders.iter().map(|folder| format(folder, check)).sum()
}

fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let found = fs::metadata(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    if found.is_file() {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        return folders(parent.unwrap_or(Path::new(".")));
    }
    if folder::holds(path, "survey") {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let mut inside: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    inside.retain(|path| path.is_dir() && folder::holds(path, "survey"));
    inside.sort();
    Ok(inside)
}

/// Lay out the survey of a folder; 1 if its file is not laid out now, else 0.
fn format(path: &Path, check: bool) -> Result<usize> {
    let sources = folder::read(path)?;
    let (laid, findings) = survey::format(&sources);
    let (findings, shown) = folder::from_here(findings, &sources, path);
    let Some(laid) = laid else {
        eprint!("{}", notation::draw(&findings, &shown, false));
        eprintln!("`{}` is left alone: mend what is said above first", path.display());
        return Ok(1);
    };
    let found = sources.iter().find(|(name, _)| name.ends_with(".survey") && !name.starts_with("../"));
    let (name, text) = found.context("a survey that was laid out stands in a file")?;
    let file = path.join(name);
    match (*text == laid, check) {
        (true, _) => Ok(0),
        (false, true) => {
            println!("{} is not laid out: soundings fmt {}", file.display(), path.display());
            Ok(1)
        }
        (false, false) => {
            folder::replace(&file, &laid)?;
            println!("{} laid out", file.display());
            Ok(0)
        }
    }
}
