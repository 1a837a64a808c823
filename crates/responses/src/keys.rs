//! The one secret of a data folder, from which every keyed hash and every number is derived.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
    sync::{Arc, OnceLock},
};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, aead::Aead};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Error, Number, ResponseId, StudyKey, StudySecret};

/// The secret of a data folder, and the key of the study where one is known.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
    /// What words are sealed to when a response is finished.
    seals: Arc<OnceLock<StudyKey>>,
    /// What opens them, for whoever holds it.
    opens: Arc<OnceLock<StudySecret>>,
}

impl Keys {
    /// The secret in `<folder>/keys/secret`, drawn now if there is none and nothing depends on one yet.
    ///
    /// # Errors
    /// If it cannot be read or written, is not 32 bytes, can be read by others, or is gone though answers are there.
    pub(crate) fn open(folder: &Path, answers_exist: bool) -> Result<Keys, Error> {
        let path = folder.join("keys").join("secret");
        match fs::read(&path) {
            Ok(bytes) => Keys::of_file(&path, &bytes),
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(Error::folder(&path)(cause)),
            Err(_) if answers_exist => Err(Error::KeyMissing { path }),
            Err(_) => {
                let mut secret = [0; 32];
                getrandom::fill(&mut secret).map_err(|_| Error::NoRandomness)?;
                write_new(&path, &secret)?;
                let bytes = fs::read(&path).map_err(Error::folder(&path))?;
                Keys::of_file(&path, &bytes)
            }
        }
    }

    /// A secret that lies nowhere; a door for the fuzzer alone.
    #[cfg(fuzzing)]
    pub fn of_secret(secret: [u8; 32]) -> Keys {
        Keys { secret, seals: Arc::default(), opens: Arc::default() }
    }

    /// Seal words to this key from now on; the first one that is named stays.
    pub(crate) fn seal_to(&self, key: StudyKey) {
        let _ = self.seals.set(key);
    }

    /// Open sealed words with this secret from now on.
    pub(crate) fn open_with(&self, secret: StudySecret) {
        let _ = self.opens.set(secret);
    }

    /// The key words are sealed to.
    pub(crate) fn seals(&self) -> Option<&StudyKey> {
        self.seals.get()
    }

    /// The secret that opens them.
    pub(crate) fn opens(&self) -> Option<&StudySecret> {
        self.opens.get()
    }

    /// The secret itself, for a backup alone.
    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Put the secret of a backup into a folder that has none, or this very one.
    ///
    /// # Errors
    /// If another secret lies there already.
    pub(crate) fn put(folder: &Path, secret: &[u8; 32]) -> Result<(), Error> {
        let path = folder.join("keys").join("secret");
        private_folder(folder)?;
        if !path.exists() {
            write_new(&path, secret)?;
        }
        match fs::read(&path).map_err(Error::folder(&path))? == secret {
            true => Ok(()),
            false => Err(Error::NotEmpty),
        }
    }

    /// Put a new secret in the place of the one that is there, which is overwritten first.
    pub(crate) fn replace(folder: &Path) -> Result<(), Error> {
        let path = folder.join("keys").join("secret");
        let replace = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.write_all(&[0; 32])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            sync_folder(&folder.join("keys"))
        };
        replace().map_err(Error::folder(&path))?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|_| Error::NoRandomness)?;
        write_new(&path, &secret)
    }

    fn of_file(path: &Path, bytes: &[u8]) -> Result<Keys, Error> {
        refuse_readable(path)?;
        let secret =
            bytes.try_into().map_err(|_| Error::KeyLength { path: path.to_owned(), length: bytes.len() })?;
        Ok(Keys { secret, seals: Arc::default(), opens: Arc::default() })
    }

    /// The keyed digest of some parts for one purpose: HMAC-SHA-256 over the purpose and the parts, each behind its
    /// length in eight bytes, so that no two lists of parts are ever the same message.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A text so that only who holds the secret reads it: ChaCha20-Poly1305 under a key that follows from the secret, behind
    /// its random nonce of 12 bytes.
    ///
    /// # Source
    /// RFC 8439.
    pub(crate) fn hide(&self, text: &str) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).map_err(|_| Error::NoRandomness)?;
        let hidden = self.cipher().encrypt(&nonce.into(), text.as_bytes()).map_err(|_| Error::Sealing)?;
        Ok([&nonce[..], &hidden].concat())
    }

    /// The text that was hidden, if it was by this secret.
    pub(crate) fn reveal(&self, hidden: &[u8]) -> Option<String> {
        let (nonce, hidden) = hidden.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        String::from_utf8(self.cipher().decrypt(&nonce.into(), hidden).ok()?).ok()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.mac("hidden texts", &[]).into())
    }

    /// The number of a response: whoever holds the secret can show it again, the store alone cannot.
    pub(crate) fn number(&self, id: &ResponseId) -> Number {
        let [a, b, c, d, e, f, g, h, ..] = self.mac("number", &[&id.0]);
        Number::of_drawn(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
    }
}

/// Put a new secret in place whole or not at all; whoever came first wins.
fn write_new(path: &Path, secret: &[u8; 32]) -> Result<(), Error> {
    let folder = path.parent().expect("the secret lies in the folder of keys");
    private_folder(folder)?;
    let draft = folder.join(format!("secret.{}", uuid::Uuid::new_v4()));
    let put = || -> std::io::Result<()> {
        let mut file = private_file(&draft)?;
        file.write_all(secret)?;
        file.sync_all()?;
        // A link is refused where a file already stands, so two programs that start together agree on one secret.
        match fs::hard_link(&draft, path) {
            Err(cause) if cause.kind() != ErrorKind::AlreadyExists => return Err(cause),
            _ => fs::remove_file(&draft)?,
        }
        sync_folder(folder)
    };
    put().map_err(Error::folder(path))
}

/// Make a folder that only its owner enters, and say so to the disk.
pub(crate) fn private_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(Error::folder(folder))
}

/// A new file that only its owner reads.
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Have the disk remember which files a folder holds.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(unix)]
fn refuse_readable(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(Error::folder(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(Error::KeyReadable { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn refuse_readable(_: &Path) -> Result<(), Error> {
    Ok(())
}

impl fmt::Debug for Keys {
    /// Nothing of it: a secret belongs in no log.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Keys(..)")
    }
}
