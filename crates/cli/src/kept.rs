//! Where answers are kept: a folder, or a PostgreSQL database beside it.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use responses::{Draw, Error, Invitations, Keys, Store, StudySecret};

use crate::keys;

/// Where answers are kept.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Kept {
    /// The folder where answers are kept; made when it is not there
    #[arg(long, env = "SOUNDINGS_DATA")]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database that keeps the answers instead, as postgres://user:password@host/name: the folder then
    /// holds only the secret, which every server on this database has a copy of
    #[arg(long, env = "SOUNDINGS_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
    /// The secret part of the study's key, where sealed words are to be read.
    #[arg(skip)]
    pub(crate) key: Option<PathBuf>,
}

/// A survey, and where its answers are kept.
#[derive(clap::Args)]
pub(crate) struct Of {
    /// The folder of the survey, as `surveys/newcomer-needs`
    pub(crate) survey_folder: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

impl Kept {
    /// A folder.
    pub(crate) fn folder(data: &Path) -> Kept {
        Kept { data: data.to_owned(), store: None, key: None }
    }

    /// Open it to write, making it where it is not; withdrawals are remembered beside it.
    pub(crate) fn open(&self) -> Result<Store, Error> {
        let store = match &self.store {
            Some(url) => Store::connect(url, &self.data),
            None => Store::open(&self.data),
        }?;
        store.remember_withdrawals(&self.withdrawals());
        Ok(store)
    }

    /// The list of withdrawals: beside the data folder, so that it outlives it.
    pub(crate) fn withdrawals(&self) -> PathBuf {
        let name = self.data.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.data.with_file_name(format!("{name}.withdrawn"))
    }

    /// The invitations: in a file beside the answers, or in the database of their own that is named.
    pub(crate) fn invitations(&self, url: Option<&str>, keys: &Keys) -> Result<Invitations, Error> {
        match url {
            Some(url) => Invitations::connect(url, keys),
            None => Invitations::open(&self.data, keys),
        }
    }

    /// The draw: in a file beside the answers, or in the database of its own that is named.
    pub(crate) fn draw(&self, url: Option<&str>, keys: &Keys) -> Result<Draw, Error> {
        match url {
            Some(url) => Draw::connect(url, keys),
            None => Draw::open(&self.data, keys),
        }
    }

    /// Open it to read.
    pub(crate) fn open_to_read(&self) -> anyhow::Result<Store> {
        let store = match &self.store {
            Some(url) => Store::connect_to_read(url, &self.data),
            None => Store::open_to_read(&self.data),
        }?;
        if let Some(key) = &self.key {
            store.open_words(StudySecret::read(&keys::secret_text(key)?)?);
        }
        Ok(store)
    }
}

impl fmt::Display for Kept {
    /// The folder, or that it is a database: its address may hold a password.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.store {
            Some(_) => to.write_str("the database of --store"),
            None => write!(to, "`{}`", self.data.display()),
        }
    }
}
