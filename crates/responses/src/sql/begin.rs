//! What happens before the first page: a definition is published, a person agrees or declines.

use survey::{Date, Fingerprint, FormId, Language};

use super::{
    Sql,
    answers::{self, Under},
    channel::{self, Counted},
    exists, first,
    row::{self, count},
};
use crate::{Error, Event, Keys, Mode, Receipt, Recorded, ResponseId, State};

/// Someone who read the first page, and with which copy of it.
pub(crate) struct Visitor<'j> {
    pub(crate) survey: &'j str,
    pub(crate) language: &'j Language,
    pub(crate) mode: Mode,
    pub(crate) nonce: &'j [u8; 16],
    /// The code in her link.
    pub(crate) channel: Option<&'j str>,
}

impl Visitor<'_> {
    fn key(&self, keys: &Keys, purpose: &str) -> [u8; 32] {
        key(keys, purpose, self.survey, self.nonce)
    }

    fn count(&self, sql: &dyn Sql, event: Event, today: Date) -> Result<(), Error> {
        count(sql, self.survey, self.language, self.mode, event, today)
    }
}

/// What a copy of the first page is known by.
pub(crate) fn key(keys: &Keys, purpose: &str, survey: &str, nonce: &[u8; 16]) -> [u8; 32] {
    keys.mac(purpose, &[survey.as_bytes(), nonce])
}

/// Keep a definition, once.
pub(crate) fn publish(
    sql: &dyn Sql,
    (survey, label): (&str, &str),
    fingerprint: Fingerprint,
    compiled: &str,
    today: Date,
) -> Result<Receipt, Error> {
    if Fingerprint::of(compiled) != fingerprint {
        return Err(Error::OtherDefinition { fingerprint });
    }
    sql.execute(
        "INSERT INTO version (fingerprint, survey, label, compiled, published_on) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
        &[
            (&fingerprint.0).into(),
            survey.into(),
            label.into(),
            compiled.into(),
            today.to_string().as_str().into(),
        ],
    )?;
    Ok(Receipt::Published(fingerprint))
}

/// Make a response, unless this copy of the first page made one before; who came back to it may choose another form
/// as long as no page was sent.
pub(crate) fn begin(
    sql: &dyn Sql,
    keys: &Keys,
    visitor: &Visitor<'_>,
    (version, form): (&Fingerprint, &FormId),
    answers: &[Recorded],
    today: Date,
) -> Result<Receipt, Error> {
    let begin_key = visitor.key(keys, "begin");
    if let Some(id) = begun_before(sql, &begin_key)? {
        choose_again(sql, &id, form)?;
        return Ok(Receipt::Begun(id));
    }
    check_version(sql, visitor.survey, version)?;
    let (id, code_key) = draw(sql, keys)?;
    let channel = channel::open_one(sql, visitor.survey, visitor.channel)?;
    let (state, mode, language) = (State::Begun.code(), visitor.mode.code(), visitor.language.tag());
    sql.execute(
        "INSERT INTO response (id, version, form, state, mode, language, begun_on, begin_key, code_key, channel)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            (&id.0).into(),
            (&version.0).into(),
            form.as_str().into(),
            state.into(),
            mode.into(),
            language.into(),
            today.to_string().as_str().into(),
            (&begin_key).into(),
            (&code_key).into(),
            channel.into(),
        ],
    )?;
    answers::record(sql, &id, answers, visitor.language, Under::Secret(keys))?;
    visitor.count(sql, Event::Begun, today)?;
    channel::count(sql, visitor.survey, channel, Counted::Begun, 1)?;
    Ok(Receipt::Begun(id))
}

pub(crate) fn begun_before(sql: &dyn Sql, begin_key: &[u8; 32]) -> Result<Option<ResponseId>, Error> {
    let row = first(sql, "SELECT id FROM response WHERE begin_key = ?1", &[begin_key.into()])?;
    row.map(|row| row.key(0).map(ResponseId)).transpose()
}

fn choose_again(sql: &dyn Sql, id: &ResponseId, form: &FormId) -> Result<(), Error> {
    sql.execute(
        "UPDATE response SET form = ?2 WHERE id = ?1 AND state = ?3 AND form <> ?2",
        &[(&id.0).into(), form.as_str().into(), State::Begun.code().into()],
    )?;
    Ok(())
}

fn check_version(sql: &dyn Sql, survey: &str, version: &Fingerprint) -> Result<(), Error> {
    let query = "SELECT 1 FROM version WHERE fingerprint = ?1 AND survey = ?2";
    if exists(sql, query, &[(&version.0).into(), survey.into()])? {
        return Ok(());
    }
    Err(Error::UnknownVersion { survey: survey.to_owned(), version: *version })
}

/// An id whose number nobody else holds, and the key that number is found by.
fn draw(sql: &dyn Sql, keys: &Keys) -> Result<(ResponseId, [u8; 32]), Error> {
    loop {
        let id = ResponseId::draw();
        let code_key = row::code_key(keys, &keys.number(&id));
        if !exists(sql, "SELECT 1 FROM response WHERE code_key = ?1", &[(&code_key).into()])? {
            return Ok((id, code_key));
        }
    }
}

/// Count a refusal, unless this copy of the first page was counted before.
pub(crate) fn decline(
    sql: &dyn Sql,
    keys: &Keys,
    visitor: &Visitor<'_>,
    today: Date,
) -> Result<Receipt, Error> {
    let key = visitor.key(keys, "decline");
    let statement = "INSERT INTO declined (nonce_key) VALUES (?1) ON CONFLICT DO NOTHING";
    if sql.execute(statement, &[(&key).into()])? == 1 {
        visitor.count(sql, Event::Declined, today)?;
        let channel = channel::open_one(sql, visitor.survey, visitor.channel)?;
        channel::count(sql, visitor.survey, channel, Counted::Declined, 1)?;
    }
    Ok(Receipt::Declined)
}
