//! Words: a slip, or another meaning.

use super::{Class, Compared, Weight};
use crate::Words;

/// So many edits are a slip of the pen.
const SLIP: usize = 2;

impl Compared<'_> {
    /// Words that were, are, or became.
    pub(super) fn words(&mut self, old: Option<&Words>, new: Option<&Words>, weight: Weight) {
        let (path, says) = match (old, new) {
            (None, Some(new)) => (&new.path, "words that are new".to_owned()),
            (Some(old), None) => (&old.path, "words that are gone".to_owned()),
            (Some(old), Some(new)) if old.source != new.source => {
                (&new.path, format!("`{}` became `{}`", old.source, new.source))
            }
            (Some(old), Some(new)) if of_one(old) != of_one(new) => {
                (&new.path, "the words for one changed".to_owned())
            }
            _ => return,
        };
        let slip = old.zip(new).is_some_and(|(old, new)| {
            let one = |words| of_one(words).map_or("", String::as_str);
            is_slip(&old.source, &new.source) && is_slip(one(old), one(new))
        });
        let change = match weight {
            Weight::Nothing => self.say(Class::Safe, path, says),
            Weight::Meaning if slip => self.say(Class::Safe, path, says),
            Weight::Meaning => self.say(Class::Note, path, says),
            Weight::Consent => {
                self.breaks(path, says, "people agreed to other words: keep them, or begin a new wave")
            }
        };
        if let Some(change) = change {
            change.is_of_words = old.is_some() && new.is_some();
        }
    }
}

/// The words for n = 1.
fn of_one(words: &Words) -> Option<&String> {
    words.plural.as_ref().and_then(|plural| plural.one.as_ref())
}

/// Whether two texts differ by a slip only: at most two edits, or case and punctuation.
fn is_slip(old: &str, new: &str) -> bool {
    notation::edits(old, new) <= SLIP || spoken(old).eq(spoken(new))
}

fn spoken(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn two_edits_are_a_slip_and_three_are_not() {
        assert!(is_slip("Finding a job", "Finding a jbo"));
        assert!(!is_slip("Finding a job", "Find a job"));
        assert!(is_slip("Papers, and legal questions", "PAPERS and legal questions?"));
        assert!(!is_slip("No", "Not now, thank you"));
    }
}
