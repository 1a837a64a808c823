//! What is read: one response, all of them, a definition, the totals.

use std::collections::{BTreeMap, BTreeSet};

use survey::{Fingerprint, FormId, Language};

use super::{Sql, answers, begin, first, row};
use crate::{Draft, Error, Held, Keys, Mode, Number, Published, Response, ResponseId, State, Tally};

/// One response as far as it has come.
pub(crate) fn held(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<Option<Held>, Error> {
    let Some(response) = row::standing(sql, id)? else { return Ok(None) };
    Ok(Some(Held {
        state: response.state,
        version: response.version,
        form: response.form,
        mode: response.mode,
        language: response.language,
        channel: response.channel,
        answers: answers::of_response(sql, keys, id)?,
        drafts: drafts(sql, keys, id)?,
    }))
}

/// The definition a response answers.
pub(crate) fn version_of(sql: &dyn Sql, id: &ResponseId) -> Result<Option<Fingerprint>, Error> {
    let row = first(sql, "SELECT version FROM response WHERE id = ?1", &[(&id.0).into()])?;
    row.map(|row| row.key(0).map(Fingerprint)).transpose()
}

/// The response that one copy of the first page began.
pub(crate) fn begun(
    sql: &dyn Sql,
    keys: &Keys,
    survey: &str,
    nonce: &[u8; 16],
) -> Result<Option<ResponseId>, Error> {
    begin::begun_before(sql, &begin::key(keys, "begin", survey, nonce))
}

/// The response a number leads to.
pub(crate) fn find(
    sql: &dyn Sql,
    keys: &Keys,
    number: &Number,
) -> Result<Option<(ResponseId, State)>, Error> {
    let key = row::code_key(keys, number);
    let row = first(sql, "SELECT id, state FROM response WHERE code_key = ?1", &[(&key).into()])?;
    row.map(|row| Ok((ResponseId(row.key(0)?), row::state(row.text(1)?)?))).transpose()
}

/// Every definition of a survey.
pub(crate) fn versions(sql: &dyn Sql, survey: &str) -> Result<BTreeMap<Fingerprint, Published>, Error> {
    let mut versions = BTreeMap::new();
    sql.each(
        "SELECT fingerprint, label, compiled, published_on FROM version WHERE survey = ?1",
        &[survey.into()],
        &mut |row| {
            let (label, compiled) = (row.text(1)?.to_owned(), row.text(2)?.to_owned());
            let published_on = row::day(row.text(3)?)?;
            let published = Published { survey: survey.to_owned(), label, compiled, published_on };
            versions.insert(Fingerprint(row.key(0)?), published);
            Ok(())
        },
    )?;
    Ok(versions)
}

/// The names of the surveys that were published.
pub(crate) fn surveys(sql: &dyn Sql) -> Result<BTreeSet<String>, Error> {
    let mut names = BTreeSet::new();
    sql.each("SELECT DISTINCT survey FROM version", &[], &mut |row| {
        names.insert(row.text(0)?.to_owned());
        Ok(())
    })?;
    Ok(names)
}

/// One definition.
pub(crate) fn published(sql: &dyn Sql, fingerprint: &Fingerprint) -> Result<Option<Published>, Error> {
    let row = first(
        sql,
        "SELECT survey, label, compiled, published_on FROM version WHERE fingerprint = ?1",
        &[(&fingerprint.0).into()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let text = |at| row.text(at).map(str::to_owned);
    let published_on = row::day(row.text(3)?)?;
    Ok(Some(Published { survey: text(0)?, label: text(1)?, compiled: text(2)?, published_on }))
}

/// Every response to a survey but the withdrawn ones, in no order that means anything.
pub(crate) fn responses(sql: &dyn Sql, keys: &Keys, survey: &str) -> Result<Vec<Response>, Error> {
    let mut said = answers::of_survey(sql, keys, survey)?;
    let mut responses = Vec::new();
    sql.each(
        "SELECT id, response.version, form, state, mode, language,
           (SELECT count(*) FROM page WHERE page.response = response.id)
         FROM response JOIN version ON version.fingerprint = response.version
         WHERE version.survey = ?1 AND state <> ?2",
        &[survey.into(), State::Withdrawn.code().into()],
        &mut |row| {
            responses.push(Response {
                version: Fingerprint(row.key(1)?),
                form: FormId::new(row.text(2)?),
                state: row::state(row.text(3)?)?,
                mode: row::mode(row.text(4)?)?,
                language: row::language(row.text(5)?)?,
                answers: said.remove(&ResponseId(row.key(0)?)).unwrap_or_default(),
                pages: row.revision(6)?,
            });
            Ok(())
        },
    )?;
    Ok(responses)
}

/// The totals of a survey.
pub(crate) fn tally(sql: &dyn Sql, survey: &str) -> Result<Tally, Error> {
    let events = totals(
        sql,
        "SELECT event, language, mode, CAST(sum(n) AS BIGINT) FROM tally WHERE survey = ?1 GROUP BY 1, 2, 3",
        survey,
        row::event,
    )?;
    let states = totals(
        sql,
        "SELECT state, language, mode, count(*) FROM response
         JOIN version ON version.fingerprint = response.version
         WHERE version.survey = ?1 GROUP BY 1, 2, 3",
        survey,
        row::state,
    )?;
    Ok(Tally { events, states })
}

fn drafts(sql: &dyn Sql, keys: &Keys, id: &ResponseId) -> Result<BTreeMap<String, Draft>, Error> {
    let mut drafts = BTreeMap::new();
    sql.each("SELECT page, revision, draft FROM page WHERE response = ?1", &[(&id.0).into()], &mut |row| {
        let pairs = row.maybe_text(2)?.map(|kept| row::revealed(keys, kept)).transpose()?;
        drafts.insert(row.text(0)?.to_owned(), Draft { revision: row.revision(1)?, pairs });
        Ok(())
    })?;
    Ok(drafts)
}

fn totals<K: Ord>(
    sql: &dyn Sql,
    query: &str,
    survey: &str,
    read: impl Fn(&str) -> Result<K, Error>,
) -> Result<BTreeMap<(K, Language, Mode), u64>, Error> {
    let mut totals = BTreeMap::new();
    sql.each(query, &[survey.into()], &mut |row| {
        let key = (read(row.text(0)?)?, row::language(row.text(1)?)?, row::mode(row.text(2)?)?);
        totals.insert(key, row.whole(3)?.unsigned_abs());
        Ok(())
    })?;
    Ok(totals)
}
