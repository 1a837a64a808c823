//! `soundings check --watch`: the same for a terminal beside the editor.

use std::{
    collections::BTreeMap,
    fs,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, SystemTime},
};

use super::{all, folders, show};
use crate::{
    folder,
    say::{line, say},
    serve,
};

/// How often the files are looked at: sooner than somebody turns from the editor to the terminal.
const PAUSE: Duration = Duration::from_millis(300);

/// Clears a terminal and goes to its first line.
const CLEAR: &str = "\x1b[2J\x1b[H";

/// Check, and check again whenever a file changes, until Ctrl-C.
pub(super) fn run(paths: &[PathBuf]) -> ExitCode {
    let runtime = match serve::runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        let mut stopped = std::pin::pin!(serve::stopped());
        let mut seen = check(paths);
        loop {
            tokio::select! {
                () = &mut stopped => return ExitCode::SUCCESS,
                () = tokio::time::sleep(PAUSE) => {}
            }
            if state(paths) != seen {
                seen = check(paths);
                line("checked again");
            }
        }
    })
}

/// Check, and what the files were like before they were read: a change while they are read is a change.
fn check(paths: &[PathBuf]) -> State {
    let before = state(paths);
    if std::io::stdout().is_terminal() {
        say(CLEAR);
    }
    show(&all(paths).0, false);
    before
}

/// When each file was changed, and how long it is.
type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

fn state(paths: &[PathBuf]) -> State {
    let mut state = State::new();
    for folder in folders(paths).into_iter().flatten() {
        look(&folder, &mut state);
        if let Ok(sources) = folder::read(&folder)
            && let Ok(beside) = folder::survey_beside(&folder, &sources)
        {
            look(&beside, &mut state);
        }
    }
    state
}

fn look(folder: &Path, state: &mut State) {
    // What has gone meanwhile is looked at no more, and that is the change.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(about) if about.is_dir() => look(&path, state),
            Ok(about) => drop(state.insert(path, (about.modified().ok(), about.len()))),
            Err(_) => {}
        }
    }
}
