//! What can be wrong with a file somebody else wrote, and what to do about it.

/// A file that cannot be taken or made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is in it.
    #[error("it is empty: ask for the file again")]
    Empty,
    /// The format Excel had until 2003, or a workbook behind a password, which is kept in the same kind of file.
    #[error(
        "it is an old Excel file under another name, or has a password: save it as an Excel workbook (`.xlsx`) without one"
    )]
    OldExcel,
    /// The format of LibreOffice's own.
    #[error("it is an OpenDocument sheet: save it as an Excel workbook (`.xlsx`)")]
    OpenDocument,
    /// Comma-separated values, or any other text.
    #[error(
        "it is plain text, as a CSV file is, and does not say which survey it is of: ask for the `.xlsx` that was sent out"
    )]
    PlainText,
    /// Something else.
    #[error("it is no spreadsheet: ask for the `.xlsx` that was sent out")]
    NoSpreadsheet,
    /// A workbook with something broken inside.
    #[error("it is broken: open it in a spreadsheet program, save it again as an Excel workbook (`.xlsx`)")]
    Broken {
        /// What the reader said.
        #[source]
        cause: Box<calamine::XlsxError>,
    },
    /// No sheet of it has the columns of a translators' sheet.
    #[error(
        "it has no sheet with the columns {missing}: the words must stand in the workbook that was sent out"
    )]
    NoColumns {
        /// Their headings.
        missing: String,
    },
    /// A workbook of ours without the hidden sheet that says whose it is.
    #[error(
        "it does not say which survey and language it is of: the words must stand in the workbook that was sent out"
    )]
    NoMark,
    /// It names a language we have no data for.
    #[error(
        "it names the language `{tag}`, which is not known: the words must stand in the workbook that was sent out"
    )]
    UnknownLanguage {
        /// The tag it names.
        tag: String,
    },
    /// Words of another survey.
    #[error("its words are of the survey `{theirs}`, not of `{ours}`: give the folder of `{theirs}`")]
    OtherSurvey {
        /// The survey it names.
        theirs: String,
        /// The survey it was to be taken into.
        ours: String,
    },
    /// The survey itself is written in its language.
    #[error("its words are {language}, in which the survey itself is written: change them in the survey")]
    OfTheSource {
        /// The English name of the language.
        language: &'static str,
    },
    /// A workbook that cannot be written: a text is longer than a cell holds.
    #[error("the workbook cannot be written")]
    Unwritten {
        /// What the writer said.
        #[source]
        cause: Box<rust_xlsxwriter::XlsxError>,
    },
}

impl From<calamine::XlsxError> for Error {
    fn from(cause: calamine::XlsxError) -> Error {
        Error::Broken { cause: Box::new(cause) }
    }
}

impl From<rust_xlsxwriter::XlsxError> for Error {
    fn from(cause: rust_xlsxwriter::XlsxError) -> Error {
        Error::Unwritten { cause: Box::new(cause) }
    }
}
