//! Schemas by number, forward only, and what must hold before anybody's answers are taken.

use std::path::PathBuf;

use super::connection::Connection;
use crate::{
    Error, Keys,
    sql::{Sql, Value},
};

const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/postgres/0001_answers.sql"),
    include_str!("../../migrations/postgres/0002_channel.sql"),
    include_str!("../../migrations/postgres/0003_signal.sql"),
];

/// The number two processes that start together take turns by: the letters `Snds`.
const TURN: &str = "SELECT pg_advisory_xact_lock(1399743603)";

/// The name a database is called by in errors: its address may hold a password.
fn here() -> PathBuf {
    PathBuf::from("the PostgreSQL database")
}

/// Refuse a database that may tell of a commit before the disk has it.
pub(crate) fn refuse_forgetful(connection: &mut Connection) -> Result<(), Error> {
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
        let value = shown(connection, &format!("SHOW {setting}"))?;
        if value == "off" {
            return Err(Error::Forgetful { setting });
        }
    }
    Ok(())
}

/// Apply the migrations that are missing, all or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    connection.run(&format!(
        "BEGIN; {TURN}; CREATE TABLE IF NOT EXISTS schema_version (n BIGINT NOT NULL PRIMARY KEY)"
    ))?;
    let done = apply(connection);
    connection.run(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    done
}

fn apply(connection: &mut Connection) -> Result<(), Error> {
    let (found, known) = (schema(connection)?, MIGRATIONS.len());
    if found > known {
        return Err(Error::Newer { path: here(), found, known });
    }
    for migration in &MIGRATIONS[found..] {
        connection.run(migration)?;
    }
    if found < known {
        connection
            .run(&format!("DELETE FROM schema_version; INSERT INTO schema_version VALUES ({known})"))?;
    }
    Ok(())
}

/// As [`migrate`], for a connection that changes nothing.
pub(crate) fn check_current(connection: &mut Connection) -> Result<(), Error> {
    let known = MIGRATIONS.len();
    let there = shown(connection, "SELECT coalesce(to_regclass('schema_version')::text, '')")?;
    if there.is_empty() {
        return Err(Error::NoStore { path: here() });
    }
    match schema(connection)? {
        found if found == known => Ok(()),
        found if found > known => Err(Error::Newer { path: here(), found, known }),
        found => Err(Error::Older { path: here(), found, known }),
    }
}

fn schema(connection: &mut Connection) -> Result<usize, Error> {
    let mut found = 0;
    connection.each("SELECT n FROM schema_version", &[], &mut |row| {
        found = row.whole(0)?;
        Ok(())
    })?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

fn shown(connection: &mut Connection, query: &str) -> Result<String, Error> {
    let mut value = String::new();
    connection.each(query, &[], &mut |row| {
        value = row.text(0)?.to_owned();
        Ok(())
    })?;
    Ok(value)
}

/// What tells the secret of this database from any other, and nothing else about it.
fn mark(keys: &Keys) -> [u8; 32] {
    keys.mac("the secret of this store", &[])
}

/// The mark of the secret the database knows.
pub(crate) fn secret(connection: &mut Connection) -> Result<Option<Vec<u8>>, Error> {
    let mut mark = None;
    connection.each("SELECT value FROM setting WHERE name = 'secret'", &[], &mut |row| {
        mark = Some(row.bytes(0)?.to_vec());
        Ok(())
    })?;
    Ok(mark)
}

/// Have every process use one secret: the first that comes says which.
pub(crate) fn agree_on_secret(connection: &mut Connection, keys: &Keys) -> Result<(), Error> {
    let mark = mark(keys);
    connection.execute(
        "INSERT INTO setting (name, value) VALUES ('secret', ?1) ON CONFLICT DO NOTHING",
        &[Value::Bytes(&mark)],
    )?;
    check_secret(connection, keys)
}

/// Refuse another secret than the one the database knows.
pub(crate) fn check_secret(connection: &mut Connection, keys: &Keys) -> Result<(), Error> {
    match secret(connection)? {
        Some(known) if known == mark(keys) => Ok(()),
        _ => Err(Error::OtherSecret),
    }
}
