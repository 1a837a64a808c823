//! The fingerprint of a definition: a response points at exactly what it answered.

use std::fmt;

use sha2::{Digest, Sha256};

/// SHA-256 of the canonical JSON of a survey with the words of every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

impl fmt::Display for Fingerprint {
    /// The first twelve digits, which people see.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(6).try_for_each(|byte| write!(to, "{byte:02x}"))
    }
}

impl Fingerprint {
    /// All of it: sixty-four hexadecimal digits.
    pub fn digits(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The fingerprint of a canonical text.
    pub fn of(canonical: &str) -> Fingerprint {
        Fingerprint(Sha256::digest(canonical.as_bytes()).into())
    }
}
