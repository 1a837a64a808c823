//! What can go wrong, and the one place that says with which status.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A failure of the world or of a caller; a refusal of an answer is none, it is shown beside its field.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(#[from] responses::Error),
    /// The program's own words in one language cannot be read.
    #[error("the words of the server in `{file}` cannot be read: {says}")]
    Words {
        /// The file.
        file: &'static str,
        /// The first finding.
        says: String,
    },
    /// The host's logo cannot be shown.
    #[error("the logo cannot be shown: {says}")]
    Logo {
        /// Why, and what helps.
        says: &'static str,
    },
    /// The disk took longer than a visitor should wait.
    #[error("the store took too long")]
    Slow,
    /// The server is being stopped.
    #[error("the work was interrupted")]
    Interrupted,
    /// The form was sent from another site.
    #[error("the form was sent from another site")]
    OtherSite,
    /// No cookie, or not one of ours: nobody we know.
    #[error("the visitor has not begun here")]
    NoVisitor,
    /// The hidden seal of a form is not ours.
    #[error("the seal of the form does not fit")]
    Seal,
    /// There is no such page.
    #[error("there is no such page")]
    NoPage,
    /// The page is there, but not in this way: asked for where it takes a form, or the other way round.
    #[error("the page cannot be asked for in this way")]
    NotThisWay,
    /// The body is not a form.
    #[error("the body is not a form")]
    NotAForm,
    /// The body or the number of fields is beyond the limits.
    #[error("the form is too large")]
    TooLarge,
    /// Too many numbers were tried.
    #[error("too many numbers were tried")]
    TooManyTries,
    /// The response was taken back.
    #[error("the response was taken back")]
    Withdrawn,
    /// The response was submitted before.
    #[error("the response was submitted before")]
    AlreadySent,
}

impl Error {
    /// The status a browser is told.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Error::Store(responses::Error::NotNow { .. }) => StatusCode::CONFLICT,
            Error::Store(responses::Error::UnknownResponse) | Error::NoVisitor => StatusCode::FORBIDDEN,
            Error::Store(_) | Error::Slow | Error::Interrupted => StatusCode::SERVICE_UNAVAILABLE,
            Error::Words { .. } | Error::Logo { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Error::OtherSite | Error::Seal => StatusCode::FORBIDDEN,
            Error::NoPage => StatusCode::NOT_FOUND,
            Error::NotThisWay => StatusCode::METHOD_NOT_ALLOWED,
            Error::NotAForm => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
            Error::Withdrawn => StatusCode::GONE,
            Error::AlreadySent => StatusCode::CONFLICT,
        }
    }

    /// The path of the words a visitor reads; causes are only logged.
    pub(crate) fn words(&self) -> &'static str {
        match self.status() {
            StatusCode::SERVICE_UNAVAILABLE => "problem.not_saved",
            StatusCode::NOT_FOUND => "problem.no_page",
            StatusCode::GONE => "problem.withdrawn",
            StatusCode::CONFLICT => "problem.already_sent",
            StatusCode::PAYLOAD_TOO_LARGE => "problem.too_large",
            StatusCode::TOO_MANY_REQUESTS => "problem.too_many_tries",
            StatusCode::METHOD_NOT_ALLOWED => "problem.method",
            StatusCode::FORBIDDEN if matches!(self, Error::OtherSite) => "problem.other_site",
            StatusCode::FORBIDDEN if matches!(self, Error::Seal) => "problem.seal",
            StatusCode::FORBIDDEN => "problem.not_begun",
            _ => "problem.ours",
        }
    }

    /// Whether the visitor should send the same again.
    pub(crate) fn is_passing(&self) -> bool {
        self.status() == StatusCode::SERVICE_UNAVAILABLE
    }
}

impl IntoResponse for Error {
    /// The status alone, with the error attached: the guard at the door puts it into the visitor's words.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if self.is_passing() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
