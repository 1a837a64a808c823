//! The store in one SQLite file.

mod connection;
mod ledger;
mod migrate;
mod readers;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub(crate) use ledger::Ledger;
pub(crate) use readers::Readers;

use crate::Error;

/// The database of a data folder.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("answers.db")
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Error {
        Error::Database { cause: Arc::new(cause) }
    }
}
