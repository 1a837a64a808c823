//! `soundings serve`: the collection box.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use responses::{QUEUED_FROM, Rule, Store, StudyKey, Weights};
use server::{Apart, Clock, Setup};
use survey::{Date, Published, Survey, Version};
use tokio::signal::unix::{SignalKind, signal};

use crate::{folder, kept::Kept, say::line};

/// Open a published version of a survey to respondents, on any phone and without JavaScript.
///
/// That is the newest one, in the languages it was published in: publish with `soundings check --publish`. Answers go into the data folder and nowhere else; each page is acknowledged only once the disk has it. Stops at
/// Ctrl-C after the last answer is written.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The published version to open, as 2027.1, instead of the newest
    #[arg(long, value_parser = version, conflicts_with = "rehearsal")]
    version: Option<Version>,
    /// Open the files as they stand, to try them out: every page says so, and every answer counts as made up
    #[arg(long)]
    rehearsal: bool,
    /// A proxy on this machine speaks HTTPS in front: secure cookies, strict transport security, and limits by the address
    /// it names in X-Forwarded-For (kept in memory only)
    #[arg(long)]
    behind_https: bool,
    /// The public part of the study's key (age1..., from `soundings keys new`): what people write in their own words is
    /// sealed to it when they finish, and so are contacts for the draw; without it nobody is asked for a contact
    #[arg(long, env = "SOUNDINGS_SEAL_FOR", value_parser = sealing)]
    seal_for: Option<StudyKey>,
    /// Only an invitation opens the survey (`soundings invite`)
    #[arg(long)]
    invited_only: bool,
    /// A PostgreSQL database of their own for invitations, instead of a file beside the answers
    #[arg(long, env = "SOUNDINGS_INVITATIONS", hide_env_values = true)]
    invitations: Option<String>,
    /// A PostgreSQL database of its own for the draw, instead of a file beside the answers
    #[arg(long, env = "SOUNDINGS_DRAW", hide_env_values = true)]
    draw: Option<String>,
    /// Counters for the operator (Prometheus text, at /metrics) on an address of this machine only, as 127.0.0.1:9090;
    /// nobody is in them, and totals under 5 are left out
    #[arg(long, value_parser = own_address)]
    metrics: Option<SocketAddr>,
    /// How much a sign weighs that a response may not come from a person who took part once, as trap=2 (0 to 2; three
    /// points in all have a person look first: `soundings review`)
    #[arg(long = "signal", value_name = "RULE=POINTS", value_parser = weight)]
    signals: Vec<(Rule, u32)>,
    /// The day to play, instead of today (YYYY-MM-DD); for rehearsals
    #[arg(long)]
    today: Option<Date>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let survey = match args.rehearsal {
        true => folder::survey(&args.survey_folder)?,
        false => edition(&args.survey_folder, args.version)?,
    };
    let earlier = if args.rehearsal { Vec::new() } else { earlier(&args.survey_folder, survey.version)? };
    let store = args.kept.open()?;
    let clock = args.today.map_or(Clock::System, Clock::Fixed);
    let (name, version, demonstration) = (survey.name.clone(), survey.version, args.rehearsal);
    match &args.seal_for {
        Some(key) => store.seal_words(key.clone()),
        None if !args.rehearsal => eprintln!(
            "note: what people write in their own words is kept readable; --seal-for seals it to a key that is not here"
        ),
        None => {}
    }
    let apart = Some(apart(args, &survey, &store)?);
    let (weights, logo) = (Weights::changed(&args.signals), folder::logo(&args.survey_folder)?);
    let setup = Setup {
        survey,
        earlier,
        store,
        clock,
        demonstration,
        behind_https: args.behind_https,
        apart,
        weights,
        logo,
    };
    runtime()?.block_on(async {
        let stopped = stopped();
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|cause| {
            anyhow!("cannot listen on {}: {cause}; choose another with --listen", args.listen)
        })?;
        let what = if demonstration { "is rehearsed" } else { "is open" };
        let url = format!("http://{}/{name}", listener.local_addr()?);
        line(format_args!("`{name}` {version} {what} at {url} (Ctrl-C stops it)"));
        let metrics = match args.metrics {
            Some(address) => Some(tokio::net::TcpListener::bind(address).await.map_err(|cause| {
                anyhow!("cannot listen on {address}: {cause}; choose another with --metrics")
            })?),
            None => None,
        };
        server::serve_watched(listener, setup, metrics, stopped).await?;
        Ok(())
    })
}

