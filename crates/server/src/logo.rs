//! The host's mark on the first page, inside the page: one request, and nobody else is asked.

use crate::{Error, seal::base64};

/// The host's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// As an `img` takes it.
    pub(crate) address: String,
}

/// A logo has at most so many bytes: it travels with the first page, on the slowest phone.
const MOST: usize = 4096;

/// The first bytes of a PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Logo {
    /// Read the bytes of an SVG or PNG file.
    ///
    /// An SVG is shown as a picture: a browser runs no script in it and fetches nothing for it.
    ///
    /// # Errors
    /// If it is neither, or larger than 4,096 bytes.
    pub fn read(bytes: &[u8]) -> Result<Logo, Error> {
        let kind = match std::str::from_utf8(bytes) {
            _ if bytes.starts_with(PNG) => "png",
            Ok(text) if text.contains("<svg") => "svg+xml",
            _ => return Err(Error::Logo { says: "it is neither SVG nor PNG" }),
        };
        if bytes.len() > MOST {
            return Err(Error::Logo {
                says: "it is larger than 4,096 bytes: simplify the drawing, or save it smaller",
            });
        }
        Ok(Logo { address: format!("data:image/{kind};base64,{}", base64(bytes)) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Logo, MOST};

    #[test]
    fn a_logo_is_a_small_picture() {
        let svg = Logo::read(b"<svg xmlns='http://www.w3.org/2000/svg'/>").map(|logo| logo.address);
        assert!(svg.is_ok_and(|address| address.starts_with("data:image/svg+xml;base64,PHN2Zy")));
        assert!(Logo::read(b"\x89PNG\r\n\x1a\n").is_ok());
        let large = format!("<svg>{}</svg>", " ".repeat(MOST));
        for wrong in [&b"GIF89a"[..], b"", large.as_bytes(), b"\xff\xfe"] {
            assert!(Logo::read(wrong).is_err());
        }
    }
}
