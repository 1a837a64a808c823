//! After the last day to take answers back: nothing leads from a number to a response any more.

use super::{Sql, answers};
use crate::{Error, Keys, Receipt, ResponseId};

/// Put random bytes where keyed hashes stood, and let go what was kept for retries and comparisons.
pub(crate) fn anonymize(sql: &dyn Sql, keys: &Keys) -> Result<Receipt, Error> {
    for table in ["receipt", "declined", "mark"] {
        sql.execute(&format!("DELETE FROM {table}"), &[])?;
    }
    sql.execute("UPDATE page SET draft = NULL", &[])?;
    let mut ids = Vec::new();
    sql.each("SELECT id FROM response", &[], &mut |row| {
        ids.push(ResponseId(row.key(0)?));
        Ok(())
    })?;
    for id in &ids {
        answers::seal(sql, keys, id)?;
        answers::lay_open(sql, keys, id)?;
        let mut random = [[0; 32]; 3];
        for bytes in &mut random {
            getrandom::fill(bytes).map_err(|_| Error::NoRandomness)?;
        }
        let statement = "UPDATE response SET code_key = ?2, begin_key = ?3 WHERE id = ?1";
        sql.execute(statement, &[(&id.0).into(), (&random[0]).into(), (&random[1]).into()])?;
        let statement = "UPDATE page SET nonce_key = ?2 WHERE response = ?1";
        sql.execute(statement, &[(&id.0).into(), (&random[2]).into()])?;
    }
    sql.forget_secret()?;
    Ok(Receipt::Anonymized { responses: ids.len() })
}
