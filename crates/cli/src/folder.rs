//! Folders of plain files: read from disk here, understood by the crates below.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use estimates::Recipe;
use notation::{Finding, Place, Severity, Sources};
use server::Logo;
use survey::Survey;

use crate::say::count;

/// The kinds of file an author writes.
const KINDS: &[&str] = &["survey", "recipe", "report", "po", "csv"];

/// The kinds of file a question is spoken in.
const RECORDINGS: &[&str] = &["opus", "m4a"];

/// The file that says which words each recording of a language speaks.
const SPOKEN: &str = "spoken.txt";

/// Every author's file of a folder, by its path inside it, and those of the surveys it takes lists from (`use`), as
/// `../NAME/NAME.survey` and `../NAME/fr.po`.
pub(crate) fn read(folder: &Path) -> Result<Sources> {
    let mut sources = Sources::new();
    collect(folder, Path::new(""), &mut sources)?;
    let own = sources.iter().filter(|(name, _)| name.ends_with(".survey"));
    let lines = own.flat_map(|(_, text)| text.lines());
    let used: BTreeSet<String> = lines
        .filter_map(|line| line.strip_prefix("use ")?.split_whitespace().next().map(str::to_owned))
        .filter(|name| !name.contains(['/', '\\', '.']))
        .collect();
    for name in used {
        sources.extend(beside(folder, &name)?);
    }
    Ok(sources)
}

/// The host's logo: `logo.svg` or `logo.png` in the folder of the survey, if there is one.
pub(crate) fn logo(folder: &Path) -> Result<Option<Logo>> {
    for name in ["logo.svg", "logo.png"] {
        let path = folder.join(name);
        if path.exists() {
            let bytes = fs::read(&path).with_context(|| format!("`{}` cannot be read", path.display()))?;
            return Logo::read(&bytes).map(Some).with_context(|| format!("`{}`", path.display()));
        }
    }
    Ok(None)
}

/// The survey file and the translations of a survey beside this one; nothing where there is none.
fn beside(folder: &Path, name: &str) -> Result<Sources> {
    let whole = folder.canonicalize().with_context(|| format!("`{}` cannot be read", folder.display()))?;
    let there = whole.with_file_name(name);
    let mut sources = Sources::new();
    for entry in fs::read_dir(&there).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_file() && has_kind(&path, &["survey", "po"]) {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("`{}` is not readable text", path.display()))?;
            sources.insert(format!("../{name}/{}", entry.file_name().to_string_lossy()), text);
        }
    }
    Ok(sources)
}

fn collect(folder: &Path, inside: &Path, sources: &mut Sources) -> Result<()> {
    let here = folder.join(inside);
    let entries = fs::read_dir(&here).with_context(|| format!("`{}` cannot be read", here.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("`{}` cannot be read", here.display()))?;
        let path = inside.join(entry.file_name());
        if entry.path().is_dir() {
            collect(folder, &path, sources)?;
        } else if has_kind(&path, RECORDINGS) {
            // That it is there is all a reader needs to know.
            sources.insert(path.to_string_lossy().replace('\\', "/"), String::new());
        } else if has_kind(&path, KINDS) || path.ends_with(SPOKEN) || is_published(&path) {
            let name = path.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(entry.path())
                .with_context(|| format!("`{}` is not readable text", entry.path().display()))?;
            sources.insert(name, text);
        }
    }
    Ok(())
}

/// Whether a path inside a survey's folder is a published version.
fn is_published(path: &Path) -> bool {
    path.parent() == Some(Path::new("published")) && has_kind(path, &["json"])
}

/// Write a file in one step: a full disk leaves the old one whole.
pub(crate) fn replace(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    // The new file takes the name only when all of it is written.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, content).with_context(|| format!("`{}` cannot be written", path.display()))?;
    fs::rename(&beside, path).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// Whether a path ends in one of these extensions.
pub(crate) fn has_kind(path: &Path, kinds: &[&str]) -> bool {
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| kinds.contains(&end))
}

