//! `soundings preview`: the working copy of a survey in a browser.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use notation::{Finding, Severity, Sources};
use responses::Store;
use server::{Clock, Preview};
use survey::{Language, Ready, Survey};

use crate::{
    changes::{PAUSE, State},
    folder,
    say::{count, line},
    serve,
};

/// Show a survey as people will see it, while you write it. Nothing that is entered is kept.
///
/// Save a file and reload the page. While the files have errors they are said here, and the pages stay as they were
/// before. A language whose words are not whole is left out and named. Works on every day, until Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let folder = &args.survey_folder;
    let seen = state(folder);
    let read = Copy::read(folder)?;
    let Some(survey) = read.survey.clone() else {
        read.tell();
        bail!("`{}` has {}: mend them first", folder.display(), count(read.errors(), "error"));
    };
    let kept = tempfile::tempdir().context("no temporary folder can be made")?;
    let preview =
        Preview::open(survey.clone(), Store::open(kept.path())?, Clock::System, folder::logo(folder)?)?;
    let shown = serve::runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|cause| {
            anyhow!("cannot listen on {}: {cause}; choose another with --listen", args.listen)
        })?;
        let (at, name) = (listener.local_addr()?, &survey.name);
        line(format_args!(
            "`{name}` can be looked at on http://{at}/{name} (Ctrl-C ends it; nothing is kept)"
        ));
        read.tell_left_out();
        tokio::select! {
            served = preview.serve(listener, serve::stopped()) => Ok(served?),
            failed = follow(folder, &preview, survey, seen) => failed,
        }
    });
    kept.close().context("the temporary folder cannot be taken away")?;
    shown
}

/// Show every change, and what is wrong with it; ends only when something fails.
async fn follow(folder: &Path, preview: &Preview, mut good: Survey, mut seen: State) -> Result<()> {
    loop {
        tokio::time::sleep(PAUSE).await;
        let now = state(folder);
        if now == seen {
            continue;
        }
        seen = now;
        match Copy::read(folder) {
            Ok(read) => {
                read.tell();
                if let Some(survey) = &read.survey {
                    good = survey.clone();
                }
                let errors = if read.survey.is_some() { 0 } else { read.errors() };
                preview.show(good.clone(), errors)?;
            }
            // An editor may be half way through saving; the next look will tell.
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

/// The working copy, as it was read.
struct Copy {
    survey: Option<Survey>,
    left_out: Vec<Language>,
    findings: Vec<Finding>,
    sources: Sources,
}

impl Copy {
    fn read(folder: &Path) -> Result<Copy> {
        if !folder::holds(folder, "survey") {
            bail!("`{}` holds no `.survey` file: give the folder of a survey", folder.display());
        }
        let sources = folder::read(folder)?;
        let Ready { survey, left_out, findings } = survey::read_ready(&sources);
        let (findings, sources) = folder::from_here(findings, &sources, folder);
        Ok(Copy { survey, left_out, findings, sources })
    }

    fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// What is shown now; where nothing new can be, why.
    fn tell(&self) {
        match &self.survey {
            Some(_) => {
                line("shown anew: reload the page");
                self.tell_left_out();
            }
            None => {
                eprint!("{}", notation::draw(&self.findings, &self.sources, false));
                let errors = count(self.errors(), "error");
                line(format_args!("not shown: {errors} to mend"));
            }
        }
    }

    fn tell_left_out(&self) {
        for language in &self.left_out {
            let name = language.english_name();
            line(format_args!("{name} ({language}) is left out: its words are not whole (soundings check)"));
        }
    }
}

/// The folder of the survey and those beside it, whose lists it may take over.
fn state(folder: &Path) -> State {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let beside = folder::read(folder).unwrap_or_default();
    let used = beside.keys().filter_map(|name| name.strip_prefix("../")?.split('/').next());
    let mut watched: Vec<PathBuf> = used.map(|name| whole.with_file_name(name)).collect();
    watched.push(whole);
    State::of(&watched)
}
