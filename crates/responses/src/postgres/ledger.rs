//! Writing: each job a transaction of its own, on a few connections whose commits the database syncs together.

use postgres::error::SqlState;

use super::{connection::Connection, place::Place};
use crate::{Error, Job, Keys, Receipt, sql, writer};

/// So many connections write.
const WRITERS: usize = 16;

/// So often a job is tried again that met another process at the same row.
const TRIES: usize = 6;

struct Ledger {
    place: Place,
    keys: Keys,
    connection: Option<Connection>,
}

/// The ledgers of the threads that write.
pub(crate) fn ledgers(place: &Place, keys: &Keys) -> Result<Vec<Box<dyn writer::Ledger>>, Error> {
    let ledger = |_| -> Result<Box<dyn writer::Ledger>, Error> {
        let connection = Some(place.connect()?);
        Ok(Box::new(Ledger { place: place.again(), keys: keys.clone(), connection }))
    };
    (0..WRITERS).map(ledger).collect()
}

impl writer::Ledger for Ledger {
    fn record(&mut self, jobs: &[Job]) -> Vec<Result<Receipt, Error>> {
        jobs.iter().map(|job| self.write(job)).collect()
    }

    fn close(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}

impl Ledger {
    /// One job, which is repeated when another process was at the same row first.
    fn write(&mut self, job: &Job) -> Result<Receipt, Error> {
        let mut outcome = self.attempt(job);
        for _ in 1..TRIES {
            match &outcome {
                Err(error) if met_another(error) => outcome = self.attempt(job),
                _ => break,
            }
        }
        outcome
    }

    fn attempt(&mut self, job: &Job) -> Result<Receipt, Error> {
        let connection = match self.connection.take().filter(|connection| !connection.is_closed()) {
            Some(connection) => connection,
            None => self.place.connect()?,
        };
        connection.run("BEGIN")?;
        let outcome = sql::write(&connection, &self.keys, job);
        match &outcome {
            // A failed commit leaves the connection behind: whether it came through is asked by sending it again.
            Ok(_) => connection.run("COMMIT")?,
            Err(_) => connection.run("ROLLBACK")?,
        }
        self.connection = Some(connection);
        outcome
    }
}

/// Whether a job failed only because another one changed the same row at the same moment.
fn met_another(error: &Error) -> bool {
    let Error::Database { cause } = error else { return false };
    let code = cause.downcast_ref::<postgres::Error>().and_then(postgres::Error::code);
    let passing =
        [SqlState::UNIQUE_VIOLATION, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
    code.is_some_and(|code| passing.contains(code))
}
