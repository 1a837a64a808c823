//! `soundings demo`: the whole trip, from a phone to a planner's page.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use responses::Store;
use server::{Clock, Setup};
use survey::{Date, Survey};
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot, task::JoinHandle};

use crate::{
    check,
    estimate::{plain_study, study},
    export, folder,
    kept::Kept,
    progress, publish,
    rehearse::{Outcome, Plan, Rehearsed, rehearse},
    report,
    say::line,
    serve, study as shipped,
};

/// Do the whole trip with made-up people: check the survey, serve it, let them answer through the real pages,
/// weight their answers to the census, and write the report in English and French.
///
/// Leaves everything in one folder and keeps serving until Ctrl-C, so that you can answer the survey yourself.
/// The people are synthetic and every page says so; the same seed gives the same report, byte for byte.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stop when the report is written
    #[arg(long)]
    once: bool,
    /// How many made-up people answer
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..))]
    respondents: u64,
    /// The seed they are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where everything is kept
    #[arg(long, default_value = "soundings-demo")]
    dir: PathBuf,
    /// The first port to try
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Marks a folder as one a demonstration may empty.
const MARK: &str = ".soundings-demo";

/// How many ports to try before giving up.
const PORTS: u16 = 100;

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    make_room(&args.dir)?;
    shipped::lay_out(&args.dir)?;
    let survey = published(&checked(&args.dir)?, &args.dir)?;
    let runtime = serve::runtime()?;
    let served = Served::start(&runtime, survey.clone(), &args.dir.join("data"), args.port)?;
    let rehearsed = let_them_answer(&survey, args, &served.url)?;
    let written = write_report(&args.dir)?;
    tell(&survey, &rehearsed, &written, &served.url, args);
    if !args.once {
        runtime.block_on(async { serve::stopped().await });
    }
    served.end(&runtime)
}

/// An empty folder, or one that an earlier demonstration left.
fn make_room(folder: &Path) -> Result<()> {
    let is_used = folder.exists() && fs::read_dir(folder)?.next().is_some();
    if is_used && !folder.join(MARK).exists() {
        bail!("`{}` holds other things: name an empty folder with --dir", folder.display());
    }
    for part in ["data", "report", "export", "surveys", "reports"] {
        let path = folder.join(part);
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| format!("`{}` cannot be emptied", path.display()))?;
        }
    }
    fs::create_dir_all(folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
    fs::write(folder.join(MARK), "made by soundings demo: emptied by the next one\n")?;
    Ok(())
}

fn checked(folder: &Path) -> Result<Survey> {
    for part in ["surveys", "reports"] {
        let checked = check::check(&folder.join(part))?;
        if let Some(finding) = checked.into_iter().flat_map(|one| one.findings).next() {
            bail!("the study is not clean: {} ({})", finding.says, finding.code);
        }
    }
    folder::survey(&folder.join("surveys/newcomer-needs"))
}

/// The survey as it is published into the demonstration's own folder: its translations are drafts, and say so.
fn published(survey: &Survey, folder: &Path) -> Result<Survey> {
    let folder = folder.join("surveys/newcomer-needs");
    publish::publish_drafts(&folder, day(survey)?)?;
    serve::edition(&folder, None)
}

/// The first day of the field, so that every demonstration plays on the same day.
fn day(survey: &Survey) -> Result<Date> {
    survey.field.map(|(first, _)| first).context("the survey names no field dates")
}

/// A server that runs beside the demonstration.
struct Served {
    url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), server::Error>>,
}

impl Served {
    fn start(runtime: &Runtime, survey: Survey, data: &Path, port: u16) -> Result<Served> {
        let clock = Clock::Fixed(day(&survey)?);
        let store = Store::open(data)?;
        let setup = Setup {
            survey,
            store,
            clock,
            demonstration: true,
            behind_https: false,
            apart: None,
            weights: Default::default(),
            logo: None,
            earlier: Vec::new(),
        };
        let listener = runtime.block_on(first_free(port))?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = async { stopped.await.unwrap_or_default() };
        let task = runtime.spawn(server::serve(listener, setup, ended));
        Ok(Served { url, stop, task })
    }

    fn end(self, runtime: &Runtime) -> Result<()> {
        // The task may have ended by itself; its own result says why.
        let _ = self.stop.send(());
        Ok(runtime.block_on(self.task)??)
    }
}

async fn first_free(port: u16) -> Result<TcpListener> {
    for each in port..port.saturating_add(PORTS) {
        if let Ok(listener) = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, each))).await {
            return Ok(listener);
        }
    }
    bail!("no port from {port} on is free: name another with --port")
}

fn let_them_answer(survey: &Survey, args: &Args, url: &str) -> Result<Rehearsed> {
    let bar = progress::bar(args.respondents, "people answering");
    let urls = [url.to_owned()];
    let plan = Plan { urls: &urls, respondents: args.respondents, bots: 0, seed: args.seed, patience: 10 };
    let rehearsed = rehearse(survey, &plan, &mut |_| {
        bar.inc(1);
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(rehearsed)
}

/// What came of the answers: the pages, and why there are no weights, if there are none.
struct Written {
    pages: Vec<PathBuf>,
    unweighted: Option<String>,
}

fn write_report(folder: &Path) -> Result<Written> {
    let (survey, data) = (folder.join("surveys/newcomer-needs"), folder.join("data"));
    let kept = Kept::folder(&data);
    export::write(&survey, &kept, None, &folder.join("export"))?;
    let (study, unweighted) = match study(&survey, &kept, None) {
        Ok(study) => (study, None),
        // A rehearsal with few people still shows the pages, and they say that nothing is weighted.
        Err(refused) => (plain_study(&survey, &kept)?, Some(format!("{refused:#}"))),
    };
    let languages = ["en".to_owned(), "fr".to_owned()];
    let pages =
        report::write(&folder.join("reports/newcomer-needs"), &study, &folder.join("report"), &languages)?;
    Ok(Written { pages, unweighted })
}

/// What happened, in five plain lines.
fn tell(survey: &Survey, rehearsed: &Rehearsed, written: &Written, url: &str, args: &Args) {
    let pages: Vec<String> = written.pages.iter().map(|path| path.display().to_string()).collect();
    let (finished, export) = (rehearsed.of(Outcome::Finished), args.dir.join("export"));
    line(format_args!(
        "The survey `{}` has no mistake, was published into its folder as {}, drafts and all, and served in {} \
         languages.",
        survey.name,
        survey.version,
        survey.all_languages().len()
    ));
    line(format_args!("{}.", rehearsed.in_words()));
    match &written.unweighted {
        None => line(format_args!(
            "{finished} finished responses were weighted to the 2021 census; the exports are in {}.",
            export.display()
        )),
        Some(why) => line(format_args!(
            "{finished} finished responses are not weighted: {why}; the exports are in {}.",
            export.display()
        )),
    }
    line(format_args!("The reports to open: {}", pages.join(" and ")));
    let then = if args.once { "The survey was at" } else { "Answer it yourself, until Ctrl-C:" };
    line(format_args!("{then} {url}/{}", survey.name));
}
