//! The files of a survey's translations: read whole or not at all, replaced in one step.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use notation::{Finding, Sources};
use survey::{Language, Po, Survey, po};

use crate::folder;

/// A PO file beside a survey, which need not exist yet.
pub(super) struct PoFile {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// What is in it.
    pub(super) po: Option<Po<'static>>,
    text: Option<String>,
}

/// The survey of a folder in its source language: translations may lack whatever they lack.
pub(super) fn survey(folder: &Path) -> Result<Survey> {
    let sources = folder::read(folder)?;
    let (survey, findings) = survey::read_source(&sources);
    folder::whole(survey, findings, &sources, folder)
}

/// The language of a tag a person typed.
pub(super) fn language(tag: &str) -> Result<Language> {
    let Some(language) = Language::of_tag(tag) else {
        let near = notation::near(tag, Language::tags()).map_or_else(
            || format!("those known are {}", Language::tags().collect::<Vec<_>>().join(" ")),
            |near| format!("did you mean `{near}`?"),
        );
        bail!("no language is known by the tag `{tag}`: {near}")
    };
    Ok(language)
}

impl PoFile {
    /// Read the file of a language.
    ///
    /// # Errors
    /// If something in it cannot be read: writing it again would lose that.
    pub(super) fn read(folder: &Path, language: &Language) -> Result<PoFile> {
        let path = folder.join(format!("{language}.po"));
        if !path.exists() {
            return Ok(PoFile { path, po: None, text: None });
        }
        let text = fs::read_to_string(&path)
            .with_context(|| format!("`{}` is not readable text", path.display()))?;
        let name = path.to_string_lossy().into_owned();
        let (po, findings) = po::read(&name, &text);
        let po = po.into_owned();
        let unreadable: Vec<Finding> = findings.into_iter().filter(po::is_unreadable).collect();
        if !unreadable.is_empty() {
            let sources: Sources = [(name.clone(), text)].into();
            eprint!("{}", notation::draw(&unreadable, &sources, false));
            bail!(
                "`{name}` is left as it is, since writing it would lose what cannot be read: mend it first"
            );
        }
        Ok(PoFile { path, po: Some(po), text: Some(text) })
    }

    /// Write the file if the text differs; whether it did.
    pub(super) fn replace(&mut self, text: &str) -> Result<bool> {
        if self.text.as_deref() == Some(text) {
            return Ok(false);
        }
        folder::replace(&self.path, text)?;
        self.text = Some(text.to_owned());
        Ok(true)
    }
}
