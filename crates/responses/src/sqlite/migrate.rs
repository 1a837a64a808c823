//! Schemas by number, forward only: a migration is never edited once it was released.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_answers.sql"),
    include_str!("../../migrations/sqlite/0002_form.sql"),
    include_str!("../../migrations/sqlite/0003_channel.sql"),
    include_str!("../../migrations/sqlite/0004_signal.sql"),
];

/// Marks the file as ours: the letters `Snds`.
const APPLICATION: i32 = 0x536e_6473;

/// Refuse a database of another program or of a later version of this one, before anything is written to it.
///
/// Returns the number of its schema, 0 for an empty file.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<usize, Error> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let found = schema(connection)?;
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let known = MIGRATIONS.len();
    let path = path.to_owned();
    match application {
        0 if objects == 0 => Ok(0),
        APPLICATION if found > known => Err(Error::Newer { path, found, known }),
        APPLICATION => Ok(found),
        _ => Err(Error::OtherProgram { path }),
    }
}

/// As [`check`], for a connection that cannot bring an older schema up to date.
pub(crate) fn check_current(connection: &Connection, path: &Path) -> Result<(), Error> {
    let known = MIGRATIONS.len();
    match check(connection, path)? {
        found if found == known => Ok(()),
        0 => Err(Error::NoStore { path: path.to_owned() }),
        found => Err(Error::Older { path: path.to_owned(), found, known }),
    }
}

/// Apply the migrations that are missing, all or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema(&transaction)?;
    for migration in &MIGRATIONS[found.min(MIGRATIONS.len())..] {
        transaction.execute_batch(migration)?;
    }
    if found < MIGRATIONS.len() {
        transaction.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {};",
            MIGRATIONS.len()
        ))?;
    }
    Ok(transaction.commit()?)
}

fn schema(connection: &Connection) -> Result<usize, Error> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(found as usize)
}
