//! One page sent: recorded, recognised as a repetition, or refused as stale.

use survey::{Date, Language};

use super::{
    Sql, Value,
    answers::{self, Under},
    first, row, signal,
};
use crate::{Band, Error, Event, Keys, Receipt, Recorded, ResponseId, Signal, Weights};

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
    pub(crate) seconds: Option<Band>,
    pub(crate) signals: &'j [Signal],
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
pub(crate) fn record(sql: &dyn Sql, keys: &Keys, sent: &Sent<'_>, today: Date) -> Result<Receipt, Error> {
    let response = row::to_change(sql, sent.response)?.ok_or(Error::UnknownResponse)?;
    let nonce_key = keys.mac("nonce", &[&sent.response.0, sent.nonce]);
    let body_key = keys.mac("body", &[&sent.response.0, sent.body]);
    let page = standing(sql, sent)?;
    let receipt = receipt(sql, sent, &nonce_key, &body_key)?;
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
        response.count(sql, Event::Saved, today)?;
    }
    sql.execute(
        "UPDATE response SET state = ?2, language = ?3 WHERE id = ?1",
        &[(&sent.response.0).into(), state.code().into(), sent.language.tag().into()],
    )?;
    write(sql, keys, sent, revision + 1, (&nonce_key, &body_key))?;
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

fn standing(sql: &dyn Sql, sent: &Sent<'_>) -> Result<Option<Standing>, Error> {
    let query = "SELECT revision, nonce_key FROM page WHERE response = ?1 AND page = ?2";
    let row = first(sql, query, &[(&sent.response.0).into(), sent.page.into()])?;
    row.map(|row| Ok(Standing { revision: row.revision(0)?, nonce_key: row.key(1)? })).transpose()
}

fn receipt(
    sql: &dyn Sql,
    sent: &Sent<'_>,
    nonce_key: &[u8; 32],
    body_key: &[u8; 32],
) -> Result<Option<u32>, Error> {
    let row = first(
        sql,
        "SELECT revision FROM receipt WHERE response = ?1 AND page = ?2 AND nonce_key = ?3 AND body_key = ?4",
        &[(&sent.response.0).into(), sent.page.into(), nonce_key.into(), body_key.into()],
    )?;
    row.map(|row| row.revision(0)).transpose()
}

fn write(
    sql: &dyn Sql,
    keys: &Keys,
    sent: &Sent<'_>,
    revision: u32,
    (nonce_key, body_key): (&[u8; 32], &[u8; 32]),
) -> Result<(), Error> {
    answers::record(sql, sent.response, sent.given, sent.language, Under::Secret(keys))?;
    let id = &sent.response.0;
    let draft = sent.draft.map(|draft| row::hidden(keys, draft)).transpose()?;
    sql.execute(
        "INSERT INTO page (response, page, revision, nonce_key, draft, language, seconds)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (response, page) DO UPDATE SET revision = excluded.revision,
           nonce_key = excluded.nonce_key, draft = excluded.draft, language = excluded.language,
           seconds = CASE WHEN page.seconds >= excluded.seconds OR excluded.seconds IS NULL
             THEN page.seconds ELSE excluded.seconds END",
        &[
            id.into(),
            sent.page.into(),
            revision.into(),
            nonce_key.into(),
            draft.as_deref().into(),
            sent.language.tag().into(),
            // Who comes back to a page reads it faster: the longest look counts.
            sent.seconds.map_or(Value::Null, |band| band.number().into()),
        ],
    )?;
    signal::write(sql, sent.response, sent.signals, &Weights::default())?;
    sql.execute(
        "INSERT INTO receipt (response, page, nonce_key, body_key, revision) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (response, page, nonce_key, body_key) DO UPDATE SET revision = excluded.revision",
        &[id.into(), sent.page.into(), nonce_key.into(), body_key.into(), revision.into()],
    )?;
    Ok(())
}
