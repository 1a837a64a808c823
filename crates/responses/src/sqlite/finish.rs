//! The ends of a response: it is submitted, cannot count, or is taken back.

use rusqlite::{Connection, params};
use survey::Date;

use super::{answers, row};
use crate::{Error, Event, Receipt, Recorded, ResponseId, State, TRANSITIONS};

/// Submit a response: the settled answers are all that stands, and drafts have done their work.
pub(crate) fn finish(
    connection: &Connection,
    id: &ResponseId,
    settled: &[Recorded],
    today: Date,
) -> Result<Receipt, Error> {
    let response = row::standing(connection, id)?.ok_or(Error::UnknownResponse)?;
    if response.state == State::Finished {
        return Ok(Receipt::Finished { repeated: true });
    }
    let state = response.after(Event::Finished)?;
    answers::erase_all(connection, id)?;
    for recorded in settled {
        answers::record(connection, id, recorded, &response.language)?;
    }
    connection.prepare_cached("UPDATE page SET draft = NULL WHERE response = ?1")?.execute([id.0])?;
    connection
        .prepare_cached("UPDATE response SET state = ?2, finished_on = ?3 WHERE id = ?1")?
        .execute(params![id.0, state.code(), today.to_string()])?;
    response.count(connection, Event::Finished, today)?;
    Ok(Receipt::Finished { repeated: false })
}

/// Erase a response that cannot count, row and all: nobody was given its number. One that is gone already stays gone.
pub(crate) fn screen_out(connection: &Connection, id: &ResponseId, today: Date) -> Result<Receipt, Error> {
    let Some(response) = row::standing(connection, id)? else {
        return Ok(Receipt::ScreenedOut { repeated: true });
    };
    let (state, event) = (response.state, Event::ScreenedOut);
    if !TRANSITIONS.contains(&(Some(state), event, None)) {
        return Err(Error::NotNow { state, event });
    }
    connection.prepare_cached("DELETE FROM response WHERE id = ?1")?.execute([id.0])?;
    response.count(connection, event, today)?;
    Ok(Receipt::ScreenedOut { repeated: false })
}

/// Take a response back: a bare row remains, so that its number can answer that this was done.
pub(crate) fn withdraw(connection: &Connection, id: &ResponseId, today: Date) -> Result<Receipt, Error> {
    let response = row::standing(connection, id)?.ok_or(Error::UnknownResponse)?;
    if response.state == State::Withdrawn {
        return Ok(Receipt::Withdrawn { repeated: true });
    }
    let state = response.after(Event::Withdrawn)?;
    answers::erase_all(connection, id)?;
    for table in ["DELETE FROM page WHERE response = ?1", "DELETE FROM receipt WHERE response = ?1"] {
        connection.prepare_cached(table)?.execute([id.0])?;
    }
    connection
        .prepare_cached("UPDATE response SET state = ?2, finished_on = NULL WHERE id = ?1")?
        .execute(params![id.0, state.code()])?;
    response.count(connection, Event::Withdrawn, today)?;
    Ok(Receipt::Withdrawn { repeated: false })
}
