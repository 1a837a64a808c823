//! The study that comes with the program, so that the demonstration works wherever the program does.

use std::{fs, path::Path};

use anyhow::{Context, Result};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../", $name)))),+]
    };
}

/// Every file of the newcomer study, by its path in the repository.
const FILES: &[(&str, &str)] = files![
    "surveys/newcomer-needs/newcomer-needs.survey",
    "surveys/newcomer-needs/newcomer-needs.recipe",
    "surveys/newcomer-needs/fr.po",
    "surveys/newcomer-needs/ar.po",
    "surveys/newcomer-needs/margins/halifax-2021/period.csv",
    "surveys/newcomer-needs/margins/halifax-2021/status.csv",
    "surveys/newcomer-needs/margins/st-johns-2021/period.csv",
    "surveys/newcomer-needs/margins/st-johns-2021/status.csv",
    "reports/newcomer-needs/newcomer-needs.report",
    "reports/newcomer-needs/fr.po",
];

/// Lay the study out under a folder, as a person would keep it.
pub(crate) fn lay_out(folder: &Path) -> Result<()> {
    for (name, text) in FILES {
        let path = folder.join(name);
        let parent = path.parent().context("every file of the study stands in a folder")?;
        fs::create_dir_all(parent).with_context(|| format!("`{}` cannot be made", parent.display()))?;
        fs::write(&path, text).with_context(|| format!("`{}` cannot be written", path.display()))?;
    }
    Ok(())
}
