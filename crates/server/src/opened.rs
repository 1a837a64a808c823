//! How many first pages were shown to who came by which channel: counted in memory, written by a timer, since looking
//! at a page never writes.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use responses::{Job, Store};

/// So many codes are counted between two writings; a flood of invented ones is let go.
const CODES: usize = 1_000;

/// First pages by the code in their link.
#[derive(Default)]
pub(crate) struct Opened {
    counts: Mutex<BTreeMap<String, u32>>,
}

impl Opened {
    /// Count one, where the link carries a code.
    pub(crate) fn count(&self, code: Option<&str>) {
        let Some(code) = code else { return };
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() < CODES || counts.contains_key(code) {
            *counts.entry(code.to_owned()).or_default() += 1;
        }
    }

    /// Hand what was counted to the store, which forgets codes of no channel.
    pub(crate) fn write(&self, survey: &str, store: &Store) {
        let counts = std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        for (channel, n) in counts {
            store.submit(Job::Opened { survey: survey.to_owned(), channel, n }, |outcome| {
                if let Err(cause) = outcome {
                    tracing::warn!(event = "first pages uncounted", cause = %cause);
                }
            });
        }
    }
}
