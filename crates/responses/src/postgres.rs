//! The store in a PostgreSQL database, which several processes may share.

mod connection;
mod ledger;
mod migrate;
mod place;

use std::path::Path;

pub(crate) use connection::Connection;
pub(crate) use ledger::ledgers;
pub(crate) use place::Place;

use crate::{
    Error, Keys,
    sql::{Sql, Value},
};

/// Open a database to write, making or bringing up to date its tables, with the secret that it knows.
pub(crate) fn open(url: &str, folder: &Path) -> Result<(Keys, Place), Error> {
    let place = Place::of(url)?;
    let mut connection = place.connect()?;
    migrate::refuse_forgetful(&mut connection)?;
    refuse_together(&connection, &["invitation", "entry"])?;
    migrate::migrate(&mut connection)?;
    let keys = Keys::open(folder, migrate::secret(&mut connection)?.is_some())?;
    migrate::agree_on_secret(&mut connection, &keys)?;
    place.put_back(connection);
    Ok((keys, place))
}

/// Open a database to read, as it is.
pub(crate) fn open_to_read(url: &str, folder: &Path) -> Result<(Keys, Place), Error> {
    let place = Place::of(url)?;
    let mut connection = place.connect()?;
    migrate::check_current(&mut connection)?;
    let keys = Keys::open(folder, true)?;
    migrate::check_secret(&mut connection, &keys)?;
    place.put_back(connection);
    Ok((keys, place))
}

/// Refuse a database that holds one of these tables, which must never lie where this connection is about to write.
pub(crate) fn refuse_together(connection: &Connection, tables: &[&'static str]) -> Result<(), Error> {
    for table in tables {
        let mut is_there = false;
        let query = "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND CAST(tablename AS TEXT) = ?1";
        connection.each(query, &[Value::Text(table)], &mut |_| {
            is_there = true;
            Ok(())
        })?;
        if is_there {
            return Err(Error::Together { table });
        }
    }
    Ok(())
}
