//! `soundings anonymize`: after the last day to take answers back, no number leads to them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use responses::{Anonymized, Store};
use survey::{Date, Survey};

use crate::{
    folder,
    kept::Kept,
    keys,
    say::{count, line},
    serve::today,
};

/// Destroy what leads from a person's number to her answers, prove it, and write a certificate.
///
/// Do it once the last day to take answers back is over, with every server stopped and every backup of before destroyed:
/// a backup holds the old secret. The answers stay; nobody can find her own among them any more, and nobody can be
/// told which they were. It cannot be undone.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// The certificate to write: what was destroyed and on which day, with lines to sign
    #[arg(long)]
    out: PathBuf,
    /// The day, instead of today (YYYY-MM-DD)
    #[arg(long)]
    today: Option<Date>,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    let (survey, today) = (folder::survey(&args.survey_folder)?, today(args.today));
    ensure!(
        !args.out.exists(),
        "`{}` is there already: a certificate never covers another",
        args.out.display()
    );
    refuse_early(&survey, today)?;
    refuse_others(&survey, &args.kept)?;
    let done = Store::anonymize(&args.kept.data, args.kept.store.as_deref())?;
    write(&args.out, &certificate(&survey, today, &args.kept, done))?;
    line(format_args!(
        "no number leads to any response any more ({} stay); certificate in `{}`",
        done.responses,
        args.out.display()
    ));
    Ok(())
}

/// People were promised until when they may take their answers back.
fn refuse_early(survey: &Survey, today: Date) -> Result<()> {
    match survey.withdraw {
        Some(last) if today <= last => {
            bail!("people may take their answers back until {last}: before that no number may be destroyed")
        }
        Some(_) => Ok(()),
        None => bail!(
            "`{}` has no last day to take answers back (`withdraw`): nobody was promised one",
            survey.name
        ),
    }
}

/// The secret is that of the whole folder.
fn refuse_others(survey: &Survey, kept: &Kept) -> Result<()> {
    let others = kept.open_to_read()?.surveys()?;
    let others: Vec<String> = others.into_iter().filter(|name| *name != survey.name).collect();
    ensure!(
        others.is_empty(),
        "the numbers of {} would be destroyed, too: they are kept in the same place",
        others.join(", ")
    );
    Ok(())
}

fn certificate(survey: &Survey, today: Date, kept: &Kept, done: Anonymized) -> String {
    let proof = match kept.store {
        None => format!(
            "The database was rewritten and its log emptied. Then {} of the data folder were searched byte by byte for the\n\
             secret and for {} keyed hashes that had been made with it. None was found.",
            count(done.files, "file"),
            done.searched_for.saturating_sub(1)
        ),
        Some(_) => "The tables were put into new files in the order of their random ids. The database's own log and its\n\
             backups are the operator's to destroy; they are not covered by this certificate."
            .to_owned(),
    };
    format!(
        "CERTIFICATE OF ANONYMIZATION\n\n\
         Survey: {} ({}), version {}\nDay: {today} (UTC)\nResponses that stay, without a number: {}\n\n\
         The secret from which every number followed was overwritten and deleted; in every response the keyed hash of its\n\
         number was replaced by random bytes. Receipts of pages that were sent, drafts, and hashes kept to notice repeated\n\
         answers were erased. From this day nobody, the host included, can find out which response a number belonged to,\n\
         and nobody can take answers back.\n\n{proof}\n\n\
         Not covered, and to be confirmed by hand:\n\
         [ ] every backup made before this day was destroyed (a backup holds the old secret)\n\
         [ ] the lists of withdrawals beside the data folder and their copies were destroyed\n\
         [ ] every other server's copy of the secret was destroyed\n\n\
         Program: soundings {}\n\nName: ______________________   Signed: ______________________   Day: ____________\n",
        survey.title.source,
        survey.name,
        survey.version,
        done.responses,
        env!("CARGO_PKG_VERSION"),
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    let mut file = keys::private_file(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.with_context(|| format!("`{}` cannot be written", path.display()))?;
    if fs::metadata(path).is_ok_and(|known| known.len() as usize == text.len()) {
        return Ok(());
    }
    bail!("`{}` was not written whole", path.display())
}
