//! The answers to one wave of a survey, with the definition and the recipe that go with it.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, bail};
use estimates::{Recipe, Respondent};
use responses::{Response, Store, Tally};
use survey::{Fingerprint, Published, Survey, Version};

use crate::{folder, kept::Kept, say::count};

/// What is counted together.
pub(crate) struct Answered {
    /// The definition: the working copy, or the newest published edition of an earlier wave.
    pub(crate) survey: Survey,
    /// How the answers are weighted.
    pub(crate) recipe: Recipe,
    /// Everybody's answers, under the names of the definition.
    pub(crate) respondents: Vec<Respondent>,
    /// Totals without a person in them; absent where they would count other waves too.
    pub(crate) tally: Option<Tally>,
}

/// The answers to one wave: to the one that is named, or else the newest that anybody answered.
pub(crate) fn answered(survey_folder: &Path, kept: &Kept, wave: Option<u16>) -> Result<Answered> {
    let working = folder::survey(survey_folder)?;
    let store = kept.open_to_read()?;
    let versions = versions(&store, &working.name)?;
    let responses = some_responses(&store, &working.name, kept)?;
    let wave = wave.or_else(|| estimates::newest(&versions, &responses)).unwrap_or(working.version.wave);
    let sources = folder::read(survey_folder)?;
    let mut editions = Published::all(&sources);
    editions.retain(|published| published.version.wave == wave);
    let mut earlier: Vec<Survey> = editions.iter().filter_map(Published::edition).collect();
    let survey = match working.version.wave == wave {
        true => working,
        false => earlier.pop().with_context(|| {
            let (folder, version) = (survey_folder.display(), working.version);
            format!(
                "`{folder}` is of version {version}, and no published version of wave {wave} stands in it"
            )
        })?,
    };
    let recipe = folder::recipe(survey_folder, &sources, &survey)?;
    let of_wave = estimates::of_wave(wave, &survey, &earlier, &versions, responses);
    if of_wave.respondents.is_empty() {
        bail!("{kept} holds no answers to wave {wave} of `{}`", survey.name);
    }
    let tally = match of_wave.left_out {
        0 => Some(store.tally(&survey.name)?),
        others => {
            let others = count(others, "response");
            eprintln!(
                "note: only wave {wave} is counted, and {others} to other waves left out: --wave names another"
            );
            None
        }
    };
    Ok(Answered { survey, recipe, respondents: of_wave.respondents, tally })
}

/// Which version stands behind each fingerprint of a store.
fn versions(store: &Store, survey: &str) -> Result<BTreeMap<Fingerprint, Version>> {
    let published = store.versions(survey)?.into_iter();
    Ok(published.filter_map(|(print, each)| Some((print, Version::of_label(&each.label)?))).collect())
}

/// Everybody's answers to a survey; it is a mistake where there are none.
pub(crate) fn some_responses(store: &Store, survey: &str, kept: &Kept) -> Result<Vec<Response>> {
    let responses = store.responses(survey)?;
    if responses.is_empty() {
        bail!("{kept} holds no answers to `{survey}`: is it what `soundings serve` was given?");
    }
    Ok(responses)
}
