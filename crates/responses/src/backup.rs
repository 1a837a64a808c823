//! A whole store as lines of text, from either database into either: what a backup holds before it is encrypted.
//!
//! The first line says what it is and carries the secret, the last how many rows stood between; every other line is one
//! row: `{"t":"answer","v":[..]}`, bytes as `{"x":"hex"}`.

use std::{
    collections::BTreeSet,
    io::{BufRead, Write},
    path::Path,
};

use serde_json::{Value as Json, json};

use crate::{
    Error, Job, Keys, ResponseId, Store,
    sql::{Cell, Sql, Value},
};

/// The format of the lines.
const FORMAT: u64 = 1;

/// So many rows are written in one transaction.
const TOGETHER: usize = 500;

/// Every table with its columns, in an order in which each refers only to those before it.
const TABLES: &[(&str, &[&str])] = &[
    ("version", &["fingerprint", "survey", "label", "compiled", "published_on"]),
    (
        "response",
        &[
            "id",
            "version",
            "form",
            "state",
            "mode",
            "language",
            "begun_on",
            "finished_on",
            "begin_key",
            "code_key",
            "channel",
        ],
    ),
    ("channel", &["survey", "code", "words", "kind", "revoked"]),
    ("channel_tally", &["survey", "channel", "event", "n"]),
    ("answer", &["response", "question", "value", "missing", "language"]),
    ("words", &["response", "question", "choice", "language", "seal", "sealed", "cleared"]),
    ("page", &["response", "page", "revision", "nonce_key", "draft", "language", "seconds"]),
    ("receipt", &["response", "page", "nonce_key", "body_key", "revision"]),
    ("signal", &["response", "rule", "weight", "reason"]),
    ("mark", &["response", "rule", "mark_key"]),
    ("verdict", &["response", "number", "outcome", "rule", "reason", "reviewer", "on_day"]),
    ("pace", &["survey", "language", "form", "mode", "bucket", "n"]),
    ("declined", &["nonce_key"]),
    ("tally", &["survey", "day", "language", "mode", "event", "n"]),
];

/// The names of the tables.
pub(crate) fn tables() -> Vec<&'static str> {
    TABLES.iter().map(|(name, _)| *name).collect()
}

/// Some rows of a backup, to be written as they are.
#[derive(Clone, Debug)]
pub struct Rows(Vec<(usize, Vec<Cell>)>);

/// What was restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows of all tables.
    pub rows: u64,
    /// Responses that were taken back after the backup was made, and are erased again.
    pub withdrawn: u64,
}

/// The key under which a withdrawal is remembered outside the store: without the secret it leads nowhere.
pub(crate) fn withdrawal_key(keys: &Keys, id: &ResponseId) -> [u8; 32] {
    keys.mac("withdrawn", &[&id.0])
}

impl Store {
    /// Write everything that is stored, on one snapshot, with the secret; how many rows.
    ///
    /// The lines are not encrypted: never let them touch a disk as they are.
    ///
    /// # Errors
    /// If the database or the writer fails.
    pub fn dump(&self, out: &mut dyn Write) -> Result<u64, Error> {
        let head = json!({ "soundings": "backup", "format": FORMAT, "secret": hex(self.keys().secret()) });
        line(out, &head)?;
        let mut rows = 0;
        self.read(|sql| {
            for (table, columns) in TABLES {
                let query = format!("SELECT {} FROM {table}", columns.join(", "));
                sql.each(&query, &[], &mut |row| {
                    rows += 1;
                    let values: Vec<Json> = row.0.iter().map(to_json).collect();
                    line(out, &json!({ "t": table, "v": values }))
                })?;
            }
            Ok(())
        })?;
        line(out, &json!({ "rows": rows }))?;
        Ok(rows)
    }

    /// Put a backup into a folder that holds no store, or into an empty PostgreSQL database with its secret in the
    /// folder; whoever took her answers back since, as `withdrawn` tells, has them erased before this returns.
    ///
    /// # Errors
    /// If there is a store already, or the lines are not a whole backup of ours; what was begun is left as it is.
    pub fn restore(
        folder: &Path,
        url: Option<&str>,
        lines: &mut dyn BufRead,
        withdrawn: &BTreeSet<[u8; 32]>,
        today: survey::Date,
    ) -> Result<(Store, Restored), Error> {
        let mut lines = lines.lines();
        let head = next(&mut lines)?;
        let secret = head["secret"].as_str().and_then(unhex).and_then(|bytes| bytes.try_into().ok());
        let (true, Some(secret)) = (head["soundings"] == "backup" && head["format"] == FORMAT, secret) else {
            return Err(broken("its first line is not that of a backup"));
        };
        Keys::put(folder, &secret)?;
        let store = match url {
            Some(url) => Store::connect(url, folder)?,
            None => Store::open(folder)?,
        };
        if store.read(has_rows)? {
            return Err(Error::NotEmpty);
        }
        let rows = fill(&store, &mut lines)?;
        let withdrawn = withdraw_again(&store, withdrawn, today)?;
        Ok((store, Restored { rows, withdrawn }))
    }
}

