//! `soundings new`: a study of one's own from one of ours.

mod words;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use notation::Sources;
use words::Word;

use crate::{
    check,
    say::{count, line},
    study,
};

/// Begin a study of your own from one of ours: its questions, translations, weighting and report under your name.
///
/// Asks for the words that are made up in ours (who asks, whom to reach, the region, the dates), each with our word as
/// the answer to Enter; or takes them from --set. What is not changed is listed at the end. Never overwrites anything.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The name of your survey: lower-case letters, digits and hyphens, as `waterloo-needs`
    #[arg(value_parser = name)]
    name: String,
    /// The study to begin from
    #[arg(long, default_value = "newcomer-needs", value_parser = clap::builder::PossibleValuesParser::new(study::names()))]
    from: String,
    /// Where `surveys` and `reports` stand, or shall stand
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// A word of your own, as `--set region="Waterloo Region"`; may be given several times
    #[arg(long, value_name = "NAME=WORDS", value_parser = pair)]
    set: Vec<(String, String)>,
}

fn name(text: &str) -> Result<String, String> {
    let is_plain = |each: char| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-';
    match text.starts_with(|first: char| first.is_ascii_lowercase()) && text.chars().all(is_plain) {
        true => Ok(text.to_owned()),
        false => Err("lower-case letters, digits and hyphens, a letter first".to_owned()),
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, words)) if !words.trim().is_empty() && !words.contains(['\n', '\r']) => {
            Ok((name.trim().to_owned(), words.trim().to_owned()))
        }
        _ => Err("write NAME=WORDS, on one line".to_owned()),
    }
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    for kind in ["surveys", "reports"] {
        let folder = args.dir.join(kind).join(&args.name);
        if folder.exists() {
            bail!("`{}` is there already: choose another name", folder.display());
        }
    }
    let mut files = renamed(&args.from, &args.name);
    let survey = format!("surveys/{0}/{0}.survey", args.name);
    let text = files.get_mut(&survey).context("every study of ours has a survey")?;
    let words = words::words_of(text);
    let chosen = words::choose(&words, &args.set, std::io::stdin().is_terminal())?;
    *text = words::put(text, &chosen);
    let taken = taken_from(text, &args.dir);
    files.extend(taken);
    for (path, text) in &files {
        study::write_new(&args.dir.join(path), text)?;
    }
    tell(args, &files, &words, &chosen)
}

/// The files of a study under another name.
fn renamed(from: &str, to: &str) -> Sources {
    let path =
        |path: &str| path.split('/').map(|part| rename_file(part, from, to)).collect::<Vec<_>>().join("/");
    study::files(from).iter().map(|(file, text)| (path(file), rename(text, from, to))).collect()
}

fn rename_file(part: &str, from: &str, to: &str) -> String {
    match part.strip_prefix(from) {
        Some(rest) if rest.is_empty() || rest.starts_with('.') => format!("{to}{rest}"),
        _ => part.to_owned(),
    }
}

/// A text with the name changed where a file says whose it is: `survey NAME`, `recipe NAME`, `report NAME`, and the
/// header of a PO file.
fn rename(text: &str, from: &str, to: &str) -> String {
    let heads = ["survey", "recipe", "report", "\"Project-Id-Version:"];
    let says_whose = |line: &str| {
        let mut words = line.split_whitespace();
        let head = words.next().is_some_and(|head| heads.contains(&head));
        head && words.next().is_some_and(|name| name == from || name.strip_suffix("\\n\"") == Some(from))
    };
    let renamed = |line: &str| if says_whose(line) { line.replacen(from, to, 1) } else { line.to_owned() };
    text.split_inclusive('\n').map(renamed).collect()
}

/// The surveys whose lists this one takes over (`use NAME LIST…`), where they do not stand beside it yet.
fn taken_from(text: &str, dir: &Path) -> Sources {
    let used = text.lines().filter_map(|line| line.strip_prefix("use ")?.split_whitespace().next());
    let missing = used.filter(|name| !dir.join("surveys").join(name).exists());
    let files = missing.flat_map(study::files).filter(|(path, _)| path.starts_with("surveys/"));
    files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// What was written, what is still ours, and what comes next.
fn tell(args: &Args, files: &Sources, words: &[Word], chosen: &[Word]) -> Result<()> {
    let survey = args.dir.join("surveys").join(&args.name);
    let folders = format!("`{}`", survey.display());
    line(format_args!("{} written, the survey in {folders}.", count(files.len(), "file")));
    let is_ours = |word: &&Word| !chosen.iter().any(|each| each.name == word.name);
    let ours: Vec<&Word> = words.iter().filter(is_ours).collect();
    if !ours.is_empty() {
        line("Still in our words:");
        ours.iter().for_each(|word| line(format_args!("  {:9} {}", word.name, word.words)));
    }
    let translated: Vec<&str> =
        chosen.iter().filter(|word| word.is_translated()).map(|word| word.name.as_str()).collect();
    let languages: Vec<&str> = files.keys().filter_map(|path| own_language(path, &args.name)).collect();
    if !translated.is_empty() && !languages.is_empty() {
        line(format_args!(
            "Your words for {} are needed in {} too: see soundings translate status {}",
            translated.join(", "),
            languages.join(", "),
            survey.display()
        ));
    }
    line(
        "The recipe, its population tables and the sentences of the report are about our example: make them yours.",
    );
    next(args, &survey)
}

/// The language of a PO file of the survey, by its tag.
fn own_language<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    path.strip_prefix("surveys/")?.strip_prefix(name)?.strip_prefix('/')?.strip_suffix(".po")
}

fn next(args: &Args, survey: &Path) -> Result<()> {
    let errors: usize = check::check(survey)?.iter().map(check::Checked::errors).sum();
    let (survey, name) = (survey.display(), &args.name);
    let errors = if errors == 0 { String::new() } else { format!(" ({} now)", count(errors, "error")) };
    line("Next:");
    line(format_args!("  soundings check {survey}            what must be mended{errors}"));
    line(format_args!("  soundings preview {survey}          how it looks; nothing is kept"));
    line(format_args!("  soundings check --publish {survey}  when it is ready to be asked"));
    line(format_args!("  soundings serve {survey} --data {name}-answers"));
    Ok(())
}