/// What lies apart from the answers. A draw that is announced and has no key would take contacts nobody may read, or
/// everybody.
fn apart(args: &Args, survey: &Survey, store: &Store) -> Result<Apart> {
    if survey.draw.is_some() && args.seal_for.is_none() && !args.rehearsal {
        bail!(
            "`{}` offers a draw, and contacts are kept only sealed: make a key (soundings keys new --out FILE) and \
             name its public part with --seal-for",
            survey.name
        );
    }
    if args.kept.store.is_some() {
        let lacks = |wanted: bool, named: &Option<String>| wanted && named.is_none();
        if lacks(args.invited_only, &args.invitations) || lacks(args.seal_for.is_some(), &args.draw) {
            bail!(
                "answers are in a database that several servers share, and a file beside one of them would be its own: \
                 name databases for --invitations and --draw, too, each with a role of its own"
            );
        }
    }
    Ok(Apart {
        invitations: args.kept.invitations(args.invitations.as_deref(), store.keys())?,
        draw: args.kept.draw(args.draw.as_deref(), store.keys())?,
        key: args.seal_for.clone(),
        invited_only: args.invited_only,
    })
}

fn own_address(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| "write an address and a port, as 127.0.0.1:9090".to_owned())?;
    match address.ip().is_loopback() {
        true => Ok(address),
        false => Err("counters stay on this machine: 127.0.0.1 or ::1".to_owned()),
    }
}

fn weight(text: &str) -> Result<(Rule, u32), String> {
    let rules = || Rule::ALL.map(Rule::code).join(", ");
    let (rule, points) = text.split_once('=').ok_or("write a rule and its points, as trap=2")?;
    let rule =
        Rule::of_code(rule).ok_or_else(|| format!("there is no rule `{rule}`: there are {}", rules()))?;
    match points.parse() {
        Ok(points) if points < QUEUED_FROM => Ok((rule, points)),
        _ => Err(format!("points go from 0 to {}: no rule alone has a person look", QUEUED_FROM - 1)),
    }
}

fn sealing(text: &str) -> Result<StudyKey, String> {
    StudyKey::read(text).map_err(|error| error.to_string())
}

fn version(written: &str) -> Result<Version, String> {
    Version::of_label(written).ok_or_else(|| "write wave and edition, as 2027.1".to_owned())
}

/// A published version of the survey of a folder: the one that is named, or else the newest.
pub(crate) fn edition(folder: &Path, version: Option<Version>) -> Result<Survey> {
    let all = Published::all(&folder::read(folder)?);
    let here = folder.display();
    let Some(newest) = all.last() else {
        bail!(
            "`{here}` has no published version, and people answer only such: publish one (soundings check \
             --publish {here}), or try the survey out (soundings serve --rehearsal {here})"
        );
    };
    let wanted = version.unwrap_or(newest.version);
    let published = all.iter().find(|each| each.version == wanted);
    let published = published.with_context(|| {
        let known: Vec<String> = all.iter().map(|each| each.version.to_string()).collect();
        format!("`{here}` has no published version {wanted}: there are {}", known.join(", "))
    })?;
    let survey = published.edition().context("a published version holds no survey")?;
    if survey.fingerprint() != published.fingerprint {
        let (old, new) = (published.fingerprint, survey.fingerprint());
        eprintln!("warning: {wanted} was published as {old}, and this program reads it as {new}");
    }
    Ok(survey)
}

/// The editions of the same wave that were published before: somebody may be half way in one.
fn earlier(folder: &Path, version: Version) -> Result<Vec<Survey>> {
    let all = Published::all(&folder::read(folder)?).into_iter();
    let before = all.filter(|each| each.version.wave == version.wave && each.version < version);
    Ok(before.filter_map(|each| each.edition()).collect())
}

/// The day that is played, or today.
pub(crate) fn today(played: Option<Date>) -> Date {
    played.map_or(Clock::System, Clock::Fixed).today()
}

/// The runtime that serves.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no thread can be started")
}

/// Ready when somebody asks the program to stop: Ctrl-C, or the service manager. It listens from this call on, so that
/// whoever reads that the server is open can stop it well at once.
pub(crate) fn stopped() -> impl Future<Output = ()> + Send + 'static {
    let listen = |kind| signal(kind).expect("a signal handler can be set while the runtime runs");
    let (mut interrupted, mut asked) = (listen(SignalKind::interrupt()), listen(SignalKind::terminate()));
    async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = asked.recv() => {}
        }
    }
}
