//! The ends of a response: it is submitted, cannot count, or is taken back.

use survey::Date;

use super::{
    Sql,
    answers::{self, Under},
    channel::{self, Counted},
    row, signal,
};
use crate::{Error, Event, Evidence, Keys, Receipt, Recorded, ResponseId, State, TRANSITIONS};

/// Submit a response: the settled answers are all that stands, and drafts have done their work.
pub(crate) fn finish(
    sql: &dyn Sql,
    keys: &Keys,
    id: &ResponseId,
    (settled, evidence): (&[Recorded], &Evidence),
    today: Date,
) -> Result<Receipt, Error> {
    let response = row::to_change(sql, id)?.ok_or(Error::UnknownResponse)?;
    // Nobody is told that a person looks first: it is the same receipt.
    if [State::Finished, State::Quarantined, State::Excluded].contains(&response.state) {
        return Ok(Receipt::Finished { repeated: true });
    }
    response.after(Event::Finished)?;
    let event = signal::judge(sql, id, &response, evidence)?;
    let state = response.after(event)?;
    answers::erase_all(sql, id)?;
    answers::record(sql, id, settled, &response.language, Under::last(keys))?;
    sql.execute("UPDATE page SET draft = NULL WHERE response = ?1", &[(&id.0).into()])?;
    sql.execute(
        "UPDATE response SET state = ?2, finished_on = ?3 WHERE id = ?1",
        &[(&id.0).into(), state.code().into(), today.to_string().as_str().into()],
    )?;
    response.count(sql, event, today)?;
    channel::count(sql, &response.survey, response.channel.as_deref(), Counted::Finished, 1)?;
    Ok(Receipt::Finished { repeated: false })
}

/// Erase a response that cannot count, row and all: nobody was given its number. One that is gone already stays gone.
pub(crate) fn screen_out(sql: &dyn Sql, id: &ResponseId, today: Date) -> Result<Receipt, Error> {
    let Some(response) = row::to_change(sql, id)? else {
        return Ok(Receipt::ScreenedOut { repeated: true });
    };
    let (state, event) = (response.state, Event::ScreenedOut);
    if !TRANSITIONS.contains(&(Some(state), event, None)) {
        return Err(Error::NotNow { state, event });
    }
    sql.execute("DELETE FROM response WHERE id = ?1", &[(&id.0).into()])?;
    response.count(sql, event, today)?;
    Ok(Receipt::ScreenedOut { repeated: false })
}

/// Take a response back: a bare row remains, so that its number can answer that this was done.
pub(crate) fn withdraw(sql: &dyn Sql, id: &ResponseId, today: Date) -> Result<Receipt, Error> {
    let response = row::to_change(sql, id)?.ok_or(Error::UnknownResponse)?;
    if response.state == State::Withdrawn {
        return Ok(Receipt::Withdrawn { repeated: true });
    }
    let state = response.after(Event::Withdrawn)?;
    answers::erase_all(sql, id)?;
    for table in ["page", "receipt", "signal", "mark", "verdict"] {
        sql.execute(&format!("DELETE FROM {table} WHERE response = ?1"), &[(&id.0).into()])?;
    }
    sql.execute(
        "UPDATE response SET state = ?2, finished_on = NULL WHERE id = ?1",
        &[(&id.0).into(), state.code().into()],
    )?;
    response.count(sql, Event::Withdrawn, today)?;
    Ok(Receipt::Withdrawn { repeated: false })
}
