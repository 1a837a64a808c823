//! Which entry a path has, found without comparing the path to every other.

use std::hash::{DefaultHasher, Hasher as _};

use super::{Entry, Po};

/// The places of the entries in use by the hash of their path, in the order of the hashes, then of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Index(Vec<(u64, usize)>);

impl Index {
    /// The index of these entries; those that are retired or have no path are not in it.
    pub(super) fn new(entries: &[Entry<'_>]) -> Index {
        let in_use = entries.iter().enumerate().filter(|(_, entry)| !entry.obsolete);
        let hashed = in_use.filter_map(|(place, entry)| Some((hash(entry.path()?), place)));
        let mut places: Vec<(u64, usize)> = hashed.collect();
        places.sort_unstable();
        Index(places)
    }

    /// The place of the first entry of this path.
    pub(super) fn find(&self, path: &str, entries: &[Entry<'_>]) -> Option<usize> {
        let wanted = hash(path);
        let from = self.0.partition_point(|(hash, _)| *hash < wanted);
        let same = self.0[from..].iter().take_while(|(hash, _)| *hash == wanted);
        same.map(|(_, place)| *place).find(|place| is_of(entries, *place, Some(path)))
    }

    /// Every entry whose path an earlier one has: the place of the first, and its own.
    pub(super) fn again<'i>(&'i self, entries: &'i [Entry<'_>]) -> impl Iterator<Item = (usize, usize)> {
        let runs = self.0.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() > 1);
        runs.flat_map(move |run| {
            run.iter().enumerate().filter_map(move |(at, (_, place))| {
                let path = entries.get(*place)?.path();
                let first = run[..at].iter().find(|(_, earlier)| is_of(entries, *earlier, path))?;
                Some((first.1, *place))
            })
        })
    }
}

/// Looks up paths that mostly come in the order of the file, as `translate extract` writes it.
pub(crate) struct Along<'p, 't> {
    po: &'p Po<'t>,
    next: usize,
}

impl<'p, 't> Along<'p, 't> {
    /// Begin at the top of a file.
    pub(crate) fn new(po: &'p Po<'t>) -> Along<'p, 't> {
        Along { po, next: 0 }
    }

    /// What [`Po::get`] gives, and its place.
    pub(crate) fn get(&mut self, path: &str) -> Option<(usize, &'p Entry<'t>)> {
        let entries = &self.po.entries;
        let is_next =
            entries.get(self.next).is_some_and(|entry| !entry.obsolete && entry.path() == Some(path));
        let place = if is_next { self.next } else { self.po.by_path.find(path, entries)? };
        // Of a path that stands twice in a row, the first is not passed by for the second.
        let is_again = entries.get(place + 1).is_some_and(|entry| entry.path() == Some(path));
        self.next = if is_again { place } else { place + 1 };
        Some((place, &entries[place]))
    }
}

/// The hash of a path, the same in every run.
fn hash(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(path.as_bytes());
    hasher.finish()
}

/// Whether an entry has this path; entries can be taken out of a file behind the back of its index.
fn is_of(entries: &[Entry<'_>], place: usize, path: Option<&str>) -> bool {
    entries.get(place).is_some_and(|entry| entry.path() == path)
}
