//! The SQL of the workspace: statements that SQLite and PostgreSQL read alike, over a narrow door.
//!
//! Parameters are written `?1`, `?2`; every table has its key, so that an upsert names it; nothing relies on types
//! beyond text, bytes and whole numbers.

mod anonymize;
mod answers;
mod begin;
pub(crate) mod channel;
mod door;
mod expire;
mod finish;
mod page;
pub(crate) mod read;
mod row;
pub(crate) mod signal;

use crate::{Error, Job, Keys, Receipt, backup};
pub use answers::SEALED;
use begin::Visitor;
use channel::Counted;
pub(crate) use door::Sql;
use page::Sent;

/// One parameter of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'v> {
    Text(&'v str),
    Bytes(&'v [u8]),
    Whole(i64),
    Null,
}

/// One row of what was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row(pub(crate) Vec<Cell>);

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Bytes(Vec<u8>),
    Whole(i64),
    Null,
}

/// The first row, if there is one.
fn first(sql: &dyn Sql, query: &str, with: &[Value<'_>]) -> Result<Option<Row>, Error> {
    let mut found = None;
    sql.each(query, with, &mut |row| {
        found.get_or_insert_with(|| row.clone());
        Ok(())
    })?;
    Ok(found)
}

/// Whether there is any row.
fn exists(sql: &dyn Sql, query: &str, with: &[Value<'_>]) -> Result<bool, Error> {
    first(sql, query, with).map(|row| row.is_some())
}

/// Do one job.
pub(crate) fn write(sql: &dyn Sql, keys: &Keys, job: &Job) -> Result<Receipt, Error> {
    match job {
        Job::Publish { survey, label, fingerprint, compiled, today } => {
            begin::publish(sql, (survey, label), *fingerprint, compiled, *today)
        }
        Job::Begin { survey, version, form, nonce, language, mode, channel, answers, today } => {
            let visitor = Visitor { survey, language, mode: *mode, nonce, channel: channel.as_deref() };
            begin::begin(sql, keys, &visitor, (version, form), answers, *today)
        }
        Job::Decline { survey, language, mode, channel, nonce, today } => {
            let visitor = Visitor { survey, language, mode: *mode, nonce, channel: channel.as_deref() };
            begin::decline(sql, keys, &visitor, *today)
        }
        Job::Page { response, page, nonce, body, seen, given, draft, language, seconds, signals, today } => {
            let (draft, seen, seconds) = (draft.as_deref(), *seen, *seconds);
            let sent = Sent { response, page, nonce, body, seen, given, draft, language, seconds, signals };
            page::record(sql, keys, &sent, *today)
        }
        Job::Finish { response, settled, evidence, today } => {
            finish::finish(sql, keys, response, (settled, evidence), *today)
        }
        Job::ScreenOut { response, today } => finish::screen_out(sql, response, *today),
        Job::OpenChannel { survey, code, words, kind } => channel::open(sql, survey, code, words, *kind),
        Job::RevokeChannel { survey, code } => channel::revoke(sql, survey, code),
        Job::RecallChannel { survey, code, today } => signal::recall_channel(sql, survey, code, *today),
        Job::Decide { response, verdict } => signal::decide(sql, response, verdict),
        Job::Opened { survey, channel: code, n } => {
            let open = channel::open_one(sql, survey, Some(code))?;
            channel::count(sql, survey, open, Counted::Opened, *n).map(|()| Receipt::Counted)
        }
        Job::Expire { survey, today } => expire::expire(sql, keys, survey, *today),
        Job::Rewrite => sql.rewrite(&backup::tables()).map(|()| Receipt::Rewritten),
        Job::Anonymize => anonymize::anonymize(sql, keys),
        Job::Canary => sql.canary().map(|()| Receipt::Alive),
        Job::Load { rows } => backup::load(sql, rows).map(|()| Receipt::Loaded),
        Job::Withdraw { response, today } => finish::withdraw(sql, response, *today),
    }
}

impl Row {
    fn cell(&self, at: usize) -> Result<&Cell, Error> {
        self.0.get(at).ok_or_else(|| row::damaged("a row", &format!("no column {at}")))
    }

    fn wrong<T>(&self, at: usize, wanted: &'static str) -> Result<T, Error> {
        Err(row::damaged(wanted, &format!("column {at}")))
    }

    pub(crate) fn text(&self, at: usize) -> Result<&str, Error> {
        match self.cell(at)? {
            Cell::Text(text) => Ok(text),
            _ => self.wrong(at, "text"),
        }
    }

    pub(crate) fn maybe_text(&self, at: usize) -> Result<Option<&str>, Error> {
        match self.cell(at)? {
            Cell::Null => Ok(None),
            _ => self.text(at).map(Some),
        }
    }

    pub(crate) fn bytes(&self, at: usize) -> Result<&[u8], Error> {
        match self.cell(at)? {
            Cell::Bytes(bytes) => Ok(bytes),
            _ => self.wrong(at, "bytes"),
        }
    }

    /// Bytes of which there are exactly `N`.
    pub(crate) fn key<const N: usize>(&self, at: usize) -> Result<[u8; N], Error> {
        self.bytes(at)?.try_into().or_else(|_| self.wrong(at, "a key"))
    }

    pub(crate) fn whole(&self, at: usize) -> Result<i64, Error> {
        match self.cell(at)? {
            Cell::Whole(number) => Ok(*number),
            _ => self.wrong(at, "a whole number"),
        }
    }

    pub(crate) fn revision(&self, at: usize) -> Result<u32, Error> {
        u32::try_from(self.whole(at)?).or_else(|_| self.wrong(at, "a revision"))
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Value<'v> {
        Value::Text(text)
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(text: Option<&'v str>) -> Value<'v> {
        text.map_or(Value::Null, Value::Text)
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    fn from(bytes: &'v [u8]) -> Value<'v> {
        Value::Bytes(bytes)
    }
}

impl<'v, const N: usize> From<&'v [u8; N]> for Value<'v> {
    fn from(bytes: &'v [u8; N]) -> Value<'v> {
        Value::Bytes(bytes)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Whole(number.into())
    }
}
