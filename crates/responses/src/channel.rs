//! Through whom people come: a partner, a class, a poster.

use std::fmt;

/// What kind of channel it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChannelKind {
    /// A partner who hands the link on.
    Partner,
    /// A class or a meeting.
    Class,
    /// A poster or a leaflet.
    Poster,
}

/// A channel and how many came through it: totals only, and nobody in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The code in its link: short, readable, and revocable.
    pub code: String,
    /// What the study calls it.
    pub words: String,
    /// What kind it is.
    pub kind: ChannelKind,
    /// Whether its link still counts. One that does not still opens the survey.
    pub revoked: bool,
    /// First pages shown.
    pub opened: u64,
    /// Consents refused.
    pub declined: u64,
    /// Responses begun.
    pub begun: u64,
    /// Responses sent.
    pub finished: u64,
}

impl ChannelKind {
    /// Every kind.
    pub const ALL: [ChannelKind; 3] = [ChannelKind::Partner, ChannelKind::Class, ChannelKind::Poster];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            ChannelKind::Partner => "partner",
            ChannelKind::Class => "class",
            ChannelKind::Poster => "poster",
        }
    }

    /// The kind of a code.
    pub fn of_code(code: &str) -> Option<ChannelKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for ChannelKind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

/// Letters and digits that are not taken for each other.
const SIGNS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// So many signs make a code: nobody guesses one, and it fits on a poster.
const LENGTH: usize = 6;

/// A new code.
///
/// # Panics
/// If the operating system gives no randomness.
pub fn draw_channel_code() -> String {
    let mut code = String::new();
    while code.len() < LENGTH {
        let mut byte = [0; 1];
        getrandom::fill(&mut byte).expect("the operating system gives random bytes");
        // What is beyond the last whole round of signs would favour the first ones.
        let sign = usize::from(byte[0]);
        if sign < SIGNS.len() * (256 / SIGNS.len()) {
            code.push(char::from(SIGNS[sign % SIGNS.len()]));
        }
    }
    code
}

/// Whether this may be the code of a channel: what a link carries is anybody's.
pub fn is_channel_code(code: &str) -> bool {
    (1..=16).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
