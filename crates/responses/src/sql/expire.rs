//! What time ends: a response begun and left, one that was never finished, and what was kept only for retries.

use survey::Date;

use super::{Sql, answers, row};
use crate::{Error, Event, Keys, Receipt, ResponseId, State};

/// Days after which a response that was never finished is kept as it is.
const UNFINISHED: u32 = 30;

/// Days after finishing in which the same page sent again is still known.
const RETRIES: u32 = 2;

/// End what has run out by this day.
pub(crate) fn expire(sql: &dyn Sql, keys: &Keys, survey: &str, today: Date) -> Result<Receipt, Error> {
    let left = older(sql, survey, State::Begun, before(today, 1))?;
    for id in &left {
        let Some(response) = row::to_change(sql, id)? else { continue };
        sql.execute("DELETE FROM response WHERE id = ?1", &[(&id.0).into()])?;
        response.count(sql, Event::Abandoned, today)?;
    }
    let unfinished = older(sql, survey, State::Saved, before(today, UNFINISHED))?;
    for id in &unfinished {
        let Some(response) = row::to_change(sql, id)? else { continue };
        let state = response.after(Event::Expired)?;
        sql.execute("UPDATE response SET state = ?2 WHERE id = ?1", &[(&id.0).into(), state.code().into()])?;
        // She cannot go back to it any more: nobody needs what she typed and never sent, and her words are sealed.
        sql.execute("UPDATE page SET draft = NULL WHERE response = ?1", &[(&id.0).into()])?;
        answers::seal(sql, keys, id)?;
        response.count(sql, Event::Expired, today)?;
    }
    sql.execute(
        "DELETE FROM receipt WHERE response IN
           (SELECT id FROM response WHERE finished_on IS NOT NULL AND finished_on < ?1)",
        &[before(today, RETRIES).to_string().as_str().into()],
    )?;
    Ok(Receipt::Expired { abandoned: left.len(), unfinished: unfinished.len() })
}

/// The responses of a survey that stand so and were begun before a day.
fn older(sql: &dyn Sql, survey: &str, state: State, day: Date) -> Result<Vec<ResponseId>, Error> {
    let mut ids = Vec::new();
    sql.each(
        "SELECT response.id FROM response JOIN version ON version.fingerprint = response.version
         WHERE version.survey = ?1 AND state = ?2 AND begun_on < ?3",
        &[survey.into(), state.code().into(), day.to_string().as_str().into()],
        &mut |row| {
            ids.push(ResponseId(row.key(0)?));
            Ok(())
        },
    )?;
    Ok(ids)
}

fn before(today: Date, days: u32) -> Date {
    (0..days).fold(today, |day, _| day.yesterday().unwrap_or(day))
}
