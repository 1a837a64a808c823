//! How often one neighbourhood of addresses may try: counted in memory, by a digest that nobody can turn back.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use survey::Date;

use crate::app::App;

/// Where a request came from: the address its connection has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// A number that leads nowhere.
    WrongNumber,
    /// A response begun.
    Begin,
    /// A contact left.
    Contact,
}

/// Between two beginnings of a count.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// More neighbourhoods than any honest field has; beyond them the oldest counts are let go.
const KEPT: usize = 50_000;

impl Act {
    /// So many in a window from one neighbourhood.
    fn most(self) -> u32 {
        match self {
            Act::WrongNumber => 5,
            // Several classes of forty, one after the other, behind one address.
            Act::Begin | Act::Contact => 300,
        }
    }
}

/// The counts of a day.
#[derive(Default)]
pub(crate) struct Throttle {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    day: Option<Date>,
    salt: [u8; 32],
    counts: BTreeMap<(Act, [u8; 8]), Count>,
}

#[derive(Clone, Copy)]
struct Count {
    since: Instant,
    n: u32,
}

impl Throttle {
    /// Whether this neighbourhood may still do this. Where no address is known, everybody is one neighbourhood that is
    /// never full: the limit for all together holds there.
    pub(crate) fn is_free(&self, act: Act, from: Option<IpAddr>, today: Date) -> bool {
        let Some(from) = from else { return true };
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.turn(today);
        let key = (act, inner.digest(from));
        inner.standing(&key).is_none_or(|count| count.n < act.most())
    }

    /// Count that it was done.
    #[expect(clippy::disallowed_methods, reason = "the server slows down guessing")]
    pub(crate) fn count(&self, act: Act, from: Option<IpAddr>, today: Date) {
        let Some(from) = from else { return };
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.turn(today);
        let key = (act, inner.digest(from));
        let count = inner.standing(&key).unwrap_or(Count { since: Instant::now(), n: 0 });
        inner.counts.insert(key, Count { n: count.n + 1, ..count });
    }
}

impl Inner {
    /// A new day has a new salt: what was counted yesterday can be joined to nothing.
    fn turn(&mut self, today: Date) {
        if self.day != Some(today) {
            self.day = Some(today);
            self.counts.clear();
            getrandom::fill(&mut self.salt)
                .expect("the operating system gave randomness when the store was opened");
        }
        if self.counts.len() > KEPT {
            self.counts.retain(|_, count| count.since.elapsed() < WINDOW);
        }
        if self.counts.len() > KEPT {
            self.counts.clear();
        }
    }

    fn standing(&self, key: &(Act, [u8; 8])) -> Option<Count> {
        self.counts.get(key).copied().filter(|count| count.since.elapsed() < WINDOW)
    }

    fn digest(&self, from: IpAddr) -> [u8; 8] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.salt).expect("HMAC takes a key of any length");
        mac.update(&prefix(from));
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        std::array::from_fn(|place| digest[place])
    }
}

/// The neighbourhood of an address: 24 bits of an old one, 48 of a new one.
pub(crate) fn prefix(from: IpAddr) -> [u8; 6] {
    match from {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            [0, 0, 4, a, b, c]
        }
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => prefix(IpAddr::V4(address)),
            None => std::array::from_fn(|place| address.octets()[place]),
        },
    }
}

/// The address a request is counted under, if one is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender(pub(crate) Option<IpAddr>);

impl FromRequestParts<Arc<App>> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Sender, Infallible> {
        let peer = parts.extensions.get::<Peer>().copied();
        Ok(Sender(sender(peer, &parts.headers, app.behind_https)))
    }
}

/// Who sent a request: the address of the connection, or what the proxy on this machine says, where there is one.
pub(crate) fn sender(peer: Option<Peer>, headers: &HeaderMap, behind_proxy: bool) -> Option<IpAddr> {
    let Peer(address) = peer?;
    match (address.is_loopback(), behind_proxy) {
        (false, _) => return Some(address),
        // Whoever is on this machine already is a rehearsal, or a proxy nobody told us of: everybody or nobody.
        (true, false) => return None,
        (true, true) => {}
    }
    let named = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    named.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Act, Peer, Throttle, prefix, sender};
    use axum::http::HeaderMap;
    use survey::Date;

    const TODAY: Date = Date::constant(2027, 2, 14);
    const TOMORROW: Date = Date::constant(2027, 2, 15);

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_neighbourhood_is_counted_together_and_forgotten_over_night() {
        let throttle = Throttle::default();
        let (one, neighbour, stranger) =
            (address("203.0.113.7"), address("203.0.113.200"), address("203.0.114.7"));
        for _ in 0..5 {
            assert!(throttle.is_free(Act::WrongNumber, Some(one), TODAY));
            throttle.count(Act::WrongNumber, Some(one), TODAY);
        }
        let is_free = |from, day| throttle.is_free(Act::WrongNumber, Some(from), day);
        assert!(!is_free(one, TODAY) && !is_free(neighbour, TODAY) && is_free(stranger, TODAY));
        assert!(throttle.is_free(Act::Begin, Some(one), TODAY), "another act is another count");
        assert!(throttle.is_free(Act::WrongNumber, None, TODAY));
        assert!(is_free(one, TOMORROW));
    }

    #[test]
    fn an_old_address_written_as_a_new_one_is_the_same_neighbourhood() {
        assert_eq!(prefix(address("::ffff:203.0.113.7")), prefix(address("203.0.113.9")));
        assert_eq!(prefix(address("2001:db8:1:2::1")), prefix(address("2001:db8:1:ffff::9")));
        assert_ne!(prefix(address("2001:db8:1::1")), prefix(address("2001:db8:2::1")));
    }

    #[test]
    fn only_a_proxy_on_this_machine_says_who_sends() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1, 203.0.113.7".parse().expect("a header"));
        let from = |peer: &str, behind| sender(Some(Peer(address(peer))), &headers, behind);
        assert_eq!(from("127.0.0.1", true), Some(address("203.0.113.7")), "the last is the proxy's own word");
        assert_eq!(from("127.0.0.1", false), None, "a rehearsal on this machine is no crowd");
        assert_eq!(from("192.0.2.5", true), Some(address("192.0.2.5")), "anybody can write the header");
        assert_eq!(sender(None, &headers, true), None);
    }
}
