//! Channels and their totals.

use std::collections::BTreeMap;

use super::{Sql, exists, row::damaged};
use crate::{Channel, ChannelKind, Error, Receipt};

/// What is counted of a channel.
#[derive(Clone, Copy)]
pub(crate) enum Counted {
    Opened,
    Declined,
    Begun,
    Finished,
}

impl Counted {
    fn code(self) -> &'static str {
        match self {
            Counted::Opened => "opened",
            Counted::Declined => "declined",
            Counted::Begun => "begun",
            Counted::Finished => "finished",
        }
    }
}

/// Make a channel, or give one that is there its words and open it again.
pub(crate) fn open(
    sql: &dyn Sql,
    survey: &str,
    code: &str,
    words: &str,
    kind: ChannelKind,
) -> Result<Receipt, Error> {
    sql.execute(
        "INSERT INTO channel (survey, code, words, kind, revoked) VALUES (?1, ?2, ?3, ?4, 0)
         ON CONFLICT (survey, code) DO UPDATE SET words = excluded.words, kind = excluded.kind, revoked = 0",
        &[survey.into(), code.into(), words.into(), kind.code().into()],
    )?;
    Ok(Receipt::ChannelChanged { found: true })
}

/// Have a link count no more.
pub(crate) fn revoke(sql: &dyn Sql, survey: &str, code: &str) -> Result<Receipt, Error> {
    let statement = "UPDATE channel SET revoked = 1 WHERE survey = ?1 AND code = ?2";
    let found = sql.execute(statement, &[survey.into(), code.into()])? > 0;
    Ok(Receipt::ChannelChanged { found })
}

/// The channel of this code, if it is one and counts.
pub(crate) fn open_one<'c>(
    sql: &dyn Sql,
    survey: &str,
    code: Option<&'c str>,
) -> Result<Option<&'c str>, Error> {
    let Some(code) = code else { return Ok(None) };
    let query = "SELECT 1 FROM channel WHERE survey = ?1 AND code = ?2 AND revoked = 0";
    Ok(exists(sql, query, &[survey.into(), code.into()])?.then_some(code))
}

/// Add to a total of a channel that is open.
pub(crate) fn count(
    sql: &dyn Sql,
    survey: &str,
    channel: Option<&str>,
    what: Counted,
    n: u32,
) -> Result<(), Error> {
    let Some(channel) = channel else { return Ok(()) };
    sql.execute(
        "INSERT INTO channel_tally (survey, channel, event, n) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (survey, channel, event) DO UPDATE SET n = channel_tally.n + excluded.n",
        &[survey.into(), channel.into(), what.code().into(), n.into()],
    )?;
    Ok(())
}

/// Every channel of a survey, with its totals.
pub(crate) fn all(sql: &dyn Sql, survey: &str) -> Result<Vec<Channel>, Error> {
    let mut totals: BTreeMap<(String, String), u64> = BTreeMap::new();
    let query = "SELECT channel, event, n FROM channel_tally WHERE survey = ?1";
    sql.each(query, &[survey.into()], &mut |row| {
        let key = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
        totals.insert(key, row.whole(2)?.unsigned_abs());
        Ok(())
    })?;
    let mut channels = Vec::new();
    let query = "SELECT code, words, kind, revoked FROM channel WHERE survey = ?1 ORDER BY words, code";
    sql.each(query, &[survey.into()], &mut |row| {
        let code = row.text(0)?.to_owned();
        let total =
            |what: Counted| totals.get(&(code.clone(), what.code().to_owned())).copied().unwrap_or_default();
        let kind = row.text(2)?;
        channels.push(Channel {
            words: row.text(1)?.to_owned(),
            kind: ChannelKind::of_code(kind).ok_or_else(|| damaged("a kind of channel", kind))?,
            revoked: row.whole(3)? != 0,
            opened: total(Counted::Opened),
            declined: total(Counted::Declined),
            begun: total(Counted::Begun),
            finished: total(Counted::Finished),
            code,
        });
        Ok(())
    })?;
    Ok(channels)
}
