//! The id of a response: random, so that it tells nothing of time or order.

use std::fmt;

/// Which response: sixteen random bytes, drawn at consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResponseId(pub [u8; 16]);

impl ResponseId {
    /// Another id, from the operating system's randomness.
    pub(crate) fn draw() -> ResponseId {
        ResponseId(uuid::Uuid::new_v4().into_bytes())
    }
}

impl fmt::Display for ResponseId {
    /// Thirty-two hexadecimal digits.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
    }
}
