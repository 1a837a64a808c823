//! What a reader notes while it reads: findings, and where every text stands.

use std::collections::BTreeMap;

use notation::{Finding, Place};

use super::{
    Written,
    insert::{Pending, read_insert},
};
use crate::Words;

/// Findings and places, gathered while a survey is read.
#[derive(Default)]
pub(crate) struct Notes {
    /// What was found wrong.
    pub(crate) findings: Vec<Finding>,
    /// Where the source words of each path stand, those of unreadable items included.
    pub(crate) places: BTreeMap<String, Place>,
    /// The inserts of each path, as written.
    pub(crate) inserts: BTreeMap<String, Vec<Pending>>,
}

impl Notes {
    /// Note a finding.
    pub(crate) fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Take words for a path, and note where they stand.
    pub(crate) fn words(&mut self, path: impl Into<String>, written: &Written<'_>) -> Words {
        let path = path.into();
        self.stands(&path, written.place());
        for insert in notation::inserts(written) {
            match read_insert(&insert) {
                Ok(pending) => self.inserts.entry(path.clone()).or_default().push(pending),
                Err(finding) => self.say(*finding),
            }
        }
        Words::new(path, written.text())
    }

    /// Note where the words of a path stand; the first place counts.
    pub(crate) fn stands(&mut self, path: &str, place: Place) {
        if !self.places.contains_key(path) {
            self.places.insert(path.to_owned(), place);
        }
    }
}
