#![doc = include_str!("../README.md")]

mod accept;
mod answer;
mod canonical;
mod change;
mod check;
mod condition;
mod expression;
mod fingerprint;
mod flow;
mod form;
mod format;
mod gate;
mod id;
mod language;
mod locale;
mod minutes;
mod missing;
mod order;
pub mod po;
mod print;
mod published;
mod question;
mod questionnaire;
mod reach;
mod read;
mod renames;
mod spoken;
pub mod translation;
mod words;

pub use accept::{Given, Raw, Refusal, SPECIFY_LONGEST, Why};
pub use answer::{Answer, Answers};
pub use canonical::SCHEMA;
pub use change::{Change, Class, changes};
pub use condition::{Arithmetic, CodeOf, Comparison, Condition, Moment, Truth, Value};
pub use fingerprint::Fingerprint;
pub use flow::Walk;
pub use format::format;
pub use gate::{Drafts, Gate, Passage, gate};
pub use id::{ChoiceId, EndId, FormId, PageId, QuestionId, RowId};
/// A day of the Gregorian calendar.
pub use jiff::civil::Date;
pub use language::{Direction, Language};
pub use locale::Listed;
pub use minutes::Minutes;
pub use missing::Missing;
pub use po::Po;
pub use print::print;
pub use published::Published;
pub use question::{Best, Choice, Concept, Kind, Question, Role, Row, Rule, Until};
pub use questionnaire::{End, Form, Margin, Offered, Page, Survey, Use, Version};
pub use read::{read, read_source};
pub use renames::Renames;
pub use spoken::{Ready, read_ready};
pub use translation::translate;
pub use words::{Insert, Part, Plural, Spoken, Words};

/// What an author got wrong, and how it is shown.
pub use notation::{Finding, Place, Severity, Sources, draw, json};
