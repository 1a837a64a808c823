//! Where the database is, and the connections that wait for the next reader.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use postgres::{Config, NoTls};

use super::connection::Connection;
use crate::{Error, sql::Sql, store::Reading};

/// So many idle connections are kept.
const KEPT: usize = 8;

/// Longest wait for the database to answer at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every session promises, whatever the database's own settings: a commit is on the disk before it is told.
const SESSION: &str = "SET synchronous_commit = on; SET lock_timeout = '4s'; SET statement_timeout = '60s'";

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A database, by its address.
pub(crate) struct Place {
    config: Config,
    idle: Mutex<Vec<Connection>>,
}

impl Place {
    /// The database of a `postgres://` address. The address may hold a password: no error repeats it.
    pub(crate) fn of(url: &str) -> Result<Place, Error> {
        let mut config: Config = url.parse().map_err(|_| Error::Address)?;
        config.connect_timeout(PATIENCE).application_name("soundings");
        Ok(Place { config, idle: Mutex::default() })
    }

    /// A new connection.
    pub(crate) fn connect(&self) -> Result<Connection, Error> {
        let connection = Connection::new(self.config.connect(NoTls)?);
        connection.run(SESSION)?;
        Ok(connection)
    }

    /// Keep a connection for the next reader.
    pub(crate) fn put_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT && !connection.is_closed() {
            idle.push(connection);
        }
    }

    /// The same database, for a writer of its own.
    pub(crate) fn again(&self) -> Place {
        Place { config: self.config.clone(), idle: Mutex::default() }
    }

    fn idle(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|connection| !connection.is_closed());
        idle.pop()
    }
}

impl Reading for Place {
    /// Look on one snapshot. A connection that waited while the database went away is replaced once.
    fn read(&self, look: &mut dyn FnMut(&dyn Sql) -> Result<(), Error>) -> Result<(), Error> {
        let waited = self.idle().filter(|waited| waited.run(SNAPSHOT).is_ok());
        let connection = match waited {
            Some(connection) => connection,
            None => {
                let connection = self.connect()?;
                connection.run(SNAPSHOT)?;
                connection
            }
        };
        let looked = look(&connection);
        connection.run("COMMIT")?;
        self.put_back(connection);
        looked
    }
}
