//! What is read: one response, all of them, a definition, the totals.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use survey::{Fingerprint, FormId, Language};

use super::{answers, readers::Readers, row};
use crate::{Draft, Error, Held, Keys, Mode, Number, Published, Response, ResponseId, State, Tally};

impl Readers {
    pub(crate) fn held(&self, id: &ResponseId) -> Result<Option<Held>, Error> {
        self.read(|connection| {
            let Some(response) = row::standing(connection, id)? else { return Ok(None) };
            Ok(Some(Held {
                state: response.state,
                version: response.version,
                form: response.form,
                mode: response.mode,
                language: response.language,
                answers: answers::of_response(connection, id)?,
                drafts: drafts(connection, id)?,
            }))
        })
    }

    pub(crate) fn find(&self, keys: &Keys, number: &Number) -> Result<Option<(ResponseId, State)>, Error> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT id, state FROM response WHERE code_key = ?1")?;
            let found = statement.query_row([row::code_key(keys, number)], |row| {
                Ok((ResponseId(row.get(0)?), row.get::<_, String>(1)?))
            });
            found.optional()?.map(|(id, state)| Ok((id, row::state(&state)?))).transpose()
        })
    }

    pub(crate) fn versions(&self, survey: &str) -> Result<BTreeMap<Fingerprint, Published>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT fingerprint, label, compiled, published_on FROM version WHERE survey = ?1",
            )?;
            let mut rows = statement.query([survey])?;
            let mut versions = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let published_on = row::day(&row.get::<_, String>(3)?)?;
                let (survey, label, compiled) = (survey.to_owned(), row.get(1)?, row.get(2)?);
                versions
                    .insert(Fingerprint(row.get(0)?), Published { survey, label, compiled, published_on });
            }
            Ok(versions)
        })
    }

    pub(crate) fn published(&self, fingerprint: &Fingerprint) -> Result<Option<Published>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT survey, label, compiled, published_on FROM version WHERE fingerprint = ?1",
            )?;
            let mut rows = statement.query([fingerprint.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let (survey, label, compiled) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let published_on = row::day(&row.get::<_, String>(3)?)?;
            Ok(Some(Published { survey, label, compiled, published_on }))
        })
    }

    pub(crate) fn responses(&self, survey: &str) -> Result<Vec<Response>, Error> {
        self.read(|connection| {
            let mut said = answers::of_survey(connection, survey)?;
            let mut statement = connection.prepare_cached(
                "SELECT id, response.version, form, state, mode, language,
                   (SELECT count(*) FROM page WHERE page.response = response.id)
                 FROM response JOIN version ON version.fingerprint = response.version
                 WHERE version.survey = ?1 AND state <> ?2",
            )?;
            let mut rows = statement.query([survey, State::Withdrawn.code()])?;
            let mut responses = Vec::new();
            while let Some(row) = rows.next()? {
                responses.push(Response {
                    version: Fingerprint(row.get(1)?),
                    form: FormId::new(row.get::<_, String>(2)?),
                    state: row::state(&row.get::<_, String>(3)?)?,
                    mode: row::mode(&row.get::<_, String>(4)?)?,
                    language: row::language(&row.get::<_, String>(5)?)?,
                    answers: said.remove(&ResponseId(row.get(0)?)).unwrap_or_default(),
                    pages: row.get(6)?,
                });
            }
            Ok(responses)
        })
    }

    pub(crate) fn tally(&self, survey: &str) -> Result<Tally, Error> {
        self.read(|connection| {
            let events = totals(
                connection,
                "SELECT event, language, mode, sum(n) FROM tally WHERE survey = ?1 GROUP BY 1, 2, 3",
                survey,
                row::event,
            )?;
            let states = totals(
                connection,
                "SELECT state, language, mode, count(*) FROM response
                 JOIN version ON version.fingerprint = response.version
                 WHERE version.survey = ?1 GROUP BY 1, 2, 3",
                survey,
                row::state,
            )?;
            Ok(Tally { events, states })
        })
    }
}

fn drafts(connection: &Connection, id: &ResponseId) -> Result<BTreeMap<String, Draft>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT page, revision, draft FROM page WHERE response = ?1")?;
    let rows = statement
        .query_map([id.0], |row| Ok((row.get(0)?, Draft { revision: row.get(1)?, pairs: row.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn totals<K: Ord>(
    connection: &Connection,
    sql: &str,
    survey: &str,
    read: impl Fn(&str) -> Result<K, Error>,
) -> Result<BTreeMap<(K, Language, Mode), u64>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([survey])?;
    let mut totals = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (what, language, mode) =
            (row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?);
        let count: i64 = row.get(3)?;
        totals.insert((read(&what)?, row::language(&language)?, row::mode(&mode)?), count.unsigned_abs());
    }
    Ok(totals)
}
