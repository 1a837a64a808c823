//! The source words of a survey by path: gathered once, asked for every language.

use std::collections::BTreeSet;

use crate::{Survey, Words};

/// The source words by path, in the order a reader meets them.
pub(crate) struct English {
    all: Vec<Source>,
    /// Places in `all`, in the order of the paths.
    sorted: Vec<usize>,
    /// What paths taken twice belong to.
    twice: BTreeSet<String>,
}

/// One path and its words; of a path taken twice there are several.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) words: Vec<String>,
}

impl English {
    /// Gather the source words of these texts of a survey; those of lists taken over are translated elsewhere.
    pub(crate) fn of(survey: &Survey, mut texts: Vec<&Words>) -> English {
        texts.retain(|words| !survey.takes_over(&words.path));
        let texts = &texts[..];
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|place| &texts[*place].path);
        let mut firsts: Vec<(usize, Source)> = order
            .chunk_by(|one, other| texts[*one].path == texts[*other].path)
            .map(|run| source(run, texts))
            .collect();
        firsts.sort_unstable_by_key(|(first, _)| *first);
        let all: Vec<Source> = firsts.into_iter().map(|(_, source)| source).collect();
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sorted.sort_unstable_by_key(|place| &all[*place].path);
        let twice = all.iter().filter(|source| source.words.len() > 1);
        English { twice: twice.map(|source| owner(&source.path).to_owned()).collect(), all, sorted }
    }

    /// Every path with its words.
    pub(super) fn all(&self) -> &[Source] {
        &self.all
    }

    /// Whether the survey has a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.sorted.binary_search_by(|place| self.all[*place].path.as_str().cmp(path)).is_ok()
    }

    /// Whether a question, list or page of this name, or a code of it, stands twice: which of its paths were meant
    /// for which entries is then anybody's guess.
    pub(super) fn is_taken_twice(&self, path: &str) -> bool {
        self.twice.contains(owner(path))
    }
}

impl Source {
    /// Whether a translation made for these words fits.
    pub(super) fn is(&self, words: &str) -> bool {
        self.words.iter().any(|own| own == words)
    }
}

/// The words of one path, of which these are the places, and the first of the places.
fn source(places: &[usize], texts: &[&Words]) -> (usize, Source) {
    let first = texts[places[0]];
    let mut source = Source { path: first.path.clone(), words: vec![first.msgid().to_owned()] };
    for place in places {
        if !source.is(texts[*place].msgid()) {
            source.words.push(texts[*place].msgid().to_owned());
        }
    }
    (places[0], source)
}

/// What a path belongs to: `needs` of `needs.work:short`, `list.ease5` of `list.ease5.1`.
pub(super) fn owner(path: &str) -> &str {
    let shared = ["list.", "page.", "end.", "form.", "set.", "missing."]
        .into_iter()
        .find(|shared| path.starts_with(shared));
    let begins = shared.map_or(0, str::len);
    let length = path[begins..].find(['.', ':']).unwrap_or(path.len() - begins);
    &path[..begins + length]
}
