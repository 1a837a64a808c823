//! SQLite behind the door of the statements.

use rusqlite::{
    Connection, ToSql, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::{
    Error,
    sql::{Cell, Row, Sql, Value},
};

impl Sql for Connection {
    fn execute(&self, statement: &str, with: &[Value<'_>]) -> Result<u64, Error> {
        Ok(self.prepare_cached(statement)?.execute(params_from_iter(with))? as u64)
    }

    fn each(
        &self,
        query: &str,
        with: &[Value<'_>],
        look: &mut dyn FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut statement = self.prepare_cached(query)?;
        let width = statement.column_count();
        let mut rows = statement.query(params_from_iter(with))?;
        while let Some(row) = rows.next()? {
            let cells = (0..width).map(|at| Ok(cell(row.get_ref(at)?)));
            look(&Row(cells.collect::<Result<_, rusqlite::Error>>()?))?;
        }
        Ok(())
    }

    /// The number of the schema is written again as it is.
    fn canary(&self) -> Result<(), Error> {
        let schema: i64 = self.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(self.execute_batch(&format!("PRAGMA user_version = {schema}"))?)
    }

    /// Every table is ordered by its key already; what is left in its pages goes with the rewrite after this commit.
    fn rewrite(&self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    /// The file knows none.
    fn forget_secret(&self) -> Result<(), Error> {
        Ok(())
    }

    /// One connection writes, so nobody else can.
    fn lock(&self) -> &'static str {
        ""
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Whole(number) => ValueRef::Integer(*number),
            Value::Null => ValueRef::Null,
        }))
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Whole(number),
        // No column of ours holds a fraction; where one stands all the same, the reader says that it is no number.
        ValueRef::Real(fraction) => Cell::Text(fraction.to_string()),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}
