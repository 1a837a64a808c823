//! `soundings translate import`: what translators sent back, taken into the PO files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use survey::{Survey, po, translation::merge};

use super::file::{self, PoFile};
use crate::say::count;

/// Take workbooks that translators sent back into the files of their languages.
///
/// A row is taken if its English is the English of today, and what stands in the file is what the workbook was handed
/// out with. Made for earlier English, it is taken as `fuzzy` where nothing stands, and nobody is shown it. Nothing newer
/// is ever overwritten. Each row that is not taken is listed with its number and the reason.
///
/// The language stands in the workbook. Importing twice changes nothing more. Ends with 1 when a row or a file was
/// refused, since then somebody must look; what could be taken is written all the same.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  soundings translate import surveys/newcomer-needs newcomer-needs-2027.1-ar.xlsx
  soundings translate import surveys/newcomer-needs back/*.xlsx")]
pub(super) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    folder: PathBuf,
    /// The workbooks, made by `soundings translate sheet` and filled in
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Run the verb.
pub(super) fn run(args: &Args) -> Result<()> {
    let survey = file::survey(&args.folder)?;
    let (mut rows, mut files) = (0, 0);
    for path in &args.files {
        match import(&survey, &args.folder, path) {
            Ok(refused) => rows += refused,
            Err(error) => {
                files += 1;
                eprintln!("error: {error:#}");
            }
        }
    }
    match (rows, files) {
        (0, 0) => Ok(()),
        (_, 0) => bail!("{} refused, as listed above", count(rows, "row")),
        (0, _) => bail!("{} not taken, as said above", count(files, "file")),
        _ => bail!("{} not taken and {} refused, as said above", count(files, "file"), count(rows, "row")),
    }
}

/// Take one workbook in; how many of its rows were refused.
fn import(survey: &Survey, folder: &Path, path: &Path) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let sheet = exchange::sheet::read(&bytes)
        .and_then(|sheet| sheet.fits(survey).map(|()| sheet))
        .with_context(|| format!("`{}` is not taken", path.display()))?;
    let mut file = PoFile::read(folder, &sheet.language)?;
    let mut merged = merge(survey, &sheet.language, file.po.as_ref(), &sheet.rows);
    merged.refused.extend(sheet.unreadable);
    merged.refused.sort_by_key(|told| told.number);
    let changed = file.replace(&po::write(&merged.po))?;
    let done = if changed { "written" } else { "was up to date" };
    println!("{} from {}: {}; {done}", file.path.display(), path.display(), merged.in_words());
    for told in merged.refused.iter().chain(&merged.fuzzy) {
        println!("  row {}, `{}`: {}", told.number, told.id, told.says);
    }
    super::say_if_not_offered(survey, &sheet.language);
    Ok(merged.refused.len())
}
