//! How many connections one neighbourhood of addresses holds at once.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use crate::throttle::prefix;

/// So many at once: phones of several classes, each with its few connections. A proxy on this machine brings everybody.
const MOST: usize = 256;

/// The connections that are open, by neighbourhood; in memory, and only as long as they are open.
#[derive(Clone, Default)]
pub(crate) struct Doors {
    open: Arc<Mutex<BTreeMap<[u8; 6], usize>>>,
}

/// One open connection, counted until it is dropped.
pub(crate) struct Entered {
    doors: Doors,
    from: [u8; 6],
}

impl Doors {
    /// Let a connection in, unless its neighbourhood is full.
    pub(crate) fn enter(&self, from: IpAddr) -> Option<Entered> {
        let (most, from) = (if from.is_loopback() { usize::MAX } else { MOST }, prefix(from));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(from).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Entered { doors: self.clone(), from })
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = self.doors.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Doors, MOST};

    #[test]
    fn a_full_neighbourhood_waits_until_somebody_leaves() {
        let doors = Doors::default();
        let enter = |text: &str| doors.enter(text.parse().expect("an address"));
        let mut inside: Vec<_> = (0..MOST).map(|_| enter("203.0.113.7").expect("there is room")).collect();
        assert!(enter("203.0.113.8").is_none() && enter("203.0.114.8").is_some());
        inside.pop();
        assert!(enter("203.0.113.8").is_some());
        drop(inside);
        assert!(doors.open.lock().expect("nobody panicked").is_empty(), "nothing is kept of who left");
    }
}
