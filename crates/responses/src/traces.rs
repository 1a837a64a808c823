//! Whether something that was erased still stands in a file.

use std::{collections::BTreeSet, fs, path::Path};

use crate::Error;

/// Search every file below a folder for texts of 32 bytes; how many files there are.
///
/// # Errors
/// If a file cannot be read, or one of the texts stands in it.
pub(crate) fn search(folder: &Path, texts: &[Vec<u8>]) -> Result<usize, Error> {
    let known: BTreeSet<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let mut files = 0;
    for entry in fs::read_dir(folder).map_err(Error::folder(folder))? {
        let path = entry.map_err(Error::folder(folder))?.path();
        if path.is_dir() {
            files += search(&path, texts)?;
            continue;
        }
        let bytes = fs::read(&path).map_err(Error::folder(&path))?;
        if bytes.windows(32).any(|window| known.contains(window)) {
            return Err(Error::Trace { path });
        }
        files += 1;
    }
    Ok(files)
}
