//! One page sent: recorded, recognised as a repetition, or refused as stale.

use rusqlite::{Connection, OptionalExtension, params};
use survey::{Date, Language};

use super::{answers, row};
use crate::{Error, Event, Keys, Receipt, Recorded, ResponseId};

/// A page as it was sent.
pub(crate) struct Sent<'j> {
    pub(crate) response: &'j ResponseId,
    pub(crate) page: &'j str,
    pub(crate) nonce: &'j [u8; 16],
    pub(crate) body: &'j [u8; 32],
    pub(crate) seen: u32,
    pub(crate) given: &'j [Recorded],
    pub(crate) draft: Option<&'j str>,
    pub(crate) language: &'j Language,
}

/// What stands on a page: its revision, and which rendering of it wrote that.
struct Standing {
    revision: u32,
    nonce_key: [u8; 32],
}

/// What is to be done with a page that was sent.
enum Verdict {
    Write,
    Repeat(u32),
    Refuse,
}

/// Record a page.
pub(crate) fn record(
    connection: &Connection,
    keys: &Keys,
    sent: &Sent<'_>,
    today: Date,
) -> Result<Receipt, Error> {
    let response = row::standing(connection, sent.response)?.ok_or(Error::UnknownResponse)?;
    let nonce_key = keys.mac("nonce", &[&sent.response.0, sent.nonce]);
    let body_key = keys.mac("body", &[&sent.response.0, sent.body]);
    let page = standing(connection, sent)?;
    let receipt = receipt(connection, sent, &nonce_key, &body_key)?;
    let revision = page.as_ref().map_or(0, |page| page.revision);
    match judge(page.as_ref(), receipt, sent.seen, &nonce_key) {
        Verdict::Repeat(revision) => return Ok(Receipt::Saved { revision, repeated: true }),
        Verdict::Refuse => {
            response.after(Event::Saved)?;
            return Ok(Receipt::Stale { revision });
        }
        Verdict::Write => {}
    }
    let state = response.after(Event::Saved)?;
    if state != response.state {
        response.count(connection, Event::Saved, today)?;
    }
    let mut statement =
        connection.prepare_cached("UPDATE response SET state = ?2, language = ?3 WHERE id = ?1")?;
    statement.execute(params![sent.response.0, state.code(), sent.language.tag()])?;
    write(connection, sent, revision + 1, &nonce_key, &body_key)?;
    Ok(Receipt::Saved { revision: revision + 1, repeated: false })
}

/// Decide by what stands and by what was acknowledged before.
///
/// The same bytes again are a repetition as long as they are what stands, or once another rendering wrote after them.
/// In between, the same rendering sent other bytes and now these again: a person who changed her mind twice.
fn judge(page: Option<&Standing>, receipt: Option<u32>, seen: u32, nonce_key: &[u8; 32]) -> Verdict {
    let Some(page) = page else { return if seen == 0 { Verdict::Write } else { Verdict::Refuse } };
    let same_rendering = page.nonce_key == *nonce_key;
    match receipt {
        Some(revision) if revision == page.revision || !same_rendering => Verdict::Repeat(revision),
        _ if same_rendering || seen == page.revision => Verdict::Write,
        _ => Verdict::Refuse,
    }
}

fn standing(connection: &Connection, sent: &Sent<'_>) -> Result<Option<Standing>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT revision, nonce_key FROM page WHERE response = ?1 AND page = ?2")?;
    let row = statement.query_row(params![sent.response.0, sent.page], |row| {
        Ok(Standing { revision: row.get(0)?, nonce_key: row.get(1)? })
    });
    Ok(row.optional()?)
}

fn receipt(
    connection: &Connection,
    sent: &Sent<'_>,
    nonce_key: &[u8; 32],
    body_key: &[u8; 32],
) -> Result<Option<u32>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT revision FROM receipt WHERE response = ?1 AND page = ?2 AND nonce_key = ?3 AND body_key = ?4",
    )?;
    let key = params![sent.response.0, sent.page, nonce_key, body_key];
    Ok(statement.query_row(key, |row| row.get(0)).optional()?)
}

fn write(
    connection: &Connection,
    sent: &Sent<'_>,
    revision: u32,
    nonce_key: &[u8; 32],
    body_key: &[u8; 32],
) -> Result<(), Error> {
    for recorded in sent.given {
        answers::record(connection, sent.response, recorded, sent.language)?;
    }
    let id = sent.response.0;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO page (response, page, revision, nonce_key, draft, language)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, sent.page, revision, nonce_key, sent.draft, sent.language.tag()])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO receipt (response, page, nonce_key, body_key, revision)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id, sent.page, nonce_key, body_key, revision])?;
    Ok(())
}
