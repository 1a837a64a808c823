//! The inventory of services, as organizations described them.

use std::collections::BTreeSet;

use survey::{Answer, Answers, QuestionId};

use crate::Respondent;
use responses::State;

/// One service, as its organization describes it. What was not answered shuts nobody out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Organization and service by their numbers, as `101-2`.
    pub name: String,
    /// The needs it helps with, by the codes of the survey of newcomers.
    pub domains: BTreeSet<String>,
    /// Who may use it; none where that was not answered, or where anybody may.
    pub eligible: Option<BTreeSet<String>>,
    /// The languages its staff speak; none where that was not answered, or where none is needed.
    pub languages: Option<BTreeSet<String>>,
    /// Whether there are interpreters.
    pub interpreters: Interpreters,
    /// The areas whose people it takes; none where that was not answered, or where it has no place.
    pub areas: Option<BTreeSet<String>>,
    /// Whether it could take more people now, where that was answered.
    pub spare: Option<bool>,
}

/// Whether a service has interpreters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpreters {
    /// Yes, or for some.
    Yes,
    /// No.
    No,
    /// It was not answered.
    #[default]
    Unknown,
}

/// The services of an inventory: every finished form that names a need it helps with and whose funding has not ended.
///
/// `year` and `month` are those of the day on which the gaps are looked at. Made-up forms count only where there is no
/// real one.
pub fn read_inventory(forms: &[Respondent], (year, month): (i16, u8)) -> Vec<Service> {
    let finished = || forms.iter().filter(|form| form.state == State::Finished);
    let only_made_up = finished().all(|form| form.synthetic);
    let counted = finished().filter(|form| form.synthetic == only_made_up);
    let mut services: Vec<Service> = counted
        .filter(|form| !is_over(&form.answers, (year, month)))
        .map(|form| service(&form.answers))
        .filter(|service| !service.domains.is_empty())
        .collect();
    services.sort_by(|one, other| one.name.cmp(&other.name));
    services
}

/// Whether its funding has ended before this month.
fn is_over(answers: &Answers, now: (i16, u8)) -> bool {
    let Some(Answer::Year(year)) = answers.get(&QuestionId::new("srv_funded_to")) else { return false };
    let month = code(answers, "srv_funded_mon").and_then(|month| month.parse().ok()).unwrap_or(12);
    (*year, month) < now
}

fn service(answers: &Answers) -> Service {
    let number = |name: &str| match answers.get(&QuestionId::new(name)) {
        Some(Answer::Number(number)) => format!("{number}"),
        _ => "?".to_owned(),
    };
    let all = |name: &str| codes(answers, name);
    // The codes that say "no limit" stand alone.
    let limit = |name: &str, none: &str| all(name).filter(|codes| !codes.contains(none));
    Service {
        name: format!("{}-{}", number("org_code"), number("srv_number")),
        domains: all("srv_domain").unwrap_or_default().into_iter().filter(|code| code != "none").collect(),
        eligible: limit("srv_eligible", "anyone"),
        languages: limit("srv_lang", "none"),
        interpreters: match code(answers, "srv_interp").as_deref() {
            Some("yes" | "some") => Interpreters::Yes,
            Some("no") => Interpreters::No,
            _ => Interpreters::Unknown,
        },
        areas: limit("srv_area", "none"),
        spare: code(answers, "srv_spare").map(|spare| spare == "yes"),
    }
}

/// The one code that was chosen.
pub(super) fn code(answers: &Answers, name: &str) -> Option<String> {
    answers.get(&QuestionId::new(name))?.code().map(ToString::to_string)
}

/// The codes that were chosen; none where nothing was answered.
pub(super) fn codes(answers: &Answers, name: &str) -> Option<BTreeSet<String>> {
    let answer = answers.get(&QuestionId::new(name)).filter(|answer| answer.missing().is_none())?;
    Some(answer.codes().into_iter().map(ToString::to_string).collect())
}
