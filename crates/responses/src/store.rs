//! The door to what people said; which database stands behind it is nobody else's affair.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, OnceLock, mpsc},
};

use survey::{Date, Fingerprint};

use crate::{
    Channel, Error, Held, Job, Keys, Number, Published, Queued, Receipt, Response, ResponseId, State,
    StudyKey, StudySecret, Tally, backup, keys, postgres,
    sql::{Sql, channel, read, signal},
    sqlite::{self, database},
    traces,
    withdrawals::Withdrawals,
    writer::Writer,
};

/// A data folder with what people said. Clones share one writer and one queue.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    keys: Keys,
    readers: Box<dyn Reading>,
    writer: Option<Writer>,
    /// Where withdrawals are remembered outside the store.
    withdrawals: OnceLock<Withdrawals>,
}

/// What was done so that no number leads to a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anonymized {
    /// Responses that stay, without a number.
    pub responses: usize,
    /// Files that were searched for what led to them.
    pub files: usize,
    /// Secrets and hashes that were searched for, and not found.
    pub searched_for: usize,
}

/// Where is read.
pub(crate) trait Reading: Send + Sync {
    /// Look on one snapshot: what is committed meanwhile is not seen.
    fn read(&self, look: &mut dyn FnMut(&dyn Sql) -> Result<(), Error>) -> Result<(), Error>;
}

/// So many jobs share one commit of SQLite at most.
const TOGETHER: usize = 256;

impl Store {
    /// Open the store in a folder, making folder, secret and database where there are none.
    ///
    /// # Errors
    /// If the folder cannot be used, the secret is missing or open to others, or the database is another program's,
    /// newer than this program, or on a file system that keeps no write-ahead log.
    pub fn open(folder: &Path) -> Result<Store, Error> {
        keys::private_folder(folder)?;
        let keys = Keys::open(folder, database(folder).exists())?;
        let ledger = sqlite::Ledger::open(folder, keys.clone())?;
        let readers = Box::new(sqlite::Readers::open(folder)?);
        let writer = Writer::start(vec![Box::new(ledger)], TOGETHER);
        Ok(Store {
            inner: Arc::new(Inner { keys, readers, writer: Some(writer), withdrawals: OnceLock::new() }),
        })
    }

    /// Open the store in a PostgreSQL database, making its tables where there are none; several processes may share it.
    ///
    /// `url` is a `postgres://` address. The secret lies in `<folder>/keys/secret`, and must be the same for every
    /// process: where there is none yet it is drawn, unless the database already knows one.
    ///
    /// # Errors
    /// If the database cannot be reached, does not promise durability, has a newer schema, or knows another secret.
    pub fn connect(url: &str, folder: &Path) -> Result<Store, Error> {
        let (keys, place) = postgres::open(url, folder)?;
        let writer = Writer::start(postgres::ledgers(&place, &keys)?, 1);
        Ok(Store {
            inner: Arc::new(Inner {
                keys,
                readers: Box::new(place),
                writer: Some(writer),
                withdrawals: OnceLock::new(),
            }),
        })
    }

    /// The same to read only, where the tables are there already.
    ///
    /// # Errors
    /// As [`Store::connect`]; and if there is no store in the database, or one that must be brought up to date first.
    pub fn connect_to_read(url: &str, folder: &Path) -> Result<Store, Error> {
        let (keys, place) = postgres::open_to_read(url, folder)?;
        Ok(Store {
            inner: Arc::new(Inner {
                keys,
                readers: Box::new(place),
                writer: None,
                withdrawals: OnceLock::new(),
            }),
        })
    }

    pub(crate) fn read<T>(&self, mut look: impl FnMut(&dyn Sql) -> Result<T, Error>) -> Result<T, Error> {
        let mut seen = None;
        self.inner.readers.read(&mut |sql| {
            seen = Some(look(sql)?);
            Ok(())
        })?;
        seen.ok_or(Error::Closed)
    }

    /// Open a store that is there already, to read only, beside a server that may be writing to it.
    ///
    /// # Errors
    /// As [`Store::open`]; and if there is no store in the folder, or one that must be brought up to date first.
    pub fn open_to_read(folder: &Path) -> Result<Store, Error> {
        if !database(folder).exists() {
            return Err(Error::NoStore { path: folder.to_owned() });
        }
        let keys = Keys::open(folder, true)?;
        let readers = Box::new(sqlite::Readers::open(folder)?);
        Ok(Store { inner: Arc::new(Inner { keys, readers, writer: None, withdrawals: OnceLock::new() }) })
    }

