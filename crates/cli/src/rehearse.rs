//! `soundings rehearse`: made-up people answer through the real pages, so that a study is tried out before anybody
//! is asked.

mod chance;
mod html;
mod person;
mod phone;
mod reply;
mod tendency;
mod visit;

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, bail};
use survey::{Published, Survey};

use crate::{folder, progress, say::line};
use person::Person;
use phone::Phone;
use tendency::Tendencies;
pub(crate) use visit::Outcome;
use visit::{Visited, visit};

/// Send made-up people through the real pages of a running server.
///
/// They answer as a phone without JavaScript does: links, forms, redirects, one cookie. Some go back, some switch
/// language, some stop half way, some take their answers back. The same seed gives the same people. Everything they
/// leave behind is marked synthetic for ever, and no report mixes it with real answers.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    /// Where the server answers; several servers of one store take turns, and stand in for one that is gone
    #[arg(long = "url", value_delimiter = ',', default_value = "http://127.0.0.1:8080")]
    urls: Vec<String>,
    /// How many people come
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..))]
    respondents: u64,
    /// How many of them are one program that sends the same again and again, to see what is noticed (`soundings review`)
    #[arg(long, default_value_t = 0)]
    bots: u64,
    /// The seed they are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Seconds a person keeps trying when the server does not answer
    #[arg(long, default_value_t = 10)]
    patience: u32,
    /// Write one line for every page the server acknowledged (for tests of durability)
    #[arg(long)]
    journal: Option<PathBuf>,
}

/// How many people come at once.
const AT_ONCE: usize = 8;

/// What came of a rehearsal.
#[derive(Default)]
pub(crate) struct Rehearsed {
    /// Visits by how they ended.
    pub(crate) outcomes: BTreeMap<Outcome, u64>,
    /// Visits by the language they began in.
    pub(crate) languages: BTreeMap<String, u64>,
    /// Visits by the form that was taken.
    pub(crate) forms: BTreeMap<String, u64>,
    /// Requests sent.
    pub(crate) requests: u64,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let survey = asked(&args.survey_folder)?;
    if let Some(url) = args.urls.iter().find(|url| !url.starts_with("http://")) {
        bail!("`{url}` is not an address of this machine's server: give one like http://127.0.0.1:8080");
    }
    let journal =
        args.journal.as_ref().map(File::create).transpose().context("the journal cannot be written")?;
    let journal = journal.map(Mutex::new);
    let Args { urls, respondents, bots, seed, patience, .. } = args;
    if bots > respondents {
        bail!("{bots} of {respondents} people cannot be programs: give a higher --respondents");
    }
    let plan = Plan { urls, respondents: *respondents, bots: *bots, seed: *seed, patience: *patience };
    let bar = progress::bar(args.respondents, "people answering");
    let rehearsed = rehearse(&survey, &plan, &mut |visited| {
        bar.inc(1);
        keep(journal.as_ref(), visited)
    })?;
    bar.finish_and_clear();
    line(rehearsed.in_words());
    Ok(())
}

/// What people are asked: the files as they stand, in the languages they were published in if they were.
fn asked(folder: &Path) -> Result<Survey> {
    let survey = folder::survey(folder)?;
    let published = Published::all(&folder::read(folder)?).into_iter();
    let languages = published.filter(|each| each.version == survey.version).map(|each| each.languages).next();
    Ok(match languages {
        Some(languages) => survey.offering(&languages),
        None => survey,
    })
}

fn keep(journal: Option<&Mutex<File>>, visited: &Visited) -> Result<()> {
    let Some(journal) = journal else { return Ok(()) };
    let mut file = journal.lock().expect("no writer of the journal panics");
    visited
        .journal
        .iter()
        .try_for_each(|line| writeln!(file, "{line}"))
        .context("the journal cannot be written")
}

/// Who comes, and where to.
pub(crate) struct Plan<'p> {
    /// Where the servers of one store answer.
    pub(crate) urls: &'p [String],
    /// How many people come.
    pub(crate) respondents: u64,
    /// How many of them, the last ones, are one program.
    pub(crate) bots: u64,
    /// The seed they are drawn from.
    pub(crate) seed: u64,
    /// Seconds they keep trying.
    pub(crate) patience: u32,
}

/// Let everybody answer, several at once; `after` is told of each visit.
pub(crate) fn rehearse(
    survey: &Survey,
    plan: &Plan<'_>,
    after: &mut (dyn FnMut(&Visited) -> Result<()> + Send),
) -> Result<Rehearsed> {
    let (next, agent, tendencies) = (AtomicU64::new(0), Phone::agent(), Tendencies::shipped());
    let so_far = Mutex::new((Rehearsed::default(), after));
    let worker = || -> Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= plan.respondents {
                return Ok(());
            }
            let mut phone = Phone::new(&agent, plan.urls, plan.patience);
            let person = match number < plan.respondents.saturating_sub(plan.bots) {
                true => Person::new(survey, plan.seed, number),
                false => Person::bot(survey, plan.seed),
            };
            let visited = visit(survey, &mut phone, person, &tendencies)
                .with_context(|| format!("person {number} of seed {} got stuck", plan.seed))?;
            let (rehearsed, after) = &mut *so_far.lock().expect("no visit panics while it is counted");
            rehearsed.count(&visited);
            after(&visited)?;
        }
    };
    let ended: Vec<Result<()>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a visit panicked")).collect()
    });
    ended.into_iter().collect::<Result<()>>()?;
    Ok(so_far.into_inner().expect("every visit is over").0)
}

impl Rehearsed {
    fn count(&mut self, visited: &Visited) {
        *self.outcomes.entry(visited.outcome).or_default() += 1;
        *self.languages.entry(visited.language.clone()).or_default() += 1;
        *self.forms.entry(visited.form.clone()).or_default() += 1;
        self.requests += visited.requests;
    }

    /// How many visits ended so.
    pub(crate) fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// How many took which form, where there was a choice.
    fn of_forms(&self) -> String {
        let taken: Vec<String> = self.forms.iter().map(|(form, n)| format!("{n} the form {form}")).collect();
        if self.forms.len() > 1 { format!("; {}", taken.join(", ")) } else { String::new() }
    }

    /// The rehearsal in one sentence.
    pub(crate) fn in_words(&self) -> String {
        let people: u64 = self.outcomes.values().sum();
        let languages: Vec<String> = self.languages.iter().map(|(tag, n)| format!("{n} in {tag}")).collect();
        format!(
            "{people} synthetic people came over HTTP ({}{}): {} finished, {} stopped half way, {} were not among \
             those asked, {} declined, {} took their answers back; {} requests",
            languages.join(", "),
            self.of_forms(),
            self.of(Outcome::Finished),
            self.of(Outcome::Stopped),
            self.of(Outcome::Ended),
            self.of(Outcome::Declined),
            self.of(Outcome::Withdrawn),
            self.requests,
        )
    }
}
