//! What a form posted, within the limits.

use axum::{
    Form,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use responses::Keys;
use survey::Raw;

use crate::{Error, filled::Pairs};

/// A body may hold so many bytes.
pub(crate) const BODY_MOST: usize = 64 * 1024;
/// A form may hold so many fields.
const FIELDS_MOST: usize = 500;

/// The fields of a form, in order.
#[derive(Clone, Debug)]
pub(crate) struct Posted(pub(crate) Pairs);

/// What the pressed button wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// On to the next screen.
    Next,
    /// Back to the one before.
    Back,
    /// Past a hard part.
    Skip,
    /// To the page that asks whether to erase everything, or to erase.
    Erase,
    /// Keep what was typed and stay.
    Save,
    /// The same page in another language.
    Language(String),
}

impl Posted {
    /// The value of a control field.
    pub(crate) fn control(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// The hidden seal.
    pub(crate) fn seal(&self) -> &str {
        self.control("_t").unwrap_or_default()
    }

    /// What the pressed button wants; without one, to go on.
    pub(crate) fn go(&self) -> Go {
        let wish = self.control("_go").unwrap_or_default();
        match wish {
            "back" => Go::Back,
            "skip" => Go::Skip,
            "erase" => Go::Erase,
            "save" => Go::Save,
            _ => wish.strip_prefix("lang:").map_or(Go::Next, |tag| Go::Language(tag.to_owned())),
        }
    }

    /// The fields as questions read them.
    pub(crate) fn raw(&self) -> Raw<'_> {
        Raw(&self.0)
    }

    /// A keyed digest of everything that was sent but the seal.
    pub(crate) fn digest(&self, keys: &Keys) -> [u8; 32] {
        let sent = self.0.iter().filter(|(name, _)| name != "_t");
        let parts: Vec<&[u8]> = sent.flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]).collect();
        keys.mac("body", &parts)
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Posted, Error> {
        let form = Form::<Pairs>::from_request(request, state).await;
        let Form(pairs) = form.map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::NotAForm,
        })?;
        if pairs.len() > FIELDS_MOST { Err(Error::TooLarge) } else { Ok(Posted(pairs)) }
    }
}
