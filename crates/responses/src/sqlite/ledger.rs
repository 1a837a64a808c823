//! The writing connection: a transaction for a batch, a savepoint for each job.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use super::{database, migrate};
use crate::{Error, Job, Keys, Receipt, keys, sql, writer};

/// The connection that writes, owned by the writer's thread.
pub(crate) struct Ledger {
    connection: Connection,
    keys: Keys,
    traces: Traces,
    /// Whether words were sealed since the last rewrite, so that they may still stand readable in unused parts of pages.
    unsealed: bool,
}

/// Where text that was erased may still stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Traces {
    Nowhere,
    /// In the write-ahead log only.
    Log,
    /// In unused parts of pages: the database zeroes what it deletes, but not what it left behind earlier when it
    /// moved rows from page to page.
    Pages,
}

/// So long a withdrawal waits for readers before it leaves emptying the log to the next commit.
const PATIENCE: Duration = Duration::from_millis(100);

/// So long everything else waits for another process.
const TIMEOUT: Duration = Duration::from_secs(5);

const PRAGMAS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
";

impl writer::Ledger for Ledger {
    /// Write a batch of jobs in one transaction. When this returns, the disk has every job that has a receipt.
    fn record(&mut self, jobs: &[Job]) -> Vec<Result<Receipt, Error>> {
        self.commit(jobs).unwrap_or_else(|error| {
            // Fails only where the database has rolled back by itself.
            let _ = self.run("ROLLBACK");
            jobs.iter().map(|_| Err(error.clone())).collect()
        })
    }

    fn close(mut self: Box<Self>) -> Result<(), Error> {
        if self.unsealed {
            self.traces = Traces::Pages;
        }
        self.clear_traces();
        self.empty_log(TIMEOUT)?;
        self.connection.close().map_err(|(_, cause)| Error::from(cause))
    }
}

impl Ledger {
    pub(crate) fn open(folder: &Path, keys: Keys) -> Result<Ledger, Error> {
        let path = database(folder);
        if !path.exists() {
            // The log and the index of it inherit the permissions of the database.
            keys::private_file(&path).map_err(Error::folder(&path))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrate::check(&connection, &path)?;
        let journal: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if journal != "wal" {
            return Err(Error::NoLog { path, journal });
        }
        connection.execute_batch(PRAGMAS)?;
        migrate::migrate(&mut connection)?;
        keys::sync_folder(folder).map_err(Error::folder(folder))?;
        Ok(Ledger { connection, keys, traces: Traces::Nowhere, unsealed: false })
    }

    fn commit(&mut self, jobs: &[Job]) -> Result<Vec<Result<Receipt, Error>>, Error> {
        if jobs.is_empty() {
            return Ok(Vec::new());
        }
        self.run("BEGIN IMMEDIATE")?;
        let receipts = jobs.iter().map(|job| self.attempt(job)).collect::<Result<Vec<_>, Error>>()?;
        self.run("COMMIT")?;
        let seals = self.keys.seals().is_some();
        self.unsealed |=
            seals && receipts.iter().flatten().any(|receipt| matches!(receipt, Receipt::Finished { .. }));
        // A rewrite at every finish would make everybody wait: what was sealed is cleared with what runs out, each hour.
        let hourly = self.unsealed
            && receipts.iter().flatten().any(|receipt| matches!(receipt, Receipt::Expired { .. }));
        if hourly || receipts.iter().flatten().any(erases) {
            (self.traces, self.unsealed) = (Traces::Pages, false);
        }
        self.clear_traces();
        Ok(receipts)
    }

    /// One job, which fails alone: the outer error is for the whole batch.
    fn attempt(&self, job: &Job) -> Result<Result<Receipt, Error>, Error> {
        self.run("SAVEPOINT job")?;
        match sql::write(&self.connection, &self.keys, job) {
            Ok(receipt) => {
                self.run("RELEASE job")?;
                Ok(Ok(receipt))
            }
            // A full or broken disk rolls the whole transaction back, and with it the jobs before this one.
            Err(error) if self.connection.is_autocommit() => Err(error),
            Err(error) => {
                self.run("ROLLBACK TO job")?;
                self.run("RELEASE job")?;
                Ok(Err(error))
            }
        }
    }

    fn run(&self, sql: &str) -> Result<(), Error> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Rewrite the database without what was erased, then fold the log into it and empty it. What a reader or a full
    /// disk prevents now, the next commit tries again; the withdrawal itself stands either way.
    fn clear_traces(&mut self) {
        if self.traces == Traces::Pages && self.run("VACUUM").is_ok() {
            self.traces = Traces::Log;
        }
        if self.traces == Traces::Log && self.empty_log(PATIENCE).is_ok_and(|empty| empty) {
            self.traces = Traces::Nowhere;
        }
    }

    /// Whether the log could be emptied, or a reader still needed it.
    fn empty_log(&self, patience: Duration) -> Result<bool, Error> {
        self.connection.busy_timeout(patience)?;
        let busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        self.connection.busy_timeout(TIMEOUT)?;
        Ok(!busy?)
    }
}

fn erases(receipt: &Receipt) -> bool {
    match receipt {
        Receipt::Withdrawn { repeated } | Receipt::ScreenedOut { repeated } => !repeated,
        Receipt::Expired { abandoned, unfinished } => abandoned + unfinished > 0,
        Receipt::Rewritten | Receipt::Anonymized { .. } => true,
        _ => false,
    }
}