/// Whether a folder itself holds a file of this kind.
pub(crate) fn holds(folder: &Path, kind: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| path.is_file() && has_kind(&path, &[kind]))
}

/// The folders inside a folder that hold a file of one of these kinds, by name.
pub(crate) fn studies_in(folder: &Path, kinds: &[&str]) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("`{}` cannot be read", folder.display()))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut inside: Vec<PathBuf> =
        paths.filter(|path| path.is_dir() && kinds.iter().any(|kind| holds(path, kind))).collect();
    inside.sort();
    Ok(inside)
}

/// The survey of a folder, or its errors drawn on the error stream.
pub(crate) fn survey(folder: &Path) -> Result<Survey> {
    if !holds(folder, "survey") {
        let inside = studies_in(folder, &["survey"])?;
        let names: Vec<String> = inside.iter().map(|path| format!("`{}`", path.display())).collect();
        match names.is_empty() {
            true => bail!("`{}` holds no `.survey` file: give the folder of a survey", folder.display()),
            false => bail!("`{}` holds several surveys: give one of {}", folder.display(), names.join(", ")),
        }
    }
    let sources = read(folder)?;
    let (survey, findings) = survey::read(&sources);
    whole(survey, findings, &sources, folder)
}

/// The recipe beside a survey, or one that lets every answer count the same.
pub(crate) fn recipe(folder: &Path, sources: &Sources, survey: &Survey) -> Result<Recipe> {
    if !holds(folder, "recipe") {
        eprintln!("warning: `{}` has no `.recipe`: every answer counts the same", folder.display());
        return Ok(Recipe::unweighted(survey));
    }
    let (recipe, findings) = estimates::read_recipe(sources, survey);
    whole(recipe, findings, sources, folder)
}

/// The value that was read, unless an author must mend something first.
pub(crate) fn whole<T>(
    value: Option<T>,
    findings: Vec<Finding>,
    sources: &Sources,
    folder: &Path,
) -> Result<T> {
    let errors: Vec<Finding> =
        findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        _ => {
            let (errors, sources) = from_here(errors, sources, folder);
            eprint!("{}", notation::draw(&errors, &sources, false));
            bail!(
                "`{}` has {}: mend them first (soundings check)",
                folder.display(),
                count(errors.len(), "error")
            )
        }
    }
}

/// Findings and files under the paths a person can open from where they stand.
pub(crate) fn from_here(findings: Vec<Finding>, sources: &Sources, folder: &Path) -> (Vec<Finding>, Sources) {
    let longer = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let moved = |place: Place| Place { file: longer(&place.file).into(), ..place };
    let findings = findings
        .into_iter()
        .map(|finding| Finding {
            at: moved(finding.at.clone()),
            also: finding.also.iter().map(|(place, says)| (moved(place.clone()), says.clone())).collect(),
            ..finding
        })
        .collect();
    (findings, sources.iter().map(|(name, text)| (longer(name), text.clone())).collect())
}

/// The folder of the survey a report is about: beside it, as `reports/x` and `surveys/y` stand.
pub(crate) fn survey_beside(report: &Path, sources: &Sources) -> Result<PathBuf> {
    let named =
        sources.iter().filter(|(name, _)| name.ends_with(".report")).find_map(|(_, text)| survey_named(text));
    let name = named.with_context(|| {
        format!("the report of `{}` names no survey: add a line `survey NAME`", report.display())
    })?;
    let whole = report.canonicalize().with_context(|| format!("`{}` cannot be read", report.display()))?;
    let root = whole.parent().and_then(Path::parent).context("a report stands in a folder `reports`")?;
    let folder = root.join("surveys").join(&name);
    // Findings are easier to follow under the path a person typed.
    let here = std::env::current_dir().unwrap_or_default();
    Ok(folder.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(folder))
}

fn survey_named(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("survey "))?;
    line.split_whitespace().next().map(str::to_owned)
}
