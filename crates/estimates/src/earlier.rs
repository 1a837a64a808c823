//! What was published before of the same wave: a second release of nearly the same people gives the difference away.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use survey::Fingerprint;

use crate::{Error, Study};

/// What a release leaves behind for the next: whose it was, and how many they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The survey.
    pub survey: String,
    /// Its wave.
    pub wave: u16,
    /// How many counted; told in every release exactly.
    pub respondents: usize,
}

impl Earlier {
    /// What a release of this study leaves behind.
    pub fn of(study: &Study) -> Earlier {
        let survey = study.survey();
        Earlier { survey: survey.name.clone(), wave: survey.version.wave, respondents: study.people().len() }
    }

    /// As a file that also lists those of the release, each with the SHA-256 of what is in it.
    pub fn to_json(&self, files: &BTreeMap<String, Fingerprint>) -> String {
        let files: Map<String, Value> =
            files.iter().map(|(name, print)| (name.clone(), print.digits().into())).collect();
        let value = json!({
            "survey": self.survey,
            "wave": self.wave,
            "respondents": self.respondents,
            "files": files,
        });
        format!("{value:#}\n")
    }

    /// From such a file; none where it is not one.
    pub fn from_json(text: &str) -> Option<Earlier> {
        let value: Value = serde_json::from_str(text).ok()?;
        Some(Earlier {
            survey: value["survey"].as_str()?.to_owned(),
            wave: u16::try_from(value["wave"].as_u64()?).ok()?,
            respondents: usize::try_from(value["respondents"].as_u64()?).ok()?,
        })
    }
}

impl Study {
    /// Whether a release may stand beside an earlier one: of the same people, or of so many others that no table less the
    /// earlier one is about a few.
    ///
    /// # Errors
    /// [`Error::ReleaseTooNear`]. Another survey or wave is other people, and so is what a rehearsal made up.
    pub fn check_earlier(&self, earlier: &Earlier) -> Result<(), Error> {
        let now = Earlier::of(self);
        let is_same = (&earlier.survey, earlier.wave) == (&now.survey, now.wave);
        let apart = now.respondents.abs_diff(earlier.respondents);
        let cell = self.recipe().policy.cell;
        if is_same && !self.fieldwork().synthetic && (1..cell as usize).contains(&apart) {
            let (before, now) = (earlier.respondents, now.respondents);
            return Err(Error::ReleaseTooNear { before, now, cell });
        }
        Ok(())
    }
}
