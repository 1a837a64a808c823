//! `soundings check --publish`: a version passes the gate and is written down for good.

use std::{
    fs,
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use notation::{Severity, Sources};
use survey::{Date, Drafts, Gate, Passage, Published};

use crate::{
    folder,
    say::{count, line, say},
};

/// Publish the survey of a folder, unless something must be mended first; whether that went well.
pub(crate) fn publish(folder: &Path, drafts: Drafts, today: Date) -> Result<bool> {
    if !folder::holds(folder, "survey") {
        bail!("`{}` holds no `.survey` file: give the folder of one survey to publish", folder.display());
    }
    let sources = folder::read(folder)?;
    let (gate, findings) = survey::gate(&sources, drafts);
    if let Some(before) = published(&sources) {
        tell_again(&before, gate.as_ref());
        return Ok(true);
    }
    let graver = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (graver(Severity::Error), graver(Severity::Warning));
    let (drawn, placed) = folder::from_here(findings, &sources, folder);
    say(notation::draw(&drawn, &placed, std::io::stdout().is_terminal()));
    let Some(gate) = gate else {
        line(format_args!(
            "not published: {} and {} to mend (a warning may be accepted: `accept CODE why`)",
            count(errors, "error"),
            count(warnings, "warning")
        ));
        return Ok(false);
    };
    let (path, published) = write(folder, &sources, &gate, today)?;
    let (name, version, print) = (&published.survey, published.version, published.fingerprint);
    line(format_args!("{} written: `{name}` {version}, fingerprint {print}", path.display()));
    tell(&gate);
    Ok(true)
}

/// The version that stands here, if it is published and nothing that people are asked has changed since.
fn published(sources: &Sources) -> Option<Published> {
    let version = survey::read(sources).0?.version;
    Published::all(sources).into_iter().find(|each| each.version == version)
}

/// Publish a survey with its drafts where nobody is asked for real, and say nothing.
pub(crate) fn publish_drafts(folder: &Path, today: Date) -> Result<()> {
    let sources = folder::read(folder)?;
    let (gate, findings) = survey::gate(&sources, Drafts::Offered);
    let gate = folder::whole(gate, findings, &sources, folder)?;
    write(folder, &sources, &gate, today)?;
    Ok(())
}

/// Write a version down; its path.
fn write(folder: &Path, sources: &Sources, gate: &Gate, today: Date) -> Result<(PathBuf, Published)> {
    let published = Published::of(&gate.survey, sources, today);
    let path = folder.join(Published::path(published.version));
    if path.exists() {
        bail!("`{}` is there already: what is published is never written again", path.display());
    }
    let parent = path.parent().context("a published version stands in a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("`{}` cannot be made", parent.display()))?;
    folder::replace(&path, published.write())?;
    Ok((path, published))
}

fn tell(gate: &Gate) {
    let offered = gate.languages.iter().filter(|each| each.is_offered()).map(in_words);
    line(format_args!("offered in {}", offered.collect::<Vec<_>>().join(", ")));
    for passage in gate.languages.iter().filter(|each| !each.is_offered()) {
        let (name, why) = (passage.language.english_name(), passage.held_back.join("; "));
        line(format_args!("{name} is held back: {why}"));
    }
}

fn in_words(passage: &Passage) -> String {
    let name = passage.language.english_name();
    if passage.draft { format!("{name} (a draft, and every page says so)") } else { name.to_owned() }
}

fn tell_again(before: &Published, gate: Option<&Gate>) {
    let print = before.fingerprint;
    line(format_args!("{} is published already, and nothing changed (fingerprint {print})", before.version));
    let offered = |passage: &&Passage| before.languages.iter().any(|each| each.language == passage.language);
    let passed = gate.into_iter().flat_map(|gate| &gate.languages).filter(|each| each.is_offered());
    for passage in passed.filter(|each| !offered(each)) {
        let (name, next) = (passage.language.english_name(), before.version.next());
        line(format_args!("{name} passes the gate now: write `version {next}` to offer it"));
    }
}
