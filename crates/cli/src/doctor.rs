//! `soundings doctor`: what an operator should know before something breaks.

mod disk;
mod outside;
mod study;

use std::{path::PathBuf, process::ExitCode};

use survey::Date;

use crate::{kept::Kept, say::line, serve::today};

/// Look a collection box over: disk, permissions, clock, proxy, languages, codes, backups, and what is due.
///
/// Each line says what was looked at and, where something is wrong, what to do. It changes nothing and may run beside the
/// server, every night for instance; it ends with 1 if something must be mended.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// Where people reach it, as `https://collect.example.ca`: its headers and its certificate are looked at (with `curl`)
    #[arg(long)]
    at: Option<String>,
    /// The proxy's file (nginx or Caddy): whether it keeps addresses
    #[arg(long)]
    proxy: Option<PathBuf>,
    /// The folder of backups
    #[arg(long)]
    backups: Option<PathBuf>,
    /// The day, instead of today (YYYY-MM-DD)
    #[arg(long)]
    today: Option<Date>,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Well,
    Doubtful,
    Ill,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Check {
    level: Level,
    what: &'static str,
    says: String,
}

fn well(what: &'static str, says: impl Into<String>) -> Check {
    Check { level: Level::Well, what, says: says.into() }
}

fn doubtful(what: &'static str, says: impl Into<String>) -> Check {
    Check { level: Level::Doubtful, what, says: says.into() }
}

fn ill(what: &'static str, says: impl Into<String>) -> Check {
    Check { level: Level::Ill, what, says: says.into() }
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> ExitCode {
    let mut checks = disk::checks(&args.kept.data);
    checks.extend(study::checks(args, today(args.today)));
    checks.extend(args.at.as_deref().map(outside::checks).unwrap_or_default());
    checks.extend(args.proxy.as_deref().map(outside::proxy));
    for Check { level, what, says } in &checks {
        let mark = match level {
            Level::Well => "ok     ",
            Level::Doubtful => "warning",
            Level::Ill => "error  ",
        };
        line(format_args!("{mark} {what:<12} {says}"));
    }
    let worst = checks.iter().map(|check| check.level).max();
    if worst == Some(Level::Ill) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
