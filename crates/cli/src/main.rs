#![doc = include_str!("../README.md")]

mod backup;
mod changes;
mod channel;
mod check;
mod demo;
mod diff;
mod draw;
mod estimate;
mod export;
mod folder;
mod format;
mod invite;
mod kept;
mod keys;
mod new;
mod poster;
mod preview;
mod progress;
mod publish;
mod rehearse;
mod report;
mod restore;
mod say;
mod serve;
mod study;
mod translate;
mod wave;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Surveys of newcomers, from plain text to a planner's page
///
/// Write a questionnaire as a text file, check it like a program, collect answers in every language on any phone,
/// weight them to the census, and give planners a report in English and French. Nothing leaves this machine.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = FIRST_STEPS)]
struct Program {
    #[command(subcommand)]
    verb: Verb,
}

const FIRST_STEPS: &str = "\
First steps:
  soundings demo                                   the whole trip with made-up people
  soundings new my-survey                          a study of your own from one of ours
  soundings check surveys/newcomer-needs           every mistake with its place and remedy
  soundings preview surveys/newcomer-needs         how it looks, while you write it
  soundings check --publish surveys/newcomer-needs a version that people may answer
  soundings serve surveys/newcomer-needs --data d  open the collection box
  soundings report reports/newcomer-needs --data d --out out";

#[derive(Subcommand)]
enum Verb {
    New(new::Args),
    Check(check::Args),
    Diff(diff::Args),
    Fmt(format::Args),
    Translate(translate::Args),
    Preview(preview::Args),
    Serve(serve::Args),
    Rehearse(rehearse::Args),
    Export(export::Args),
    Estimate(estimate::Args),
    Report(report::Args),
    Channel(channel::Args),
    Poster(poster::Args),
    Invite(invite::Args),
    Draw(draw::Args),
    Keys(keys::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Demo(demo::Args),
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("SOUNDINGS_LOG"))
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
    let done = match Program::parse().verb {
        Verb::Check(args) => return check::run(&args),
        Verb::Diff(args) => return diff::run(&args),
        Verb::New(args) => new::run(&args),
        Verb::Fmt(args) => return format::run(&args),
        Verb::Translate(args) => translate::run(&args),
        Verb::Preview(args) => preview::run(&args),
        Verb::Serve(args) => serve::run(&args),
        Verb::Rehearse(args) => rehearse::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Estimate(args) => estimate::run(&args),
        Verb::Report(args) => report::run(&args),
        Verb::Channel(args) => channel::run(&args),
        Verb::Poster(args) => poster::run(&args),
        Verb::Invite(args) => invite::run(&args),
        Verb::Draw(args) => draw::run(&args),
        Verb::Keys(args) => keys::run(&args),
        Verb::Backup(args) => backup::run(&args),
        Verb::Restore(args) => restore::run(&args),
        Verb::Demo(args) => demo::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
