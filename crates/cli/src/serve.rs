//! `soundings serve`: the collection box.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, anyhow};
use responses::Store;
use server::{Clock, Setup};
use survey::Date;

use crate::{folder, say::line};

/// Open a survey to respondents, on any phone and without JavaScript.
///
/// Answers go into the data folder and nowhere else; each page is acknowledged only once the disk has it. Stops at
/// Ctrl-C after the last answer is written.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    /// Where answers are kept; made when it is not there
    #[arg(long, env = "SOUNDINGS_DATA")]
    data: PathBuf,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A proxy in front speaks HTTPS: secure cookies and strict transport security
    #[arg(long)]
    behind_https: bool,
    /// The day to play, instead of today (YYYY-MM-DD); for rehearsals
    #[arg(long)]
    today: Option<Date>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let survey = folder::survey(&args.survey_folder)?;
    let store = Store::open(&args.data)?;
    let clock = args.today.map_or(Clock::System, Clock::Fixed);
    let (name, demonstration) = (survey.name.clone(), false);
    let setup = Setup { survey, store, clock, demonstration, behind_https: args.behind_https };
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|cause| {
            anyhow!("cannot listen on {}: {cause}; choose another with --listen", args.listen)
        })?;
        line(format_args!("`{name}` is open at http://{}/{name} (Ctrl-C stops it)", listener.local_addr()?));
        server::serve(listener, setup, stopped()).await?;
        Ok(())
    })
}

/// The runtime that serves.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no thread can be started")
}

/// Ready when somebody asks the program to stop: Ctrl-C, or the service manager.
pub(crate) async fn stopped() {
    let mut asked = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a signal handler can be set while the runtime runs");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = asked.recv() => {}
    }
}
