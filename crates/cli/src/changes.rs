//! Whether files have changed, found by looking again and again.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How often files are looked at: sooner than somebody turns from the editor to what it changed.
pub(crate) const PAUSE: Duration = Duration::from_millis(300);

/// When each file of some folders was changed, and how long it is in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct State(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl State {
    /// The files of these folders as they are now.
    pub(crate) fn of(folders: &[PathBuf]) -> State {
        let mut state = State::default();
        folders.iter().for_each(|folder| state.look(folder));
        state
    }

    fn look(&mut self, folder: &Path) {
        // What has gone meanwhile is looked at no more, and that is the change.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.metadata() {
                Ok(about) if about.is_dir() => self.look(&path),
                Ok(about) => drop(self.0.insert(path, (about.modified().ok(), about.len()))),
                Err(_) => {}
            }
        }
    }
}
