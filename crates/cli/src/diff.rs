//! `soundings diff`: what changed between two editions, and what that does to the answers.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use estimates::Respondent;
use serde_json::json;
use survey::{Change, Class, Published, Renames, Survey};

use crate::{
    folder,
    kept::Kept,
    say::{count, line},
};

/// Say what changed between two editions of a survey, and what that does to the answers given before.
///
/// An edition is a folder or a published version, as `published/2027.1.json`. With one folder, its newest published
/// version is compared with the files as they stand. Safe changes and notes go out as the wave's next edition; a break
/// needs a new wave. Ends with 0, or with 1 where something breaks, 2 when something cannot be read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, or the earlier edition
    old: PathBuf,
    /// The later edition
    new: Option<PathBuf>,
    /// Count the answers each change is about, in this data folder
    #[arg(long, env = "SOUNDINGS_DATA")]
    data: Option<PathBuf>,
    /// The same in a PostgreSQL database; the folder then holds only the secret
    #[arg(long, env = "SOUNDINGS_STORE", hide_env_values = true, requires = "data")]
    store: Option<String>,
    /// One JSON object per change and line
    #[arg(long)]
    json: bool,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> ExitCode {
    match compare(args) {
        Ok(breaks) => ExitCode::from(u8::from(breaks)),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether something breaks.
fn compare(args: &Args) -> Result<bool> {
    let (mut old, mut new) = match &args.new {
        Some(new) => (edition(&args.old)?, edition(new)?),
        None => (Edition::whole(newest(&args.old)?), working(&args.old)?),
    };
    if !(old.is_translated && new.is_translated) {
        eprintln!("note: translations are not compared, since some have errors (soundings check names them)");
        [&mut old, &mut new].into_iter().for_each(|edition| leave_translations_out(&mut edition.survey));
    }
    let (old, new) = (old.survey, new.survey);
    let respondents = args.data.as_ref().map(|data| {
        let kept = Kept { data: data.clone(), store: args.store.clone(), key: None };
        respondents(&kept, &new)
    });
    let respondents = respondents.transpose()?;
    let changes = survey::changes(&old, &new);
    let touched = |change: &Change| estimates::touched(&change.path, respondents.as_ref()?);
    match args.json {
        true => changes.iter().for_each(|change| {
            let (class, answers) = (change.class.as_str(), touched(change));
            line(json!({ "class": class, "path": change.path, "says": change.says, "answers": answers }));
        }),
        false => tell(&old, &new, &changes, &touched),
    }
    Ok(changes.iter().any(|change| change.class == Class::Break))
}

fn tell(old: &Survey, new: &Survey, changes: &[Change], touched: &dyn Fn(&Change) -> Option<usize>) {
    line(format_args!("`{}` {} to {}", new.name, old.version, new.version));
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    for class in Class::ALL {
        let own: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
        if own.is_empty() {
            continue;
        }
        line(format_args!("\n{}", meaning(class)));
        for change in &own {
            let answers = touched(change).map(|number| format!("  ({})", count(number, "answer")));
            line(format_args!("  {:<24} {}{}", change.path, change.says, answers.unwrap_or_default()));
        }
        counts.insert(class, own.len());
    }
    let of = |class: Class| counts.get(&class).copied().unwrap_or_default();
    let (breaks, notes) = (count(of(Class::Break), "break"), count(of(Class::Note), "note"));
    line(format_args!("\n{breaks}, {notes}, {} safe", of(Class::Safe)));
}

fn meaning(class: Class) -> &'static str {
    match class {
        Class::Break => "break: answers cannot be counted together, this needs a new wave",
        Class::Note => "note: answers can be counted together, say so where it matters",
        Class::Safe => "safe: answers mean what they meant",
    }
}

/// An edition, and whether its translations could be read.
struct Edition {
    survey: Survey,
    is_translated: bool,
}

impl Edition {
    fn whole(survey: Survey) -> Edition {
        Edition { survey, is_translated: true }
    }
}

fn leave_translations_out(survey: &mut Survey) {
    for words in survey.words_mut() {
        words.translations.clear();
        words.plural.iter_mut().for_each(|plural| plural.forms.clear());
    }
}

/// An edition by its path.
fn edition(path: &Path) -> Result<Edition> {
    if path.is_dir() {
        return working(path);
    }
    let text = fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let read = Published::read(&text).and_then(|published| published.edition());
    let survey =
        read.with_context(|| format!("`{}` is not a published version as it was written", path.display()))?;
    Ok(Edition::whole(survey))
}

/// The files of a folder as they stand, whatever is published of them.
///
/// Who has just changed a code wants to know what that does before the translations follow.
fn working(folder: &Path) -> Result<Edition> {
    let mut sources = folder::read(folder)?;
    sources.retain(|name, _| !name.starts_with("published/"));
    if let Some(survey) = survey::read(&sources).0 {
        return Ok(Edition::whole(survey));
    }
    let (survey, findings) = survey::read_source(&sources);
    let survey = folder::whole(survey, findings, &sources, folder)?;
    Ok(Edition { survey, is_translated: false })
}

fn newest(folder: &Path) -> Result<Survey> {
    let published = Published::all(&folder::read(folder)?);
    let newest = published.last().and_then(Published::edition);
    newest.with_context(|| {
        let folder = folder.display();
        format!("`{folder}` has no published version to compare with (soundings check --publish {folder})")
    })
}

/// Everybody's answers, under the names they have now; what has no new name keeps its old one.
fn respondents(kept: &Kept, new: &Survey) -> Result<Vec<Respondent>> {
    let store = kept.open_to_read()?;
    let names = Renames::of(new);
    let renamed = |response: responses::Response| {
        let mut respondent = Respondent::from(response);
        respondent.answers = names.answers(respondent.answers);
        respondent
    };
    Ok(store.responses(&new.name)?.into_iter().map(renamed).collect())
}
