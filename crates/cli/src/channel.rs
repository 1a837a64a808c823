//! `soundings channel`: links for partners, classes and posters, and how many came through each.

use anyhow::{Result, bail};
use responses::{ChannelKind, Job, Receipt, draw_channel_code};

use crate::{
    folder,
    kept::Of,
    say::{count, line},
    serve::today,
};

/// Give out links of their own to partners, classes and posters, and see how many came through each.
///
/// A code says where a link was given out, never who used it. Totals only: opened, declined, begun, sent. A revoked code
/// still opens the survey, but nothing more is counted for it.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Make a channel: its code is printed
    Add {
        #[command(flatten)]
        of: Of,
        /// What you call it: "Monday class", "Library, Dartmouth"
        #[arg(long)]
        words: String,
        /// What kind it is
        #[arg(long, value_enum, default_value_t = Kind::Partner)]
        kind: Kind,
    },
    /// List every channel with its totals
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Let a code count no more
    Revoke {
        #[command(flatten)]
        of: Of,
        /// The code
        code: String,
        /// Have a person look at everything that came by it before it counts (`soundings review`)
        #[arg(long)]
        look: bool,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// A partner who hands the link on
    Partner,
    /// A class or a meeting
    Class,
    /// A poster or a leaflet
    Poster,
}

impl From<Kind> for ChannelKind {
    fn from(kind: Kind) -> ChannelKind {
        match kind {
            Kind::Partner => ChannelKind::Partner,
            Kind::Class => ChannelKind::Class,
            Kind::Poster => ChannelKind::Poster,
        }
    }
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.act {
        Act::Add { of, words, kind } => add(of, words, (*kind).into()),
        Act::List { of } => list(of),
        Act::Revoke { of, code, look } => revoke(of, code, *look),
    }
}

fn add(of: &Of, words: &str, kind: ChannelKind) -> Result<()> {
    let survey = folder::survey(&of.survey_folder)?.name;
    let store = of.kept.open()?;
    let code = draw_channel_code();
    let (words, name) = (words.to_owned(), survey.clone());
    store.record(Job::OpenChannel { survey, code: code.clone(), words, kind })?;
    line(format_args!("{code}   (the link ends in /{name}?c={code})"));
    Ok(store.close()?)
}

fn list(of: &Of) -> Result<()> {
    let survey = folder::survey(&of.survey_folder)?.name;
    let channels = of.kept.open_to_read()?.channels(&survey)?;
    line(format_args!(
        "{:<8} {:<8} {:>7} {:>9} {:>6} {:>5}  words",
        "code", "kind", "opened", "declined", "begun", "sent"
    ));
    for each in &channels {
        let revoked = if each.revoked { " (revoked)" } else { "" };
        line(format_args!(
            "{:<8} {:<8} {:>7} {:>9} {:>6} {:>5}  {}{revoked}",
            each.code, each.kind, each.opened, each.declined, each.begun, each.finished, each.words
        ));
    }
    eprintln!("{} of `{survey}`; totals, and nobody in them", count(channels.len(), "channel"));
    Ok(())
}

fn revoke(of: &Of, code: &str, look: bool) -> Result<()> {
    let survey = folder::survey(&of.survey_folder)?.name;
    let store = of.kept.open()?;
    let receipt = store.record(Job::RevokeChannel { survey: survey.clone(), code: code.to_owned() })?;
    if receipt == (Receipt::ChannelChanged { found: false }) {
        store.close()?;
        bail!("`{survey}` has no channel `{code}`: `soundings channel list` shows them");
    }
    line(format_args!("{code} counts no more"));
    if look {
        let today = today(None);
        if let Receipt::Recalled { responses } =
            store.record(Job::RecallChannel { survey, code: code.to_owned(), today })?
        {
            let waiting = count(usize::try_from(responses).unwrap_or(usize::MAX), "response");
            line(format_args!("{waiting} that came by it now wait for a person: soundings review list"));
        }
    }
    Ok(store.close()?)
}
