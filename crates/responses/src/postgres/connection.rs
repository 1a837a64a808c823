//! PostgreSQL behind the door of the statements.

use std::{
    cell::{RefCell, RefMut},
    collections::BTreeMap,
    error,
    sync::Arc,
    thread,
};

use postgres::{
    Client, Statement,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{
    Error,
    sql::{Cell, Row, Sql, Value},
};

/// One connection, with the statements it has prepared.
pub(crate) struct Connection {
    /// There until it is dropped.
    client: RefCell<Option<Client>>,
    prepared: RefCell<BTreeMap<String, Statement>>,
}

impl Connection {
    pub(crate) fn new(client: Client) -> Connection {
        Connection { client: RefCell::new(Some(client)), prepared: RefCell::default() }
    }

    /// Whether the other side has hung up.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.borrow().as_ref().is_none_or(Client::is_closed)
    }

    fn client(&self) -> RefMut<'_, Client> {
        RefMut::map(self.client.borrow_mut(), |client| {
            client.as_mut().expect("a connection has its client until it is dropped")
        })
    }

    /// Run statements without parameters.
    pub(crate) fn run(&self, statements: &str) -> Result<(), Error> {
        Ok(self.client().batch_execute(statements)?)
    }

    fn prepared(&self, statement: &str) -> Result<Statement, Error> {
        if let Some(known) = self.prepared.borrow().get(statement) {
            return Ok(known.clone());
        }
        let prepared = self.client().prepare(&statement.replace('?', "$"))?;
        self.prepared.borrow_mut().insert(statement.to_owned(), prepared.clone());
        Ok(prepared)
    }
}

impl Drop for Connection {
    /// The client brings a runtime of its own, which must not end on a thread of another runtime: a server that stops is one.
    fn drop(&mut self) {
        if let Some(client) = self.client.get_mut().take() {
            let _ = thread::spawn(move || drop(client)).join();
        }
    }
}

impl Sql for Connection {
    fn execute(&self, statement: &str, with: &[Value<'_>]) -> Result<u64, Error> {
        let prepared = self.prepared(statement)?;
        let with: Vec<&(dyn ToSql + Sync)> = with.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        Ok(self.client().execute(&prepared, &with)?)
    }

    fn each(
        &self,
        query: &str,
        with: &[Value<'_>],
        look: &mut dyn FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let prepared = self.prepared(query)?;
        let mut client = self.client();
        let mut rows = client.query_raw(&prepared, with)?;
        while let Some(row) = rows.next()? {
            let cells = (0..row.len()).map(|at| cell(&row, at));
            look(&Row(cells.collect::<Result<_, postgres::Error>>()?))?;
        }
        Ok(())
    }

    /// An empty setting is written again.
    fn canary(&self) -> Result<(), Error> {
        let statement = "INSERT INTO setting (name, value) VALUES ('canary', '')
                         ON CONFLICT (name) DO UPDATE SET value = ''";
        self.execute(statement, &[]).map(drop)
    }

    fn rewrite(&self, tables: &[&str]) -> Result<(), Error> {
        tables.iter().try_for_each(|table| self.run(&format!("CLUSTER {table} USING {table}_pkey")))
    }

    fn forget_secret(&self) -> Result<(), Error> {
        self.execute("DELETE FROM setting WHERE name = 'secret'", &[]).map(drop)
    }

    fn lock(&self) -> &'static str {
        " FOR UPDATE OF response"
    }
}

fn cell(row: &postgres::Row, at: usize) -> Result<Cell, postgres::Error> {
    let kind = row.columns()[at].type_();
    Ok(match *kind {
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Cell::Null, Cell::Bytes),
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Cell::Null, Cell::Whole),
        Type::INT4 => {
            row.try_get::<_, Option<i32>>(at)?.map_or(Cell::Null, |number| Cell::Whole(number.into()))
        }
        _ => row.try_get::<_, Option<String>>(at)?.map_or(Cell::Null, Cell::Text),
    })
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn error::Error + Sync + Send>> {
        match self {
            Value::Text(text) => text.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
            Value::Whole(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Value::Whole(number) => number.to_sql(kind, out),
            Value::Null => Ok(IsNull::Yes),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::TEXT, Type::VARCHAR, Type::BYTEA, Type::INT8, Type::INT4].contains(kind)
    }

    to_sql_checked!();
}

impl From<postgres::Error> for Error {
    fn from(cause: postgres::Error) -> Error {
        Error::Database { cause: Arc::new(cause) }
    }
}
