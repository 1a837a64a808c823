//! What kind of file somebody sent under the name `.xlsx`.

use crate::Error;

/// The first bytes of a compound file: Excel until 2003, and every workbook with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The first bytes of a ZIP archive, which a workbook is.
const ARCHIVE: &[u8] = b"PK";

/// How an OpenDocument file says what it is, within its first bytes.
const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument";

/// Make sure that a file is an archive that may be a workbook.
pub(super) fn may_be_a_workbook(bytes: &[u8]) -> Result<(), Error> {
    let head = &bytes[..bytes.len().min(128)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        Err(Error::Empty)
    } else if head.starts_with(COMPOUND) {
        Err(Error::OldExcel)
    } else if head.windows(OPEN_DOCUMENT.len()).any(|window| window == OPEN_DOCUMENT) {
        Err(Error::OpenDocument)
    } else if head.starts_with(ARCHIVE) {
        Ok(())
    } else if is_text(bytes) {
        Err(Error::PlainText)
    } else {
        Err(Error::NoSpreadsheet)
    }
}

/// Whether the bytes are text, in whatever encoding a spreadsheet program exports.
fn is_text(bytes: &[u8]) -> bool {
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    is_utf16 || !bytes.iter().any(|byte| matches!(byte, 0..=8 | 14..=31))
}
