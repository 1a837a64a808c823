//! What a reader notes while it reads: findings, and where every text stands.

use std::collections::BTreeMap;

use notation::{Finding, Place};

use super::Written;
use crate::Words;

/// Findings and places, gathered while a survey is read.
#[derive(Default)]
pub(crate) struct Notes {
    /// What was found wrong.
    pub(crate) findings: Vec<Finding>,
    /// Where the source words of each path stand, those of unreadable items included.
    pub(crate) places: BTreeMap<String, Place>,
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
        if let Some(insert) = notation::insert(written) {
            let says = format!("`{}` is not an insert", insert.written());
            self.say(Finding::error("N003", insert.place(), says).remedy("to print a brace write `\\{`"));
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
