//! What happens before the first page: a definition is published, a person agrees or declines.

use rusqlite::{Connection, OptionalExtension, params};
use survey::{Date, Fingerprint, FormId, Language};

use super::{
    answers,
    row::{self, count},
};
use crate::{Error, Event, Keys, Mode, Receipt, Recorded, ResponseId, State};

/// Someone who read the first page, and with which copy of it.
pub(crate) struct Visitor<'j> {
    pub(crate) survey: &'j str,
    pub(crate) language: &'j Language,
    pub(crate) mode: Mode,
    pub(crate) nonce: &'j [u8; 16],
}

impl Visitor<'_> {
    fn key(&self, keys: &Keys, purpose: &str) -> [u8; 32] {
        keys.mac(purpose, &[self.survey.as_bytes(), self.nonce])
    }

    fn count(&self, connection: &Connection, event: Event, today: Date) -> Result<(), Error> {
        count(connection, self.survey, self.language, self.mode, event, today)
    }
}

/// Keep a definition, once.
pub(crate) fn publish(
    connection: &Connection,
    (survey, label): (&str, &str),
    fingerprint: Fingerprint,
    compiled: &str,
    today: Date,
) -> Result<Receipt, Error> {
    if Fingerprint::of(compiled) != fingerprint {
        return Err(Error::OtherDefinition { fingerprint });
    }
    let mut statement = connection.prepare_cached(
        "INSERT INTO version (fingerprint, survey, label, compiled, published_on) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    statement.execute(params![fingerprint.0, survey, label, compiled, today.to_string()])?;
    Ok(Receipt::Published(fingerprint))
}

/// Make a response, unless this copy of the first page made one before; who came back to it may choose another form
/// as long as no page was sent.
pub(crate) fn begin(
    connection: &Connection,
    keys: &Keys,
    visitor: &Visitor<'_>,
    (version, form): (&Fingerprint, &FormId),
    answers: &[Recorded],
    today: Date,
) -> Result<Receipt, Error> {
    let begin_key = visitor.key(keys, "begin");
    if let Some(id) = begun_before(connection, &begin_key)? {
        choose_again(connection, &id, form)?;
        return Ok(Receipt::Begun(id));
    }
    check_version(connection, visitor.survey, version)?;
    let (id, code_key) = draw(connection, keys)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO response (id, version, form, state, mode, language, begun_on, begin_key, code_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let (state, mode, language) = (State::Begun.code(), visitor.mode.code(), visitor.language.tag());
    let (form, day) = (form.as_str(), today.to_string());
    statement.execute(params![id.0, version.0, form, state, mode, language, day, begin_key, code_key])?;
    for recorded in answers {
        answers::record(connection, &id, recorded, visitor.language)?;
    }
    visitor.count(connection, Event::Begun, today)?;
    Ok(Receipt::Begun(id))
}

fn begun_before(connection: &Connection, begin_key: &[u8; 32]) -> Result<Option<ResponseId>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM response WHERE begin_key = ?1")?;
    Ok(statement.query_row([begin_key], |row| row.get(0).map(ResponseId)).optional()?)
}

fn choose_again(connection: &Connection, id: &ResponseId, form: &FormId) -> Result<(), Error> {
    let mut statement = connection
        .prepare_cached("UPDATE response SET form = ?2 WHERE id = ?1 AND state = ?3 AND form <> ?2")?;
    statement.execute(params![id.0, form.as_str(), State::Begun.code()])?;
    Ok(())
}

fn check_version(connection: &Connection, survey: &str, version: &Fingerprint) -> Result<(), Error> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM version WHERE fingerprint = ?1 AND survey = ?2")?;
    if statement.exists(params![version.0, survey])? {
        return Ok(());
    }
    Err(Error::UnknownVersion { survey: survey.to_owned(), version: *version })
}

/// An id whose number nobody else holds, and the key that number is found by.
fn draw(connection: &Connection, keys: &Keys) -> Result<(ResponseId, [u8; 32]), Error> {
    loop {
        let id = ResponseId::draw();
        let code_key = row::code_key(keys, &keys.number(&id));
        let mut taken = connection.prepare_cached("SELECT 1 FROM response WHERE code_key = ?1")?;
        if !taken.exists([code_key])? {
            return Ok((id, code_key));
        }
    }
}

/// Count a refusal, unless this copy of the first page was counted before.
pub(crate) fn decline(
    connection: &Connection,
    keys: &Keys,
    visitor: &Visitor<'_>,
    today: Date,
) -> Result<Receipt, Error> {
    let mut statement =
        connection.prepare_cached("INSERT INTO declined (nonce_key) VALUES (?1) ON CONFLICT DO NOTHING")?;
    if statement.execute([visitor.key(keys, "decline")])? == 1 {
        visitor.count(connection, Event::Declined, today)?;
    }
    Ok(Receipt::Declined)
}
