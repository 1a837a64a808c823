//! The list of what was taken back, kept outside the store: a store restored from an older backup erases it again.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{ErrorKind, Read, Seek, SeekFrom, Write},
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
            // A line that a crash or a full disk cut off must not swallow this one.
            let open = if ends_open(&self.path)? { "\n" } else { "" };
            file.write_all(format!("{open}{}\n", hex(key)).as_bytes())?;
            file.sync_all()
        };
        add().map_err(Error::folder(&self.path))
    }
}

/// Whether the last line of a file was never ended.
fn ends_open(path: &Path) -> std::io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0; 1];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
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

#[cfg(test)]
mod tests {
    use super::{Withdrawals, read_withdrawals};

    #[test]
    fn a_line_that_was_cut_off_swallows_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("withdrawn");
        let list = Withdrawals::at(&path);
        list.add(&[1; 32]).expect("it is written");
        let mut text = std::fs::read_to_string(&path).expect("it is there");
        text.push_str("0202");
        std::fs::write(&path, text).expect("it is cut off");
        list.add(&[3; 32]).expect("it is written");
        let read = read_withdrawals(&path).expect("it is read");
        assert!(read.into_iter().eq([[1; 32], [3; 32]]));
    }
}
