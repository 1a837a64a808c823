//! `soundings check --watch`: the same for a terminal beside the editor.

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use super::{all, folders, show};
use crate::{
    changes::{PAUSE, State},
    folder,
    say::{line, say},
    serve,
};

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

/// The folders, and those of the surveys that reports among them are about.
fn state(paths: &[PathBuf]) -> State {
    let mut watched: Vec<PathBuf> = folders(paths).into_iter().flatten().collect();
    let reports = watched.iter().filter_map(|folder| {
        let sources = folder::read(folder).ok()?;
        folder::survey_beside(folder, &sources).ok()
    });
    let beside: Vec<PathBuf> = reports.collect();
    watched.extend(beside);
    State::of(&watched)
}
