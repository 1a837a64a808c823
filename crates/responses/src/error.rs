//! What can go wrong with the store: the disk, the folder, or the caller's order of events.

use std::{path::PathBuf, sync::Arc};

use survey::Fingerprint;

use crate::{Event, State};

/// A failure of the store; the visitor is never shown its causes.
///
/// It can be cloned because one failed commit is the answer to every caller who waited for it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder of the data folder cannot be read or written.
    #[error("`{path}` cannot be used")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: Arc<std::io::Error>,
    },
    /// There is no store in the folder, and this call does not make one.
    #[error("there is no store of responses in `{path}`")]
    NoStore {
        /// The data folder.
        path: PathBuf,
    },
    /// Something that was erased stands in a file all the same.
    #[error(
        "`{path}` still holds what leads to a response; close every program that uses the folder, and try again"
    )]
    Trace {
        /// The file.
        path: PathBuf,
    },
    /// What must not be joined would lie in one database.
    #[error(
        "this database holds `{table}` already; answers, invitations and the draw each need one of their own"
    )]
    Together {
        /// The table that is there.
        table: &'static str,
    },
    /// Answers are there but their secret is gone: without it no number finds its response.
    #[error("the secret `{path}` is missing although there are answers; restore it from the backup")]
    KeyMissing {
        /// Where the secret should be.
        path: PathBuf,
    },
    /// The secret is not 32 bytes long.
    #[error("the secret `{path}` holds {length} bytes instead of 32; restore it from the backup")]
    KeyLength {
        /// The secret's file.
        path: PathBuf,
        /// Its length in bytes.
        length: usize,
    },
    /// Other users of the machine could read the secret.
    #[error("the secret `{path}` can be read by others (mode {mode:o}); run `chmod 600` on it")]
    KeyReadable {
        /// The secret's file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// The database was made by another program.
    #[error("`{path}` is not a store of responses: it belongs to another program")]
    OtherProgram {
        /// The database.
        path: PathBuf,
    },
    /// The database was written by a later version of this program.
    #[error("`{path}` has schema {found}, newer than schema {known} of this program; use the newer program")]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The newest schema known here.
        known: usize,
    },
    /// The database has an older schema and was opened to read only.
    #[error("`{path}` has the older schema {found} instead of {known}; serve it once with this program")]
    Older {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The newest schema known here.
        known: usize,
    },
    /// The file system refuses the write-ahead log that durability rests on.
    #[error("`{path}` cannot keep a write-ahead log (journal mode `{journal}`); use a local disk")]
    NoLog {
        /// The database.
        path: PathBuf,
        /// The journal mode it insists on.
        journal: String,
    },
    /// The address of a database cannot be read. It may hold a password, so it is not repeated.
    #[error("the address of the database cannot be read; write postgres://user:password@host/name")]
    Address,
    /// The database may acknowledge what its disk does not have yet.
    #[error("the database has `{setting}` off and may lose what it acknowledged; turn it on")]
    Forgetful {
        /// The setting that is off.
        setting: &'static str,
    },
    /// The database was begun with another secret.
    #[error(
        "the secret in `keys` is not the one this database was begun with; copy `keys/secret` from there"
    )]
    OtherSecret,
    /// A backup is not whole, or not ours.
    #[error("the backup cannot be used: {why}")]
    Backup {
        /// What is wrong with it.
        why: String,
    },
    /// A backup is not put where answers are already.
    #[error("there are answers here already: restore into an empty place")]
    NotEmpty,
    /// A text is no key.
    #[error("this is no key: the public part begins with `age1`, the secret part with `AGE-SECRET-KEY-1`")]
    Key,
    /// Something could not be sealed.
    #[error("nothing can be sealed on this machine")]
    Sealing,
    /// What is sealed was sealed to another key, or is damaged.
    #[error("this key does not open it")]
    Sealed,
    /// The database failed: disk full, broken, or locked by another process.
    #[error("the database failed")]
    Database {
        /// What the database said.
        #[source]
        cause: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// More is waiting than the queue takes; nothing of this job was written.
    #[error("too many answers are waiting for the disk")]
    Busy,
    /// The store was closed; nothing of this job was written.
    #[error("the store is closed")]
    Closed,
    /// The store was opened to read only.
    #[error("the store was opened to read only")]
    ReadOnly,
    /// A definition does not hash to the fingerprint it was given.
    #[error("the compiled survey is not the one of fingerprint `{fingerprint}`")]
    OtherDefinition {
        /// The fingerprint it was given.
        fingerprint: Fingerprint,
    },
    /// No version of this survey with this fingerprint was published here.
    #[error("version `{version}` of `{survey}` was never published here")]
    UnknownVersion {
        /// The survey named.
        survey: String,
        /// The fingerprint named.
        version: Fingerprint,
    },
    /// No such response.
    #[error("there is no such response")]
    UnknownResponse,
    /// This cannot happen to a response in this state.
    #[error("a response that is `{state}` cannot be `{event}`")]
    NotNow {
        /// The state it is in.
        state: State,
        /// What was to happen to it.
        event: Event,
    },
    /// Something stored cannot be read back.
    #[error("what is stored as {what} cannot be read: `{found}`")]
    Damaged {
        /// What it should be.
        what: &'static str,
        /// The name of the question, or the code found.
        found: String,
    },
}

impl Error {
    pub(crate) fn folder(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |cause| Error::Folder { path, cause: Arc::new(cause) }
    }
}
