//! Rows and columns as our types, and the parts that several jobs share.

use survey::{Date, Fingerprint, FormId, Language};

use super::{Row, Sql, first};
use crate::{
    Error, Event, Keys, Mode, Number, ResponseId, State,
    backup::{hex, unhex},
};

/// What every job needs to know of a response.
pub(crate) struct Standing {
    pub(crate) survey: String,
    pub(crate) version: Fingerprint,
    pub(crate) form: FormId,
    pub(crate) state: State,
    pub(crate) mode: Mode,
    pub(crate) language: Language,
    /// The code of the channel it came by.
    pub(crate) channel: Option<String>,
}

const STANDING: &str = "
    SELECT version.survey, response.version, response.form, response.state, response.mode, response.language,
      response.channel
    FROM response JOIN version ON version.fingerprint = response.version WHERE response.id = ?1";

/// The row of a response, if there is one.
pub(crate) fn standing(sql: &dyn Sql, id: &ResponseId) -> Result<Option<Standing>, Error> {
    read(first(sql, STANDING, &[(&id.0).into()])?)
}

/// The same, kept from everybody else who would change it until the transaction ends.
pub(crate) fn to_change(sql: &dyn Sql, id: &ResponseId) -> Result<Option<Standing>, Error> {
    read(first(sql, &format!("{STANDING}{}", sql.lock()), &[(&id.0).into()])?)
}

fn read(row: Option<Row>) -> Result<Option<Standing>, Error> {
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Standing {
        survey: row.text(0)?.to_owned(),
        version: Fingerprint(row.key(1)?),
        form: FormId::new(row.text(2)?),
        state: state(row.text(3)?)?,
        mode: mode(row.text(4)?)?,
        language: language(row.text(5)?)?,
        channel: row.maybe_text(6)?.map(str::to_owned),
    }))
}

impl Standing {
    /// Where an event leads, or an error naming why it cannot happen now.
    pub(crate) fn after(&self, event: Event) -> Result<State, Error> {
        self.state.after(event).ok_or(Error::NotNow { state: self.state, event })
    }

    /// Count an event among the totals.
    pub(crate) fn count(&self, sql: &dyn Sql, event: Event, today: Date) -> Result<(), Error> {
        count(sql, &self.survey, &self.language, self.mode, event, today)
    }
}

/// Add one to a total.
pub(crate) fn count(
    sql: &dyn Sql,
    survey: &str,
    language: &Language,
    mode: Mode,
    event: Event,
    today: Date,
) -> Result<(), Error> {
    sql.execute(
        "INSERT INTO tally (survey, day, language, mode, event, n) VALUES (?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT (survey, day, language, mode, event) DO UPDATE SET n = tally.n + 1",
        &[
            survey.into(),
            today.to_string().as_str().into(),
            language.tag().into(),
            mode.code().into(),
            event.code().into(),
        ],
    )?;
    Ok(())
}

/// What is written before a draft that is hidden; none begins so otherwise, since a draft is JSON.
const HIDDEN: char = '~';

/// A draft as it is kept: only who holds the secret reads what she typed and did not send.
pub(crate) fn hidden(keys: &Keys, draft: &str) -> Result<String, Error> {
    Ok(format!("{HIDDEN}{}", hex(&keys.hide(draft)?)))
}

/// The draft that was hidden, or one of an earlier program as it is.
pub(crate) fn revealed(keys: &Keys, kept: &str) -> Result<String, Error> {
    match kept.strip_prefix(HIDDEN) {
        None => Ok(kept.to_owned()),
        Some(hidden) => {
            let text = unhex(hidden).and_then(|hidden: Vec<u8>| keys.reveal(&hidden));
            text.ok_or_else(|| damaged("a draft", "hidden"))
        }
    }
}

/// What a response is found by when its number is typed: without the secret, the file does not tell the numbers.
pub(crate) fn code_key(keys: &Keys, number: &Number) -> [u8; 32] {
    keys.mac("code", &[number.digits().as_bytes()])
}

pub(crate) fn state(code: &str) -> Result<State, Error> {
    State::of_code(code).ok_or_else(|| damaged("a state", code))
}

pub(crate) fn mode(code: &str) -> Result<Mode, Error> {
    Mode::of_code(code).ok_or_else(|| damaged("a mode", code))
}

pub(crate) fn event(code: &str) -> Result<Event, Error> {
    Event::of_code(code).ok_or_else(|| damaged("an event", code))
}

pub(crate) fn language(tag: &str) -> Result<Language, Error> {
    Language::of_tag(tag).ok_or_else(|| damaged("a language", tag))
}

pub(crate) fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| damaged("a day", text))
}

pub(crate) fn damaged(what: &'static str, found: &str) -> Error {
    Error::Damaged { what, found: found.to_owned() }
}