fn has_rows(sql: &dyn Sql) -> Result<bool, Error> {
    let mut found = false;
    for (table, _) in TABLES {
        sql.each(&format!("SELECT 1 FROM {table} LIMIT 1"), &[], &mut |_| {
            found = true;
            Ok(())
        })?;
    }
    Ok(found)
}

fn fill(store: &Store, lines: &mut dyn Iterator<Item = std::io::Result<String>>) -> Result<u64, Error> {
    let (mut rows, mut waiting) = (0, Vec::new());
    loop {
        let line = next(lines)?;
        if let Some(expected) = line["rows"].as_u64() {
            store.record(Job::Load { rows: Rows(waiting) })?;
            return if expected == rows { Ok(rows) } else { Err(broken("rows are missing")) };
        }
        waiting.push(row(&line).ok_or_else(|| broken("a line is no row"))?);
        rows += 1;
        if waiting.len() == TOGETHER {
            store.record(Job::Load { rows: Rows(std::mem::take(&mut waiting)) })?;
        }
    }
}

fn withdraw_again(store: &Store, withdrawn: &BTreeSet<[u8; 32]>, today: survey::Date) -> Result<u64, Error> {
    if withdrawn.is_empty() {
        return Ok(0);
    }
    let mut ids = Vec::new();
    store.read(|sql| {
        sql.each("SELECT id FROM response WHERE state <> 'withdrawn'", &[], &mut |row| {
            ids.push(ResponseId(row.key(0)?));
            Ok(())
        })
    })?;
    ids.retain(|id| withdrawn.contains(&withdrawal_key(store.keys(), id)));
    for response in &ids {
        store.record(Job::Withdraw { response: *response, today })?;
    }
    Ok(ids.len() as u64)
}

/// Write rows as they are.
pub(crate) fn load(sql: &dyn Sql, rows: &Rows) -> Result<(), Error> {
    for (table, cells) in &rows.0 {
        let (table, columns) = TABLES[*table];
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let statement =
            format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        let values: Vec<Value<'_>> = cells.iter().map(value).collect();
        sql.execute(&statement, &values)?;
    }
    Ok(())
}

fn value(cell: &Cell) -> Value<'_> {
    match cell {
        Cell::Text(text) => Value::Text(text),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
        Cell::Whole(number) => Value::Whole(*number),
        Cell::Null => Value::Null,
    }
}

fn row(line: &Json) -> Option<(usize, Vec<Cell>)> {
    let table = TABLES.iter().position(|(name, _)| line["t"] == *name)?;
    let cells = line["v"].as_array()?.iter().map(from_json).collect::<Option<Vec<Cell>>>()?;
    let (found, wanted) = (cells.len(), TABLES[table].1.len());
    // A backup of an earlier program has no columns that came since: they stand at the end.
    let cells = cells.into_iter().chain(std::iter::repeat_n(Cell::Null, wanted.saturating_sub(found)));
    (found <= wanted).then_some((table, cells.collect()))
}

fn to_json(cell: &Cell) -> Json {
    match cell {
        Cell::Text(text) => json!(text),
        Cell::Bytes(bytes) => json!({ "x": hex(bytes) }),
        Cell::Whole(number) => json!(number),
        Cell::Null => Json::Null,
    }
}

fn from_json(value: &Json) -> Option<Cell> {
    match value {
        Json::Null => Some(Cell::Null),
        Json::String(text) => Some(Cell::Text(text.clone())),
        Json::Number(number) => number.as_i64().map(Cell::Whole),
        Json::Object(_) => value["x"].as_str().and_then(unhex).map(Cell::Bytes),
        _ => None,
    }
}

fn next(lines: &mut dyn Iterator<Item = std::io::Result<String>>) -> Result<Json, Error> {
    let line = lines.next().ok_or_else(|| broken("it ends too soon"))?;
    let line = line.map_err(|cause| broken(&cause.to_string()))?;
    serde_json::from_str(&line).map_err(|_| broken("a line is not JSON"))
}

fn line(out: &mut dyn Write, value: &Json) -> Result<(), Error> {
    writeln!(out, "{value}").map_err(|cause| broken(&cause.to_string()))
}

fn broken(why: &str) -> Error {
    Error::Backup { why: why.to_owned() }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|each| each.to_digit(16)).collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}

#[cfg(test)]
mod tests {
    use super::{hex, unhex};

    #[test]
    fn digits_come_back() {
        assert_eq!(unhex(&hex(&[0, 7, 255])), Some(vec![0, 7, 255]));
        assert_eq!((unhex("0"), unhex("0g")), (None, None));
    }
}
