//! The study: its clock, its languages, its codes, its backups, and what is due.

use std::{fs, path::Path, time::Duration};

use anyhow::Result;
use responses::{Event, Invitations, State, Store};
use survey::{Date, Published, Survey};

use super::{Args, Check, doubtful, ill, well};
use crate::{folder, say::count};

/// A backup older than this is too old.
const BACKUP: Duration = Duration::from_secs(26 * 60 * 60);

/// Days before the last one on which people should know.
const SOON: i64 = 7;

/// Everything about the study.
pub(super) fn checks(args: &Args, today: Date) -> Vec<Check> {
    let survey = match folder::survey(&args.survey_folder) {
        Ok(survey) => survey,
        Err(cause) => return vec![ill("survey", format!("{cause:#}"))],
    };
    let mut checks = vec![languages(&args.survey_folder, &survey), field(&survey, today)];
    checks.extend(args.backups.as_deref().map(backups));
    match args.kept.open_to_read() {
        Ok(store) => checks.extend(
            of_store(args, &survey, &store, today)
                .unwrap_or_else(|cause| vec![ill("store", format!("{cause:#}"))]),
        ),
        Err(cause) => checks.push(ill("store", format!("{cause:#}"))),
    }
    checks
}

/// The languages people can answer in, and those whose words are not ready.
fn languages(path: &Path, survey: &Survey) -> Check {
    let published = folder::read(path).map(|sources| Published::all(&sources)).unwrap_or_default();
    let Some(newest) = published.last() else {
        return ill("version", "none is published: soundings check --publish");
    };
    let (open, wanted) = (&newest.languages, survey.all_languages());
    let is_open = |language: &&survey::Language| open.iter().any(|offered| offered.language == **language);
    let closed: Vec<&str> = wanted.into_iter().filter(|each| !is_open(each)).map(|each| each.tag()).collect();
    let drafts: Vec<&str> = open.iter().filter(|each| each.draft).map(|each| each.language.tag()).collect();
    let version = newest.version;
    if !closed.is_empty() {
        return doubtful(
            "languages",
            format!("{version} is not open in {}: soundings translate status", closed.join(", ")),
        );
    }
    if !drafts.is_empty() {
        return doubtful(
            "languages",
            format!("{version} is open as a draft in {}: no native speaker has read it", drafts.join(", ")),
        );
    }
    well("languages", format!("{version} is open in {}", count(open.len(), "language")))
}

fn field(survey: &Survey, today: Date) -> Check {
    let Some((first, last)) = survey.field else {
        return doubtful("field", "it has no dates (`field`): it is open for ever");
    };
    let left = days(today, last);
    if today < first {
        return well("field", format!("opens on {first}"));
    }
    match left {
        ..0 => well("field", format!("closed since {last}")),
        0..SOON => {
            doubtful("field", format!("closes on {last}: tell partners, and whoever has an invitation"))
        }
        _ => well("field", format!("open until {last}")),
    }
}

/// Days from one to another.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| span.get_days().into())
}

fn backups(path: &Path) -> Check {
    let newest = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "age"));
    let age = newest.filter_map(|entry| entry.metadata().ok()?.modified().ok()?.elapsed().ok()).min();
    match age {
        Some(age) if age < BACKUP => well(
            "backup",
            format!(
                "the last one is {} hours old, and was opened again when it was made",
                age.as_secs() / 3600
            ),
        ),
        Some(age) => {
            ill("backup", format!("the last one is {} hours old: soundings backup", age.as_secs() / 3600))
        }
        None => ill("backup", format!("there is none in `{}`: soundings backup", path.display())),
    }
}

fn of_store(args: &Args, survey: &Survey, store: &Store, today: Date) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    let newest = store.versions(&survey.name)?.into_values().map(|version| version.published_on).max();
    checks.push(match newest {
        Some(day) if day > today => {
            ill("clock", format!("today is {today}, and a version was opened on {day}: set the clock"))
        }
        _ => well("clock", format!("today is {today}")),
    });
    let tally = store.tally(&survey.name)?;
    let standing = |state: State| {
        tally
            .states
            .iter()
            .filter(|((each, _, _), _)| *each == state)
            .map(|(_, n)| *n as usize)
            .sum::<usize>()
    };
    checks.push(well(
        "responses",
        format!(
            "{} sent, {} begun",
            tally.happened(Event::Finished) + tally.happened(Event::Queued),
            tally.happened(Event::Begun)
        ),
    ));
    checks.push(match standing(State::Quarantined) {
        0 => well("review", "nothing waits for a person"),
        waiting => doubtful(
            "review",
            format!("{} waiting for a person: soundings review list", count(waiting, "response")),
        ),
    });
    checks.extend(codes(args, survey, store, today)?);
    checks.push(due(survey, store, standing(State::Withdrawn), today));
    Ok(checks)
}

/// Invitations that nobody used, while there is still time.
fn codes(args: &Args, survey: &Survey, store: &Store, today: Date) -> Result<Option<Check>> {
    if args.kept.store.is_some() || !args.kept.data.join("invitations.db").exists() {
        return Ok(None);
    }
    let totals = Invitations::open(&args.kept.data, store.keys())?.totals(&survey.name)?;
    let of = |state: &str| totals.iter().filter(|(_, each, _)| each == state).map(|(_, _, n)| n).sum::<u64>();
    let (unused, used) = (of("unused"), of("used"));
    let says = format!("{used} used, {unused} unused");
    let soon = survey.field.is_some_and(|(_, last)| (0..SOON).contains(&days(today, last)));
    Ok((unused + used > 0).then(|| {
        if soon && unused > 0 {
            doubtful("codes", format!("{says}: they end with the field"))
        } else {
            well("codes", says)
        }
    }))
}

/// What the promises to people ask for by now.
fn due(survey: &Survey, store: &Store, withdrawn: usize, today: Date) -> Check {
    let is_over = survey.withdraw.is_some_and(|last| last < today);
    // Once anonymized, a new secret stands there, and no number leads anywhere: nothing tells from outside.
    if is_over && store.numbers_lead_somewhere().unwrap_or(true) {
        return ill(
            "due",
            "the last day to take answers back is over: soundings anonymize destroys what numbers lead by",
        );
    }
    well("due", format!("nothing ({withdrawn} taken back so far)"))
}
