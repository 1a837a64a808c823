//! Sealing to the key of a study: who seals cannot open again.

use std::io::{Read, Write};

use age::x25519::{Identity, Recipient};

use crate::Error;

/// The public part of a study's key: what seals.
#[derive(Clone)]
pub struct StudyKey(Recipient);

/// The secret part: what opens. The server never has it.
pub struct StudySecret(Identity);

/// Texts are filled up to a multiple of so many bytes, so that their length tells less.
const ROUND: usize = 64;

impl StudyKey {
    /// Read the public part, as `age1...`.
    ///
    /// # Errors
    /// If it is no such key.
    pub fn read(text: &str) -> Result<StudyKey, Error> {
        text.trim().parse().map(StudyKey).map_err(|_| Error::Key)
    }

    /// Seal a text.
    ///
    /// # Errors
    /// If the operating system gives no randomness.
    pub fn seal(&self, text: &str) -> Result<Vec<u8>, Error> {
        let padded = padded(text);
        let lock = age::Encryptor::with_recipients(std::iter::once(&self.0 as &dyn age::Recipient));
        let lock = lock.map_err(|_| Error::Sealing)?;
        let mut sealed = Vec::new();
        let mut into = lock.wrap_output(&mut sealed).map_err(|_| Error::Sealing)?;
        into.write_all(&padded).and_then(|()| into.finish().map(drop)).map_err(|_| Error::Sealing)?;
        Ok(sealed)
    }
}

/// A text behind its length, filled up.
fn padded(text: &str) -> Vec<u8> {
    let mut padded = (text.len() as u32).to_be_bytes().to_vec();
    padded.extend(text.as_bytes());
    padded.resize(padded.len().next_multiple_of(ROUND), 0);
    padded
}

impl StudySecret {
    /// Read the secret part, as `AGE-SECRET-KEY-1...`.
    ///
    /// # Errors
    /// If it is no such key.
    pub fn read(text: &str) -> Result<StudySecret, Error> {
        text.trim().parse().map(StudySecret).map_err(|_| Error::Key)
    }

    /// Open what was sealed to this study.
    ///
    /// # Errors
    /// If it was sealed to another key, or is damaged.
    pub fn open(&self, sealed: &[u8]) -> Result<String, Error> {
        let lock = age::Decryptor::new(sealed).map_err(|_| Error::Sealed)?;
        let opened = lock.decrypt(std::iter::once(&self.0 as &dyn age::Identity));
        let mut padded = Vec::new();
        opened.map_err(|_| Error::Sealed)?.read_to_end(&mut padded).map_err(|_| Error::Sealed)?;
        let (length, rest) = padded.split_at_checked(4).ok_or(Error::Sealed)?;
        let length = u32::from_be_bytes(length.try_into().map_err(|_| Error::Sealed)?) as usize;
        let text = rest.get(..length).ok_or(Error::Sealed)?;
        String::from_utf8(text.to_vec()).map_err(|_| Error::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn texts_of_one_to_sixty_bytes_are_equally_long() {
        let lengths: std::collections::BTreeSet<usize> =
            (1..=60).map(|length| padded(&"x".repeat(length)).len()).collect();
        assert!(lengths.into_iter().eq([64]) && padded(&"x".repeat(61)).len() == 128);
    }
}
