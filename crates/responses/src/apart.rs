//! Stores that lie apart from the answers: invitations, and entries in a draw. Nothing in them leads to a response, and
//! nothing in their files tells in which order they came.

mod draw;
mod invitations;
mod seal;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags};

pub use draw::{Draw, Entrant, EntryKind};
#[cfg(fuzzing)]
pub use invitations::is_invitation_code;
pub use invitations::{InvitationState, Invitations};
pub use seal::{StudyKey, StudySecret};

use crate::{Error, keys, postgres, sql::Sql};

/// One store apart, in a file or a database of its own.
struct Apart {
    place: Place,
}

enum Place {
    File(Mutex<Connection>),
    Database(postgres::Place),
}

/// What a store apart is made of.
struct Plan {
    /// The name of its file.
    file: &'static str,
    /// Marks the file as ours, and as this one.
    application: i32,
    /// The migrations of a file, in their order.
    of_file: &'static [&'static str],
    /// The same of a PostgreSQL database.
    of_database: &'static [&'static str],
    /// The table it has since the first of them.
    table: &'static str,
}

/// A rollback journal that is deleted after each commit, and nothing left of what was deleted: a write-ahead log would
/// keep the order in which people came.
const PRAGMAS: &str = "
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA fullfsync = ON;
";

impl Apart {
    fn open(folder: &Path, plan: &Plan) -> Result<Apart, Error> {
        keys::private_folder(folder)?;
        let path = folder.join(plan.file);
        if !path.exists() {
            keys::private_file(&path).map_err(Error::folder(&path))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let found: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        if found != 0 && found != plan.application {
            return Err(Error::OtherProgram { path });
        }
        connection.execute_batch(PRAGMAS)?;
        migrate_file(&connection, plan, path)?;
        keys::sync_folder(folder).map_err(Error::folder(folder))?;
        Ok(Apart { place: Place::File(Mutex::new(connection)) })
    }

    fn connect(url: &str, plan: &Plan) -> Result<Apart, Error> {
        let place = postgres::Place::of(url)?;
        let connection = place.connect()?;
        let others = ["response", "invitation", "entry"].into_iter().filter(|table| *table != plan.table);
        postgres::refuse_together(&connection, &others.collect::<Vec<_>>())?;
        connection.run("BEGIN; SELECT pg_advisory_xact_lock(1399743604)")?;
        migrate_database(&connection, plan)?;
        connection.run("COMMIT")?;
        place.put_back(connection);
        Ok(Apart { place: Place::Database(place) })
    }

    /// Change something, all or nothing; the disk has it when this returns.
    fn change<T>(&self, change: impl Fn(&dyn Sql) -> Result<T, Error>) -> Result<T, Error> {
        match &self.place {
            Place::File(file) => {
                let file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.execute_batch("BEGIN IMMEDIATE")?;
                let done = change(&*file);
                if let Err(cause) = file.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }) {
                    // What could not be committed must not hold up everybody after it.
                    let _ = file.execute_batch("ROLLBACK");
                    return Err(cause.into());
                }
                // Inside a page rows stand in the order they came, whatever their key: only a rewrite forgets it.
                if done.is_ok() {
                    // It is done either way: where this fails, the next change rewrites the file.
                    let _ = file.execute_batch("VACUUM");
                }
                done
            }
            Place::Database(place) => {
                let connection = place.connect()?;
                connection.run("BEGIN")?;
                let done = change(&connection);
                connection.run(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
                done
            }
        }
    }

    fn look<T>(&self, look: impl Fn(&dyn Sql) -> Result<T, Error>) -> Result<T, Error> {
        match &self.place {
            Place::File(file) => look(&*file.lock().unwrap_or_else(PoisonError::into_inner)),
            Place::Database(place) => look(&place.connect()?),
        }
    }
}

/// Apply the migrations that are missing, all or none; the first marks the file as ours.
fn migrate_file(connection: &Connection, plan: &Plan, path: PathBuf) -> Result<(), Error> {
    let number = |connection: &Connection| -> Result<usize, Error> {
        let number: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(usize::try_from(number).unwrap_or(usize::MAX))
    };
    let known = plan.of_file.len();
    if number(connection)? == known {
        return Ok(());
    }
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // Another process may have been here in between.
    let found = number(connection)?;
    let missing = plan.of_file.get(found..).ok_or(Error::Newer { path, found, known })?;
    let application = plan.application;
    connection.execute_batch(&format!(
        "{} PRAGMA application_id = {application}; PRAGMA user_version = {known}; COMMIT;",
        missing.concat()
    ))?;
    Ok(())
}

/// The same in a database, inside a transaction. The first migration left no number behind.
fn migrate_database(connection: &postgres::Connection, plan: &Plan) -> Result<(), Error> {
    let (table, known) = (plan.table, plan.of_database.len());
    let numbers = format!("schema_version_of_{table}");
    connection.run(&format!("CREATE TABLE IF NOT EXISTS {numbers} (n BIGINT NOT NULL PRIMARY KEY)"))?;
    let mut found = 0;
    let query = format!(
        "SELECT coalesce((SELECT max(n) FROM {numbers}), (SELECT count(*) FROM pg_tables
         WHERE schemaname = 'public' AND tablename = '{table}'))"
    );
    connection.each(&query, &[], &mut |row| {
        found = usize::try_from(row.whole(0)?).unwrap_or(usize::MAX);
        Ok(())
    })?;
    let path = PathBuf::from("the PostgreSQL database");
    let missing = plan.of_database.get(found..).ok_or(Error::Newer { path, found, known })?;
    missing.iter().try_for_each(|each| connection.run(each))?;
    connection.run(&format!("DELETE FROM {numbers}; INSERT INTO {numbers} VALUES ({known})"))
}
