//! Translators' sheets: an Excel workbook of the words of one language, handed out and taken in.
//!
//! ```text
//! Read me    what to do, in plain words
//! Words      ID | Where | English | Translation | Note | Status | Reviewer | Before (hidden)
//! soundings  hidden: survey, version, language
//! ```

mod cell;
mod guide;
mod kind;
mod look;
mod read;
mod write;

pub use read::read;
pub use write::write;

use survey::translation::{Row, Told};
use survey::{Language, Survey};

use crate::Error;

/// The name of the sheet with the guide.
const GUIDE: &str = "Read me";

/// The name of the sheet with the words; it may be given another, since its columns are what counts.
const WORDS: &str = "Words";

/// The name of the hidden sheet that says whose words these are.
const MARK: &str = "soundings";

/// The headings of the columns; that of the English is the name of the survey's own language.
mod heading {
    pub(super) const ID: &str = "ID";
    pub(super) const WHERE: &str = "Where";
    pub(super) const TRANSLATION: &str = "Translation";
    pub(super) const NOTE: &str = "Note";
    pub(super) const STATUS: &str = "Status";
    pub(super) const REVIEWER: &str = "Reviewer";
    /// The imprint of the translation the sheet was handed out with.
    pub(super) const BEFORE: &str = "Before";
}

/// A sheet that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the survey it was made from.
    pub survey: String,
    /// The version of the survey it was made from, as `2027.1`.
    pub version: String,
    /// The language of its translations.
    pub language: Language,
    /// Its rows that say something.
    pub rows: Vec<Row>,
    /// Its rows with a cell that holds no words.
    pub unreadable: Vec<Told>,
}

impl Sheet {
    /// Make sure that the words are of this survey.
    ///
    /// A sheet of another version may pass: each row says which English it was made from.
    ///
    /// # Errors
    /// If they are of another survey, or of the language the survey is written in.
    pub fn fits(&self, survey: &Survey) -> Result<(), Error> {
        if self.survey != survey.name {
            return Err(Error::OtherSurvey { theirs: self.survey.clone(), ours: survey.name.clone() });
        }
        if self.language == survey.source {
            return Err(Error::OfTheSource { language: self.language.english_name() });
        }
        Ok(())
    }
}