    /// Seal what people write in their own words to the key of the study, from now on and when they finish: until then
    /// they may go back to it.
    pub fn seal_words(&self, key: StudyKey) {
        self.inner.keys.seal_to(key);
    }

    /// Open sealed words with the secret of the study. Without it they are read as [`SEALED`](crate::SEALED).
    pub fn open_words(&self, secret: StudySecret) {
        self.inner.keys.open_with(secret);
    }

    /// Remember every withdrawal from now on in a file outside the store, so that a store restored from an older backup
    /// erases the same again ([`Store::restore`]). The first file that is named stays.
    pub fn remember_withdrawals(&self, path: &Path) {
        let _ = self.inner.withdrawals.set(Withdrawals::at(path));
    }

    /// The secret of this data folder.
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// Keep a definition that goes to the field; publishing it again changes nothing.
    ///
    /// `label` is its wave and edition as people read it, `compiled` its canonical JSON.
    ///
    /// # Errors
    /// If `compiled` does not hash to `fingerprint`, and as [`Store::record`].
    pub fn publish(
        &self,
        survey: &str,
        label: &str,
        fingerprint: Fingerprint,
        compiled: &str,
        today: Date,
    ) -> Result<Fingerprint, Error> {
        let (survey, label, compiled) = (survey.to_owned(), label.to_owned(), compiled.to_owned());
        self.record(Job::Publish { survey, label, fingerprint, compiled, today })?;
        Ok(fingerprint)
    }

    /// Hand a job to the writer. `reply` is called once, on the writer's thread and only after the commit that holds
    /// the job was synced to the disk; or at once with [`Error::Busy`] or [`Error::Closed`]. It should be brief: the
    /// next commit waits for it. If the writer dies, `reply` is dropped without being called.
    pub fn submit(&self, job: Job, reply: impl FnOnce(Result<Receipt, Error>) + Send + 'static) {
        let remember = match (&job, self.inner.withdrawals.get()) {
            (Job::Withdraw { response, .. }, Some(list)) => {
                Some((list.clone(), backup::withdrawal_key(&self.inner.keys, response)))
            }
            _ => None,
        };
        let reply = move |receipt: Result<Receipt, Error>| match remember {
            // The list is told of every withdrawal that stands, also of one whose first telling was cut off.
            Some((list, key)) => reply(receipt.and_then(|receipt| list.add(&key).map(|()| receipt))),
            None => reply(receipt),
        };
        match &self.inner.writer {
            Some(writer) => writer.submit(job, Box::new(reply)),
            None => reply(Err(Error::ReadOnly)),
        }
    }

    /// Write a job and wait until the disk has it.
    ///
    /// # Errors
    /// If the job cannot be done in the state things are in, the queue is full, or the commit failed; then nothing
    /// of it was written.
    pub fn record(&self, job: Job) -> Result<Receipt, Error> {
        let (send, receive) = mpsc::sync_channel(1);
        self.submit(job, move |receipt| {
            // Nobody waits any more if the caller's thread is gone; what was written stays written.
            let _ = send.send(receipt);
        });
        receive.recv().unwrap_or(Err(Error::Closed))
    }

