//! The list of what was taken back, kept outside the store: a store restored from an older backup erases it again.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{Error, backup::hex, keys};

/// Where the list is, one keyed digest in a line: without the secret of the store it leads nowhere.
#[derive(Clone, Debug)]
pub(crate) struct Withdrawals {
    path: PathBuf,
}

impl Withdrawals {
    pub(crate) fn at(path: &Path) -> Withdrawals {
        Withdrawals { path: path.to_owned() }
    }

    /// Put one more on the list; the disk has it when this returns.
    pub(crate) fn add(&self, key: &[u8; 32]) -> Result<(), Error> {
        let add = || -> std::io::Result<()> {
            let mut file = match OpenOptions::new().append(true).open(&self.path) {
                Err(cause) if cause.kind() == ErrorKind::NotFound => {
                    let file = keys::private_file(&self.path)?;
                    keys::sync_folder(self.path.parent().unwrap_or(Path::new(".")))?;
                    file
                }
                file => file?,
            };
            file.write_all(format!("{}\n", hex(key)).as_bytes())?;
            file.sync_all()
        };
        add().map_err(Error::folder(&self.path))
    }
}

/// Read a list; one that is not there is empty, and a line cut off by a crash is passed over.
///
/// # Errors
/// If the file cannot be read.
pub fn read_withdrawals(path: &Path) -> Result<BTreeSet<[u8; 32]>, Error> {
    let text = match fs::read_to_string(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => String::new(),
        text => text.map_err(Error::folder(path))?,
    };
    let key = |line: &str| -> Option<[u8; 32]> {
        let digit = |at: usize| line.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let bytes: Option<Vec<u8>> = (0..32).map(|byte| digit(2 * byte)).collect();
        bytes.filter(|_| line.len() == 64)?.try_into().ok()
    };
    Ok(text.lines().filter_map(key).collect())
}
