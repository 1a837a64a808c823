//! `soundings review`: a person looks at what was noticed, and decides.

use anyhow::{Context, Result, bail};
use responses::{Job, Outcome, Queued, ResponseId, State, Verdict};
use survey::Date;

use crate::{
    folder,
    kept::Of,
    say::{count, line},
    serve::today,
};

/// Look at responses that may not come from a person who took part once, and decide what counts.
///
/// The program notices and scores (a hidden field filled, a third of the usual time, the same text or the same answers as
/// before, answers the survey doubts, a straight line, a burst, a revoked channel); with three points a response waits
/// here. Nothing is deleted or left out by itself, and whoever sent it is told nothing else than everybody. Shared
/// devices and addresses are never noticed. What is left out stays stored, with who decided it and why.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// List what waits, with the reasons
    List {
        #[command(flatten)]
        of: Of,
        /// List what was decided, too
        #[arg(long)]
        all: bool,
    },
    /// Show what one response says, by question and code
    Show {
        #[command(flatten)]
        of: Of,
        /// The response, by its first letters
        response: String,
    },
    /// Let responses count
    Keep(Decision),
    /// Leave responses out of every estimate; their answers stay
    Exclude(Decision),
    /// Have a person look at responses again
    Recall(Decision),
}

#[derive(clap::Args)]
struct Decision {
    #[command(flatten)]
    of: Of,
    /// The responses, each by its first letters as the list shows them
    #[arg(required = true)]
    responses: Vec<String>,
    /// The rule of your study that it follows, as "two signals, one of them the same text"
    #[arg(long)]
    rule: String,
    /// Why, in your own words
    #[arg(long)]
    reason: String,
    /// Who decides
    #[arg(long)]
    reviewer: String,
    /// The day, instead of today (YYYY-MM-DD)
    #[arg(long)]
    today: Option<Date>,
}

/// So many letters tell responses apart in a list.
const LETTERS: usize = 8;

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.act {
        Act::List { of, all } => list(of, *all),
        Act::Show { of, response } => show(of, response),
        Act::Keep(decision) => decide(decision, Outcome::Keep),
        Act::Exclude(decision) => decide(decision, Outcome::Exclude),
        Act::Recall(decision) => decide(decision, Outcome::Recall),
    }
}

fn list(of: &Of, all: bool) -> Result<()> {
    let survey = folder::survey(&of.survey_folder)?.name;
    let queue = of.kept.open_to_read()?.queue(&survey)?;
    let waits = |queued: &&Queued| queued.state == State::Quarantined;
    for queued in queue.iter().filter(|queued| all || waits(queued)) {
        tell(queued);
    }
    let waiting = count(queue.iter().filter(waits).count(), "response");
    let decided = queue.iter().filter(|queued| !queued.verdicts.is_empty()).count();
    eprintln!("{waiting} of `{survey}` waiting for a person, {decided} decided");
    Ok(())
}

fn tell(queued: &Queued) {
    let id = queued.id.to_string();
    let channel = queued.channel.as_ref().map(|words| format!(", by {words}")).unwrap_or_default();
    let points: u32 = queued.signals.iter().map(|(_, weight)| weight).sum();
    let (state, language, form) = (queued.state, &queued.language, &queued.form);
    line(format_args!("{} {state}: {points} points ({language}, {form}{channel})", &id[..LETTERS]));
    for (signal, weight) in &queued.signals {
        line(format_args!("  {weight} {:<15} {}", signal.rule, signal.reason));
    }
    for verdict in &queued.verdicts {
        let Verdict { outcome, rule, reason, reviewer, on_day } = verdict;
        line(format_args!("  {on_day} {reviewer}: {} ({rule}): {reason}", outcome.code()));
    }
}

fn show(of: &Of, response: &str) -> Result<()> {
    let survey = folder::survey(&of.survey_folder)?;
    let store = of.kept.open_to_read()?;
    let id = named(&store.queue(&survey.name)?, response)?;
    let held = store.held(&id)?.context("the response is gone")?;
    for (question, answer) in &held.answers.given {
        line(format_args!("{question} {}", answer.to_json()));
    }
    for ((question, choice), words) in &held.answers.specified {
        line(format_args!("{question}.{choice} {words:?}"));
    }
    Ok(())
}

/// The response whose id begins so.
fn named(queue: &[Queued], letters: &str) -> Result<ResponseId> {
    let found: Vec<ResponseId> =
        queue.iter().map(|queued| queued.id).filter(|id| id.to_string().starts_with(letters)).collect();
    match found[..] {
        [only] => Ok(only),
        [] => {
            bail!("no response in the list begins with `{letters}`: `soundings review list --all` shows them")
        }
        _ => bail!("{} responses begin with `{letters}`: write more letters", found.len()),
    }
}

fn decide(decision: &Decision, outcome: Outcome) -> Result<()> {
    let survey = folder::survey(&decision.of.survey_folder)?.name;
    let store = decision.of.kept.open()?;
    let queue = store.queue(&survey)?;
    let ids: Vec<ResponseId> =
        decision.responses.iter().map(|letters| named(&queue, letters)).collect::<Result<_>>()?;
    for id in &ids {
        let verdict = Verdict {
            outcome,
            rule: decision.rule.clone(),
            reason: decision.reason.clone(),
            reviewer: decision.reviewer.clone(),
            on_day: today(decision.today),
        };
        store.record(Job::Decide { response: *id, verdict })?;
    }
    store.close()?;
    let what = match outcome {
        Outcome::Keep => "counts",
        Outcome::Exclude => "left out",
        Outcome::Recall => "waiting for another look",
    };
    line(format_args!("{}: {what}", count(ids.len(), "response")));
    Ok(())
}
