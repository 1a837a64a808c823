//! Seals: what leaves with a page and comes back with a form is trusted only under our own keyed digest.

use responses::{Keys, ResponseId};
use survey::Date;

/// What seals today: the secret of the data folder with the number of the month it is used in. Seals of the month before
/// open, too; older ones do not, so that nothing sealed is good for ever.
#[derive(Clone, Copy)]
pub(crate) struct Sealer<'k> {
    keys: &'k Keys,
    generation: i32,
}

impl<'k> Sealer<'k> {
    /// The sealer of a day.
    pub(crate) fn on(keys: &'k Keys, day: Date) -> Sealer<'k> {
        Sealer { keys, generation: i32::from(day.year()) * 12 + i32::from(day.month()) }
    }

    fn mac(self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let generation = self.generation.to_be_bytes();
        self.keys.mac(purpose, &[&[&generation[..]], parts].concat())
    }

    /// Whether this is the digest of these parts, made now or a generation ago.
    fn made(self, mac: &[u8], purpose: &str, parts: &[&[u8]]) -> bool {
        let before = Sealer { generation: self.generation - 1, ..self };
        let [now, before] = [self, before].map(|sealer| is_same(mac, &sealer.mac(purpose, parts)));
        now | before
    }
}

/// What a form was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To begin a response.
    Begin,
    /// To answer a screen.
    Screen,
    /// To erase a response.
    Erase,
    /// To leave a contact.
    Contact,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::Begin => "form begin",
            Purpose::Screen => "form screen",
            Purpose::Erase => "form erase",
            Purpose::Contact => "form contact",
        }
    }
}

/// The hidden field `_t`: once drawn, it names one showing of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Drawn for this showing.
    pub(crate) nonce: [u8; 16],
    /// The revision of the page it was shown from.
    pub(crate) revision: u32,
    /// When it was shown, in seconds since 1970; 0 where nobody asks.
    pub(crate) shown: u32,
}

impl Token {
    /// A token for another showing.
    pub(crate) fn draw(revision: u32) -> Token {
        Token { nonce: nonce(), revision, shown: 0 }
    }

    /// The same for a page that is shown now.
    pub(crate) fn shown(self, now: u32) -> Token {
        Token { shown: now, ..self }
    }

    /// The value of the hidden field.
    pub(crate) fn seal(&self, sealer: Sealer<'_>, purpose: Purpose, response: &[u8], screen: &str) -> String {
        let bytes = self.bytes();
        let mac = sealer.mac(purpose.name(), &[response, screen.as_bytes(), &bytes]);
        hex(&[&bytes[..], &mac].concat())
    }

    /// The token of a hidden field, if it was sealed for this purpose, response and screen.
    pub(crate) fn open(
        sealer: Sealer<'_>,
        purpose: Purpose,
        response: &[u8],
        screen: &str,
        field: &str,
    ) -> Option<Token> {
        let bytes = unhex(field)?;
        let (head, mac) = bytes.split_at_checked(24)?;
        let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
        let token =
            Token { nonce: head.get(..16)?.try_into().ok()?, revision: number(16)?, shown: number(20)? };
        sealer.made(mac, purpose.name(), &[response, screen.as_bytes(), head]).then_some(token)
    }

    fn bytes(&self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..16].copy_from_slice(&self.nonce);
        bytes[16..20].copy_from_slice(&self.revision.to_be_bytes());
        bytes[20..].copy_from_slice(&self.shown.to_be_bytes());
        bytes
    }
}

/// The id of a response, sealed for one use: the cookie, or the receipt.
pub(crate) fn seal_response(sealer: Sealer<'_>, purpose: &str, survey: &str, id: &ResponseId) -> String {
    let mac = sealer.mac(purpose, &[survey.as_bytes(), &id.0]);
    format!("{id}.{}", hex(&mac))
}

/// The id in a sealed field, if we sealed it for this use.
pub(crate) fn open_response(
    sealer: Sealer<'_>,
    purpose: &str,
    survey: &str,
    field: &str,
) -> Option<ResponseId> {
    let (id, mac) = field.split_once('.')?;
    let (id, mac) = (ResponseId(unhex(id)?.try_into().ok()?), unhex(mac)?);
    sealer.made(&mac, purpose, &[survey.as_bytes(), &id.0]).then_some(id)
}

/// Sixteen random bytes.
pub(crate) fn nonce() -> [u8; 16] {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).expect("the operating system gave randomness when the store was opened");
    nonce
}

/// Whether two digests are the same, in a time that tells nothing of where they differ.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|each| each.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| Some(pair.first()? * 16 + pair.get(1)?)).collect()
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base 64 with padding, as a content security policy writes a digest.
pub(crate) fn base64(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(quartet).collect()
}

fn quartet(chunk: &[u8]) -> [char; 4] {
    let bits = (0..3).fold(0_u32, |bits, place| bits << 8 | u32::from(*chunk.get(place).unwrap_or(&0)));
    std::array::from_fn(|place| {
        let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
        if place <= chunk.len() { char::from(letter) } else { '=' }
    })
}

#[cfg(test)]
mod tests {
    use survey::Date;

    use super::{Purpose, Sealer, Token, base64, open_response, seal_response};

    #[test]
    fn a_seal_is_good_for_its_month_and_the_next() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = responses::Store::open(folder.path()).expect("a store can be opened");
        let on = |month| Sealer::on(store.keys(), Date::constant(2027, month, 28));
        let sealed = Token::draw(3).seal(on(1), Purpose::Screen, &[7; 16], "q");
        let open = |month| Token::open(on(month), Purpose::Screen, &[7; 16], "q", &sealed).is_some();
        assert_eq!([1, 2, 3, 12].map(open), [true, true, false, false]);
        let id = responses::ResponseId([9; 16]);
        let cookie = seal_response(Sealer::on(store.keys(), Date::constant(2026, 12, 1)), "cookie", "a", &id);
        assert_eq!(open_response(on(1), "cookie", "a", &cookie), Some(id));
        assert_eq!(open_response(on(2), "cookie", "a", &cookie), None);
    }

    #[test]
    fn base64_pads_as_the_standard_says() {
        assert_eq!(
            ["", "f", "fo", "foo", "foobar"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]
        );
    }
}
