//! Who vouches for a translation: `# reviewed WHO FINGERPRINT`.
//!
//! The fingerprint covers the English and the translation, so whoever edits either undoes the review without a thought.

use super::Entry;
use crate::Fingerprint;

const WORD: &str = "reviewed ";

impl Entry<'_> {
    /// The twelve digits that stand for exactly this English and exactly this translation.
    pub fn fingerprint(&self) -> String {
        let english = [self.msgid.as_ref(), self.msgid_plural.as_ref()];
        let texts: Vec<&str> =
            english.into_iter().flatten().chain(&self.msgstrs).map(|text| &*text.text).collect();
        Fingerprint::of(&texts.join("\0")).to_string()
    }

    /// Who read the translation as it stands and found it right; `None` when nobody did, or it changed since.
    pub fn reviewer(&self) -> Option<&str> {
        let vouched = self.comments.iter().filter_map(|comment| review(comment)).next_back();
        let fits =
            |fingerprint: &str| !self.is_fuzzy() && !self.is_empty() && fingerprint == self.fingerprint();
        vouched.filter(|(_, fingerprint)| fits(fingerprint)).map(|(who, _)| who)
    }

    /// Note that `who` read the translation as it stands and found it right, in place of any earlier review.
    pub fn review(&mut self, who: &str) {
        self.comments.retain(|comment| review(comment).is_none());
        let who: Vec<&str> = who.split_whitespace().collect();
        self.comments.push(format!("{WORD}{} {}", who.join(" "), self.fingerprint()).into());
    }

    /// What translators noted, reviews aside.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.comments.iter().map(|comment| &**comment).filter(|comment| review(comment).is_none())
    }
}

/// Who and which fingerprint, if the comment is a review.
fn review(comment: &str) -> Option<(&str, &str)> {
    let (who, fingerprint) = comment.trim().strip_prefix(WORD)?.rsplit_once(' ')?;
    let is_fingerprint = fingerprint.len() == 12 && fingerprint.bytes().all(|each| each.is_ascii_hexdigit());
    is_fingerprint.then_some((who.trim(), fingerprint))
}
