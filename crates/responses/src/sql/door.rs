//! The door between the statements and the two databases.

use super::{Row, Value};
use crate::Error;

/// A connection inside a transaction.
pub(crate) trait Sql {
    /// Run a statement; how many rows it touched.
    fn execute(&self, statement: &str, with: &[Value<'_>]) -> Result<u64, Error>;

    /// Run a query and look at each row in turn.
    fn each(
        &self,
        query: &str,
        with: &[Value<'_>],
        look: &mut dyn FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Change something that means nothing, so that the commit reaches the disk.
    fn canary(&self) -> Result<(), Error>;

    /// Put the rows of these tables into the order of their keys, so that nothing tells in which order they came.
    fn rewrite(&self, tables: &[&str]) -> Result<(), Error>;

    /// Let whichever secret comes next be the one.
    fn forget_secret(&self) -> Result<(), Error>;

    /// What stands behind the query for a response that is about to change, so that nobody else changes it meanwhile.
    fn lock(&self) -> &'static str;
}