    /// A response as far as it has come.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn held(&self, id: &ResponseId) -> Result<Option<Held>, Error> {
        self.read(|sql| read::held(sql, &self.inner.keys, id))
    }

    /// The definition a response answers.
    ///
    /// # Errors
    /// If the database fails.
    pub fn version_of(&self, id: &ResponseId) -> Result<Option<Fingerprint>, Error> {
        self.read(|sql| read::version_of(sql, id))
    }

    /// The response that this copy of the first page began, if it did.
    ///
    /// # Errors
    /// If the database fails.
    pub fn begun(&self, survey: &str, nonce: &[u8; 16]) -> Result<Option<ResponseId>, Error> {
        self.read(|sql| read::begun(sql, &self.inner.keys, survey, nonce))
    }

    /// The response a person's number leads to, withdrawn ones included.
    ///
    /// # Errors
    /// If the database fails.
    pub fn find(&self, number: &Number) -> Result<Option<(ResponseId, State)>, Error> {
        self.read(|sql| read::find(sql, &self.inner.keys, number))
    }

    /// The number of a response.
    pub fn number(&self, id: &ResponseId) -> Number {
        self.inner.keys.number(id)
    }

    /// A definition that went to the field.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn published(&self, fingerprint: &Fingerprint) -> Result<Option<Published>, Error> {
        self.read(|sql| read::published(sql, fingerprint))
    }

    /// Every definition of a survey that went to the field.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn versions(&self, survey: &str) -> Result<BTreeMap<Fingerprint, Published>, Error> {
        self.read(|sql| read::versions(sql, survey))
    }

    /// The names of the surveys that were published here.
    ///
    /// # Errors
    /// If the database fails.
    pub fn surveys(&self) -> Result<BTreeSet<String>, Error> {
        self.read(read::surveys)
    }

    /// The channels of a survey with their totals, in the order of their words.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn channels(&self, survey: &str) -> Result<Vec<Channel>, Error> {
        self.read(|sql| channel::all(sql, survey))
    }

    /// Every response to a survey but the withdrawn ones, ordered by what they say: never by id or arrival, so that
    /// two stores holding the same answers give the same list.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn responses(&self, survey: &str) -> Result<Vec<Response>, Error> {
        let mut responses = self.read(|sql| read::responses(sql, &self.inner.keys, survey))?;
        responses.sort_by_cached_key(Response::content);
        Ok(responses)
    }

    /// What waits for a person's eyes or was decided about, with the reasons.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn queue(&self, survey: &str) -> Result<Vec<Queued>, Error> {
        self.read(|sql| signal::queue(sql, survey))
    }

    /// The totals of a survey.
    ///
    /// # Errors
    /// If the database fails or holds something unreadable.
    pub fn tally(&self, survey: &str) -> Result<Tally, Error> {
        self.read(|sql| read::tally(sql, survey))
    }

    /// After the last day to take answers back: destroy the secret, and all that leads by it from a number to a response.
    ///
    /// The answers stay. Then every file of the folder is searched for the old secret and for the hashes made with it;
    /// a PostgreSQL database puts its tables into new files, and its log and its backups are its operator's to destroy.
    /// Nothing else may have the store open.
    ///
    /// # Errors
    /// If the store fails, or something was found.
    pub fn anonymize(folder: &Path, url: Option<&str>) -> Result<Anonymized, Error> {
        let store = match url {
            Some(url) => Store::connect(url, folder)?,
            None => Store::open(folder)?,
        };
        let mut old = vec![store.keys().secret().to_vec()];
        store.read(|sql| {
            sql.each("SELECT code_key, begin_key FROM response", &[], &mut |row| {
                old.extend([row.bytes(0)?.to_vec(), row.bytes(1)?.to_vec()]);
                Ok(())
            })
        })?;
        let Receipt::Anonymized { responses } = store.record(Job::Anonymize)? else {
            return Err(Error::Closed);
        };
        store.record(Job::Rewrite)?;
        store.close()?;
        Keys::replace(folder)?;
        let files = traces::search(folder, &old)?;
        Ok(Anonymized { responses, files, searched_for: old.len() })
    }

    /// Whether any response can be found by its number; not once they were destroyed ([`Store::anonymize`]).
    ///
    /// # Errors
    /// If the database fails.
    pub fn numbers_lead_somewhere(&self) -> Result<bool, Error> {
        let keys = &self.inner.keys;
        self.read(|sql| {
            let mut ids = Vec::new();
            sql.each("SELECT id FROM response LIMIT 20", &[], &mut |row| {
                ids.push(ResponseId(row.key(0)?));
                Ok(())
            })?;
            let found = ids.iter().map(|id| read::find(sql, keys, &keys.number(id)));
            Ok(found.collect::<Result<Vec<_>, Error>>()?.into_iter().any(|found| found.is_some()))
        })
    }

    /// Write what waits, fold the log into the database, and stop. Other clones then answer [`Error::Closed`].
    /// Dropping the last clone does the same and keeps quiet about failures.
    ///
    /// # Errors
    /// If the database fails while closing; acknowledged jobs are safe all the same.
    pub fn close(self) -> Result<(), Error> {
        self.inner.writer.as_ref().map_or(Ok(()), Writer::close)
    }
}
