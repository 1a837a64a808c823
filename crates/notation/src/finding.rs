//! Findings: an author's mistakes, each with its place and its remedy.

use std::{collections::BTreeMap, sync::Arc};

/// The files an author wrote, path to text; reading the disk is the caller's.
pub type Sources = BTreeMap<String, String>;

/// A stretch of one file, in bytes; lines and columns are counted when it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path, as in [`Sources`].
    pub file: Arc<str>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing compiles.
    Error,
    /// Publishing wants it mended or accepted.
    Warning,
    /// A question, not a proof.
    Hint,
}

/// An author's mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its stable code, as `S031`.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// What the carets underline.
    pub at: Place,
    /// What is wrong.
    pub says: String,
    /// What to do.
    pub remedy: Option<String>,
    /// Other places that belong to it.
    pub also: Vec<(Place, String)>,
    /// A text that could stand at the place instead.
    pub fix: Option<String>,
}

impl Finding {
    /// An error without remedy or other places yet.
    pub fn error(code: &'static str, at: Place, says: impl Into<String>) -> Finding {
        Finding {
            code,
            severity: Severity::Error,
            at,
            says: says.into(),
            remedy: None,
            also: Vec::new(),
            fix: None,
        }
    }

    /// A warning without remedy or other places yet.
    pub fn warning(code: &'static str, at: Place, says: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, at, says) }
    }

    /// The finding with what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Finding {
        self.remedy = Some(remedy.into());
        self
    }

    /// The finding with another place that belongs to it.
    #[must_use]
    pub fn also(mut self, place: Place, says: impl Into<String>) -> Finding {
        self.also.push((place, says.into()));
        self
    }

    /// The finding with a near word that was probably meant.
    #[must_use]
    pub fn perhaps(mut self, near: Option<&str>) -> Finding {
        if let Some(near) = near {
            self.remedy = Some(format!("did you mean `{near}`?"));
            self.fix = Some(near.to_owned());
        }
        self
    }
}
