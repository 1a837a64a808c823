//! Connections that only read, kept for the next reader.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{database, migrate};
use crate::{Error, sql::Sql, store::Reading};

/// So many idle connections are kept.
const KEPT: usize = 8;

/// The connections that read.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Reading for Readers {
    /// Read on one snapshot: what is committed meanwhile is not seen.
    fn read(&self, look: &mut dyn FnMut(&dyn Sql) -> Result<(), Error>) -> Result<(), Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let snapshot = connection.unchecked_transaction()?;
        let looked = look(&connection);
        snapshot.finish()?;
        self.put_back(connection);
        looked
    }
}

impl Readers {
    pub(crate) fn open(folder: &Path) -> Result<Readers, Error> {
        let readers = Readers { path: database(folder), idle: Mutex::default() };
        let first = readers.connect()?;
        migrate::check_current(&first, &readers.path)?;
        readers.put_back(first);
        Ok(readers)
    }

    fn connect(&self) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
             PRAGMA temp_store = MEMORY;",
        )?;
        Ok(connection)
    }

    fn put_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
    }
}
