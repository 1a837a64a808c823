#![doc = include_str!("../README.md")]

mod anonymize;
mod backup;
mod changes;
mod channel;
mod check;
mod demo;
mod diff;
mod doctor;
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
mod review;
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
    /// What is told on standard error: error, warn, info, debug, or a filter as `server=info`
    #[arg(long, global = true, env = "SOUNDINGS_LOG", default_value = "error", hide_env_values = true)]
    log_level: String,
    /// How it is told: a line of text, or a line of JSON
    #[arg(long, global = true, env = "SOUNDINGS_LOG_FORMAT", value_enum, default_value = "text")]
    log_format: LogFormat,
}

/// How a log is written.
#[derive(Clone, Copy, clap::ValueEnum)]
enum LogFormat {
    /// A line of text for each event.
    Text,
    /// A line of JSON for each event.
    Json,
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
    Review(review::Args),
    Doctor(doctor::Args),
    Anonymize(anonymize::Args),
    Demo(demo::Args),
}

/// What is told on standard error beside the verb's own words. A line has no time: whoever keeps the log would keep when
/// somebody answered.
fn log(program: &Program) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(&program.log_level))
        .with_writer(std::io::stderr)
        .with_target(false)
        .without_time();
    match program.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

fn main() -> ExitCode {
    let program = Program::parse();
    log(&program);
    let done = match program.verb {
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
        Verb::Review(args) => review::run(&args),
        Verb::Doctor(args) => return doctor::run(&args),
        Verb::Anonymize(args) => anonymize::run(&args),
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
