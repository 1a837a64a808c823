//! The studies that come with the program, so that the demonstration works and a study of one's own begins wherever
//! the program is.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../", $name)))),+]
    };
}

/// A file, by its path in the repository, and its text.
type Shipped = (&'static str, &'static str);

/// Every file of every study, by the name of its survey.
const STUDIES: &[(&str, &[Shipped])] = &[
    (
        "newcomer-needs",
        files![
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
        ],
    ),
    (
        "host-community",
        files![
            "surveys/host-community/host-community.survey",
            "surveys/host-community/host-community.recipe",
            "surveys/host-community/fr.po",
        ],
    ),
    (
        "service-providers",
        files![
            "surveys/service-providers/service-providers.survey",
            "surveys/service-providers/service-providers.recipe",
            "surveys/service-providers/fr.po",
        ],
    ),
];

/// The names of the studies.
pub(crate) fn names() -> Vec<&'static str> {
    STUDIES.iter().map(|(name, _)| *name).collect()
}

/// The files of a study; none of a name that is not ours.
pub(crate) fn files(name: &str) -> &'static [Shipped] {
    STUDIES.iter().find(|(study, _)| *study == name).map_or(&[], |(_, files)| files)
}

/// Lay the newcomer study out under a folder, as a person would keep it.
pub(crate) fn lay_out(folder: &Path) -> Result<()> {
    for (name, text) in files("newcomer-needs") {
        let path = folder.join(name);
        make_room(&path)?;
        fs::write(&path, text).with_context(|| format!("`{}` cannot be written", path.display()))?;
    }
    Ok(())
}

/// Write a file that is not there yet.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<()> {
    make_room(path)?;
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("`{}` cannot be written", path.display()))
}

fn make_room(path: &Path) -> Result<()> {
    let parent = path.parent().context("every file of a study stands in a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("`{}` cannot be made", parent.display()))
}
