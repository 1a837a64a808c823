#![doc = include_str!("../README.md")]

mod apart;
mod backup;
mod channel;
mod error;
mod held;
mod job;
mod keys;
mod number;
mod postgres;
mod response_id;
mod signal;
mod sql;
mod sqlite;
mod state;
mod store;
mod tally;
mod traces;
mod withdrawals;
mod writer;

#[cfg(fuzzing)]
pub use apart::is_invitation_code;
pub use apart::{Draw, Entrant, EntryKind, InvitationState, Invitations, StudyKey, StudySecret};
pub use backup::{Restored, Rows};
pub use channel::{Channel, ChannelKind, draw_channel_code, is_channel_code};
pub use error::Error;
pub use held::{Draft, Held, Published, Response};
pub use job::{Job, Receipt, Recorded};
pub use keys::Keys;
pub use number::{Mistyped, Number};
pub use response_id::ResponseId;
pub use signal::{Band, Evidence, Outcome, QUEUED_FROM, Queued, Rule, Signal, Verdict, Weights};
pub use sql::SEALED;
pub use state::{Event, Mode, State, TRANSITIONS};
pub use store::{Anonymized, Store};
pub use tally::Tally;
pub use withdrawals::read_withdrawals;
